"""A repository that can't be read costs the stamps, not the build, and is told in a sentence.

Whatever stands where git should be, nothing waits for it, and nothing but a warning comes of it.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import Repo, begun, git
from sites import (
    ANSWERS,
    EXAMPLE,
    build_quietly,
    check_quietly,
    innspill,
    project,
    statement,
    write,
)

from innspill.history.repository import find_repository
from innspill.history.state import git_state

TAG = "sak/eksempel/2024-03-07-vedtatt"
Break = Callable[[Repo], "Path | None"]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two commits, the first of them tagged."""
    made = begun(tmp_path / "repo")
    (made.root / ".gitignore").write_text("build/\n", encoding="utf-8")
    made.commit(EXAMPLE, "Utkast")
    made.tag(TAG)
    made.commit(statement(ANSWERS + "\nMer.\n"), "Mer")
    return made


def instead(make: Callable[[Path], object]) -> Break:
    """Puts something else where the repository is."""

    def put(repo: Repo) -> None:
        shutil.rmtree(repo.root / ".git")
        make(repo.root / ".git")

    return put


def within(name: str, make: Callable[[Path], object]) -> Break:
    """Puts something else where the repository has a file."""

    def put(repo: Repo) -> None:
        path = repo.root / ".git" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        make(path)

    return put


