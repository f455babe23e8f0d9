"""What git tells of statements: plain values that stand for themselves, without a repository."""

from __future__ import annotations

import pickle
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from repositories import Repo, begun
from sites import ANSWERS, statement, write

from innspill.git_facts import GitFacts, History
from innspill.history.ask import ask
from innspill.history.current_content import CurrentContent, current_of
from innspill.history.repository import Repository, find_repository
from innspill.history.trace import trace_of
from innspill.memory import Memory
from innspill.read import scan
from innspill.read.read import read
from innspill.read.scan import ScanInput, ScannedFile, scan_all, scan_file

PATH = "sak/eksempel.md"
DRAFT = "sak/eksempel/2024-03-07-utkast"
COMPARED = f"compare_with: {DRAFT}\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A draft that is tagged, and a later text that is compared with it."""
    repo = begun(tmp_path)
    repo.commit(statement(ANSWERS.replace("det ene", "det første")), "Utkast", "2024-03-07")
    repo.tag(DRAFT)
    repo.commit(statement(ANSWERS, COMPARED), "Vedtatt")
    return repo


def current(repo: Repo) -> CurrentContent:
    return current_of(repo.content, read(repo.content, "content"))


def facts(history: History) -> GitFacts:
    assert history.faults == ()
    return history.facts[PATH]


def test_they_are_composed_where_there_is_no_repository(repo: Repo) -> None:
    asked = facts(ask(current(repo)))
    shutil.rmtree(repo.root)
    traced = trace_of(pickle.loads(pickle.dumps(asked)), None, ())
    assert traced.faults == ()
    [version] = traced.trace.versions
    assert (version.name, version.word) == ("2024-03-07-utkast", "utkast")
    assert version.statement.url == "sak/eksempel/versjon/2024-03-07-utkast/index.html"
    assert traced.trace.earlier is not None
    assert traced.trace.earlier.statement.sections == traced.settled[0].alone.statement.sections
    assert [each.subject for each in traced.trace.history] == ["Vedtatt", "Utkast"]


def test_they_are_equal_where_git_and_the_content_are(repo: Repo) -> None:
    before = facts(ask(current(repo)))
    assert facts(ask(current(repo))) == before
    write(repo.root, statement(ANSWERS + "\nEt tillegg.\n", COMPARED))
    after = facts(ask(current(repo)))
    assert (after.versions, after.earlier) == (before.versions, before.earlier)
    assert after.stamp != before.stamp


def test_a_repository_is_opened_once_and_asked_anew(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def find(folder: Path) -> Repository | None:
        opened.append(folder)
        return find_repository(folder)

    monkeypatch.setattr("innspill.history.repository.find_repository", find)
    memory = Memory()
    before = facts(ask(current(repo), memory=memory))
    assert len(opened) == 1
    repo.commit(statement(ANSWERS + "\nEt tillegg.\n", COMPARED), "Tillegg")
    after = facts(ask(current(repo), memory=memory))
    assert len(opened) == 2
    assert [each.subject for each in after.entries] == ["Tillegg", "Vedtatt", "Utkast"]
    assert after.versions[0] is before.versions[0], "what a commit has is not asked again"


def test_nothing_is_parsed_whose_scan_is_remembered(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    known: dict[ScanInput, ScannedFile] = {}

    def remember(given: Sequence[ScanInput]) -> list[ScannedFile]:
        for each in given:
            known[each] = known.get(each) or scan_file(each)
        return [known[each] for each in given]

    content = current(repo)
    first = facts(ask(content, remember))
    assert known
    monkeypatch.setattr(scan, "parse_source", None)
    assert facts(ask(content, remember)) == first


def test_a_memory_asks_for_no_old_text_twice(repo: Repo) -> None:
    memory, scans = Memory(), list[str]()

    def counted(given: Sequence[ScanInput]) -> list[ScannedFile]:
        scans.extend(each.shown for each in given)
        return scan_all(given)

    ask(current(repo), counted, memory)
    once = len(scans)
    write(repo.root, statement(ANSWERS + "\nEt tillegg.\n", COMPARED))
    ask(current(repo), counted, memory)
    assert len(scans) == once > 0


def test_today_s_text_is_borrowed_where_the_commit_has_none(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    files = statement(ANSWERS, "compare_with: v1\n")
    repo.commit({PATH: files[PATH]})
    repo.tag("v1")
    repo.commit(files)
    content = current(repo)
    earlier = facts(ask(content)).earlier
    assert earlier is not None
    old = dict(earlier.text.sources)
    assert old.keys() == {"index.md", "sak/index.md", PATH}
    assert old["sak/index.md"] == content.data["sak/index.md"]
