"""Numbers, ids and anchors, as the design gives them."""

from __future__ import annotations

from pathlib import Path

from sites import EXAMPLE, codes, load, statement, write

from innspill.compose.plain_text import plain
from innspill.text import Element, Internal, Link, Unit, walk

BODY = """
Innledning.

> Et sitat.

## Svar {#to}

Før listen.

- Første punkt

  med et avsnitt til.
  - under a
  - under b
- Andre punkt

### Underoverskrift

| a | b |
|---|--:|
| 1 | 2 |

![Et bilde](bilde.png "Tekst under")

    kode

::: mindretall {by="A og B"}
Mindretallet mener dette.
:::

## Svar {#en}

Svaret på det ene[^1].

## Til slutt

Hilsen.

---

[^1]: En note.
"""


def units(tmp_path: Path, body: str) -> list[Unit]:
    files = {**statement(body), "sak/bilde.png": "png"}
    _, site = load(write(tmp_path, files))
    return list(site.statements[0].units)


def test_numbers_follow_questions_and_run_through_subheadings(tmp_path: Path) -> None:
    found = [(each.number, each.id, each.element.tag) for each in units(tmp_path, BODY)]
    assert found == [
        ("0.1", "p0-1", "p"),
        ("0.2", "p0-2", "blockquote"),
        ("2.1", "p2-1", "p"),
        ("2.2", "p2-2", "li"),
        ("2.3", "p2-3", "li"),
        ("2.4", "p2-4", "table"),
        ("2.5", "p2-5", "figure"),
        ("2.6", "p2-6", "pre"),
        ("2.7", "p2-7", "p"),
        ("1.1", "p1-1", "p"),
        ("0.3", "p0-3", "p"),
    ]


def test_an_item_holds_all_that_is_in_it(tmp_path: Path) -> None:
    item = units(tmp_path, BODY)[3]
    assert item.text == "Første punkt med et avsnitt til. under a under b"
    nested = [node for node in walk(item.element.children) if isinstance(node, Element)]
    assert [node.get("id") for node in nested if node.tag == "li"] == ["p2-2-a", "p2-2-b"]


def test_footnote_marks_are_no_text(tmp_path: Path) -> None:
    assert units(tmp_path, BODY)[9].text == "Svaret på det ene."


def test_a_joint_answer_stands_under_each_of_its_questions(tmp_path: Path) -> None:
    _, site = load(write(tmp_path, statement("\n## Svar {#to #en}\n\nFelles.\n")))
    case, found = site.consultations[0], site.statements[0]
    assert found.answers.keys() == {each.id for each in case.questions}
    assert [each.number for each in found.units] == ["2.1"]


def test_links_lead_to_numbers_and_come_out_as_files(tmp_path: Path) -> None:
    files = {**EXAMPLE, "side.md": "---\ntitle: Side\n---\n\n[Se](sak/eksempel.md#p2-1).\n"}
    assert codes(tmp_path, files) == []
    _, site = load(tmp_path)
    nodes = walk((site.pages[0].prose.blocks[0].element,))  # type: ignore[union-attr]
    links = [node for node in nodes if isinstance(node, Link)]
    assert [link.target for link in links] == [
        Internal("sak/eksempel/index.html", "p2-1", "Eksempel bydelsutvalg: Eksempel på uttalelse")
    ]
    assert plain(links[0].children) == "Se"
