"""What others do to the folder while a run is under way, or before the next one finishes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from publish_child import refuse
from publish_sites import (
    BY_HAND,
    FOREIGN,
    NEW,
    files_seen,
    kept,
    leftovers,
    old_site,
    publish_now,
    seen,
    state_in,
    write,
)

from innspill.publish import Way, exchange, files, libc, locked, recover, staging, verify
from innspill.publish.plan import Plan
from innspill.publish.state import State


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "build"
    old_site(folder)
    return folder


@pytest.fixture
def work(folder: Path) -> Path:
    return folder.parent / ".innspill/publish/build"


def recover_now(folder: Path) -> None:
    with locked(state_in(folder), on_wait=lambda: None) as state:
        recover(state)


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def meanwhile(monkeypatch: pytest.MonkeyPatch, action: Callable[[], None]) -> None:
    """Lets someone else act just before the exchange."""
    original = libc.exchange

    def exchanged(one: Path, other: Path) -> None:
        action()
        original(one, other)

    monkeypatch.setattr(libc, "exchange", exchanged)


def begin_file_by_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves a complete journal of which no step is taken."""
    with monkeypatch.context() as patch:
        patch.setattr(libc, "exchange", refuse)
        patch.setattr(files, "_finish", interrupt)
        with pytest.raises(KeyboardInterrupt):
            publish_now(NEW, folder)


def test_a_foreign_file_that_comes_meanwhile_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = {"late.txt": b"late", "brand/new/late.txt": b"late", "folder/late.txt": b"in the way"}
    meanwhile(monkeypatch, lambda: write(folder, late))
    published = publish_now(NEW, folder)
    assert published.way is Way.EXCHANGE
    assert seen(folder)["late.txt"] == b"late"
    assert seen(folder)["brand/new/late.txt"] == b"late"
    assert "folder/late.txt" in dict(published.saved)
    assert b"in the way" in kept(folder)
    assert verify(folder) == ()
    assert leftovers(folder) == []


def test_what_is_changed_by_hand_meanwhile_is_saved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = {"index.html": b"late", "file": b"late too", "robots.txt": b"late as well"}
    meanwhile(monkeypatch, lambda: write(folder, late))
    publish_now(NEW, folder)
    assert {*late.values(), *BY_HAND.values()} == kept(folder)
    assert verify(folder) == ()


def test_a_foreign_file_that_goes_meanwhile_does_not_stop_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = staging._folders

    def made(plan: Plan) -> set[str]:
        (folder / "robots.txt").unlink()
        return make(plan)

    monkeypatch.setattr(staging, "_folders", made)
    assert publish_now(NEW, folder).way is Way.EXCHANGE
    assert "robots.txt" not in seen(folder)
    assert verify(folder) == ()


def test_an_interruption_right_after_the_exchange_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = libc.exchange

    def interrupted(one: Path, other: Path) -> None:
        write(folder, {"late.txt": b"late"})
        original(one, other)
        raise KeyboardInterrupt

    monkeypatch.setattr(libc, "exchange", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish_now(NEW, folder)
    recover_now(folder)
    assert seen(folder)["late.txt"] == b"late"
    assert verify(folder) == ()
    assert kept(folder) == set(BY_HAND.values())
    assert leftovers(folder) == []


def test_an_interruption_while_the_old_site_is_taken_away_brings_nothing_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(state: State, others: list[str]) -> None:
        (state.staging / others[0]).unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "put_aside", interrupted)
        with pytest.raises(KeyboardInterrupt):
            publish_now(NEW, folder)
    new = seen(folder)
    recover_now(folder)
    assert seen(folder) == new
    assert kept(folder) == set(BY_HAND.values())
    assert leftovers(folder) == []


def test_half_a_tree_is_discarded(folder: Path, work: Path) -> None:
    before = seen(folder)
    write(work / "staging", {"half.html": b"half", "assets/x": b"x"})
    recover_now(folder)
    assert seen(folder) == before
    assert leftovers(folder) == []


