"""The spare tree: what it saves, what it must never hold, and what others may do to it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from publish_child import refuse
from publish_sites import (
    FOREIGN,
    NEW,
    OLD,
    files_seen,
    kept,
    leftovers,
    old_site,
    ordinary_user,
    outputs,
    publish_now,
    seen,
    stamps,
    state_in,
    write,
)

from innspill.publish import Way, clean, libc, locked, verify
from innspill.publish.tree import fingerprint

ONE = {"index.html": b"1", "a/index.html": b"a1", "a/b/x.pdf": b"x" * 5000, "c/y.js": b"y"}
"""A site; the next ones have another first page."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "build"


@pytest.fixture
def work(folder: Path) -> Path:
    return folder.parent / ".innspill/publish/build"


@pytest.fixture
def spare(work: Path) -> Path:
    return work / "spare"


def site(number: int) -> dict[str, bytes]:
    return {**ONE, "index.html": b"%d" % number}


def publish_numbers(folder: Path, *numbers: int) -> None:
    """One after the other; the disk's clock goes on while it is waited for."""
    for number in numbers:
        publish_now(outputs(site(number)), folder)
        assert verify(folder) == ()
        assert leftovers(folder) == []


def test_what_stays_is_not_touched(folder: Path) -> None:
    publish_numbers(folder, 1)
    before = stamps(folder)
    for number in (2, 3, 4):
        publish_numbers(folder, number)
        after = stamps(folder)
        for path in ONE.keys() - {"index.html"}:
            assert after[str(folder / path)] == before[str(folder / path)]


def test_folders_change_places(folder: Path, spare: Path) -> None:
    publish_numbers(folder, 1)
    one, other = folder.stat().st_ino, spare.stat().st_ino
    publish_numbers(folder, 2)
    assert (folder.stat().st_ino, spare.stat().st_ino) == (other, one)
    publish_numbers(folder, 3)
    assert (folder.stat().st_ino, spare.stat().st_ino) == (one, other)


def test_what_stays_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = libc.sync_filesystem
    read: list[str] = []

    def slow(place: Path) -> None:
        time.sleep(0.05)  # longer than a tick of the disk's clock
        sync(place)

    def noted(path: str) -> str | None:
        read.append(Path(path).name)
        return fingerprint(path)

    monkeypatch.setattr(libc, "sync_filesystem", slow)
    monkeypatch.setattr("innspill.publish.plan.fingerprint", noted)
    for number in (1, 2, 3):
        publish_numbers(folder, number)
    assert {path for path in ONE if Path(path).name in read} <= {"index.html", "a/index.html"}


def test_it_holds_nothing_that_the_folder_has_not(folder: Path, spare: Path) -> None:
    old_site(folder)
    publish_now(NEW, folder)
    files = [path for path in spare.rglob("*") if not path.is_dir()]
    assert {path.relative_to(spare).as_posix() for path in files} == {
        "assets/font.woff2",
        "manual/index.html",
    }
    for path in files:
        assert path.samefile(folder / path.relative_to(spare))
    assert (folder / "robots.txt").stat().st_nlink == 1


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


def test_modes_stay(folder: Path, spare: Path) -> None:
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
    for number in (2, 3):
        publish_numbers(folder, number)
        assert os.getxattr(folder / "a", "user.test") == b"1"
    os.removexattr(folder / "a", "user.test")
    for number in (4, 5):
        publish_numbers(folder, number)
        assert "user.test" not in os.listxattr(folder / "a")


def put_late(place: int, name: str) -> None:
    """Writes where a process has been at work since before the exchange."""
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT, dir_fd=place)
    os.write(descriptor, b"late")
    os.close(descriptor)


