"""What planning knows of a Markdown file: plain values, told from its bytes alone."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

import pytest

from innspill.read import source
from innspill.read.scan import ScanInput, ScannedFile, parse, scan_file
from innspill.read.tree import links_in

STATEMENT = """---
title: Svar
committee: Alna
status: draft
lang: nn
prints: large
case_officer: Kari Nordmann
hide_case_officer: true
compare_with: v1
aliases: [gammel.html]
attachments:
  - file: brev.pdf
    title: Brevet
withdrawn:
  - tag: sak/alna/2024-03-21-vedtatt
    date: 2024-04-01
    why: Feil.
---
Se [nabo](bjerke.md), ![kart](../kart.png) og [ute](https://example.org/).
"""


def scanned(text: str, kind: str = "statement") -> ScannedFile:
    return scan_file(ScanInput("sak/alna.md", "content/sak/alna.md", text.encode(), kind))


def types_in(annotation: object) -> set[object]:
    """The types that a value of this type is made of."""
    if is_dataclass(annotation):
        hints = get_type_hints(annotation)
        return set().union(*(types_in(hints[each.name]) for each in fields(annotation)))
    if get_origin(annotation) in {tuple, Union, UnionType}:
        return set().union(*map(types_in, get_args(annotation)))
    return {annotation}


def test_it_is_made_of_plain_values() -> None:
    assert types_in(ScannedFile) - {...} == {str, bool, int, type(None)}


def test_what_a_statement_says_and_names() -> None:
    found = scanned(STATEMENT)
    assert found.kind == "statement"
    assert found.label == "Alna: Svar"
    assert found.names == ("sak/brev.pdf", "sak/bjerke.md", "kart.png")
    assert ("img", "../kart.png") in found.links
    assert [(each.url, each.at.line) for each in found.aliases] == [("gammel.html", 10)]
    assert found.compare_at is not None
    assert (found.compare_with, found.compare_at.line) == ("v1", 9)
    assert found.withdrawn == ("sak/alna/2024-03-21-vedtatt",)
    assert (found.lang, found.prints, found.says_draft) == ("nn", ("large",), True)
    assert (found.case_officer, found.hide_case_officer) == ("Kari Nordmann", True)
    assert not found.is_unread


def test_a_faulty_status_hides_no_draft() -> None:
    found = scanned(STATEMENT.replace("committee: Alna\n", ""))
    assert found.says_draft
    assert not found.is_front_unread


def test_what_could_not_be_read() -> None:
    assert scanned("").is_unread
    broken = scanned("---\ntitle: 'Svar\n---\nTekst.\n", "page")
    assert broken.is_front_unread
    assert not broken.is_unread


def test_a_consultation_says_whether_it_gives_drafts() -> None:
    assert scanned("---\npublish_drafts: true\n---\n", "consultation").gives_drafts


@pytest.mark.parametrize(
    "body",
    [
        "Se [nabo](bjerke.md) og [ute][her].\n\n[her]: https://example.org/\n",
        "<https://example.org/> og ![kart](kart.png)",
        "En note.[^1]\n\n[^1]: Se [nabo](bjerke.md).",
        "| a |\n|---|\n| [nabo](bjerke.md) |",
        "> - *[nabo](<bjerke.md>)*",
    ],
)
def test_what_a_body_leads_to_is_what_parsing_tells(body: str) -> None:
    text = f"---\ntitle: Side\n---\n{body}\n"
    whole = parse("a.md", "content/a.md", text.encode(), "page")
    found = scan_file(ScanInput("a.md", "content/a.md", text.encode(), "page"))
    assert found.links == links_in(whole.body) != ()


def test_a_body_that_leads_nowhere_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "parse_body", None)
    assert scanned("---\ntitle: Svar\n---\n## Svar {#en}\n\nHei & ha: *ja*!\n", "page").links == ()
