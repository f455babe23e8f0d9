"""What publishing does to a folder: what it writes, what it leaves, what it refuses."""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from publish_sites import (
    BY_HAND,
    FOREIGN,
    NEW,
    OLD,
    files_seen,
    kept,
    leftovers,
    old_site,
    outputs,
    publish_now,
    seen,
    stamps,
    state_in,
    way_of,
    write,
)

from innspill.durable import written_whole
from innspill.manifest import verify
from innspill.output import Output
from innspill.publish import PublishError, libc, publish
from innspill.system_words import why

NEW_FILES = {output.path: output.data for output in NEW}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "build"


@pytest.fixture(params=["exchange", "files"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways, one after the other."""
    way = str(request.param)
    if way == "files":
        refuse(monkeypatch, errno.EINVAL)
    return way


def refuse(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refused(one: Path, other: Path) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(libc, "exchange", refused)


def test_first_time(tmp_path: Path) -> None:
    folder = tmp_path / "not/there/build"
    published = publish_now(NEW, folder)
    assert published.reason is None
    assert published.written == tuple(sorted(NEW_FILES))
    found = files_seen(folder)
    del found["manifest.json"]
    assert found == NEW_FILES
    assert verify(folder) == ()
    assert leftovers(folder) == []


def test_manifest_holds_what_is_the_same_everywhere(tmp_path: Path) -> None:
    site = [Output("b.html", b"b", ("content/b.md", "content/a.md")), Output("ø/a", b"")]
    for name in ("one", "two"):
        publish_now(site, tmp_path / name)
        site.reverse()
    text = (tmp_path / "one/manifest.json").read_text(encoding="utf-8")
    assert text == (tmp_path / "two/manifest.json").read_text(encoding="utf-8")
    assert text == (
        "{\n"
        '  "files": {\n'
        '    "b.html": {\n'
        '      "sha256": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d",\n'
        '      "size": 1,\n'
        '      "sources": [\n'
        '        "content/b.md",\n'
        '        "content/a.md"\n'
        "      ]\n"
        "    },\n"
        '    "ø/a": {\n'
        '      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",\n'
        '      "size": 0,\n'
        '      "sources": []\n'
        "    }\n"
        "  },\n"
        '  "generator": "innspill 0.1.0"\n'
        "}\n"
    )


def test_an_empty_folder_keeps_its_mode(folder: Path) -> None:
    folder.mkdir()
    folder.chmod(0o2751)
    assert way_of(publish_now(NEW, folder)) == "exchange"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o2751


def test_an_empty_site(folder: Path) -> None:
    publish_now(OLD, folder)
    assert publish_now([], folder).removed == tuple(sorted(output.path for output in OLD))
    assert seen(folder).keys() == {"manifest.json"}


def test_a_second_time_writes_nothing(folder: Path) -> None:
    publish_now(NEW, folder)
    write(folder, FOREIGN)
    before = stamps(folder.parent)
    published = publish_now(reversed(NEW), folder)
    assert stamps(folder.parent) == before
    assert way_of(published) == "nothing"
    assert (published.written, published.removed, published.saved) == ((), (), {})
    assert published.unchanged == len(NEW)
    assert published.foreign == tuple(sorted(FOREIGN))


def test_in_place_of_the_old_site(folder: Path, either_way: str) -> None:
    old_site(folder)
    published = publish_now(NEW, folder)
    assert way_of(published) == either_way
    assert published.written == (
        "alna/index.html",
        "alna/uttalelse.pdf",
        "assets/deep/er/script.js",
        "assets/style.css",
        "file/a/b.txt",
        "folder",
        "grorud/index.html",
        "index.html",
    )
    assert published.removed == (
        "alna/gone/index.html",
        "away/deep/er/index.html",
        "file",
        "folder/a/b.txt",
    )
    assert published.unchanged == 2
    assert published.foreign == ("alna/note.txt", "latest.pdf", "own/deep/x", "robots.txt")
    assert set(published.saved) == BY_HAND.keys()
    found = files_seen(folder)
    del found["manifest.json"]
    assert found == {**NEW_FILES, **FOREIGN, "latest.pdf": "link to alna/uttalelse.pdf"}
    assert seen(folder)["empty/inner"] == "folder"
    assert seen(folder).keys().isdisjoint({"alna/gone", "away", "away/deep"})
    assert verify(folder) == ()
    assert leftovers(folder) == []
    assert way_of(publish_now(NEW, folder)) == "nothing"


def test_both_ways_lead_to_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        old_site(tmp_path / name)
        publish_now(NEW, tmp_path / name)
        refuse(monkeypatch, errno.EINVAL)
    assert seen(tmp_path / "one") == seen(tmp_path / "two")
    assert kept(tmp_path / "one") == kept(tmp_path / "two") == set(BY_HAND.values())


def test_the_exchange_links_what_stays(folder: Path) -> None:
    old_site(folder)
    stays = ("manual/index.html", "assets/font.woff2", "robots.txt", "latest.pdf")
    before = [(folder / path).lstat().st_ino for path in stays]
    index = folder.stat().st_ino
    publish_now(NEW, folder)
    assert [(folder / path).lstat().st_ino for path in stays] == before
    assert folder.stat().st_ino != index


def test_the_new_tree_is_whole_before_the_exchange(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is foreign is not gone for a moment, and brought after."""
    old_site(folder)
    trees: list[dict[str, bytes | str]] = []
    exchange = libc.exchange

    def noted(new: Path, old: Path) -> None:
        trees.append(seen(new))
        exchange(new, old)

    monkeypatch.setattr(libc, "exchange", noted)
    publish_now(NEW, folder)
    assert trees == [seen(folder)]


def test_modes_are_kept(folder: Path, either_way: str) -> None:
    old_site(folder)
    modes = {".": 0o2755, "alna": 0o750, "robots.txt": 0o640, "empty/inner": 0o700, "own": 0o500}
    for path, mode in modes.items():
        (folder / path).chmod(mode)
    assert way_of(publish_now(NEW, folder)) == either_way
    assert {path: stat.S_IMODE((folder / path).stat().st_mode) for path in modes} == modes
    (folder / "own").chmod(0o700)


def test_copies_where_links_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_site(folder)
    (folder / "robots.txt").chmod(0o640)
    expected = folder.with_name("expected")
    old_site(expected)
    publish_now(NEW, expected)

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refused)
    assert way_of(publish_now(NEW, folder)) == "exchange"
    assert seen(folder) == seen(expected)
    assert stat.S_IMODE((folder / "robots.txt").stat().st_mode) == 0o640


def test_file_by_file_where_a_link_would_cross_disks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_site(folder)

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr(os, "link", refused)
    published = publish_now(NEW, folder)
    assert way_of(published) == "files"
    assert str(published.reason).endswith(" can't be exchanged: it lies on another disk.")
    assert leftovers(folder) == []


@pytest.mark.parametrize(
    "number",
    [
        errno.EXDEV,
        errno.EBUSY,
        errno.EINVAL,
        errno.ENOSYS,
        errno.EPERM,
        errno.ENOTSUP,
        errno.EACCES,
    ],
)
def test_file_by_file_where_the_exchange_is_refused(
    folder: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_site(folder)
    refuse(monkeypatch, number)
    published = publish_now(NEW, folder)
    assert way_of(published) == "files"
    assert str(published.reason) == (f"{folder} can't be exchanged: {why(OSError(number, ''))}.")
    assert verify(folder) == ()
    assert leftovers(folder) == []


def test_file_by_file_where_the_system_has_no_such_call(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(libc, "_library", object)
    monkeypatch.setattr(os, "sync", lambda: synced.append((folder / "grorud").exists()))
    old_site(folder)
    synced.clear()
    published = publish_now(NEW, folder)
    assert way_of(published) == "files"
    assert synced == [False, False, True, True]  # for the tree, and for the files
    assert "the system can't do this" in str(published.reason)
    assert verify(folder) == ()


def test_file_by_file_in_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old_site(folder)
    steps: list[str] = []

    def noting(name: str) -> Callable[..., object]:
        original = getattr(Path, name)

        def noted(path: Path, *arguments: Path, **options: bool) -> object:
            subject = arguments[0] if arguments else path
            if subject.is_relative_to(folder) and not subject.name.startswith(".innspill"):
                steps.append(f"{name} {subject.relative_to(folder)}")
            return original(path, *arguments, **options)

        return noted

    refuse(monkeypatch, errno.EINVAL)
    monkeypatch.setattr(Path, "replace", noting("replace"))
    monkeypatch.setattr(Path, "unlink", noting("unlink"))
    publish_now(NEW, folder)
    assert steps == [
        "replace alna/uttalelse.pdf",
        "replace assets/deep/er/script.js",
        "replace assets/style.css",
        "unlink file",
        "replace file/a/b.txt",
        "unlink folder/a/b.txt",
        "replace folder",
        "replace alna/index.html",
        "replace grorud/index.html",
        "replace index.html",
        "unlink alna/gone/index.html",
        "unlink away/deep/er/index.html",
        "replace manifest.json",
    ]


def test_all_is_on_the_disk_before_anything_is_replaced(
    folder: Path, either_way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_site(folder)
    work = folder.parent / ".innspill/publish/build"
    calls: list[str] = []

    def noting(name: str, original: Callable[..., object]) -> Callable[..., object]:
        def noted(*arguments: object) -> object:
            calls.append(name)
            return original(*arguments)

        return noted

    def replaced(path: Path, target: Path) -> Path:
        calls.append(f"put {target.name}")
        os.replace(path, target)  # noqa: PTH105
        return target

    def renamed(path: Path, target: Path) -> Path:
        calls.append(f"rename {target.name}")
        os.rename(path, target)  # noqa: PTH104
        return target

    def synced(descriptor: int) -> None:
        places = {"work": work, "folder": folder, "around": folder.parent}
        for name, place in places.items():
            if os.path.samestat(os.fstat(descriptor), place.stat()):
                calls.append(f"sync {name}")

    monkeypatch.setattr(libc, "exchange", noting("exchange", libc.exchange))
    monkeypatch.setattr(libc, "sync_filesystem", noting("disk", libc.sync_filesystem))
    monkeypatch.setattr(Path, "replace", replaced)
    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(os, "fsync", synced)
    publish_now(NEW, folder)
    began = calls.index("exchange" if either_way == "exchange" else "rename .innspill-ready")
    if either_way == "exchange":
        expected = ["disk", "rename complete", "sync work", "exchange", "sync around", "sync work"]
        assert calls[began - 3 : began + 3] == expected
    else:
        expected = ["disk", "rename .innspill-ready", "sync folder"]
        assert calls[began - 1 : began + 2] == expected
        assert calls[-3:] == ["disk", "put manifest.json", "disk"]


def test_a_copy_gets_its_name_once_it_is_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    def synced(descriptor: int) -> None:
        calls.append(f"sync {os.readlink(f'/proc/self/fd/{descriptor}')}")  # noqa: PTH115

    def replaced(path: Path, target: Path) -> Path:
        calls.append(f"put {target}")
        os.replace(path, target)  # noqa: PTH105
        return target

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", replaced)
    target = tmp_path / "kopi.txt"
    with written_whole(target) as partial:
        partial.write_bytes(b"kopi")
    assert calls == [f"sync {partial}", f"put {target}", f"sync {tmp_path}"]


def test_a_disk_that_fails(folder: Path, either_way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    old_site(folder)
    before = seen(folder)

    def failing(place: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(libc, "sync_filesystem", failing)
    with pytest.raises(PublishError) as caught:
        publish_now(NEW, folder)
    assert str(caught.value.message) == (
        f"The new site could not be written: {folder}: the disk or the network drive fails. "
        "What is published is as it was. Mend that and run it again."
    )
    assert seen(folder) == before
    assert leftovers(folder) == []


def test_a_file_that_is_deleted_by_hand_comes_back(folder: Path, either_way: str) -> None:
    publish_now(NEW, folder)
    (folder / "alna/index.html").unlink()
    assert verify(folder) == ("missing alna/index.html",)
    published = publish_now(NEW, folder)
    assert (way_of(published), published.written) == (either_way, ("alna/index.html",))
    assert verify(folder) == ()


def test_what_is_changed_by_hand_is_saved(folder: Path, either_way: str) -> None:
    publish_now(NEW, folder)
    for text in (b"once", b"again", b"once"):
        write(folder, {"alna/index.html": text})
        assert verify(folder) == ("changed alna/index.html",)
        ((path, copy),) = publish_now(NEW, folder).saved.items()
        assert path == "alna/index.html"
        assert copy.read_bytes() == text
        assert copy.parent == folder.parent / ".innspill/kept/build/alna"
    assert len(list(copy.parent.iterdir())) == 2
    assert verify(folder) == ()


def test_a_saved_copy_is_never_overwritten(folder: Path, either_way: str) -> None:
    publish_now(NEW, folder)
    copies = set()
    for number in range(3):
        write(folder, {"index.html": b"mine"})
        ((_, copy),) = publish_now(NEW, folder).saved.items()
        copies.add(copy)
        copy.write_bytes(b"worked on %d" % number)
    assert {copy.read_bytes() for copy in copies} == {b"worked on %d" % n for n in range(3)}


def test_a_copy_of_what_has_a_long_name(folder: Path, either_way: str) -> None:
    path = "a" * 235 + ".html"
    publish_now(outputs({path: b"1"}), folder)
    write(folder, {path: b"mine"})
    publish_now(outputs({path: b"2"}), folder)
    assert verify(folder) == ()
    assert kept(folder) == {b"mine"}


def test_a_link_in_the_place_of_ours_is_saved(folder: Path, either_way: str) -> None:
    publish_now(NEW, folder)
    outside = folder.with_name("outside.html")
    outside.write_bytes(NEW_FILES["index.html"])
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(outside)
    ((_, copy),) = publish_now(NEW, folder).saved.items()
    assert copy.readlink() == outside
    assert not (folder / "index.html").is_symlink()
    assert outside.exists()


def test_a_folder_without_a_manifest(folder: Path) -> None:
    write(folder, {**FOREIGN, "index.html": b"theirs", "alna/index.html": b"<p>new statement"})
    published = publish_now(NEW, folder, adopts=True)
    assert way_of(published) == "exchange"
    assert published.foreign == tuple(sorted(FOREIGN))
    assert list(published.saved) == ["index.html"]
    assert kept(folder) == {b"theirs"}
    assert "alna/index.html" not in published.written
    assert verify(folder) == ()
    write(folder, {"index.html": b"x"})
    assert way_of(publish_now(NEW, folder)) == "exchange"


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"null",
        b'{"files": {}}',
        b'{"generator": 1, "files": {}}',
        b'{"generator": "x", "files": []}',
        b'{"generator": "x", "files": {"robots.txt": "no"}}',
        b'{"generator": "another program 1.0", "files": {}}',
        b'{"generator": "innspill 1.0", "files": {"robots.txt": "no"}}',
        b'{"name": "A web app", "icons": []}',
        b"[" * 100_000,
    ],
)
def test_a_manifest_that_is_none_deletes_nothing(folder: Path, manifest: bytes) -> None:
    publish_now(OLD, folder)
    write(folder, {"manifest.json": manifest})
    assert verify(folder) == ("changed manifest.json",)
    before = files_seen(folder)
    same = (folder / "manual/index.html").stat().st_ino
    site = outputs({"manual/index.html": b"<p>old manual"})
    with pytest.raises(PublishError, match=r"there is manifest\.json"):
        publish_now(site, folder)
    assert files_seen(folder) == before
    published = publish_now(site, folder, adopts=True)
    assert (published.removed, published.written) == ((), ())
    assert (folder / "manual/index.html").stat().st_ino == same
    assert files_seen(folder).keys() == before.keys()
    assert kept(folder) == {manifest}


@pytest.mark.parametrize("name", [".DS_Store", "Thumbs.db", "desktop.ini", "lost+found/x"])
def test_what_a_system_left_makes_no_folder_another_s(folder: Path, name: str) -> None:
    write(folder, {name: b"left"})
    assert publish_now(NEW, folder).foreign == (name,)
    assert files_seen(folder)[name] == b"left"


@pytest.mark.parametrize("left", [".htaccess", "Thumbs.db.php"])
def test_what_a_system_left_hides_nobody_s_files(folder: Path, left: str) -> None:
    write(folder, {"Thumbs.db": b"left", left: b"theirs"})
    with pytest.raises(PublishError, match="holds no site of Innspill's"):
        publish_now(NEW, folder)


def test_a_folder_whose_manifest_was_taken_away_is_another_s(folder: Path) -> None:
    publish_now(OLD, folder)
    (folder / "manifest.json").unlink()
    write(folder, {"index.html": b"theirs"})
    before = files_seen(folder)
    with pytest.raises(PublishError, match="holds no site of Innspill's: there is alna"):
        publish_now(NEW, folder)
    assert files_seen(folder) == before
    publish_now(NEW[:1], folder, adopts=True)
    assert verify(folder) == ()
    assert kept(folder) == {b"theirs"}


def test_a_link_to_a_manifest_is_none(folder: Path) -> None:
    publish_now(OLD, folder)
    (folder / "manifest.json").rename(folder.with_name("manifest"))
    (folder / "manifest.json").symlink_to("../manifest")
    published = publish_now(NEW[:1], folder, adopts=True)
    assert published.removed == ()
    assert list(published.saved) == ["index.html", "manifest.json"]


def test_a_manifest_is_not_trusted(folder: Path, either_way: str) -> None:
    publish_now(OLD, folder)
    outside = folder.with_name("outside")
    write(outside, {"x": b"old {}"})
    (folder / "way").symlink_to(outside)
    write(folder, {"odd": b"old {}"})
    manifest = json.loads((folder / "manifest.json").read_bytes())
    entry = manifest["files"]["assets/style.css"]
    for path in ("../outside/x", str(outside / "x"), "way/x", "", "a//b", "..", "./odd", "\ud800"):
        manifest["files"][path] = entry
    manifest["files"] |= {"odd": {"sha256": 3}, "odder": {"sha256": "old"}}
    write(folder, {"manifest.json": json.dumps(manifest).encode()})
    assert verify(folder) == ()
    assert way_of(publish_now(NEW, folder)) == either_way
    assert (outside / "x").read_bytes() == b"old {}"
    assert (folder / "way").is_symlink()
    assert (folder / "odd").exists()
    assert verify(folder) == ()


def test_a_foreign_file_where_ours_needs_a_folder_is_saved(folder: Path, either_way: str) -> None:
    publish_now(outputs({"index.html": b"x"}), folder)
    write(folder, {"alna": b"theirs"})
    published = publish_now(NEW, folder)
    assert way_of(published) == either_way
    assert list(published.saved) == ["alna"]
    assert kept(folder) == {b"theirs"}
    assert verify(folder) == ()


def test_a_foreign_folder_in_the_place_of_ours_stops_it(folder: Path, either_way: str) -> None:
    old_site(folder)
    write(folder, {"folder/theirs": b"x"})
    before = stamps(folder)
    with pytest.raises(PublishError) as caught:
        publish_now(NEW, folder)
    assert str(caught.value.message) == (
        f"{folder / 'folder'} is not ours and stands where the new site needs its place. "
        "Nothing was changed. Move it away and run it again."
    )
    assert stamps(folder) == before


def test_an_empty_folder_in_the_place_of_ours_goes(folder: Path, either_way: str) -> None:
    publish_now(outputs({"x": b"x"}), folder)
    (folder / "index.html/deep/er").mkdir(parents=True)
    assert way_of(publish_now(NEW, folder)) == either_way
    assert verify(folder) == ()


@pytest.mark.parametrize("path", ["alna", "index.html"])
def test_a_pipe_in_the_place_of_ours_stops_it(folder: Path, path: str, either_way: str) -> None:
    publish_now(outputs({"x": b"x"}), folder)
    os.mkfifo(folder / path)
    with pytest.raises(PublishError, match=str(folder / path)):
        publish_now(NEW, folder)


def test_a_foreign_pipe_stays(folder: Path) -> None:
    publish_now(OLD, folder)
    os.mkfifo(folder / "pipe")
    assert way_of(publish_now(NEW, folder)) == "exchange"
    assert stat.S_ISFIFO((folder / "pipe").lstat().st_mode)


def test_nothing_is_written_through_a_link(folder: Path, either_way: str) -> None:
    publish_now(outputs({"x": b"x"}), folder)
    outside = folder.with_name("outside")
    outside.mkdir()
    (folder / "alna").symlink_to(outside)
    with pytest.raises(PublishError, match=str(folder / "alna")):
        publish_now(NEW, folder)
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "/a",
        "a/",
        "a//b",
        "a/./b",
        "a/../b",
        "../a",
        "a\\b",
        "a\0b",
        "\ud800",
        "manifest.json",
        ".innspill/a",
        "a/.innspill-0",
    ],
)
def test_a_path_that_no_output_may_have(folder: Path, path: str) -> None:
    with pytest.raises(ValueError, match="not a path inside the output folder"):
        publish([Output(path, b"")], state_in(folder), generator="x")
    assert not folder.parent.joinpath(".innspill").exists()


@pytest.mark.parametrize(("one", "other"), [("a", "a"), ("a", "a/b"), ("a/b/c", "a")])
def test_outputs_that_exclude_each_other(folder: Path, one: str, other: str) -> None:
    with pytest.raises(ValueError, match="'a'"):
        publish([Output(one, b"1"), Output(other, b"2")], state_in(folder), generator="x")


def test_an_output_does_not_print_its_bytes() -> None:
    assert repr(Output("a", b"secret")) == "Output(path='a', sources=())"


def test_the_output_folder_is_a_file(folder: Path) -> None:
    folder.write_bytes(b"theirs")
    with pytest.raises(PublishError) as caught:
        publish_now(NEW, folder)
    assert str(caught.value.message) == f"{folder} is a file, so it cannot be the output folder."
    assert folder.read_bytes() == b"theirs"


def test_a_folder_around_it_is_a_file(folder: Path) -> None:
    folder.write_bytes(b"theirs")
    with pytest.raises(PublishError, match="it is no folder"):
        publish_now(NEW, folder / "inner/build")


def test_the_output_folder_is_a_link_to_nothing(folder: Path) -> None:
    folder.symlink_to("nowhere")
    with pytest.raises(PublishError, match="is a link to nothing"):
        publish_now(NEW, folder)


def test_the_output_folder_is_the_root() -> None:
    with pytest.raises(PublishError, match="/ cannot be the output folder"):
        publish_now(NEW, Path("/"))


def test_the_output_folder_is_a_link(folder: Path) -> None:
    real = folder.parent / "elsewhere/real"
    real.mkdir(parents=True)
    folder.symlink_to(real)
    for site in (OLD, NEW):
        assert way_of(publish_now(site, folder)) == "exchange"
    assert folder.is_symlink()
    assert verify(folder) == ()
    assert leftovers(real) == []


def test_the_output_folder_is_the_one_we_are_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_now(OLD, folder)
    monkeypatch.chdir(folder / "assets")
    published = publish_now(NEW, Path(".."))
    assert way_of(published) == "files"
    assert str(published.reason) == "The program was started inside the folder."
    assert Path("style.css").read_bytes() == b"new {}"


def test_several_output_folders_beside_each_other(tmp_path: Path) -> None:
    for name in ("one", "two", "kept", "publish"):
        old_site(tmp_path / name)
    publish_now(NEW, tmp_path / "one")
    assert kept(tmp_path / "one") == set(BY_HAND.values())
    for name in ("two", "kept", "publish"):
        assert kept(tmp_path / name) == set()
        assert len(verify(tmp_path / name)) == len(BY_HAND)