@pytest.mark.parametrize(
    "damaged", [b"", b"{", b"[]", b"null", b'{"puts": [], "drops": []}', b"\xff", b"[" * 100_000]
)
@pytest.mark.parametrize("name", ["journal.json", "plan.json"])
def test_a_damaged_journal_is_none(folder: Path, work: Path, name: str, damaged: bytes) -> None:
    before = seen(folder)
    (work / name).write_bytes(damaged)
    recover_now(folder)
    assert seen(folder) == before
    assert leftovers(folder) == []
    publish_now(NEW, folder)
    assert verify(folder) == ()


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("drops", {"path": "../outside"}),
        ("drops", {"path": ".innspill/publish/build/lock"}),
        ("puts", {"path": "/tmp/innspill-outside"}),
        ("puts", {"at": ".."}),
        ("puts", {"at": "assets"}),
        ("puts", {"sha256": "0"}),
        ("puts", {"sha256": 1}),
        ("puts", {"path": None}),
        ("puts", {"more": "x"}),
    ],
)
def test_a_journal_is_not_trusted(
    folder: Path,
    work: Path,
    what: str,
    change: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(folder.parent, {"outside": b"outside"})
    before = files_seen(folder)
    begin_file_by_file(folder, monkeypatch)
    for hidden in folder.rglob(".innspill-*"):
        write(folder.parent, {hidden.name: hidden.read_bytes()})
    journal = json.loads((work / "journal.json").read_bytes())
    journal[what][0] |= change
    (work / "journal.json").write_text(json.dumps(journal))
    recover_now(folder)
    assert files_seen(folder) == before
    assert (folder.parent / "outside").exists()
    publish_now(NEW, folder)
    assert verify(folder) == ()
    assert leftovers(folder) == []


def test_a_journal_whose_files_are_gone_is_none(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(folder)
    begin_file_by_file(folder, monkeypatch)
    next(folder.glob("assets/.innspill-*")).unlink()
    recover_now(folder)
    assert seen(folder) == before
    assert leftovers(folder) == []


def test_what_was_planned_only_is_taken_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "grorud").mkdir()
    (folder / "assets/deep").mkdir()
    before = seen(folder)
    with monkeypatch.context() as patch:
        patch.setattr(libc, "exchange", refuse)
        patch.setattr(files, "settle", interrupt)
        patch.setattr(files, "_take_back", lambda state: None)
        with pytest.raises(KeyboardInterrupt):
            publish_now(NEW, folder)
    assert seen(folder) != before
    recover_now(folder)
    assert seen(folder) == before
    assert leftovers(folder) == []


def test_a_folder_that_is_half_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_file_by_file(folder, monkeypatch)
    (folder / "away/deep/er/index.html").unlink()
    (folder / "away/deep/er").rmdir()
    recover_now(folder)
    assert "away" not in seen(folder)
    assert verify(folder) == ()


def test_what_others_did_before_the_journal_was_finished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_file_by_file(folder, monkeypatch)
    write(folder, {"index.html": b"mine", "alna/gone/index.html": b"mine too"})
    recover_now(folder)
    assert verify(folder) == ()
    assert b"mine" in kept(folder)
    assert seen(folder)["alna/gone/index.html"] == b"mine too"
    assert leftovers(folder) == []


def test_a_hidden_file_that_no_journal_knows_is_removed(folder: Path, work: Path) -> None:
    publish_now(NEW, folder)
    hidden = ".innspill-0123456789abcdef.part"
    write(folder, {f"alna/{hidden}": b"half", hidden: b"half"})
    published = publish_now(NEW, folder)
    assert (published.removed, published.saved) == ((), ())
    assert leftovers(folder) == []
    assert publish_now(NEW, folder).way is Way.NOTHING


def test_killed_in_the_midst_of_recovery(
    folder: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_file_by_file(folder, monkeypatch)
    replace = Path.replace

    def replace_one(path: Path, target: Path) -> None:
        replace(path, target)
        raise KeyboardInterrupt

    for _ in range(6):
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", replace_one)
            with pytest.raises(KeyboardInterrupt):
                recover_now(folder)
        assert (work / "journal.json").exists()
    recover_now(folder)
    assert verify(folder) == ()
    assert files_seen(folder).items() >= FOREIGN.items()
    assert leftovers(folder) == []
    assert publish_now(NEW, folder).way is Way.NOTHING
