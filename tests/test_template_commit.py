"""The commit of a project's own templates: in its PDFs' metadata and its data, where git has it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from repositories import Repo, git
from sites import ANSWERS, build_quietly, check_quietly, project, statement
from test_verify import said, verified
from test_verify_honest import begun_here, made, own_templates

from innspill.history.own_templates import last_change
from innspill.history.repository import find_repository
from innspill.pdf.made_from import NAMESPACE, templates_named
from innspill.verification import VerifyResult


def whose(pdf: Path) -> str:
    with pikepdf.open(pdf) as opened, opened.open_metadata() as xmp:
        return str(xmp[f"{{{NAMESPACE}}}templates"])


def in_data(root: Path) -> str:
    """The commit that the data names; empty where it names none."""
    build_quietly(project(root, templates=root / "templates"), with_pdf=False)
    told = json.loads((root / "build/sak/data.json").read_text(encoding="utf-8"))["lagetMed"]
    return templates_named(told["maler"]).commit


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A statement, and then templates of its own."""
    repo = begun_here(tmp_path / "repo")
    repo.commit(statement(ANSWERS))
    repo.commit(own_templates("Vår egen side"))
    return repo


def test_a_pdf_and_the_data_name_the_last_commit_that_changed_them(repo: Repo, store: Path) -> None:
    last = git(repo.root, "rev-parse", "HEAD")
    repo.commit({"../templates/sider.css": "/* no print is made with it */"})
    repo.commit({"om.md": "---\ntitle: Om\nkind: page\n---\n\nNoe.\n"})
    pdf = made(repo, store, repo.root / "templates") / "uttalelse.pdf"
    assert re.fullmatch(f"own@{last} sha256:[0-9a-f]{{64}}", whose(pdf))
    found = verified(repo, pdf, store, repo.root / "templates")
    assert found.answer is VerifyResult.SAME_WITH, said(found)
    assert said(found) == f"made with the templates of the commit {last[:12]}"
    assert in_data(repo.root) == last


def test_templates_that_went_count_as_a_change(repo: Repo) -> None:
    repo.commit({"../templates/print/til.css": "p { color: red }"})
    (repo.root / "templates/print/til.css").unlink()
    last = repo.commit({})
    assert in_data(repo.root) == last


def test_templates_that_git_does_not_have_so_name_no_commit(repo: Repo, store: Path) -> None:
    repo.commit({"../templates/print/til.css": "p { color: red }"})
    (repo.root / "templates/print/til.css").write_text("p { color: blue }", encoding="utf-8")
    assert in_data(repo.root) == ""
    pdf = made(repo, store, repo.root / "templates") / "uttalelse.pdf"
    assert re.fullmatch("own sha256:[0-9a-f]{64}", whose(pdf))
    repo.commit({})  # committed later, they are still those that it was made with
    found = verified(repo, pdf, store, repo.root / "templates")
    assert found.answer is VerifyResult.SAME_WITH, said(found)


def test_line_ends_that_git_converts_are_no_change(repo: Repo) -> None:
    path = repo.root / "templates/print/uttalelse.html"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert in_data(repo.root) == git(repo.root, "rev-parse", "HEAD")


def test_a_merge_is_followed_to_the_side_that_it_kept(repo: Repo) -> None:
    last = git(repo.root, "rev-parse", "HEAD")
    git(repo.root, "checkout", "--quiet", "-b", "other", "HEAD~1")
    repo.commit({"annet.txt": "Noe annet."})
    git(repo.root, "merge", "--quiet", "--no-edit", "main")
    merged = git(repo.root, "rev-parse", "HEAD")
    repository = find_repository(repo.content)
    assert repository
    assert last_change(repository, merged) == last != merged


def test_a_shallow_clone_says_that_it_can_not_tell(repo: Repo, tmp_path: Path) -> None:
    repo.commit(statement(ANSWERS + "\nMer.\n"))
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.root}", "clone")
    root = tmp_path / "clone"
    checked = check_quietly(project(root), templates=None)
    ours = "the clone is shallow, so git can't tell when templates/ was last changed"
    assert ours not in [str(each.message) for each in checked.diagnostics]  # none of its own
    checked = check_quietly(project(root, templates=root / "templates"))
    assert [str(each.message) for each in checked.diagnostics].count(ours) == 1
    assert in_data(root) == ""


def test_a_commit_that_has_not_those_templates_is_not_believed(
    repo: Repo, store: Path, tmp_path: Path
) -> None:
    pdf = made(repo, store, repo.root / "templates") / "uttalelse.pdf"
    commit = templates_named(whose(pdf)).commit
    for named in (git(repo.root, "rev-parse", "HEAD~1"), "1" * 40):
        target = Path(shutil.copy(pdf, tmp_path / "uttalelse.pdf"))
        target.write_bytes(target.read_bytes().replace(commit.encode(), named.encode()))
        assert templates_named(whose(target)).commit == named
        found = verified(repo, target, store, repo.root / "templates")
        assert found.answer is VerifyResult.SAYS_SO, said(found)
        assert f"own@{named[:10]}" in said(found)
