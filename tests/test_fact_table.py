"""Each fact of a letter, said once in a table, is shown wherever the table has it.

A new fact needs no line here: what it may hold is made up by its type. `NO_FACTS` are the other
keys of a statement.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import get_type_hints

import pytest
from paper import page_texts
from redlining import composed
from sites import ANSWERS, ROOT, build_quietly, project, statement, write

from innspill.compare.redline import compare
from innspill.facts import FACTS, Fact, FactLine, Facts, Unlisted, in_words
from innspill.messages import catalogue
from innspill.model import Statement
from innspill.read.convert import schema_fields
from innspill.read.schema import StatementFront, VoteFront
from innspill.render.redline_words import Wording

NO_FACTS = {
    "kind", "title", "committee", "status", "lang", "attachments", "aliases", "compare_with",
    "withdrawn", "hide_case_officer", "attach_source", "prints", "arkiv", "summary", "proposals",
    "original", "left_out",
}  # fmt: skip
VOTE = "vote: {result: majority, for: 7391, against: 2468, parties: Qv}"
IN_WORDS = {"vote": "Vedtatt med 7391 mot 2468 stemmer"}
"""What is said of a fact with others."""
POINT = "summary: [{about: en, point: Det ene., quote: svaret på det ene}]\n"
BY_KEY = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.key)


def _head() -> str:
    """Front matter that has every fact, each with a value that stands nowhere else."""
    types, values = get_type_hints(Facts), {fact.key: fact.values for fact in FACTS}
    lines = []
    for number, each in enumerate(fields(Facts)):
        value = next(iter(values[each.name]), f"Q{number}")
        if types[each.name] == date | None:
            value = str(date(2024, 3, 1) + timedelta(number))
        lines.append(VOTE if each.name == "vote" else f"{each.name}: {value}")
    return "\n".join([*lines, ""])


@pytest.fixture(scope="module")
def letter() -> Statement:
    return composed(ANSWERS, POINT + _head())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    folder = tmp_path_factory.mktemp("facts")
    build_quietly(project(write(folder, statement(ANSWERS, POINT + _head())), store=store))
    return folder / "build"


def _read(made: Path, name: str) -> str:
    """What readers see of a page or a PDF of the statement, on one line."""
    path = made / "sak/eksempel" / name
    if path.suffix == ".pdf":
        return " ".join(" ".join(page_texts(path)).split())
    main = path.read_text(encoding="utf-8").partition("<main")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def _value(fact: Fact, letter: Statement) -> str:
    value = fact.of(letter.facts)
    assert value is not None
    return IN_WORDS.get(fact.key, in_words(value, fact.values, "nb"))


def _label(fact: Fact, line: FactLine) -> str:
    return (line.label or fact.label).within(catalogue("nb"))


@BY_KEY
@pytest.mark.parametrize(
    ("name", "place"),
    [("index.html", "page"), ("uttalelse.pdf", "letterhead"), ("sammendrag.pdf", "summary")],
)
def test_a_fact_is_shown_where_the_table_has_it(
    fact: Fact, name: str, place: str, made: Path, letter: Statement
) -> None:
    line: FactLine | Unlisted = getattr(fact, place)
    seen, value = _read(made, name), _value(fact, letter)
    assert (value in seen) is (line is not Unlisted.ABSENT)
    if isinstance(line, FactLine):
        assert _label(fact, line) in seen


@BY_KEY
def test_the_data_have_it(fact: Fact, made: Path, letter: Statement) -> None:
    (data,) = json.loads((made / "sak/data.json").read_bytes())["moetesak"]
    value = fact.of(letter.facts)
    if fact.data:
        assert data["brev"][fact.data.name] == str(value)
    else:
        figures = {str(each) for each in data["vedtak"]["votering"].values()}
        told = {"majority": "flertall", "to_follow": "kommer"}.get(str(value), str(value))
        assert told in figures | {data["vedtak"]["dato"], data["vedtak"]["protokoll"]}


@BY_KEY
def test_a_redline_shows_it(fact: Fact, letter: Statement) -> None:
    changes = compare(replace(letter, facts=Facts()), letter).facts
    (change,) = (each for each in changes if each.name == fact.key)
    assert (change.old, change.new) == (None, fact.of(letter.facts))
    assert Wording("nb").fact(fact.key) == fact.label.within(catalogue("nb"))


@BY_KEY
def test_the_search_finds_references(fact: Fact, made: Path, letter: Statement) -> None:
    index = (made / "assets/search-index.js").read_text(encoding="utf-8")
    references = index.partition('"kind":"facts"')[2].partition("}")[0]
    assert (str(fact.of(letter.facts)) in references) is fact.is_reference


@BY_KEY
def test_the_example_of_a_statement_names_it(fact: Fact) -> None:
    text = (ROOT / "templates/new/statement.md").read_text(encoding="utf-8")
    key, _, part = fact.key.partition(".")
    assert re.search(rf"^# {key}:", text, re.MULTILINE)
    assert not part or re.search(rf"^#   {part}:", text, re.MULTILINE)


def test_every_key_is_a_fact_or_something_else() -> None:
    keys = set(schema_fields(StatementFront)) - NO_FACTS
    assert keys == {each.name for each in fields(Facts)}, "name it in NO_FACTS, or in facts.py"
    assert keys == {fact.key.partition(".")[0] for fact in FACTS}, "it has no row in FACTS"
    parts = set(schema_fields(VoteFront)) - {"result"}
    assert parts == {fact.key.partition(".")[2] for fact in FACTS} - {""}


def test_a_letter_without_facts_has_no_list(tmp_path: Path) -> None:
    """Nor has one of which only the outcome is known, which its status says."""
    for number, head in enumerate(("", "vote: {result: unanimous}\n")):
        folder = write(tmp_path / str(number), statement(ANSWERS, head))
        build_quietly(project(folder), with_pdf=False)
        page = (folder / "build/sak/eksempel/index.html").read_text(encoding="utf-8")
        assert '<dl class="facts">' not in page
