"""Where links lead, on paper: said in words where they can't be followed."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import page_texts
from sites import CASE, EXAMPLE, HEAD, innspill, write
from tagtree import read_tags

BODY = """
Se [saken](index.md), [avsnittet under](#p1-1), [den andre uttalelsen](to.md#p1-1),
[siden](../om/oss.md),
[forsiden](../index.md), [regnearket](tall%20%C3%A6.csv), [tall æ.csv](tall%20%C3%A6.csv),
[et annet sted](https://www.example.org/) og [høringen om noe *annet*](../annen/index.md).

- Et punkt[^n] med [regnearket](tall%20%C3%A6.csv "Tallene")

## Svar {#en}

Ja.

## Svar {#to}

Nei.

[^n]: I noten: [siden](../om/oss.md).
"""
SAID = (
    "Se saken (Eksempelsak), avsnittet under, den andre uttalelsen "
    "(To bydelsutvalg: Eksempel på uttalelse), siden (Om oss), forsiden (Eksempelnettsted), "
    "regnearket (tall æ.csv), tall æ.csv, et annet sted og høringen om noe annet."
)


def files(address: str = "") -> dict[str, str | bytes]:
    return {
        **EXAMPLE,
        "index.md": EXAMPLE["index.md"].replace("publisher", f"{address}publisher", 1),
        "sak/eksempel.md": HEAD + BODY,
        "sak/to.md": HEAD.replace("Eksempel b", "To b") + "\n## Svar {#en #to}\n\nJa.\n",
        "sak/tall æ.csv": b"a;b\n",
        "om/oss.md": "---\ntitle: Om oss\n---\n\nHei.\n",
        "annen/index.md": CASE.replace("Eksempelsak", "Høringen om noe annet"),
    }


def paper(folder: Path, name: str = "uttalelse.pdf") -> str:
    text = " ".join(page_texts(folder / "build" / "sak" / "eksempel" / name))
    return text.replace("\u00ad", "")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_without_an_address_links_say_where_they_lead(
    tmp_path: Path, store: Path, jobs: str
) -> None:
    folder = write(tmp_path, files())
    build = ("build", "--jobs", jobs, "--store", store)
    innspill(*build, cwd=folder)
    tags = read_tags(folder / "build/sak/eksempel/uttalelse.pdf")
    first = next(each for each in tags.all("P") if each.text.startswith("0.1"))
    assert first.text == f"0.1 {SAID}"
    assert "Et punkt1 med regnearket (tall æ.csv)" in paper(folder)
    assert "I noten: siden (Om oss)." in paper(folder)
    page = (folder / "build/sak/eksempel/index.html").read_text(encoding="utf-8")
    assert "(Om oss)" not in page

    write(folder, {"om/oss.md": "---\ntitle: Om deg og meg\n---\n\nHei.\n"})
    innspill(*build, cwd=folder)
    assert "I noten: siden (Om deg og meg)." in paper(folder), "though the statement is the same"


def test_with_an_address_they_are_links(tmp_path: Path, store: Path) -> None:
    folder = write(tmp_path, files("url: https://www.example.org/innspill/\n"))
    innspill("build", "--store", store, cwd=folder)
    assert "(Om oss)" not in paper(folder)
    assert "(tall" not in paper(folder)
    tags = read_tags(folder / "build/sak/eksempel/uttalelse.pdf")
    assert {"saken", "siden", "regnearket"} <= {each.text for each in tags.all("Link")}


def test_every_form_says_it(tmp_path: Path, store: Path) -> None:
    given = files()
    given["sak/index.md"] = CASE.replace("questions", "agenda: [eksempel, to]\nquestions", 1)
    folder = write(tmp_path, given)
    forms = ("--print", "large", "--print", "booklet")
    innspill("build", *forms, "--store", store, cwd=folder)
    for name in ("uttalelse-stor-skrift.pdf", "uttalelse-hefte.pdf"):
        assert "regnearket (tall æ.csv)" in paper(folder, name)
    gathered = " ".join(page_texts(folder / "build" / "sak" / "moetemappe.pdf"))
    assert "regnearket (tall æ.csv)" in gathered
    assert "den andre uttalelsen," in gathered, "which is in the folder: a link"
