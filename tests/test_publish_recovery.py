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
    recover_now,
    seen,
    way_of,
    write,
)

from innspill.manifest import verify
from innspill.publish import exchange, file_by_file, libc
from innspill.publish.plan import PublishPlan
from innspill.publish.state import State


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "build"
    old_site(folder)
    return folder


@pytest.fixture
def work(folder: Path) -> Path:
    return folder.parent / ".innspill/publish/build"


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
    """Leaves all files ready, of which none has got its place."""
    with monkeypatch.context() as patch:
        patch.setattr(libc, "exchange", refuse)
        patch.setattr(file_by_file, "_finish", interrupt)
        with pytest.raises(KeyboardInterrupt):
            publish_now(NEW, folder)


def test_a_foreign_file_that_comes_meanwhile_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = {"late.txt": b"late", "brand/new/late.txt": b"late", "folder/late.txt": b"in the way"}
    meanwhile(monkeypatch, lambda: write(folder, late))
    published = publish_now(NEW, folder)
    assert way_of(published) == "exchange"
    assert seen(folder)["late.txt"] == b"late"
    assert seen(folder)["brand/new/late.txt"] == b"late"
    assert "folder/late.txt" in published.saved
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
    make = exchange._make_tree

    def made(plan: PublishPlan, state: State) -> None:
        (folder / "robots.txt").unlink()
        make(plan, state)

    monkeypatch.setattr(exchange, "_make_tree", made)
    assert way_of(publish_now(NEW, folder)) == "exchange"
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
    unlink, count = Path.unlink, iter(range(8))

    def interrupted(path: Path, *, missing_ok: bool = False) -> None:
        unlink(path, missing_ok=missing_ok)
        if "complete" in path.parts and next(count, None) is None:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", interrupted)
        with pytest.raises(KeyboardInterrupt):
            publish_now(NEW, folder)
    new = seen(folder)
    recover_now(folder)
    assert seen(folder) == new
    assert kept(folder) == set(BY_HAND.values())
    assert leftovers(folder) == []


def test_half_a_tree_is_discarded(folder: Path, work: Path) -> None:
    before = seen(folder)
    write(work / "new", {"half.html": b"half", "assets/x": b"x"})
    write(folder / ".innspill-new", {"half.html": b"half", "assets/x": b"x"})
    recover_now(folder)
    assert seen(folder) == before
    assert leftovers(folder) == []


@pytest.mark.parametrize("damaged", [None, b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000])
def test_ready_files_without_a_manifest_are_none(
    folder: Path, damaged: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(folder)
    begin_file_by_file(folder, monkeypatch)
    manifest = folder / ".innspill-ready/manifest.json"
    manifest.unlink()
    if damaged is not None:
        manifest.write_bytes(damaged)
    recover_now(folder)
    assert seen(folder) == before
    assert leftovers(folder) == []
    publish_now(NEW, folder)
    assert verify(folder) == ()


def test_ready_files_are_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder.parent, {"outside/x": b"outside"})
    begin_file_by_file(folder, monkeypatch)
    ready = folder / ".innspill-ready"
    write(ready, {"unlisted.html": b"x", "robots.txt": b"x"})
    (ready / "index.html").unlink()
    (ready / "index.html").symlink_to("../../outside/x")
    manifest = json.loads((ready / "manifest.json").read_bytes())
    for path in ("../outside/x", str(folder.parent / "outside/x"), ".innspill/x", ""):
        manifest["files"][path] = manifest["files"]["index.html"]
    write(ready, {"manifest.json": json.dumps(manifest).encode()})
    recover_now(folder)
    assert (folder.parent / "outside/x").read_bytes() == b"outside"
    assert "unlisted.html" not in seen(folder)
    assert seen(folder)["robots.txt"] == FOREIGN["robots.txt"]
    assert not (folder / "index.html").is_symlink()
    publish_now(NEW, folder)
    assert verify(folder) == ()
    assert leftovers(folder) == []


def test_nothing_is_finished_through_a_link(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_file_by_file(folder, monkeypatch)
    outside = folder.with_name("outside")
    (folder / "assets").rename(outside)
    (folder / "assets").symlink_to(outside)
    before = seen(outside)
    recover_now(folder)
    assert seen(outside) == before
    assert leftovers(folder) == []


def test_a_ready_file_that_is_gone_is_written_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_file_by_file(folder, monkeypatch)
    (folder / ".innspill-ready/assets/style.css").unlink()
    recover_now(folder)
    assert leftovers(folder) == []
    publish_now(NEW, folder)
    assert verify(folder) == ()


def test_an_interruption_before_all_is_ready_leaves_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = seen(folder)
    with monkeypatch.context() as patch:
        patch.setattr(libc, "exchange", refuse)
        patch.setattr(file_by_file, "_check_rights", interrupt)
        with pytest.raises(KeyboardInterrupt):
            publish_now(NEW, folder)
    assert seen(folder) == before
    assert leftovers(folder) == []


def test_a_folder_that_is_half_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin_file_by_file(folder, monkeypatch)
    (folder / "away/deep/er/index.html").unlink()
    (folder / "away/deep/er").rmdir()
    recover_now(folder)
    assert "away" not in seen(folder)
    assert verify(folder) == ()


def test_what_others_did_before_all_was_in_its_place(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_file_by_file(folder, monkeypatch)
    write(folder, {"index.html": b"mine", "alna/gone/index.html": b"mine too"})
    recover_now(folder)
    assert verify(folder) == ()
    assert b"mine" in kept(folder)
    assert b"mine too" in kept(folder)
    assert leftovers(folder) == []


def test_killed_in_the_midst_of_recovery(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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
        assert (folder / ".innspill-ready").exists()
    recover_now(folder)
    assert verify(folder) == ()
    assert files_seen(folder).items() >= FOREIGN.items()
    assert leftovers(folder) == []
    assert way_of(publish_now(NEW, folder)) == "nothing"
