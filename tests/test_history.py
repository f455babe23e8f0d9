"""What git is asked, and what is said where it can't answer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from repositories import Repo, begun, git
from sites import (
    ANSWERS,
    CASE,
    EXAMPLE,
    HEAD,
    ROOT,
    build_quietly,
    check_quietly,
    innspill,
    project,
    statement,
    texts_of,
    write,
)

from innspill.history.files import files_in
from innspill.history.repository import find_repository
from innspill.redlines import NothingToCompare, redlines
from innspill.render.redline_markdown import as_markdown
from innspill.render.redline_words import Wording

REWORDED = ANSWERS.replace("svaret på det ene", "et nytt svar på det ene")
EDITED = statement(REWORDED)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The example site, committed as a draft and then edited, not yet committed."""
    made = begun(tmp_path / "repo")
    made.commit(EXAMPLE, "Utkast")
    made.tag("utkast")
    write(made.root, EDITED)
    return made


def changes(root: Path, revision: str, against: str | None = None) -> list[str]:
    """The lines of all redlines that tell of a changed paragraph."""
    found = redlines(project(root), revision, against, ())
    wording = Wording("en")
    return [
        f"{wording.place(row)}: {wording.line(row)}"
        for each in found.comparisons
        for row in each.redline.changes
    ]


NEW = ["paragraph 1.1: “svaret” became “et nytt svar”"]


@pytest.mark.parametrize("name", ["utkast", "main", "HEAD", "refs/tags/utkast"])
def test_names_of_a_revision(repo: Repo, name: str) -> None:
    assert changes(repo.root, name) == NEW


def test_a_commits_name_may_be_cut(repo: Repo) -> None:
    whole = git(repo.root, "rev-parse", "HEAD")
    assert changes(repo.root, whole) == changes(repo.root, whole[:7]) == NEW
    assert changes(repo.root, "utkast", whole) == []


@pytest.mark.parametrize(
    "name", ["", "borte", "HEAD~9", "HEAD:content", "utkast^{tree}", "--all", "a\nb", "x" * 999]
)
def test_names_of_nothing(repo: Repo, name: str) -> None:
    with pytest.raises(NothingToCompare):
        changes(repo.root, name)


def test_two_revisions(repo: Repo) -> None:
    repo.commit({}, "Vedtatt", "2024-03-21")
    write(repo.root, EXAMPLE)
    assert changes(repo.root, "utkast", "main") == NEW
    assert changes(repo.root, "utkast") == []


def test_a_site_in_no_repository_does_not_wait_for_libgit2(repo: Repo, tmp_path: Path) -> None:
    program = (
        "import sys\nfrom innspill.cli import main\n"
        "try:\n    main(['build', '--no-pdf', '--quiet'])\nexcept SystemExit as end:\n"
        "    print(end.code, 'pygit2' in sys.modules)\n"
    )
    place = {"PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8"}
    for folder, expected in (
        (write(tmp_path / "no", EXAMPLE), "0 False\n"),
        (repo.root, "0 True\n"),
    ):
        ran = subprocess.run(
            [sys.executable, "-c", program],
            cwd=folder,
            env=place,
            capture_output=True,
            text=True,
            check=True,
        )
        assert ran.stdout == expected, ran.stderr


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(NothingToCompare, match="in no git repository"):
        changes(write(tmp_path, EXAMPLE), "HEAD")


def test_no_commit_yet(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    write(repo.root, EXAMPLE)
    with pytest.raises(NothingToCompare, match='git knows no commit "HEAD"'):
        changes(repo.root, "HEAD")


def test_a_shallow_clone(repo: Repo, tmp_path: Path) -> None:
    repo.commit({}, "Vedtatt", "2024-03-21")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.root}", "clone")
    with pytest.raises(NothingToCompare, match=r"shallow.*fetch-depth: 0"):
        changes(tmp_path / "clone", "HEAD~1")
    assert changes(tmp_path / "clone", "HEAD") == []


