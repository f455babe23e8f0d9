"""What is taken from memory is what would be made anew: after any edits, in any order."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
import tracemalloc
from dataclasses import fields, is_dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from committees import consultation
from edits import STEP, do, drafts_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repositories import Repo, begun, git
from sites import (
    ANSWERS,
    EXAMPLE,
    HEAD,
    TEXTS,
    check_quietly,
    files_of,
    project,
    statement,
    texts_of,
    write,
)

from innspill.build import CheckedSite
from innspill.commands import build
from innspill.compose.inputs import StatementInput
from innspill.memory import Memory
from innspill.messages import say
from innspill.project import BuildOptions, Progress
from innspill.read import disk
from innspill.read.disk import LARGEST
from innspill.read.source import USUAL, decode, hints_of, split
from innspill.render.templates import Templates
from innspill.runtime import Runtime
from innspill.serve.state import Snapshot
from innspill.store import Store

TEMPLATES = Templates(None)
DISK = disk.__file__


def whole(value: Any) -> Any:
    """A value with all its fields, those too that `==` leaves out."""
    if is_dataclass(value):
        return type(value), *(whole(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, partial):
        return value.func, whole(value.args)
    return tuple(map(whole, value)) if isinstance(value, tuple) else value


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return drafts_in(tmp_path_factory.mktemp("drafts"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, min_size=1, max_size=8))
def test_after_any_edits_all_is_as_if_made_anew(
    store: Path, drafts: Repo, steps: list[tuple[str, str, str | bytes]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(drafts.root, folder, dirs_exist_ok=True)
        place = project(write(Path(folder), EXAMPLE), store=store)
        memory, memos = Memory(), Store(store)
        for step in [("delete", "none.md", ""), *steps]:
            do(place.content, step)
            warm = check_quietly(place, templates=TEMPLATES, memory=memory)
            cold = check_quietly(place, templates=TEMPLATES)
            assert warm.diagnostics == cold.diagnostics
            assert whole(warm.site) == whole(cold.site)
            assert warm.texts == cold.texts
            if not warm.is_sound:
                continue
            runtime = Runtime(memory=memory, store=memos, texts=TEXTS)
            shown = Snapshot(warm, TEMPLATES, runtime)
            files = files_of(cold, store)
            for each in (*files.pages(), *files.assets()):
                if not each.path.endswith(".woff2"):
                    assert shown.file(each.path) == each.make(), each.path
            memory.forget_unused()


def inputs_of(checked: CheckedSite) -> list[StatementInput]:
    """What each statement's part was made of, in the order of the paths."""
    return sorted(checked.plan.inputs(), key=lambda each: each.path)


def test_only_what_changed_is_another_value(tmp_path: Path) -> None:
    place = project(write(tmp_path, consultation(5)))
    memory = Memory()
    first = check_quietly(place, memory=memory)
    before, prose = inputs_of(first), first.site.consultations[0].prose
    memory.forget_unused()
    path = place.content / "sak/eksempel-b.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nNytt.\n", encoding="utf-8")
    second = check_quietly(place, memory=memory)
    after = inputs_of(second)
    same = [old == new for old, new in zip(before, after, strict=True)]
    assert same == [True, False, True, True, True]
    assert second.site.consultations[0].prose is prose
    # A file more changes what links may lead to, and nothing that they do lead to.
    write(tmp_path, {"side.md": "---\ntitle: Side\n---\n"})
    assert inputs_of(check_quietly(place, memory=memory)) == after


