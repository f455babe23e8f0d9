"""Nothing leads out of what the program keeps, and what came with a clone is not believed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from publish_sites import NOBODY, kept
from repositories import git
from sites import EXAMPLE, innspill, statement, tree, write

VICTIM = {"brev.html": b"<p>privat", "alna/x.json": b"{}", "index.html": b"<p>min"}
"""What is somebody's own, elsewhere on the machine."""
WORK = ".innspill/publish/build"
FOLDERS = [
    ".innspill",
    ".innspill/publish",
    WORK,
    *(f"{WORK}/{name}" for name in ("complete", "new")),
    ".innspill/memo",
    ".innspill/memo/ab",
    ".innspill/last",
]
FILES = [
    *(f"{WORK}/{name}" for name in ("lock", "new", "complete")),
    f"{WORK}/made-here",
]


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    for name, data in VICTIM.items():
        path = tmp_path / "victim" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "victim"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project."""
    return write(tmp_path / "project", EXAMPLE)


def build(root: Path, *options: str | Path, code: int = 0) -> str:
    """Builds the pages, and gives what is said."""
    ran = innspill("build", "--no-pdf", *options, cwd=root, code=code)
    return ran.stdout + ran.stderr


def stand_in(path: Path, put: Callable[[Path], object]) -> None:
    """Puts something in the place of whatever is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    put(path)


def site_is_right(root: Path, victim: Path) -> bool:
    """Whether the site holds what its manifest says, and nothing else."""
    found = tree(root / "build")
    listed = json.loads(found.pop("manifest.json"))["files"]
    assert {path: hashlib.sha256(data).hexdigest() for path, data in found.items()} == {
        path: each["sha256"] for path, each in listed.items()
    }
    return tree(victim) == VICTIM


@pytest.mark.parametrize("path", ["kept", "kept/build", "kept/build/om"])
def test_no_copy_is_put_where_a_link_leads(
    root: Path, store: Path, victim: Path, path: str
) -> None:
    write(root, {"om/side.md": "---\ntitle: Side\n---\n"})
    build(root, "--store", store)
    page = root / "build/om/side/index.html"
    page.write_bytes(b"rettet")
    stand_in(root / ".innspill" / path, lambda place: place.symlink_to(victim))
    said = build(root, "--store", store, code=3)
    assert f"{path} should be a folder of Innspill's own" in said
    assert tree(victim) == VICTIM
    (root / ".innspill" / path).unlink()
    build(root, "--store", store)
    assert page.read_bytes() != b"rettet"
    assert kept(root / "build") == {b"rettet"}


@pytest.mark.parametrize("put", ["file", "dangling"])
@pytest.mark.parametrize("path", [".innspill", ".innspill/publish", WORK])
def test_no_folder_in_the_place_of_our_folder(
    root: Path, store: Path, victim: Path, path: str, put: str
) -> None:
    if put == "file":
        stand_in(root / path, lambda place: place.write_bytes(b""))
    else:
        stand_in(root / path, lambda place: place.symlink_to(victim / "new"))
    said = build(root, "--store", store, code=3)
    assert f"{path} should be a folder of Innspill's own" in said
    assert not (root / "build").exists()
    assert tree(victim) == VICTIM


@pytest.mark.parametrize("name", ["manifest.json", "index.html"])
def test_a_pipe_in_the_place_of_a_published_file(root: Path, store: Path, name: str) -> None:
    build(root, "--store", store)
    stand_in(root / "build" / name, os.mkfifo)
    said = build(root, "--store", store, code=3)
    told = {"manifest.json": "there is manifest.json.", "index.html": "is not ours and stands"}
    assert told[name] in said


@pytest.mark.parametrize("was_built", [False, True])
@pytest.mark.parametrize("path", FOLDERS)
def test_a_link_in_the_place_of_our_folder(
    root: Path, victim: Path, path: str, was_built: bool
) -> None:
    if was_built:
        build(root)
        write(root, statement("\n## Svar {#en}\n\nNytt.\n\n## Svar {#to}\n\nNei.\n"))
    stand_in(root / path, lambda place: place.symlink_to(victim))
    ran = build(root, code=0 if path.startswith(f"{WORK}/") else 3)
    assert tree(victim) == VICTIM
    if path.startswith(f"{WORK}/"):
        assert site_is_right(root, victim)
    else:
        told = f"{path} should be a folder of Innspill's own, and is a link or a file. Remove it"
        assert told in ran
    innspill("clean", cwd=root, code=3 if WORK.startswith(path) else 0)
    assert tree(victim) == VICTIM


