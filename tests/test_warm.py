"""Correct before fast: what is taken from the store is what would be made anew.

A warm build, of consultation after consultation, is held byte for byte to the whole site made
at once with nothing remembered; and so is what both say.
"""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from committees import consultation
from edits import STEP, do, drafts_in
from everything import with_the_rest_of_a_site
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repositories import Repo, begun
from sites import EXAMPLE, project, tree, write

from innspill.build import build, check_content, render_whole
from innspill.cases.crew import Crew
from innspill.cases.fork import Fork
from innspill.cases.survey import survey
from innspill.cases.world import Folder, World
from innspill.diagnostics import in_order
from innspill.project import Built, MachineFault, Progress, Project, Wanted
from innspill.publish.paths import MANIFEST
from innspill.render.templates import TemplateFault
from innspill.store import Store

CASE_B = """\
---
title: Nok en eksempelsak
asked_by: Eksempel byråd
questions:
  - id: en
    title: Det ene
    text: Hva er det ene?
---

Se [den andre](../sak/eksempel.md#p2-1) og [siden](../side.md#h1).
"""
OPTION = st.sampled_from(
    [
        Wanted(with_pdf=False),
        Wanted(with_pdf=False, strict=True),
        Wanted(with_pdf=False, prints=("large",)),
    ]
)
TEMPLATE = st.sampled_from(
    [
        ("statement.html", None),
        ("statement.html", "{{ statement.title }} {{ case.title }} {{ site.title }}"),
        ("statement.html", "{% if %}"),
        ("assets/css/page.css", "p { color: red }"),
        ("assets/css/page.css", None),
        ("components/blocks.html", "{{ finnes_ikke }}"),
        ("components/blocks.html", None),
    ]
)
TEXT_B = ("sak-b/index.md", CASE_B), ("sak-b/index.md", CASE_B.replace("h1", "h9"))
CHANGE = st.one_of(STEP, TEMPLATE, OPTION, st.sampled_from(TEXT_B))


def quietly(*_: object) -> None:
    pass


def made_at_once(place: Project, wanted: Wanted, store: Path) -> tuple[object, dict[str, bytes]]:
    """What the whole site is, and what is wrong with it."""
    checked = check_content(place, strict=wanted.strict, prints=wanted.prints)
    if not checked.is_sound:
        return checked.diagnostics, {}
    try:
        built, outputs = render_whole(place, checked, Store(store), wanted, quietly)
    except TemplateFault as fault:
        return in_order((*checked.diagnostics, fault.diagnostic), strict=wanted.strict), {}
    return built.checked.diagnostics, {each.path: each.load() for each in outputs}


