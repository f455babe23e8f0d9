"""Each form that `prints` may ask for, said once in a table, is made and listed everywhere.

A new form needs no line here.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from sites import ANSWERS, ROOT, build_quietly, faults, innspill, project, statement, write

from innspill.cli import main
from innspill.forms import FORMS, WHOLE
from innspill.messages import catalogue

BY_NAME = pytest.mark.parametrize("name", FORMS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    files = statement(ANSWERS, f"prints: [{', '.join(FORMS)}]\n")
    folder = write(tmp_path_factory.mktemp("forms"), files)
    build_quietly(project(folder, store=store))
    return folder / "build/sak/eksempel"


@BY_NAME
def test_it_is_made_by_its_own_stylesheet_and_listed(name: str, made: Path) -> None:
    assert (ROOT / f"templates/print/{FORMS[name].stylesheet}.css").is_file()
    pdfs = {(made / paper.file).read_bytes() for paper in (WHOLE, *FORMS[name].papers)}
    assert len(pdfs) == 1 + len(FORMS[name].papers)
    page = (made / "index.html").read_text(encoding="utf-8")
    (data,) = json.loads((made.parent / "data.json").read_bytes())["moetesak"]
    titles = {each["tittel"] for each in data["dokumentbeskrivelse"]}
    for paper in FORMS[name].papers:
        title = paper.title.within(catalogue("nb"))
        assert f'href="{paper.file}">{title}</a>' in page
        assert title in titles


@BY_NAME
def test_it_may_be_asked_for_in_front_matter_and_on_the_command_line(
    name: str, tmp_path: Path
) -> None:
    assert faults(tmp_path, statement(ANSWERS, f"prints: {name}\n")) == []
    assert name in CliRunner().invoke(main, ["build", "--help"]).output


def test_the_example_of_a_site_names_them(tmp_path: Path) -> None:
    innspill("new", "sak", cwd=tmp_path)
    text = (tmp_path / "content/index.md").read_text(encoding="utf-8")
    for name, form in FORMS.items():
        assert f"\n# - {name}: {form.paper.title.within(catalogue('nb'))}\n" in text
    assert f"\n# prints: [{', '.join(FORMS)}]\n" in text