def test_a_bare_repository(repo: Repo, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--bare", repo.root, "bare")
    with pytest.raises(NothingToCompare, match="is bare"):
        changes(write(tmp_path / "bare", EXAMPLE), "main")


def test_a_worktree_and_a_detached_head(repo: Repo, tmp_path: Path) -> None:
    git(repo.root, "worktree", "add", "--quiet", "--detach", tmp_path / "tree")
    write(tmp_path / "tree", EDITED)
    assert changes(tmp_path / "tree", "utkast") == NEW


def test_a_submodule(repo: Repo, tmp_path: Path) -> None:
    repo.commit(EXAMPLE)
    outer = begun(tmp_path / "outer")
    git(outer.root, "-c", "protocol.file.allow=always", "submodule", "add", repo.root, "inner")
    outer.commit({})
    write(outer.root / "inner", EDITED)
    assert changes(outer.root / "inner", "HEAD") == NEW


def test_content_that_is_the_root_and_content_far_below_it(tmp_path: Path) -> None:
    for root, project_folder in (
        (tmp_path / "a" / "content", tmp_path / "a"),
        (tmp_path / "b", tmp_path / "b" / "kontor" / "innspill"),
    ):
        begun(root)
        write(project_folder, EXAMPLE)
        git(root, "add", "--all")
        git(root, "commit", "--quiet", "-m", "Utkast")
        write(project_folder, EDITED)
        assert changes(project_folder, "HEAD") == NEW


def test_content_that_git_was_told_to_leave_alone(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    (tmp_path / ".gitignore").write_text("content/\n", encoding="utf-8")
    repo.commit(EXAMPLE)
    with pytest.raises(NothingToCompare, match="in no git repository"):
        changes(repo.root, "HEAD")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to someone else")
def test_a_repository_of_someone_else(repo: Repo) -> None:
    os.chown(repo.root, 65534, 65534)
    os.chown(repo.root / ".git", 65534, 65534)
    with pytest.raises(NothingToCompare, match=r"another user\nhint: .*safe.directory"):
        changes(repo.root, "utkast")


def test_a_repository_that_lacks_objects(repo: Repo) -> None:
    found = find_repository(repo.content)
    assert found is not None
    commit = found.commit("utkast")
    blob = files_in(found, commit).blobs["sak/eksempel.md"]
    (repo.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with pytest.raises(NothingToCompare, match="lacks an object"):
        changes(repo.root, "utkast")


def test_nothing_that_the_configuration_names_is_run(repo: Repo, tmp_path: Path) -> None:
    told = tmp_path / "told"
    run = f"touch {told}"
    for key in (
        "core.fsmonitor",
        "core.sshCommand",
        "core.editor",
        "core.pager",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "credential.helper",
        "alias.log",
        "uploadpack.packObjectsHook",
    ):
        git(repo.root, "config", key, f"!{run}" if key == "alias.log" else run)
    git(repo.root, "config", "filter.x.required", "true")
    hooks = repo.root / "hooks"
    hooks.mkdir()
    for name in ("post-checkout", "pre-commit", "fsmonitor-watchman", "reference-transaction"):
        (hooks / name).write_text(f"#!/bin/sh\n{run}\n", encoding="utf-8")
        (hooks / name).chmod(0o755)
    git(repo.root, "config", "core.hooksPath", str(hooks))
    (repo.root / ".gitattributes").write_text("*.md filter=x diff=x\n", encoding="utf-8")
    assert changes(repo.root, "utkast") == NEW
    assert not told.exists()


def test_a_name_in_git_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    repo.content.mkdir()
    (repo.content / "lenke.md").symlink_to("/etc/passwd")
    repo.commit(EXAMPLE)
    found = find_repository(repo.content)
    assert found is not None
    files = files_in(found, found.commit("HEAD"))
    assert "lenke.md" not in files.blobs
    assert files.markdown("content") == (["index.md", "sak/eksempel.md", "sak/index.md"], [])


def test_an_old_text_with_faults_is_compared_as_far_as_it_is_read(repo: Repo) -> None:
    old = (HEAD + ANSWERS).replace("status: adopted", "status: godkjent\nreferanse: 24/1")
    repo.commit({"sak/eksempel.md": old})
    repo.tag("gammel")
    write(repo.root, statement(REWORDED, "our_reference: 24/1\n"))
    found = redlines(project(repo.root), "gammel", None, ())
    assert [fault.code for fault in found.faults] == ["bad-value", "unknown-key"]
    assert {fault.at.path for fault in found.faults} == {"gammel:content/sak/eksempel.md"}
    assert all(fault.severity == "warning" for fault in found.faults)
    redline = found.comparisons[0].redline
    assert redline.facts == ()
    assert changes(repo.root, "gammel") == NEW


def test_an_old_text_that_can_not_be_read(repo: Repo) -> None:
    repo.commit({"sak/eksempel.md": "Bare tekst.\n"})
    write(repo.root, EXAMPLE)
    found = redlines(project(repo.root), "HEAD", None, ())
    assert found.comparisons == ()
    assert [fault.code for fault in found.faults] == ["no-earlier", "no-front-matter"]


def test_a_statement_whose_file_had_another_name(repo: Repo) -> None:
    repo.commit(EXAMPLE)
    (repo.content / "sak" / "eksempel.md").rename(repo.content / "sak" / "uttalelse.md")
    (repo.content / "sak" / "uttalelse.md").write_text(EDITED["sak/eksempel.md"], encoding="utf-8")
    assert changes(repo.root, "HEAD") == NEW


def test_a_statement_that_was_not_there(repo: Repo) -> None:
    repo.commit(EXAMPLE)
    other = HEAD.replace("Eksempel bydelsutvalg", "Annet bydelsutvalg") + ANSWERS
    write(repo.root, {**EXAMPLE, "sak/ny.md": other})
    found = redlines(project(repo.root), "HEAD", None, ["sak/ny"])
    assert found.comparisons == ()
    assert [fault.code for fault in found.faults] == ["no-earlier"]


def test_a_folder_that_was_no_consultation_yet(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    files = {**EXAMPLE, "sak/index.md": "---\ntitle: Ei side\n---\n"}
    repo.commit(files)
    write(repo.root, {**EDITED, "sak/index.md": CASE})
    assert changes(repo.root, "HEAD") == NEW


def test_a_name_that_is_hidden_now_was_never_there(repo: Repo) -> None:
    repo.commit(statement(ANSWERS, "case_officer: Kari Eksempel\n"))
    files = statement(ANSWERS, "case_officer: Kari Eksempel\nhide_case_officer: true\n")
    write(repo.root, files)
    found = redlines(project(repo.root), "HEAD", None, ())
    assert "Kari" not in repr(found.comparisons)


def test_compare_with_in_front_matter(repo: Repo) -> None:
    files = statement(REWORDED, "compare_with: utkast\n")
    write(repo.root, files)
    checked = check_quietly(project(repo.root), strict=True)
    assert checked.diagnostics == ()
    earlier = texts_of(checked)[0].earlier
    assert earlier is not None
    assert (earlier.revision.name, earlier.revision.day.isoformat()) == ("utkast", "2024-03-14")


def test_compare_with_what_git_does_not_know(repo: Repo) -> None:
    write(repo.root, statement(ANSWERS, "compare_with: borte\n"))
    built = build_quietly(project(repo.root), with_pdf=False)
    assert built.published is None
    [fault] = built.checked.diagnostics
    assert (fault.code, fault.at.line, fault.severity) == ("git-revision", 5, "error")


def test_the_command(repo: Repo) -> None:
    ran = innspill("redline", "utkast", cwd=repo.root)
    assert ran.stdout == as_markdown_of(repo)
    assert ran.stderr == ""
    ran = innspill("redline", "utkast", "--format", "json", "sak/eksempel", cwd=repo.root)
    assert '"name": "utkast"' in ran.stdout
    ran = innspill("redline", "borte", cwd=repo.root, code=2)
    assert ran.stderr.startswith('innspill: git knows no commit "borte"\nhint: ')
    ran = innspill("redline", "utkast", "annet", cwd=repo.root, code=2)
    assert "there is: sak/eksempel" in ran.stderr


def as_markdown_of(repo: Repo) -> str:
    [found] = redlines(project(repo.root), "utkast", None, ()).comparisons
    wording = Wording("en")
    title = wording.title(found.redline, found.old, found.new)
    return as_markdown(found.redline, wording, title)
