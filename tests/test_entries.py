"""A statement's page lists the commits that changed its file, and how much each did."""

from __future__ import annotations

from pathlib import Path

from checkers import nu, wrong
from playwright.sync_api import Page
from repositories import WHO, Repo, begun, git
from sites import (
    ANSWERS,
    EXAMPLE,
    build_quietly,
    check_quietly,
    project,
    statement,
    texts_of,
    write,
)

from innspill.history.entries import changed_paragraphs, parts_of
from innspill.model import LogEntry


def kept(root: Path) -> Repo:
    repo = begun(root)
    repo.commit(EXAMPLE, "Utkast", "2024-03-07")
    repo.commit({"om.md": "---\ntitle: Om\n---\n\nNoe.\n"}, "En annen side", "2024-03-08")
    repo.commit(
        statement(ANSWERS.replace("ene.", "aller\nførste.") + "\n- a\n- b\n"), "To <b>\n\nMer."
    )
    repo.commit(statement(ANSWERS.replace("ene.", "aller første.") + "\n- a\n- b\n"), "Linjer")
    return repo


def history(root: Path) -> tuple[LogEntry, ...]:
    [found] = texts_of(check_quietly(project(root)))
    return found.history


def test_paragraphs_are_counted_as_a_reader_would() -> None:
    old = b"---\ntitle: a\n---\n\nEn to\ntre.\n\n- a\n- b\n\nFire.\n"
    for new, count in {
        b"---\ntitle: b\n---\nEn\nto tre.\n\n- a\n- b\n\n\nFire.\n": 0,
        b"---\ntitle: a\n---\n\nEn to\ntre!\n\n- a\n- c\n\nFire.\n": 2,
        b"---\ntitle: a\n---\n\nEn to\ntre.\n\n- b\n": 2,
        b"---\ntitle: a\n---\n\nNull.\n\nEn to\ntre.\n\n- a\n- b\n\nFire.\n": 1,
    }.items():
        assert changed_paragraphs(parts_of(old), parts_of(new)) == count


def test_the_commits_of_a_statement_the_newest_first(tmp_path: Path) -> None:
    repo = kept(tmp_path)
    found = [(each.subject, each.paragraphs, each.author) for each in history(repo.root)]
    assert found == [("Linjer", 0, ""), ("To <b>", 3, ""), ("Utkast", None, "")]
    index = EXAMPLE["index.md"].replace("\n---\n\n", "\nhistory_authors: true\n---\n\n")
    write(repo.root, {"index.md": index})
    assert {each.author for each in history(repo.root)} == {WHO}
    write(repo.root, {"index.md": index.replace("history_authors: true", "history: false")})
    assert history(repo.root) == ()


def test_a_text_that_is_not_committed_has_no_history(tmp_path: Path) -> None:
    assert history(write(begun(tmp_path).root, EXAMPLE)) == ()
    repo = begun(tmp_path)
    repo.commit({"index.md": EXAMPLE["index.md"]})
    git(repo.root, "rm", "-r", "--quiet", "--cached", "content/sak")
    git(repo.root, "commit", "--quiet", "-m", "Uten saken")
    assert history(repo.root) == ()


def test_a_shallow_clone_tells_no_part_for_the_whole(tmp_path: Path) -> None:
    repo = kept(tmp_path / "repo")
    repo.commit(
        {
            "index.md": EXAMPLE["index.md"] + "\nMer.\n",
            "sak/index.md": EXAMPLE["sak/index.md"] + "\nMer.\n",
        }
    )
    git(tmp_path, "clone", "--quiet", "--depth=3", f"file://{repo.root}", "clone")
    checked = check_quietly(project(tmp_path / "clone"))
    assert [str(each.message) for each in checked.diagnostics] == [
        "the clone is shallow, so the history of these is left out: sak/eksempel.md"
    ]
    [found] = texts_of(checked)
    assert found.stamp
    assert found.history == ()


def test_it_stands_last_on_the_page(tmp_path: Path, tab: Page) -> None:
    repo = kept(tmp_path)
    build_quietly(project(repo.root), with_pdf=False)
    path = repo.root / "build/sak/eksempel/index.html"
    assert "To &lt;b&gt;" in path.read_text(encoding="utf-8")
    assert nu([path]) == []
    tab.goto(path.as_uri())
    assert tab.locator("main :is(h2, h3)").last.inner_text() == "Historikk"
    assert tab.locator(".history li").first.is_visible()
    assert wrong(tab) == {}