def test_an_earlier_text_is_another_value_only_where_another_is_meant(tmp_path: Path) -> None:
    repo, memory = begun(tmp_path), Memory()
    repo.commit(EXAMPLE)
    repo.tag("utkast")

    def compared(**files: str) -> StatementInput:
        write(repo.root, files)
        return inputs_of(check_quietly(project(repo.root), memory=memory))[0]

    first = compared(**statement(ANSWERS, "compare_with: utkast\n"))
    assert compared(**{"side.md": "---\ntitle: Side\n---\n"}) == first
    second = compared(**statement(ANSWERS + "\nNytt.\n", "compare_with: utkast\n"))
    assert second != first
    assert second.git.earlier == first.git.earlier
    repo.commit(statement(ANSWERS.replace("det ene", "det nye"), "compare_with: utkast\n"))
    git(repo.root, "tag", "--force", "utkast")
    [third] = texts_of(check_quietly(project(repo.root), memory=memory))
    assert third.earlier is not None
    assert "Dette er svaret på det nye." in [each.text for each in third.earlier.statement.units]


def test_other_forms_are_another_value(tmp_path: Path) -> None:
    place, memory = project(write(tmp_path, EXAMPLE)), Memory()
    for forms in ((), ("large",), (), ("booklet", "large")):
        site = check_quietly(place, prints=forms, memory=memory).site
        assert set(site.statements[0].prints) == set(forms)


def test_a_file_with_the_same_size_and_date_as_before_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("innspill.read.disk.LEFT_ALONE", 0)
    place = project(write(tmp_path, EXAMPLE))
    memory, path = Memory(), place.content / "sak/eksempel.md"
    check_quietly(place, memory=memory)
    status = path.stat()
    time.sleep(0.1)
    path.write_text((HEAD + ANSWERS).replace("det ene", "det nye"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    [found] = texts_of(check_quietly(place, memory=memory))
    assert "Dette er svaret på det nye." in [unit.text for unit in found.units]


def test_what_is_no_longer_asked_for_is_forgotten() -> None:
    memory, made = Memory(), list[str]()

    def make(name: str) -> str:
        made.append(name)
        return name * 2

    assert [memory(make, "a"), memory(make, "a"), memory(make, "b")] == ["aa", "aa", "bb"]
    memory.forget_unused()
    assert memory(make, "a") == "aa"
    memory.forget_unused()
    assert [memory(make, "a"), memory(make, "b")] == ["aa", "bb"]
    assert made == ["a", "b", "b"]


def test_texts_that_were_read_are_let_go_before_pages_are_put_together(tmp_path: Path) -> None:
    long = "Dette er svaret i eksempelet. " * 3000
    place = project(write(tmp_path, {**EXAMPLE, **statement(f"{ANSWERS}\n{long}\n")}))
    held: list[int] = []

    def look(step: Progress) -> None:
        if step.phase == say("Making pages"):
            found = tracemalloc.take_snapshot().filter_traces([tracemalloc.Filter(True, DISK)])
            held.append(sum(each.size for each in found.traces))

    tracemalloc.start()
    try:
        assert build(place, BuildOptions(with_pdf=False, jobs=1), look).published
    finally:
        tracemalloc.stop()
    assert held[0] < len(long)


def test_a_value_in_the_place_of_another_does_not_pass_for_it() -> None:
    memory = Memory()
    lengths = [memory(len, list(range(number))) for number in range(100)]
    assert lengths == list(range(100))


LINES = ("---", "...", "questions:", "committee: x", "kind: page", "kind: 'page'", "", "x")
LONG = f"title: {'æ' * (USUAL // 2)}\n"


@given(
    st.lists(st.sampled_from([*LINES, LONG]), max_size=12),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([b"", b"\xef\xbb\xbf", b"\xff"]),
)
def test_a_files_kind_is_told_as_from_all_of_it(lines: list[str], end: str, mark: bytes) -> None:
    data = mark + end.join(["---", *lines, "Tekst."]).encode()
    assert len(data) < LARGEST
    front = split(decode(data, "")[0])[0] or ""
    hints = hints_of(data)
    assert hints.has_questions == ("\nquestions:" in f"\n{front}")
    assert hints.has_committee == ("\ncommittee:" in f"\n{front}")
    assert hints.is_page == ("\nkind: page" in f"\n{front}" or "\nkind: 'page" in f"\n{front}")