@pytest.mark.parametrize(
    ("path", "put"),
    [
        *((path, put) for path in FILES for put in ("link", "dangling", "pipe", "folder")),
        (".innspill/made-here", "link"),
    ],
)
def test_another_thing_in_the_place_of_our_file(
    root: Path, victim: Path, path: str, put: str
) -> None:
    ways: dict[str, Callable[[Path], object]] = {
        "link": lambda place: place.symlink_to(victim / "brev.html"),
        "dangling": lambda place: place.symlink_to(victim / "new"),
        "pipe": os.mkfifo,
        "folder": lambda place: (place / "deep").mkdir(parents=True),
    }
    stand_in(root / path, ways[put])
    is_lock = put == "folder" and path.endswith("lock")
    build(root, code=3 if is_lock else 0)
    assert tree(victim) == VICTIM
    assert is_lock or site_is_right(root, victim)


def test_a_clone_s_state_moves_nothing(tmp_path: Path, victim: Path, store: Path) -> None:
    """Git keeps links."""
    hostile = write(tmp_path / "hostile", EXAMPLE)
    stand_in(hostile / WORK / "complete", lambda place: place.symlink_to(victim))
    for command in (("init", "-q"), ("add", "-f", "."), ("commit", "-q", "-m", "x")):
        git(hostile, *command)
    git(tmp_path, "clone", "-q", str(hostile), "clone")
    assert (tmp_path / "clone" / WORK / "complete").is_symlink()
    build(tmp_path / "clone", "--store", store)
    assert site_is_right(tmp_path / "clone", victim)


def test_what_is_nested_deeply_is_taken_away(root: Path) -> None:
    for name in ("new", "complete", "other"):
        deep = root / WORK / name
        deep.mkdir(parents=True)
        for _ in range(1500):
            deep /= "a"
            deep.mkdir()
    build(root)
    assert not (root / WORK / "complete").exists()
    # What was put aside is deeper than Python's own way to take folders away can go.
    subprocess.run(["rm", "-rf", root / ".innspill"], check=True)


def test_a_tree_that_came_with_a_clone_is_not_published(root: Path) -> None:
    evil = root / WORK / "complete/assets/evil.js"
    stand_in(evil, lambda place: place.write_text("evil()", encoding="utf-8"))
    build(root)
    assert "assets/evil.js" not in tree(root / "build")
    assert not (root / WORK / "complete").exists()