def text(data: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(data, encoding="utf-8")


def bound(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def setting(*pairs: tuple[str, str]) -> Break:
    def put(repo: Repo) -> None:
        for key, value in pairs:
            git(repo.root, "config", key, value)

    return put


def names_a_pipe(section: str, key: str) -> Break:
    def put(repo: Repo) -> None:
        os.mkfifo(repo.root / "pipe")
        with (repo.root / ".git/config").open("a", encoding="utf-8") as config:
            config.write(f"[{section}]\n\t{key} = {repo.root}/pipe\n")

    return put


def ignore_by_a_pipe(repo: Repo) -> None:
    (repo.root / ".gitignore").unlink()
    os.mkfifo(repo.root / ".gitignore")


def of_sha256(repo: Repo) -> None:
    shutil.rmtree(repo.root / ".git")
    git(repo.root, "init", "--quiet", "--object-format=sha256")
    repo.commit({})


def object_of_head(make: Callable[[Path], object]) -> Break:
    def put(repo: Repo) -> None:
        name = git(repo.root, "rev-parse", "HEAD")
        within(f"objects/{name[:2]}/{name[2:]}", make)(repo)

    return put


def broken_pack(repo: Repo) -> None:
    git(repo.root, "gc", "--quiet")
    [path] = (repo.root / ".git/objects/pack").glob("*.pack")
    data = path.read_bytes()
    path.chmod(0o644)
    path.write_bytes(data[:40] + b"\xff" * 200 + data[240:])


def worktree_that_is_lost(repo: Repo) -> Path:
    folder = repo.root.parent / "tree"
    git(repo.root, "worktree", "add", "--quiet", "--detach", folder)
    shutil.rmtree(repo.root / ".git/worktrees")
    return folder


def bare(repo: Repo) -> Path:
    folder = repo.root.parent / "bare"
    git(repo.root, "clone", "--quiet", "--bare", repo.root, folder)
    return write(folder, EXAMPLE)


def someone_elses(repo: Repo) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder to someone else")
    for path in (repo.root, repo.root / ".git"):
        os.chown(path, 65534, 65534)


BROKEN: dict[str, tuple[Break, str]] = {
    "a pipe": (instead(os.mkfifo), ".git is no file that git can be read from"),
    "a socket": (instead(bound), ".git is no file that git can be read from"),
    "a link to itself": (instead(lambda path: path.symlink_to(".git")), "is no file that git"),
    "a link to nowhere": (instead(lambda path: path.symlink_to("/nowhere")), "is no file that git"),
    "names nowhere": (instead(text("gitdir: /nowhere\n")), "names no folder where a repository"),
    "names itself": (instead(text("gitdir: .git\n")), "names no folder where a repository"),
    "an empty file": (instead(text("")), "names no folder where a repository"),
    "bytes": (instead(lambda path: path.write_bytes(bytes(range(256)))), "names no folder"),
    "a worktree that is lost": (worktree_that_is_lost, "names no folder where a repository"),
    "no HEAD": (within("HEAD", lambda _: None), "can't be read"),
    "HEAD is broken": (within("HEAD", text("junk")), "can't be read from the repository"),
    "HEAD is a pipe": (within("HEAD", os.mkfifo), "HEAD is no file that git can be read from"),
    "HEAD is a folder": (within("HEAD", os.mkdir), "HEAD is no file that git can be read from"),
    "a reference is a pipe": (within("refs/tags/x", os.mkfifo), "refs/tags/x is no file that git"),
    "commondir is a pipe": (within("commondir", os.mkfifo), "commondir is no file that git"),
    "commondir is broken": (within("commondir", text("/nowhere")), "names no folder where a rep"),
    "an object is a pipe": (object_of_head(os.mkfifo), " is no file that git can be read from"),
    "an object is broken": (object_of_head(text("junk")), "lacks an object, or can't read it"),
    "an object is gone": (object_of_head(lambda _: None), "lacks an object, or can't read it"),
    "a pack is broken": (broken_pack, "lacks an object, or can't read it"),
    "packed-refs is broken": (within("packed-refs", text("#\njunk\n")), "can't be read"),
    "shallow is broken": (within("shallow", text("junk\n")), "can't be read"),
    "the settings are broken": (within("config", text("[core")), "the settings of the repository"),
    "the settings include a pipe": (names_a_pipe("include", "path"), "pipe is no file that git"),
    "what is ignored is in a pipe": (names_a_pipe("core", "excludesFile"), "pipe is no file"),
    ".gitignore is a pipe": (ignore_by_a_pipe, ".gitignore is no file that git can be read from"),
    "files elsewhere": (setting(("core.worktree", "/tmp")), "has its files elsewhere"),
    "SHA-256": (of_sha256, "names its objects by SHA-256"),
    "reftable": (
        setting(("core.repositoryformatversion", "1"), ("extensions.refstorage", "reftable")),
        "keeps its branches and tags as a reftable",
    ),
    "an extension": (
        setting(("core.repositoryformatversion", "1"), ("extensions.new", "1")),
        "has a format that is not known here",
    ),
    "a new format": (setting(("core.repositoryformatversion", "9")), "that is not known here"),
    "a bare repository": (bare, "is bare: it has no files of its own"),
    "someone else's": (someone_elses, "belongs to another user"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_it_costs_the_stamps_and_not_the_build(repo: Repo, store: Path, name: str) -> None:
    spoil, sentence = BROKEN[name]
    place = project(spoil(repo) or repo.root, store=store)
    state = git_state(place.content)
    checked = check_quietly(place)
    [fault] = checked.diagnostics
    assert sentence in str(fault.message)
    assert (fault.severity, fault.code[:3]) == ("warning", "git")
    assert fault.at.path.endswith("content/index.md")
    assert fault.hint
    assert all(each.stamp is None for each in checked.site.statements)
    built = build_quietly(place, with_pdf=False)
    assert built.published
    assert built.checked.diagnostics == checked.diagnostics
    assert build_quietly(place, with_pdf=False, strict=True).published is None
    assert git_state(place.content) == state


@pytest.mark.parametrize(
    "spoil",
    [
        instead(os.mkdir),
        lambda repo: git(repo.root, "checkout", "--quiet", "--detach") and None,
        within("index", text("junk")),
        within("objects/info/alternates", text(".\n../objects\n/nowhere\n")),
        lambda repo: git(repo.root, "gc", "--quiet") and None,
    ],
    ids=["an empty folder", "detached", "index", "alternates", "packed"],
)
def test_what_does_no_harm(repo: Repo, store: Path, spoil: Break) -> None:
    spoil(repo)
    assert check_quietly(project(repo.root, store=store), strict=True).diagnostics == ()


def test_the_commands_end_with_a_sentence(repo: Repo, store: Path) -> None:
    instead(lambda path: path.symlink_to(".git"))(repo)
    for command in ("check", "build"):
        more = ("--no-pdf", "--store", store) if command == "build" else ()
        ran = innspill(command, *more, cwd=repo.root)
        assert "warning[git-place]: " in ran.stdout + ran.stderr
    ran = innspill("redline", "utkast", cwd=repo.root, code=2)
    assert "is no file that git can be read from" in ran.stderr


def test_a_comparison_that_was_asked_for_is_left_out(repo: Repo, store: Path) -> None:
    write(repo.root, statement(ANSWERS, f"compare_with: {TAG}\n"))
    instead(os.mkfifo)(repo)
    built = build_quietly(project(repo.root, store=store), with_pdf=False)
    assert built.published
    assert {each.code for each in built.checked.diagnostics} == {"git-place"}


def partial(repo: Repo, kept: str) -> Path:
    git(repo.root, "config", "uploadpack.allowfilter", "true")
    folder = repo.root.parent / "partial"
    git(folder.parent, "clone", "--quiet", f"--filter={kept}", f"file://{repo.root}", folder)
    git(folder, "config", "core.repositoryformatversion", "1")
    git(folder, "config", "extensions.partialclone", "origin")
    return folder


@pytest.mark.parametrize("kept", ["blob:none", "tree:0"])
def test_a_partial_clone_names_the_command_that_helps(repo: Repo, store: Path, kept: str) -> None:
    folder = partial(repo, kept)
    place = project(folder, store=store)
    checked = check_quietly(place)
    assert {each.code for each in checked.diagnostics} == {"git-partial"}
    assert str(checked.diagnostics[0].hint) == (
        "the clone is partial: git fetch --refetch --no-filter"
    )
    assert build_quietly(place, with_pdf=False).checked.diagnostics == checked.diagnostics
    if kept == "blob:none":  # commits and trees are there, and so is what tells when
        assert checked.site.statements[0].stamp
    git(folder, "fetch", "--quiet", "--refetch", "--no-filter")
    whole = build_quietly(place, with_pdf=False)
    assert whole.checked.diagnostics == ()
    assert "versjon" in {path.name for path in (folder / "build/sak/eksempel").iterdir()}


def test_a_shallow_clone_names_the_command_that_helps(repo: Repo, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.root}", "clone")
    ran = innspill("redline", TAG, cwd=tmp_path / "clone", code=2)
    assert "git fetch --unshallow --tags" in ran.stderr
    found = check_quietly(project(tmp_path / "clone")).diagnostics
    assert {each.code for each in found} == {"git-shallow"}
    assert all("git fetch --unshallow --tags" in str(each.hint) for each in found)
    git(tmp_path / "clone", "fetch", "--quiet", "--unshallow", "--tags")
    assert check_quietly(project(tmp_path / "clone"), strict=True).diagnostics == ()


def test_a_tag_whose_commit_is_gone_costs_that_version_alone(repo: Repo) -> None:
    other = "sak/eksempel/2024-03-08-vedtatt"
    within(f"refs/tags/{other}", text("1" * 40 + "\n"))(repo)
    checked = check_quietly(project(repo.root))
    [fault] = checked.diagnostics
    assert (fault.code, fault.severity) == ("git-tag", "warning")
    assert other in str(fault.message)
    [found] = checked.site.statements
    assert [each.name for each in found.versions] == ["2024-03-07-vedtatt"]
    assert found.stamp


@pytest.mark.parametrize(
    ("coding", "written"), [("ISO-8859-1", "Høring"), ("no-such-coding", "H\ufffdring")]
)
def test_subjects_are_read_as_they_are_encoded(repo: Repo, coding: str, written: str) -> None:
    git(repo.root, "config", "i18n.commitEncoding", coding)
    (repo.root / "subject").write_bytes("Høring\n".encode("latin-1"))
    write(repo.root, statement(ANSWERS + "\nEnda mer.\n"))
    git(repo.root, "commit", "--quiet", "--all", "--file", "subject")
    found = find_repository(repo.content)
    assert found
    assert found.head
    assert found.told(found.head).subject == written.replace("\ufffd", "\ufffd")


def test_a_day_that_no_calendar_has(repo: Repo) -> None:
    tree = git(repo.root, "rev-parse", "HEAD^{tree}")
    who = "X <x@example.org> 99999999999999999 +9959"
    raw = repo.root / "raw"
    raw.write_text(f"tree {tree}\nauthor {who}\ncommitter {who}\n\nOdd\n", encoding="utf-8")
    name = git(repo.root, "hash-object", "-t", "commit", "-w", "--literally", raw)
    git(repo.root, "update-ref", "HEAD", name)
    assert {each.code[:3] for each in check_quietly(project(repo.root)).diagnostics} <= {"git"}
