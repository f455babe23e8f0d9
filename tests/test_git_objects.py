"""Git's objects may hold anything: names that lead elsewhere, trees without end, huge files.

They are written by hand, as git itself would never write them.
"""

from __future__ import annotations

import re
import subprocess
import time
import tracemalloc
import zlib
from hashlib import sha1
from pathlib import Path

import pikepdf
import pytest
from repositories import Repo, begun, git
from sites import ANSWERS, EXAMPLE, build_quietly, check_quietly, project, statement, write
from test_verify import contents

from innspill.history.fault import HistoryFault
from innspill.history.repository import find_repository
from innspill.verification import VerifyResult
from innspill.verify import verify_paths

TAG = "sak/eksempel/2024-03-07-vedtatt"
Tree = dict[bytes, tuple[str, str]]
"""What a tree has under each name: its mode and the object's name."""
HOSTILE = (
    b"/abs/path", b"..", b".", b"a/b", b"../up", b".git", b".GIT", b"..\\up", b"C:\\up", b"a\nb",
    b"a\x1b[2J", b"a\x7f", b"\xff\xfe", b"/", b"a/../../b",
)  # fmt: skip


def written(repo: Repo, kind: str, data: bytes) -> str:
    """Writes an object, whatever it holds, and gives its name."""
    whole = f"{kind} {len(data)}\0".encode() + data
    name = sha1(whole, usedforsecurity=False).hexdigest()
    path = repo.root / ".git/objects" / name[:2] / name[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(whole))
    return name


def tree(repo: Repo, entries: Tree) -> str:
    parts = (
        f"{mode} ".encode() + name + b"\0" + bytes.fromhex(digest)
        for name, (mode, digest) in entries.items()
    )
    return written(repo, "tree", b"".join(parts))


def listed(repo: Repo, of: str) -> Tree:
    lines = git(repo.root, "ls-tree", of).splitlines()
    parts = (line.partition("\t") for line in lines)
    return {name.encode(): (about.split()[0], about.split()[2]) for about, _, name in parts}


