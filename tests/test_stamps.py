"""Stamps: each document names the commit that last changed it, or that it is a working draft."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from everything import picture
from hypothesis import given, settings
from hypothesis import strategies as st
from repositories import Repo, begun, git
from sites import (
    ANSWERS,
    EXAMPLE,
    HEAD,
    INDEX,
    build_quietly,
    check_quietly,
    project,
    statement,
    tree,
    write,
)
from verapdf import Verdict, judge

from innspill.history.log import read_log
from innspill.history.repository import find_repository
from innspill.model import Stamp

OTHER = {"sak/annen.md": HEAD.replace("Eksempel b", "Annet b") + ANSWERS}
PAGE = "sak/eksempel/index.html"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Two statements, one with a picture, committed once."""
    made = begun(tmp_path / "repo")
    (made.root / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    shown = statement(ANSWERS + "\n![Et kart](kart.png)\n")
    made.commit({**shown, **OTHER, "sak/kart.png": picture("PNG")}, "Alt", "2024-03-07")
    return made


def stamps(root: Path) -> dict[str, Stamp | None]:
    checked = check_quietly(project(root), strict=True)
    assert checked.diagnostics == ()
    return {each.source: each.stamp for each in checked.site.statements}


def named(root: Path) -> dict[str, str]:
    """The name of each statement's stamp, by the file's."""
    return {Path(path).stem: each.name if each else "–" for path, each in stamps(root).items()}


def told(root: Path) -> list[str]:
    """What is said of git where it can't tell; no stamp is given then."""
    checked = check_quietly(project(root))
    assert all(each.stamp is None for each in checked.site.statements)
    return [f"{each.code}: {each.message}" for each in checked.diagnostics]


def test_each_statement_has_the_commit_that_changed_it(repo: Repo) -> None:
    first = git(repo.root, "rev-parse", "HEAD")
    assert named(repo.root) == {"annen": first, "eksempel": first}
    second = repo.commit({"sak/annen.md": OTHER["sak/annen.md"] + "\nMer.\n"}, day="2024-03-08")
    assert named(repo.root) == {"annen": second, "eksempel": first}
    third = repo.commit({"sak/kart.png": picture("PNG", (30, 30))})
    assert named(repo.root) == {"annen": second, "eksempel": third}
    repo.commit({"om/side.md": "---\ntitle: En side\n---\n\nTekst.\n"})
    (repo.root / "LES.txt").write_text("Mer.\n", encoding="utf-8")
    repo.commit({})
    assert named(repo.root) == {"annen": second, "eksempel": third}
    index = EXAMPLE["sak/index.md"].replace("Eksempelsak", "Et nytt navn")
    last = repo.commit({"sak/index.md": index})
    assert named(repo.root) == {"annen": last, "eksempel": last}


def test_what_is_not_committed_is_said_of_what_shows_it(repo: Repo) -> None:
    first = git(repo.root, "rev-parse", "HEAD")
    write(repo.root, {"sak/kart.png": picture("PNG", (30, 30))})
    assert named(repo.root) == {"annen": first, "eksempel": f"{first}-dirty"}
    git(repo.root, "checkout", "--quiet", "--", "content")
    write(repo.root, {"sak/ny.md": HEAD.replace("Eksempel b", "Nytt b") + ANSWERS})
    assert named(repo.root) == {"annen": first, "eksempel": first, "ny": f"{first}-dirty"}
    write(repo.root, {"index.md": EXAMPLE["index.md"] + "\nMer.\n"})
    assert set(named(repo.root).values()) == {f"{first}-dirty"}


def test_line_ends_are_no_change(repo: Repo) -> None:
    before = named(repo.root)
    path = repo.content / "sak/annen.md"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert named(repo.root) == before


def test_no_commit_yet(tmp_path: Path) -> None:
    write(begun(tmp_path).root, EXAMPLE)
    assert stamps(tmp_path) == {"sak/eksempel.md": Stamp(None, is_committed=False)}


def test_no_repository_and_content_that_git_leaves_alone(tmp_path: Path) -> None:
    assert named(write(tmp_path / "a", EXAMPLE)) == {"eksempel": "–"}
    ignoring = begun(tmp_path / "b")
    (ignoring.root / ".gitignore").write_text("content/\n", encoding="utf-8")
    ignoring.commit(EXAMPLE)
    assert named(ignoring.root) == {"eksempel": "–"}


def test_a_shallow_clone_says_what_it_lacks(repo: Repo, tmp_path: Path) -> None:
    newest = repo.commit({"sak/annen.md": OTHER["sak/annen.md"] + "\nMer.\n"})
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.root}", "clone")
    (said,) = told(tmp_path / "clone")
    assert said == (
        "git-shallow: the clone is shallow, so git can't tell when these were last changed: "
        "sak/annen.md, sak/eksempel.md"
    )
    git(tmp_path / "clone", "fetch", "--quiet", "--unshallow")
    assert named(tmp_path / "clone")["annen"] == newest


def test_a_shallow_clone_that_has_enough(repo: Repo, tmp_path: Path) -> None:
    everything = {
        path.relative_to(repo.content).as_posix(): path.read_bytes() + b"\n"
        for path in repo.content.rglob("*.md")
    }
    # Git's log is asked for no more than the stamps: it would be cut short.
    everything["index.md"] = INDEX.replace("\n---\n\n", "\nhistory: false\n---\n\n").encode()
    newest = repo.commit({**everything, "sak/kart.png": picture("PNG", (30, 30))})
    git(tmp_path, "clone", "--quiet", "--depth=2", f"file://{repo.root}", "clone")
    assert named(tmp_path / "clone") == {"annen": newest, "eksempel": newest}


