"""Correct before fast: what is remembered is what would be made anew.

A build after others is held byte for byte to one that remembers nothing; and so is what it says.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from committees import consultation
from edits import STEP, do, drafts_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from repositories import Repo
from sites import EXAMPLE, project, tree, write

from innspill.build import build
from innspill.failure import MachineFault
from innspill.manifest import MANIFEST
from innspill.project import BuildOptions, BuildResult, Progress, Project

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
        BuildOptions(with_pdf=False),
        BuildOptions(with_pdf=False, strict=True),
        BuildOptions(with_pdf=False, prints=("large",)),
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


def made_from_nothing(place: Project, wanted: BuildOptions) -> tuple[object, dict[str, bytes]]:
    """What a build says and publishes that remembers nothing."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = replace(place, output=Path(folder, "build"), store=Path(folder, "store"))
        built = build(fresh, wanted, quietly)
        return built.checked.diagnostics, published(fresh, built)


def published(place: Project, built: BuildResult) -> dict[str, bytes]:
    if not built.published:
        return {}
    return {path: data for path, data in tree(place.output).items() if path != MANIFEST}


@pytest.fixture(scope="module")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    return drafts_in(tmp_path_factory.mktemp("drafts"))


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CHANGE, min_size=1, max_size=5))
def test_after_any_changes_a_warm_build_is_a_cold_one(
    store: Path, drafts: Repo, changes: list[Any]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(drafts.root, folder, dirs_exist_ok=True)
        write(root, {**EXAMPLE, "sak-b/index.md": CASE_B, "side.md": "---\ntitle: Side\n---\n"})
        (root / "templates").mkdir()
        place = project(root, templates=root / "templates", store=store)
        wanted = BuildOptions(with_pdf=False)
        change: Any
        for change in (None, *changes):
            match change:
                case BuildOptions():
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
            built = build(place, wanted, quietly)
            expected = made_from_nothing(place, wanted)
            assert (built.checked.diagnostics, published(place, built)) == expected


def test_pdfs_are_the_same_however_many_work(tmp_path: Path) -> None:
    """And whichever of them are remembered."""
    first = project(write(tmp_path / "a", consultation(2)), store=tmp_path / "one")
    other = project(write(tmp_path / "b", consultation(2)), store=tmp_path / "two")
    built = [
        build(place, BuildOptions(jobs=jobs), quietly) for jobs, place in ((1, first), (3, other))
    ]
    assert [each.laid_out for each in built] == [4, 4]
    assert tree(first.output) == tree(other.output)
    text = (other.content / "sak/eksempel-a.md").read_text(encoding="utf-8")
    write(tmp_path / "b", {"sak/eksempel-a.md": text + "\nEt tillegg.\n"})
    assert build(other, BuildOptions(jobs=3), quietly).laid_out == 2


def test_a_template_edited_meanwhile_is_taken_for_no_other(tmp_path: Path) -> None:
    template = tmp_path / "templates" / "question.html"
    template.parent.mkdir()
    template.write_text("Før", encoding="utf-8")
    place = project(
        write(tmp_path, EXAMPLE),
        templates=template.parent,
        store=tmp_path / "own",
    )
    wanted = BuildOptions(with_pdf=False)

    def on_step(step: Progress) -> None:
        if str(step.phase) == "Making pages":
            template.write_text("Etter", encoding="utf-8")

    with pytest.raises(MachineFault, match="templates/ was changed"):
        build(place, wanted, on_step)
    for text in "Etter", "Før":
        template.write_text(text, encoding="utf-8")
        build(place, wanted, quietly)
        pages = {path.read_text(encoding="utf-8") for path in place.output.glob("*/sporsmal/*/*")}
        assert pages == {text}