def committed(repo: Repo, root: Tree) -> str:
    """Commits a tree on top of what there is; what stands on the disk stays."""
    made = git(repo.root, "commit-tree", tree(repo, root), "-p", "HEAD", "-m", "Rart")
    git(repo.root, "update-ref", "HEAD", made)
    return made


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = begun(tmp_path / "repo")
    (made.root / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    made.commit(EXAMPLE, "Vedtatt")
    return made


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("folder", ["content", "templates"])
def test_a_name_that_leads_elsewhere_is_left_out(repo: Repo, name: bytes, folder: str) -> None:
    bad = written(repo, "blob", b"{{ 1 }}")
    good = ("100644", bad)
    inner = tree(repo, {b"x.html": good})
    odd: Tree = {name: good, b"god.html": good, b"under": ("40000", tree(repo, {name: good}))}
    beside: Tree = {name: ("40000", inner), b"god.html": good}
    for entries in (odd, beside):
        root = listed(repo, "HEAD")
        kept = listed(repo, "HEAD:content") if folder == "content" else {}
        root[folder.encode()] = ("40000", tree(repo, kept | entries))
        commit = committed(repo, root)
        found = find_repository(repo.content)
        assert found
        own = set(EXAMPLE) if folder == "content" else set()
        paths = found.files(commit) if folder == "content" else found.files_beside(commit, folder)
        assert set(paths) == own | {"god.html"}
        changed = set(found.changed(commit, None))
        assert changed == set(paths) or folder == "templates"


def test_verify_writes_nothing_to_look_at_a_commit(
    repo: Repo, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = project(repo.root, store=store)
    assert build_quietly(place).published
    bad = written(repo, "blob", b"Skrevet av en fremmed")
    outside = tmp_path / "utenfor"
    entries: Tree = dict.fromkeys((*HOSTILE, str(outside).encode()), ("100644", bad))
    entries |= {b"under": ("40000", tree(repo, entries))}
    root = listed(repo, "HEAD") | {b"templates": ("40000", tree(repo, entries))}
    commit = committed(repo, root)
    pdf = tmp_path / "uttalelse.pdf"
    with pikepdf.open(repo.root / "build/sak/eksempel/uttalelse.pdf") as given:
        xmp = given.Root.Metadata.read_bytes()
        given.Root.Metadata.write(re.sub(rb"@[0-9a-f]{40}", b"@" + commit.encode(), xmp))
        given.save(pdf)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    before = contents(repo.root)
    [found] = verify_paths(place, (pdf,), 600)
    assert found.answer is VerifyResult.WORDS  # it names another commit than its foot does
    assert "source is “sak/eksempel.md@" in "\n".join(map(str, found.findings))
    assert contents(repo.root) == before
    assert list(temporary.rglob("*")) == []
    assert not outside.exists()
    assert not any(path.name == "up" for path in tmp_path.parent.rglob("up"))


def endless(repo: Repo, deep: int, wide: int) -> str:
    """A tree of trees: each has the same one many times, so that few objects are many files."""
    inner = tree(repo, {b"a.md": ("100644", written(repo, "blob", b"x"))})
    for _ in range(deep):
        inner = tree(repo, {f"t{number}".encode(): ("40000", inner) for number in range(wide)})
    return inner


@pytest.mark.parametrize(
    ("deep", "wide", "sentence"),
    [(1500, 1, "more than 100 folders within each other"), (9, 9, "more than 100000 files")],
)
def test_trees_without_end(repo: Repo, deep: int, wide: int, sentence: str) -> None:
    inner = endless(repo, deep, wide)
    kept = listed(repo, "HEAD:content") | {b"om": ("40000", inner)}
    committed(repo, listed(repo, "HEAD") | {b"content": ("40000", tree(repo, kept))})
    started = time.process_time()
    checked = check_quietly(project(repo.root))
    assert [each.code for each in checked.diagnostics] == ["git-large"]
    assert sentence in str(checked.diagnostics[0].message)
    # The next commit takes it away: it is in the history all the same.
    git(repo.root, "commit", "--quiet", "--allow-empty", "-m", "Tomt")
    clean = listed(repo, "HEAD") | {
        b"content": ("40000", git(repo.root, "rev-parse", "HEAD~2:content"))
    }
    committed(repo, clean)
    checked = check_quietly(project(repo.root))
    assert [each.code for each in checked.diagnostics] == ["git-large"]
    assert time.process_time() - started < 20


def sparse(repo: Repo, megabytes: int) -> str:
    """A blob of nothing but zeros: few bytes in git."""
    command = ["git", "hash-object", "-w", "--stdin"]
    with subprocess.Popen(
        command, cwd=repo.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as made:
        assert made.stdin
        assert made.stdout
        for _ in range(megabytes):
            made.stdin.write(bytes(1_000_000))
        made.stdin.close()
        return made.stdout.read().decode().strip()


def test_a_file_is_asked_for_its_size_before_it_is_read(repo: Repo) -> None:
    large = sparse(repo, 300)
    kept = listed(repo, "HEAD:content")
    own = listed(repo, "HEAD:content/sak") | {b"eksempel.md": ("100644", large)}
    kept |= {b"sak": ("40000", tree(repo, own)), b"om.md": ("100644", large)}
    commit = committed(repo, listed(repo, "HEAD") | {b"content": ("40000", tree(repo, kept))})
    git(repo.root, "tag", TAG, commit)
    write(repo.root, statement(ANSWERS, f"compare_with: {TAG}\n"))
    tracemalloc.start()
    checked = check_quietly(project(repo.root))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100_000_000
    assert {each.code for each in checked.diagnostics} == {"git-large"}
    assert "git has a file of 300 MB" in str(checked.diagnostics[0].message)


@pytest.mark.parametrize("mode", ["100644", "40000", "120000"])
def test_an_object_of_another_kind(repo: Repo, mode: str) -> None:
    other = git(repo.root, "rev-parse", "HEAD" if mode == "40000" else "HEAD:content")
    kept = listed(repo, "HEAD:content") | {b"om.md": (mode, other)}
    commit = committed(repo, listed(repo, "HEAD") | {b"content": ("40000", tree(repo, kept))})
    found = find_repository(repo.content)
    assert found
    try:
        for blob in found.files(commit).values():
            found.data(blob)
    except HistoryFault:
        assert mode != "120000"
    assert {each.code for each in check_quietly(project(repo.root)).diagnostics} <= {"git"}


LFS = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"a" * 64 + b"\nsize 12345\n"
ANNEX = b"/annex/objects/SHA256E-s12345--" + b"a" * 64 + b".png\n"


@pytest.mark.parametrize(("pointer", "help_"), [(LFS, "git lfs pull"), (ANNEX, "git annex get")])
def test_a_pointer_in_an_old_commit_is_called_that(repo: Repo, pointer: bytes, help_: str) -> None:
    shown = statement(ANSWERS + "\n![Et kart](kart.png)\n")
    repo.commit({**shown, "sak/kart.png": pointer})
    repo.tag(TAG)
    repo.commit({**shown, "sak/eksempel.md": pointer})
    repo.tag("sak/eksempel/2024-03-08-vedtatt")
    (repo.content / "sak/kart.png").unlink()
    repo.commit(EXAMPLE)
    checked = check_quietly(project(repo.root))
    assert {each.severity for each in checked.diagnostics} == {"warning"}
    assert {each.code for each in checked.diagnostics} == {"not-fetched", "git-pointer"}
    assert all(help_ in str(each.hint) for each in checked.diagnostics)
    [found] = checked.site.statements
    assert [each.name for each in found.versions] == ["2024-03-07-vedtatt"]


def test_a_locked_file_of_git_annex_in_an_old_commit(repo: Repo) -> None:
    shown = statement(ANSWERS + "\n![Et kart](kart.png)\n")
    (repo.content / "sak/kart.png").symlink_to("../../.git/annex/objects/aa/bb/K/K.png")
    repo.commit(shown)
    repo.tag(TAG)
    (repo.content / "sak/kart.png").unlink()
    repo.commit(EXAMPLE)
    [fault] = check_quietly(project(repo.root)).diagnostics
    assert (fault.code, fault.severity) == ("not-fetched", "warning")
