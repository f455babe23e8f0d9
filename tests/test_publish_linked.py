"""What stays from one site to the next is the same file, and what others do to it is seen."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from publish_sites import (
    kept,
    leftovers,
    outputs,
    publish_now,
    recover_now,
    seen,
    write,
)

from innspill.manifest import verify
from innspill.publish import exchange
from innspill.publish.plan import Kind, scan

ONE = {"index.html": b"1", "a/index.html": b"a1", "a/b/x.pdf": b"x" * 5000, "c/y.js": b"y"}
"""A site; the next ones have another first page."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "build"


@pytest.fixture
def work(folder: Path) -> Path:
    return folder.parent / ".innspill/publish/build"


def site(number: int) -> dict[str, bytes]:
    return {**ONE, "index.html": b"%d" % number}


def publish_numbers(folder: Path, *numbers: int) -> None:
    for number in numbers:
        publish_now(outputs(site(number)), folder)
        assert verify(folder) == ()
        assert leftovers(folder) == []


def test_what_stays_is_the_same_file(folder: Path) -> None:
    publish_numbers(folder, 1)
    stays = sorted(ONE.keys() - {"index.html"})
    before = [(folder / path).stat() for path in stays]
    publish_numbers(folder, 2, 3)
    for old, path in zip(before, stays, strict=True):
        new = (folder / path).stat()
        assert (new.st_ino, new.st_mtime_ns, new.st_nlink) == (old.st_ino, old.st_mtime_ns, 1)


def test_what_is_changed_in_place_is_saved(folder: Path) -> None:
    publish_numbers(folder, 1, 2, 3)
    (folder / "a/index.html").write_bytes(b"by hand")
    publish_numbers(folder, 4)
    assert kept(folder) == {b"by hand"}
    (copy,) = (folder.parent / ".innspill/kept/build/a").iterdir()
    assert copy.stat().st_nlink == 1
    (folder / "a/index.html").write_bytes(b"mine")
    assert copy.read_bytes() == b"by hand"


def test_a_change_is_seen_whatever_its_times_say(folder: Path) -> None:
    publish_numbers(folder, 1, 2)
    for number in range(20):
        target = folder / ("a/index.html" if number % 2 else "index.html")
        before = target.stat()
        target.write_bytes(b"?" * before.st_size)
        os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert len(publish_now(outputs(site(2)), folder).written) == 1
        assert verify(folder) == ()
    assert kept(folder) == {b"?", b"??"}


def test_modes_and_times_of_folders_stay(folder: Path) -> None:
    publish_numbers(folder, 1)
    for mode in (0o750, 0o2755, 0o700):
        for path in (folder, folder / "a", folder / "a/b"):
            path.chmod(mode)
        changed = (folder / "a").stat().st_mtime_ns
        publish_numbers(folder, mode)
        for path in (folder, folder / "a", folder / "a/b"):
            assert path.stat().st_mode & 0o7777 == mode
        assert (folder / "a").stat().st_mtime_ns == changed


def test_labels_stay_and_go(folder: Path) -> None:
    publish_numbers(folder, 1)
    try:
        os.setxattr(folder / "a", "user.test", b"1")
    except OSError:
        pytest.skip("the disk keeps no labels")
    publish_numbers(folder, 2)
    assert os.getxattr(folder / "a", "user.test") == b"1"
    os.removexattr(folder / "a", "user.test")
    publish_numbers(folder, 3)
    assert "user.test" not in os.listxattr(folder / "a")


def test_what_comes_into_the_old_tree_while_it_is_taken_away(
    folder: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a process that has been at work in one of its folders since before the exchange."""
    publish_numbers(folder, 1)

    def scanned(tree: Path) -> dict[str, Kind]:
        found = scan(tree)
        write(tree, {"a/late.txt": b"late"})
        return found

    with monkeypatch.context() as patch:
        patch.setattr(exchange, "scan", scanned)
        publish_now(outputs(site(2)), folder)
    assert (work / "complete/a/late.txt").exists()
    assert verify(folder) == ()
    durable: list[Path] = []
    with monkeypatch.context() as patch:
        patch.setattr(exchange, "sync", durable.append)
        recover_now(folder)
    assert durable == [folder / "a"], "its name is gone from the old tree"
    assert seen(folder)["a/late.txt"] == b"late"
    assert leftovers(folder) == []
    publish_numbers(folder, 3)


@pytest.mark.parametrize("name", ["new", "complete"])
def test_a_tree_that_is_a_link_is_not_followed(folder: Path, work: Path, name: str) -> None:
    publish_numbers(folder, 1)
    write(folder.parent / "outside", {"x": b"x"})
    (work / name).symlink_to(folder.parent / "outside")
    publish_numbers(folder, 2)
    assert seen(folder.parent / "outside") == {"x": b"x"}


@pytest.mark.parametrize("name", [".innspill-new", ".innspill-ready"])
def test_files_that_are_ready_by_a_link_are_none(folder: Path, name: str) -> None:
    publish_numbers(folder, 1)
    publish_numbers(folder.with_name("outside"), 2)
    before = seen(folder.with_name("outside"))
    (folder / name).symlink_to("../outside")
    recover_now(folder)
    assert seen(folder)["index.html"] == b"1"
    assert seen(folder.with_name("outside")) == before
    assert leftovers(folder) == []


def test_what_an_older_program_kept_is_taken_away(folder: Path, work: Path) -> None:
    publish_numbers(folder, 1)
    write(work, {"spare/a/index.html": b"a1", "known.json": b"{}"})
    publish_numbers(folder, 2)
    assert kept(folder) == set()