def test_files_that_came_with_a_clone_get_no_place(root: Path, store: Path) -> None:
    build(root)
    ready = root / "build/.innspill-ready"
    manifest = {"generator": "Innspill 1", "files": {"evil.js": {"sha256": "0" * 64}}}
    ready.mkdir()
    (ready / "evil.js").write_bytes(b"evil()")
    (ready / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    # As a clone brings it: with all that was in the folder, but in another one.
    clone = Path(shutil.copytree(root, root.with_name("clone")))
    build(clone, "--store", store)
    assert kept(clone / "build") == set()
    assert tree(clone / "build").keys() == tree(root / "build").keys() - {
        f".innspill-ready/{name}" for name in ("evil.js", "manifest.json")
    }
    build(root)  # where it was made, all that is ready gets its place, and then goes again
    assert kept(root / "build") == {b"evil()"}
    assert tree(root / "build") == tree(clone / "build")


def forged(store: Path) -> int:
    """Has every remembered part call its statement something else, with the right digest."""
    count, own = 0, "Eksempel på uttalelse".encode()
    for path in store.glob("memo/*/*"):
        data = path.read_bytes()[64:]
        if own in data and b"anchors" in data:
            data = data.replace(own, b"Lureri".ljust(len(own)))
            path.write_bytes(hashlib.sha256(data).hexdigest().encode() + data)
            count += 1
    return count


@pytest.mark.parametrize("by", ["copy", "git"])
def test_a_store_that_came_with_a_clone_is_not_believed(root: Path, by: str) -> None:
    build(root)
    assert forged(root / ".innspill")
    clone = root.with_name("clone")
    if by == "git":
        shutil.rmtree(root / "build")
        for command in (("init", "-q"), ("add", "-f", "."), ("commit", "-q", "-m", "x")):
            git(root, *command)
        git(root.parent, "clone", "-q", str(root), "clone")
    else:
        shutil.copytree(root, clone, ignore=shutil.ignore_patterns("build"))
    said = build(clone)
    assert ".innspill: not made in this place, so nothing of it was used" in said
    assert b"Lureri" not in b"".join(tree(clone / "build").values())
    assert "Eksempel på uttalelse".encode() in b"".join(tree(clone / "build").values())
    assert "not made in this place" not in build(clone)
    assert is_closed(clone / ".innspill")


def test_a_store_that_is_named_is_believed_wherever_it_was_made(root: Path) -> None:
    carried = root.parent / "carried"
    carried.mkdir()
    (root.parent / "link").symlink_to(carried)
    build(root, "--store", root.parent / "link")
    shutil.rmtree(root / "build")
    again = Path(shutil.copytree(carried, root.parent / "again"))
    assert forged(again)
    build(root, "--store", again)
    assert b"Lureri" in b"".join(tree(root / "build").values())


def test_what_the_last_build_of_a_clone_did_is_not_believed(root: Path) -> None:
    build(root)
    clone = Path(shutil.copytree(root, root.with_name("clone")))
    record = next((clone / ".innspill/last").iterdir())
    name = hashlib.sha256(os.fsencode(clone / "build")).hexdigest()[:16]
    text = record.read_text(encoding="utf-8").replace(str(root), str(clone))
    (clone / f".innspill/last/{name}.json").write_text(text, encoding="utf-8")
    write(clone, {"sak/eksempel.md": EXAMPLE["sak/eksempel.md"]})
    said = build(clone)
    assert "not made in this place" in said


def test_cleaning_a_store_leaves_what_is_not_its_own(root: Path) -> None:
    mine = root.parent / "mine"
    for name in ("memo/notat.txt", "memo/ab/notat.txt", "last/notat.txt"):
        stand_in(mine / name, lambda place: place.write_bytes(b"mitt"))
    (mine / "memo/ac").symlink_to(root / "content")
    build(root, "--store", mine, code=3)
    (mine / "memo/ac").unlink()
    build(root, "--store", mine)
    assert len(tree(mine)) > 3
    innspill("clean", "--store", mine, cwd=root)
    assert tree(mine).keys() == {"last/notat.txt", "memo/ab/notat.txt", "memo/notat.txt"}


@pytest.mark.parametrize("place", ["content", "templates", "build"])
def test_content_and_build_are_no_links(root: Path, victim: Path, place: str) -> None:
    shutil.rmtree(victim)
    victim.mkdir()
    if place == "content":
        (root / place).rename(victim / place)
        (root / place).symlink_to(victim / place)
    else:
        (root / place).symlink_to(victim)
    before = tree(victim)
    others = () if place == "build" else ("check", "fmt", "pack")
    for command in ("build", "clean", *others):
        said = innspill(command, cwd=root, code=2).stderr
        assert f"{place} is a link, and is not followed" in said
    assert tree(victim) == before
    if place == "build":
        build(root, "--output", "build")  # that the user has named
        assert (victim / "index.html").exists()


def test_nothing_new_is_written_through_a_link(root: Path, victim: Path) -> None:
    shutil.rmtree(root / "content")
    (root / "content").mkdir()
    (root / "content/om").symlink_to(victim)
    (root / ".gitignore").symlink_to(victim / "new")
    said = innspill("new", "hoering", cwd=root, code=2).stderr
    assert "leads from content/om to elsewhere; nothing was made" in said
    assert tree(victim) == VICTIM
    assert not list((root / "content").glob("hoering"))
    (root / "content/om").unlink()
    innspill("new", "hoering", cwd=root)
    assert tree(victim) == VICTIM


def is_closed(folder: Path) -> bool:
    return stat.S_IMODE(folder.lstat().st_mode) == 0o700


def test_what_readers_must_not_have_stays_in_the_project(root: Path) -> None:
    web = root.parent / "web"
    web.mkdir()
    output = web / "innspill"
    build(root, "--output", output)
    (output / "index.html").write_bytes(b"rettet")
    said = build(root, "--output", output)
    assert {path.name for path in web.iterdir()} == {"innspill", ".innspill"}
    assert [path.name for path in (web / ".innspill").iterdir()] == ["publish"]
    assert is_closed(web / ".innspill")
    copy = root / said.partition("a copy is in ")[2].partition("\n")[0]
    assert copy.read_bytes() == b"rettet"
    assert copy.is_relative_to(root / ".innspill/kept")
    assert is_closed(root / ".innspill")
    assert not any(b"rettet" in data for data in tree(web).values())


def test_the_state_of_before_is_closed(root: Path) -> None:
    build(root)
    for path in (root / ".innspill", root / WORK):
        path.chmod(0o755)
    write(root, {"side.md": "---\ntitle: Side\n---\n"})
    build(root)
    assert is_closed(root / ".innspill")
    assert is_closed(root / WORK)


def test_the_store_is_never_in_what_is_published(root: Path) -> None:
    output = root.parent / "web"
    said = build(root, "--output", output, "--store", output / ".cache", code=2)
    assert "the site can't be published to" in said
    assert not output.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_stranger_s_state_where_all_may_write(root: Path) -> None:
    place = root.parent / "shared"
    place.mkdir()
    place.chmod(0o1777)
    (place / ".innspill").mkdir()
    os.chown(place / ".innspill", NOBODY, NOBODY)
    said = build(root, "--output", place / "site", code=3)
    assert f"{place}/.innspill was put there by another user." in said
    assert not (place / "site").exists()


def test_the_first_publication_is_not_put_among_another_s_files(root: Path, victim: Path) -> None:
    options = ("--output", victim)
    said = build(root, *options, code=3)
    assert f"{victim} is not empty, and holds no site of Innspill's: there is alna." in said
    assert "--adopt" in said
    assert tree(victim) == VICTIM
    assert not (victim.parent / ".innspill").exists()
    said = build(root, *options, "--adopt")
    assert "index.html stood there already; a copy is in " in said
    assert "by hand" not in said
    assert tree(victim)["brev.html"] == VICTIM["brev.html"]
    assert tree(victim)["alna/x.json"] == VICTIM["alna/x.json"]
    copies = root.rglob(".innspill/kept/victim-*/index.*.html")
    assert [path.read_bytes() for path in copies] == [VICTIM["index.html"]]
    build(root, *options)
    shutil.rmtree(victim.parent / ".innspill")
    shutil.rmtree(root / ".innspill")
    write(root, {"side.md": "---\ntitle: Side\n---\n"})
    build(root, *options)  # the manifest tells whose it is
    assert (victim / "side/index.html").exists()


@pytest.mark.parametrize(
    "name", ["web.config", ".htaccess", ".git/HEAD", "lib/x.py", "manifest.json"]
)
def test_what_makes_a_folder_another_s(root: Path, name: str) -> None:
    stand_in(root / "build" / name, lambda place: place.write_bytes(b"{}"))
    said = build(root, code=3)
    assert f"there is {name.partition('/')[0]}." in said
    assert tree(root / "build") == {name: b"{}"}
    build(root, "--adopt")
    assert (root / "build/index.html").exists()
    assert (root / "build" / name).exists()


def test_cleaning_what_is_nobody_s(tmp_path: Path, root: Path, victim: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for project in ("/nowhere", empty):
        said = innspill("clean", "--project", project, cwd=tmp_path, code=2).stderr
        assert f"there is nothing of Innspill's in {project}" in said
    for output in ("/nowhere/x", victim, empty):
        said = innspill("clean", "--output", output, cwd=root, code=2).stderr
        assert f"there is nothing in {output} that Innspill published" in said
    assert list(empty.iterdir()) == []
    assert tree(victim) == VICTIM
    assert not (tmp_path / ".innspill").exists()
    assert not Path("/nowhere").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_two_of_a_group_publish_from_two_checkouts(tmp_path: Path) -> None:
    """Where their group may write to the folder around, the state is the group's too."""
    from publish_sites import NEW, OLD, publish_now, seen

    place, users = tmp_path / "web", (NOBODY, NOBODY - 1)
    place.mkdir()
    os.chown(place, 0, NOBODY)
    place.chmod(0o2775)
    for folder in tmp_path.parents:  # pytest's own are closed
        if folder.stat().st_mode & 0o011 != 0o011:
            folder.chmod(folder.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    umask = os.umask(0o002)
    try:
        for user, site in zip((*users, *users), (OLD, NEW, OLD, NEW), strict=True):
            project = tmp_path / f"home-{user}"
            project.mkdir(exist_ok=True)
            os.chown(project, user, NOBODY)
            os.setegid(NOBODY)
            os.seteuid(user)
            publish_now(site, place / "site", project=project)
            os.seteuid(0)
            os.setegid(0)
            assert stat.S_IMODE((place / ".innspill").stat().st_mode) == 0o2770
            assert seen(place / "site")["index.html"] == site[0].data
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.umask(umask)
