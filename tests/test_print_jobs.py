"""What is known only once a PDF is laid out, in templates of the program's own and of a user's."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from paper import page_texts
from sites import (
    ANSWERS,
    EXAMPLE,
    ROOT,
    build_quietly,
    check_quietly,
    files_of,
    project,
    statement,
    write,
)

from innspill.pdf.embedded_file import EmbeddedFile
from innspill.pdf.made_from import UNTOLD, MadeFrom
from innspill.render import pdf
from innspill.render.print_html import drawable
from innspill.render.print_job import EVEN_COLUMNS_RULE, PageSlots, PrintFile
from innspill.render.templates import Templates

WIDE = f"{ANSWERS}\n| En | To |\n|---|---|\n| {'eksempel ' * 11} | {'annet ' * 8} |\n"
"""Two columns that are wider than the page where every cell stands on one line."""
OURS = "{{ even_columns }}</head>"
NEITHER = "</head>"
SUMMARY = """\
summary:
  - about: en
    point: Dette er et punkt.
    quote: Dette er svaret på det ene
"""


def with_template(folder: Path, name: str, old: str, new: str) -> Path:
    """The folder of a user's own templates, a copy with something else in it among them."""
    text = (ROOT / "templates/print" / name).read_text(encoding="utf-8")
    assert old in text
    (own := folder / "templates/print" / name).parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text.replace(old, new), encoding="utf-8")
    return folder / "templates"


def jobs(folder: Path, templates: Path) -> tuple[PrintFile, ...]:
    checked = check_quietly(project(write(folder, EXAMPLE)), templates=Templates(templates))
    (planned,) = files_of(checked, folder).prints()
    return planned.load().files


@pytest.mark.parametrize("rule", [OURS, NEITHER])
def test_columns_are_even_where_a_table_runs_off_the_page(
    tmp_path: Path, store: Path, rule: str
) -> None:
    folder = write(tmp_path, statement(WIDE))
    templates = with_template(folder, "base.html", OURS, rule)
    theirs = "table:not(.no) { table-layout: auto; }\nth, td { white-space: nowrap; "
    with_template(folder, "uttalelse.css", "th, td { ", theirs)
    place = project(folder, store=store, templates=templates)
    built = build_quietly(place)
    if rule == NEITHER:
        assert [each.code for each in built.checked.diagnostics] == ["print-overflow"]
        return
    assert built.published
    whole = " ".join(page_texts(folder / "build/sak/eksempel/uttalelse.pdf"))
    assert whole.count("annet") == 8
    assert build_quietly(place).laid_out == 0


def test_even_columns_are_a_rule_in_the_head(tmp_path: Path) -> None:
    first, _ = jobs(tmp_path, ROOT / "templates")
    plain = first.filled({})
    even = first.filled_with_even_columns({})
    assert "table-layout" not in plain
    assert even == plain.replace("</head>", f"{EVEN_COLUMNS_RULE}</head>")


@pytest.mark.parametrize("asked", ["pages[unit.id]", "pages.get(unit.id)", "pages.get('p9-9', 0)"])
def test_a_summary_names_the_pages_of_the_whole_statement(
    tmp_path: Path, store: Path, asked: str
) -> None:
    folder = write(tmp_path, statement(ANSWERS, SUMMARY))
    templates = with_template(folder, "sammendrag.html", "pages[unit.id]", asked)
    built = build_quietly(project(folder, store=store, templates=templates))
    if "p9-9" in asked:
        (fault,) = built.checked.diagnostics
        said = "a print's template names the page of “p9-9”, which the whole statement lacks"
        assert str(fault.message) == said
        assert fault.at.path.endswith("sak/eksempel.md")
        return
    assert built.published
    assert "(1.1, s. 1)" in " ".join(page_texts(folder / "build/sak/eksempel/sammendrag.pdf"))


def test_slots_stay_where_what_no_font_has_goes() -> None:
    html = f"a\u4e2d{PageSlots()['p1-1']}\u202eb\0"
    assert drawable(html) == "a[U+4E2D]\0page p1-1\0b\0"
    assert PrintFile("a.pdf", drawable(html)).filled({"p1-1": 7}) == "a[U+4E2D]7b"


def test_a_job_can_be_sent_and_is_the_same_each_time(tmp_path: Path) -> None:
    place = project(write(tmp_path, EXAMPLE))
    planned = [files_of(check_quietly(place), tmp_path).prints() for _ in range(2)]
    made = [[each.load() for each in some] for some in planned]
    assert made[0] == made[1] == pickle.loads(pickle.dumps(made[0]))


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("FORMAT", "0"),
        ("__version__", "0"),
        ("OPTIONS", {}),
        ("finisher_digest", lambda: "0"),
        ("layout_versions", lambda: ("0",)),
    ],
)
def test_a_pdf_is_remembered_by_all_that_makes_it(
    name: str, other: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, file = (
        pdf._key("<p>", (), UNTOLD),
        EmbeddedFile("a.md", "text/markdown", "Source", "", b"a"),
    )
    assert pdf._key("<p>", (), MadeFrom(form="a.pdf")) != here
    assert pdf._key("<p>", (file,), UNTOLD) not in {
        here,
        pdf._key("<p>", (replace(file, data=b"b"),), UNTOLD),
    }
    monkeypatch.setattr(pdf, name, other)
    assert pdf._key("<p>", (), UNTOLD) != here