@pytest.mark.parametrize("way", ["exchange", "files", "clean", "first"])
def test_what_comes_into_it_is_not_lost(
    folder: Path, spare: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_numbers(folder, 1)
    place = os.open(folder / "a", os.O_RDONLY)
    publish_numbers(folder, 2)
    put_late(place, "late.txt")
    os.rename("index.html", "mine.html", src_dir_fd=place, dst_dir_fd=place)
    put_late(place, "index.html")
    os.close(place)
    assert (spare / "a/late.txt").exists()
    if way == "files":
        monkeypatch.setattr(libc, "exchange", refuse)
    if way == "first":
        shutil.rmtree(folder)
    if way == "clean":
        with locked(state_in(folder), on_wait=lambda: None) as state:
            clean(state)
    else:
        saved = publish_now(outputs(site(3)), folder).saved
        assert {path for path, _ in saved} == {"a/index.html", "a/late.txt", "a/mine.html"}
    copies = folder.parent / ".innspill/kept/build/a"
    assert sorted(copy.name.partition(".")[0] for copy in copies.iterdir()) == [
        "index",
        "late",
        "mine",
    ]
    assert kept(folder) == {b"late", ONE["a/index.html"]}
    assert not (spare / "a/late.txt").exists()


def test_a_removed_folder_is_made_anew(folder: Path) -> None:
    publish_numbers(folder, 1, 2)
    shutil.rmtree(folder)
    publish_numbers(folder, 3, 4)
    assert kept(folder) == set()


def test_cleaning_takes_it_away(folder: Path, work: Path) -> None:
    publish_numbers(folder, 1, 2)
    with locked(state_in(folder), on_wait=lambda: None) as state:
        clean(state)
    assert {path.name for path in work.iterdir()} == {"lock", "made-here"}
    assert not folder.exists()
    assert kept(folder) == set()


def test_it_goes_where_the_folder_can_no_longer_be_exchanged(
    folder: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_numbers(folder, 1)
    (folder.parent / "link").symlink_to(folder)
    publish_now(outputs(site(2)), folder.parent / "link")
    assert {path.name for path in work.iterdir()} == {"lock", "made-here"}
    assert verify(folder) == ()


def to_outside(path: Path) -> None:
    """Puts a link in the place of a folder."""
    outside = path.parents[len(path.parents) - 1 - path.parts.index(".innspill")] / "outside"
    shutil.copytree(path, outside)
    shutil.rmtree(path)
    path.symlink_to(outside)


def copied(path: Path) -> None:
    """As a copy of the project has it that knows nothing of files with two names."""
    path.rename(path.with_name("before"))
    shutil.copytree(path.with_name("before"), path)
    shutil.rmtree(path.with_name("before"))


def put(path: Path, data: bytes) -> None:
    """Writes a file in the place of whatever is there."""
    if path.is_dir():
        shutil.rmtree(path)
    write(path.parent, {path.name: data})


def empty(path: Path) -> None:
    """Leaves a folder and nothing in it."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    path.mkdir()


def exchange(one: Path, other: Path) -> None:
    """Gives each file the other's name."""
    one.rename(one.with_name("t"))
    other.rename(one)
    one.with_name("t").rename(other)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "another file": lambda spare: put(spare / "a/index.html", b"theirs"),
    "an old file": lambda spare: put(spare / "a/index.html", b"a1"),
    "a file gone": lambda spare: (spare / "a/index.html").unlink(),
    "a folder gone": lambda spare: shutil.rmtree(spare / "a"),
    "a folder for a file": lambda spare: empty(spare / "c/y.js"),
    "a file for a folder": lambda spare: put(spare / "a", b"x"),
    "a link for a folder": lambda spare: to_outside(spare / "a"),
    "a link for all": to_outside,
    "a file for all": lambda spare: put(spare, b"x"),
    "closed": lambda spare: (spare / "a").chmod(0),
    "empty": empty,
    "copied": copied,
    "moved within": lambda spare: (spare / "a").rename(spare / "z"),
    "names exchanged": lambda spare: exchange(spare / "c/y.js", spare / "a/index.html"),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("is_known", [True, False])
def test_a_damaged_one(damage: str, is_known: bool) -> None:
    with ordinary_user() as place:
        folder, work = place / "build", place / ".innspill/publish/build"
        publish_numbers(folder, 1)
        write(folder, FOREIGN)
        publish_numbers(folder, 2)
        DAMAGES[damage](work / "spare")
        if not is_known:
            (work / "known.json").unlink()
        outside = seen(place / "outside")
        for number in (3, 4):
            publish_numbers(folder, number)
            found = {**site(number), **FOREIGN}
            assert {path: files_seen(folder).get(path) for path in found} == found
        assert seen(place / "outside") == outside
        late = {"another file": b"theirs", "a file for a folder": b"x"}.get(damage)
        assert late is None or late in kept(folder)
        stat = (work / "spare/a").stat()
        assert stat.st_mode & 0o700 == 0o700
        assert files_seen(work / "spare").items() <= files_seen(folder).items()


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"a": 1}',
        b'{"a": ["x"]}',
        b"\xff",
        b"[" * 100_000,
        b'{"": [0,1]}',
    ],
)
def test_what_is_known_is_damaged(folder: Path, work: Path, damaged: bytes) -> None:
    publish_numbers(folder, 1)
    (work / "known.json").write_bytes(damaged)
    publish_numbers(folder, 2, 3)
    assert kept(folder) == set()


def test_a_killed_run_s_twin_is_no_spare(folder: Path, work: Path) -> None:
    write(work / "twin", {"a/index.html": b"half"})
    publish_numbers(folder, 1, 2)
    assert kept(folder) == set()


def test_a_staging_that_is_a_link_is_not_followed(folder: Path, work: Path) -> None:
    publish_numbers(folder, 1)
    write(folder.parent / "outside", {"x": b"x"})
    (work / "staging").symlink_to(folder.parent / "outside")
    publish_numbers(folder, 2)
    assert seen(folder.parent / "outside") == {"x": b"x"}


def test_both_trees_lead_to_the_same(tmp_path: Path) -> None:
    for name in ("one", "two"):
        old_site(tmp_path / name)
    shutil.rmtree(tmp_path / ".innspill/publish/two/spare")
    for wanted in (NEW, OLD, NEW):
        for name in ("one", "two"):
            assert publish_now(wanted, tmp_path / name).way is Way.EXCHANGE
        assert seen(tmp_path / "one") == seen(tmp_path / "two")
    assert kept(tmp_path / "one") == kept(tmp_path / "two")
