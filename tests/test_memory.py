"""What is taken from memory is what would be made anew: after any edits, in any order."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from committees import consultation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sites import ANSWERS, CASE, EXAMPLE, HEAD, INDEX, project, write

from innspill.build import check_content, plan_files
from innspill.memory import Memory
from innspill.read.source import LARGEST, USUAL, decode, hints_of, split
from innspill.render.templates import Templates
from innspill.serve.state import Snapshot
from innspill.store import Store

PNG = b"\x89PNG\r\n\x1a\n"
SUMMARY = """\
summary:
  - about: en
    point: Et punkt.
    quote: svaret på det ene
"""
HEAD_OF_ALL = HEAD.removesuffix("---\n")
ATTACHED = "attachments:\n  - file: ../fil.txt\n    title: Filen\n"
IMAGE = "\n![bilde](bilde.png)\n"
LINKS = "\nSe [punktet](eksempel.md#p1-1), [saken](index.md#data) og [filen](../fil.txt).\n"
TEXTS = {
    "index.md": (
        INDEX,
        INDEX.replace("publisher:", "lang: nn\nhide_case_officer: true\npublisher:"),
        INDEX + "\n[ut](sak/eksempel.md#p1-1) [dit](side.md#h1)\n",
    ),
    "sak/index.md": (
        CASE,
        CASE.replace("id: to", "id: tre"),
        CASE.replace("questions:", f"lang: en\n{ATTACHED}questions:"),
        CASE.replace("text: Hva er det ene?", "text:"),
        HEAD.replace("committee", "publisher"),
    ),
    "sak/eksempel.md": (
        HEAD + ANSWERS,
        HEAD + "\nInnledning.\n" + ANSWERS + LINKS,
        HEAD_OF_ALL + SUMMARY + "---\n" + ANSWERS,
        HEAD_OF_ALL + "case_officer: Navn\naliases: [gammel/]\n---\n" + ANSWERS + IMAGE,
        HEAD + ANSWERS + "\nTelefon 22 33 44 55.\n",
        HEAD.replace("title:", "titel:") + ANSWERS,
        "",
    ),
    "sak/andre.md": (
        HEAD.replace("Eksempel bydel", "Annet bydel") + LINKS + ANSWERS,
        HEAD_OF_ALL + ATTACHED + "---\n" + ANSWERS,
        HEAD + ANSWERS,
    ),
    "side.md": (
        "---\ntitle: Side\n---\n\n## Overskrift\n\n[x](sak/eksempel.md#p2-1) [y](sak/andre.md)\n",
        "---\ntitle: Side\nlang: en\n---\n\n[x](sak/eksempel.md#p0-1) \u4e2d\n",
        "---\ntitle: Side\naliases: [gammel/]\n---\n",
    ),
    "fil.txt": ("en", "to to"),
    "sak/bilde.png": (PNG, b"intet bilde"),
}
NAMES = sorted(TEXTS)
STEP = st.one_of(
    st.sampled_from(NAMES).flatmap(
        lambda name: st.tuples(st.just("write"), st.just(name), st.sampled_from(TEXTS[name]))
    ),
    st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from(NAMES)),
)
TEMPLATES = Templates(None)


def whole(value: Any) -> Any:
    """A value with all its fields, those too that `==` leaves out."""
    if is_dataclass(value):
        return type(value), *(whole(getattr(value, each.name)) for each in fields(value))
    return tuple(map(whole, value)) if isinstance(value, tuple) else value


def do(content: Path, step: tuple[str, str, str | bytes]) -> None:
    kind, name, what = step
    path = content / name
    if kind == "write":
        write(content.parent, {name: what})
    elif kind == "delete":
        path.unlink(missing_ok=True)
    elif path.exists():
        path.replace(content / str(what))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, min_size=1, max_size=8))
def test_after_any_edits_all_is_as_if_made_anew(
    store: Path, steps: list[tuple[str, str, str | bytes]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = project(write(Path(folder), EXAMPLE), store=store)
        memory, memos = Memory(), Store(store)
        for step in [("delete", "none.md", ""), *steps]:
            do(place.content, step)
            warm = check_content(place, strict=False, memory=memory)
            cold = check_content(place, strict=False)
            assert warm.diagnostics == cold.diagnostics
            assert whole(warm.site) == whole(cold.site)
            assert warm.texts == cold.texts
            if not warm.is_sound:
                continue
            shown = Snapshot(warm, TEMPLATES, memos, memory)
            plan = plan_files(cold.site, TEMPLATES, memos, with_pdf=True)
            for each in (*plan.pages, *plan.assets):
                if not each.path.endswith(".woff2"):
                    assert shown.file(each.path) == each.make(), each.path
            memory.forget_unused()


def test_only_what_changed_is_another_value(tmp_path: Path) -> None:
    place = project(write(tmp_path, consultation(5)))
    memory = Memory()
    before = check_content(place, strict=False, memory=memory).site.consultations[0]
    memory.forget_unused()
    path = place.content / "sak/eksempel-b.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nNytt.\n", encoding="utf-8")
    after = check_content(place, strict=False, memory=memory).site.consultations[0]
    same = [old is new for old, new in zip(before.statements, after.statements, strict=True)]
    assert same == [True, False, True, True, True]
    assert before.prose is after.prose
    # A file more changes what links may lead to, and nothing that they do lead to.
    write(tmp_path, {"side.md": "---\ntitle: Side\n---\n"})
    more = check_content(place, strict=False, memory=memory).site.consultations[0]
    assert more is after


def test_a_file_with_the_same_size_and_date_as_before_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("innspill.read.disk.LEFT_ALONE", 0)
    place = project(write(tmp_path, EXAMPLE))
    memory, path = Memory(), place.content / "sak/eksempel.md"
    check_content(place, strict=False, memory=memory)
    status = path.stat()
    time.sleep(0.1)
    path.write_text((HEAD + ANSWERS).replace("det ene", "det nye"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_size == status.st_size
    site = check_content(place, strict=False, memory=memory).site
    assert "Dette er svaret på det nye." in [unit.text for unit in site.statements[0].units]


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