def test_a_bare_repository_and_one_that_lacks_objects(repo: Repo, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", repo.root, "bare/.git")
    (said,) = told(write(tmp_path / "bare", EXAMPLE))
    assert said.startswith("git-bare: ")
    found = find_repository(repo.content)
    assert found is not None
    head = found.head
    assert head is not None
    (repo.root / ".git/objects" / head[:2] / head[2:]).unlink()
    (said,) = told(repo.root)
    assert said.startswith("git: the repository lacks an object")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to someone else")
def test_a_repository_of_someone_else(repo: Repo) -> None:
    os.chown(repo.root, 65534, 65534)
    os.chown(repo.root / ".git", 65534, 65534)
    (said,) = told(repo.root)
    assert said.startswith("git-owner: ")


def test_a_worktree_a_detached_head_and_a_submodule(repo: Repo, tmp_path: Path) -> None:
    here = named(repo.root)
    git(repo.root, "worktree", "add", "--quiet", "--detach", tmp_path / "tree")
    assert named(tmp_path / "tree") == here
    outer = begun(tmp_path / "outer")
    git(outer.root, "-c", "protocol.file.allow=always", "submodule", "add", repo.root, "inner")
    outer.commit({})
    assert named(outer.root / "inner") == here


def test_content_that_is_the_root_and_content_far_below_it(tmp_path: Path) -> None:
    for root, folder in (
        (tmp_path / "a" / "content", tmp_path / "a"),
        (tmp_path / "b", tmp_path / "b" / "kontor" / "innspill"),
    ):
        begun(root)
        write(folder, EXAMPLE)
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", "Utkast")
        assert named(folder) == {"eksempel": git(root, "rev-parse", "HEAD")}


PATHS = ("en", "to", "tre")
step = st.tuples(st.sampled_from(("change", "branch", "merge", "ours")), st.sampled_from(PATHS))


@given(st.lists(step, max_size=14))
@settings(max_examples=12, deadline=None)
def test_the_log_is_read_as_git_reads_it(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str]]
) -> None:
    repo = begun(tmp_path_factory.mktemp("log"))
    repo.commit(dict.fromkeys(PATHS, "0\n"), day="2024-01-01")
    git(repo.root, "branch", "side")
    for number, (what, path) in enumerate(steps, 1):
        day = f"2024-02-{number:02}"
        if what == "change":
            repo.commit({path: f"{number}\n"}, day=day)
        elif what == "branch":
            other = "side" if git(repo.root, "branch", "--show-current") == "main" else "main"
            git(repo.root, "checkout", "--quiet", other)
        else:
            way = ("-s", "ours") if what == "ours" else ("-X", "theirs")
            here = git(repo.root, "branch", "--show-current")
            other = "side" if here == "main" else "main"
            git(repo.root, "merge", "--quiet", "--no-ff", "-m", "Flett", *way, other, day=day)
    found = find_repository(repo.content)
    assert found is not None
    head = found.head
    assert head is not None
    last = read_log(found, head, PATHS, ()).changes
    whole = read_log(found, head, PATHS, (), PATHS).changes
    for path in PATHS:
        said = git(repo.root, "log", "--format=%H", "--", f"content/{path}").split()
        assert [each.commit.id for each in last[path]] == said[:1]
        assert {each.commit.id for each in whole[path]} == set(said)


def test_it_stands_in_the_page_the_pdfs_and_the_data(repo: Repo, store: Path) -> None:
    place = project(repo.root, store=store)
    build_quietly(place, strict=True)
    head = git(repo.root, "rev-parse", "HEAD")
    built = place.output
    assert f"7. mars 2024, utgave {head[:9]}" in (built / PAGE).read_text(encoding="utf-8")
    data = json.loads((built / "sak/data.json").read_bytes())
    source = data["moetesak"][1]["kilde"]
    assert (source["commit"], source["commitDato"]) == (head, "2024-03-07")
    assert "arbeidsutkast" not in source
    assert json.loads((built / "manifest.json").read_bytes())["revision"] == head
    for name in ("uttalelse", "sammendrag"):
        pdf = built / "sak/eksempel" / f"{name}.pdf"
        drawn = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, text=True, check=True)
        words = " ".join(drawn.stdout.split())
        assert words.count(f"7. mars 2024, utgave {head[:9]}") == 1
        assert not re.search(r"\bgit\b", words)
        with pikepdf.open(pdf) as opened:
            xmp = opened.Root.Metadata.read_bytes().decode()
            assert f"<dc:source>sak/eksempel.md@{head}</dc:source>" in xmp
            assert str(opened.docinfo.ModDate) == "D:20240307"
        assert judge([pdf])[pdf.name] == Verdict(("PDF/A-2A", "PDF/UA-1"), {})


def test_a_working_draft_says_so(repo: Repo, store: Path) -> None:
    write(repo.root, {"sak/kart.png": picture("PNG", (30, 30))})
    place = project(repo.root, store=store)
    build_quietly(place, strict=True)
    page = (place.output / PAGE).read_text(encoding="utf-8")
    assert re.search(r"<strong>Arbeidsutkast", page)
    assert not re.search(r"utgave [0-9a-f]{9}", page)
    data = json.loads((place.output / "sak/data.json").read_bytes())
    assert [each["kilde"].get("arbeidsutkast") for each in data["moetesak"]] == [None, True]


def test_a_commit_elsewhere_rewrites_the_manifest_alone(repo: Repo, store: Path) -> None:
    place = project(repo.root, store=store)
    build_quietly(place, with_pdf=False)
    before = tree(place.output)
    (repo.root / "LES.txt").write_text("Mer.\n", encoding="utf-8")
    repo.commit({})
    build_quietly(place, with_pdf=False)
    after = tree(place.output)
    assert {path for path in after if after[path] != before[path]} == {"manifest.json"}