def published(place: Project, built: Built) -> dict[str, bytes]:
    if not built.published:
        return {}
    return {path: data for path, data in tree(place.output).items() if path != MANIFEST}


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return drafts_in(tmp_path_factory.mktemp("drafts"))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CHANGE, min_size=1, max_size=5))
def test_after_any_changes_a_warm_build_is_a_cold_one(
    store: Path, fonts: Path, drafts: Repo, changes: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(drafts.root, folder, dirs_exist_ok=True)
        write(root, {**EXAMPLE, "sak-b/index.md": CASE_B, "side.md": "---\ntitle: Side\n---\n"})
        (root / "templates").mkdir()
        place = project(root, templates=root / "templates", store=store)
        wanted = Wanted(with_pdf=False)
        change: Any
        for change in (None, *changes):
            match change:
                case Wanted():
                    wanted = change
                case (name, None):
                    (place.templates / name).unlink(missing_ok=True)
                case (name, text) if name.endswith(".md"):
                    write(root, {name: text})
                case (name, text):
                    path = root / "templates" / name
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(text, encoding="utf-8")
                case tuple():
                    do(place.content, change)
            built = build(place, Wanted(False, wanted.strict, wanted.prints, jobs=1), quietly)
            expected = made_at_once(place, wanted, fonts)
            assert (built.checked.diagnostics, published(place, built)) == expected


@pytest.mark.parametrize("jobs", [1, 3])
def test_bytes_do_not_hang_on_how_many_work(tmp_path: Path, fonts: Path, jobs: int) -> None:
    """Nor on whether the consultations were made together, or the second time."""
    files = with_the_rest_of_a_site()
    for number in range(4):
        files |= {f"sak-{number}/{path.partition('/')[2]}": text
                  for path, text in consultation(2).items() if "/" in path}  # fmt: skip
    place = project(write(tmp_path, files), store=Path(shutil.copytree(fonts, tmp_path / "own")))
    wanted = Wanted(with_pdf=False, jobs=jobs)
    first = build(place, wanted, quietly)
    said, outputs = made_at_once(place, wanted, fonts)
    assert (first.checked.diagnostics, published(place, first)) == (said, outputs)
    again = build(place, wanted, quietly)
    assert again.published
    assert not again.published.written


def test_what_a_fork_makes_is_what_is_made_here(
    tmp_path: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever becomes of what was changed: other words, a fault, a place that links lead to."""
    monkeypatch.setattr("innspill.cases.crew.can_fork", lambda: True)
    files = {**cases(5), **EXAMPLE, "sak-b/index.md": CASE_B, "side.md": "---\ntitle: Side\n---\n"}
    place = project(write(tmp_path, files), store=Path(shutil.copytree(fonts, tmp_path / "own")))
    text = EXAMPLE["sak/eksempel.md"]
    for changed in (
        None,
        text + "\nEt tillegg.\n",
        text.replace("# ", "#"),
        text + "\n[a](b.md)\n",
    ):
        write(tmp_path, {"sak/eksempel.md": changed} if changed else {})
        built = build(place, Wanted(with_pdf=False, jobs=2), quietly)
        expected = made_at_once(place, Wanted(with_pdf=False), fonts)
        assert (built.checked.diagnostics, published(place, built)) == expected


@pytest.mark.parametrize("dies", [False, True])
def test_what_a_fork_prints_is_what_is_printed_here(
    tmp_path: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch, dies: bool
) -> None:
    monkeypatch.setattr("innspill.cases.crew.can_fork", lambda: True)
    place = project(write(tmp_path, EXAMPLE), store=Path(shutil.copytree(fonts, tmp_path / "own")))
    asked = list[str]()

    class Watched(Fork):
        def begin(self, *task: Any) -> None:
            asked.append(task[0])
            super().begin(*task)
            if dies and task[0] == "lay_out":
                self._process.kill()

    monkeypatch.setattr("innspill.cases.crew.Fork", Watched)
    for more in "", "Et ord.\n", f"| a |\n|---|\n| {'ord' * 60} |\n":
        text = EXAMPLE["sak/eksempel.md"] + f"\nNummer {int(dies)}.\n\n{more}"
        write(tmp_path, {"sak/eksempel.md": text})
        built = build(place, Wanted(jobs=2), quietly)
        expected = made_at_once(place, Wanted(), fonts)
        assert (built.checked.diagnostics, published(place, built)) == expected
    assert asked[0] == "load"
    assert "lay_out" in asked


def cases(count: int) -> dict[str, str]:
    """A site of so many consultations that are alike."""
    files = {"index.md": EXAMPLE["index.md"]}
    for number in range(count):
        files[f"sak-{number}/index.md"] = EXAMPLE["sak/index.md"]
        files[f"sak-{number}/eksempel.md"] = EXAMPLE["sak/eksempel.md"]
    return files


def test_a_commit_elsewhere_makes_nothing_anew(tmp_path: Path, fonts: Path) -> None:
    files = cases(3)
    repo = begun(tmp_path)
    repo.commit(files)
    place = project(tmp_path, store=Path(shutil.copytree(fonts, tmp_path / "own")))
    wanted = Wanted(with_pdf=False, jobs=1)
    build(place, wanted, quietly)
    text = files["sak-1/eksempel.md"] + "\nEt tillegg.\n"
    write(tmp_path, {"sak-1/eksempel.md": text})
    for _ in "written", "committed":
        assert {name for _, name in build(place, wanted, quietly).times} == {"sak-1/"}
        repo.commit({})
    repo.tag("sak-2/eksempel/2024-03-14-vedtatt")
    assert {name for _, name in build(place, wanted, quietly).times} == {"sak-2/"}


def test_a_template_edited_meanwhile_is_taken_for_no_other(tmp_path: Path, fonts: Path) -> None:
    template = tmp_path / "templates" / "question.html"
    template.parent.mkdir()
    template.write_text("Før", encoding="utf-8")
    place = project(
        write(tmp_path, cases(2)),
        templates=template.parent,
        store=Path(shutil.copytree(fonts, tmp_path / "own")),
    )
    wanted = Wanted(with_pdf=False, jobs=1)

    def on_step(step: Progress) -> None:
        if step.done == 1 and step.total == 2:
            template.write_text("Etter", encoding="utf-8")

    with pytest.raises(MachineFault, match="templates/ was changed"):
        build(place, wanted, on_step)
    for text in "Etter", "Før":
        template.write_text(text, encoding="utf-8")
        build(place, wanted, quietly)
        pages = {path.read_text(encoding="utf-8") for path in place.output.glob("*/sporsmal/*/*")}
        assert pages == {text}


def test_a_damaged_body_is_made_anew(tmp_path: Path, fonts: Path) -> None:
    own = Path(shutil.copytree(fonts, tmp_path / "own"))
    place = project(write(tmp_path, EXAMPLE), store=own)
    build(place, Wanted(with_pdf=False), quietly)
    before = tree(place.output)
    for path in (own / "memo").rglob("*"):
        if path.is_file() and b"<!doctype html>" in path.read_bytes():
            path.write_bytes(path.read_bytes().replace(b"<!doctype html>", b"<!doctype htm!>"))
    shutil.rmtree(place.output)
    built = build(place, Wanted(with_pdf=False), quietly)
    assert tree(place.output) == before
    assert len(built.notes) == 1


def test_what_a_killed_process_was_at_is_done_again(
    tmp_path: Path, fonts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = project(write(tmp_path, cases(8)), store=fonts)
    found = survey(place, Store(place.store))
    world = World(
        place,
        Wanted(with_pdf=False),
        Store(fonts),
        found.index,
        frozenset(found.order),
        frozenset(),
        "",
        "",
    )
    expected = [f"sak-{number}/index.html" for number in range(8)]

    def tasks(some: tuple[str, ...]) -> Iterator[tuple[Folder]]:
        return ((found.folder(path),) for path in some)

    def kill() -> None:
        for process in multiprocessing.active_children():
            process.kill()

    with Crew(world, 2) as crew:
        results = crew.each("card", tasks(tuple(found.folders)), 1)
        cards = [next(results)[1]]
        kill()
        cards += [card for _, card, _ in results]
    assert [card.case.url for card in cards] == expected
    monkeypatch.setattr("innspill.cases.crew.can_fork", lambda: True)
    with Crew(world, 2) as crew:
        few = crew.each("card", tasks(tuple(found.folders)[:2]), 2, kill)
        assert sorted(card.case.url for _, card, _ in few) == expected[:2]
