"""What is drawn before a list's items: the same on the page and on paper, as it was written."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
import weasyprint
from paper import page_lines, page_words
from playwright.sync_api import Page
from repositories import begun
from sites import ROOT, build_quietly, innspill, project, statement, write
from tagtree import Read, read_tags

from innspill.pdf.lists import ordinals, set_counters

BODY = """
Innledning.[^note]

## Svar {#en}

1. En
2. To

Et avsnitt.

3. Tre
4. Fire

    7. Nøstet sju
    8. Nøstet åtte

        0. Null
        1. En igjen

    - Prikk
    - Prikk til

5) Fem
6) Seks

> 10. Ti i et sitat
> 11. Elleve i et sitat
>
>     3. Tre i elleve

::: mindretall {by="Eksempel"}
99. Nittini
100.
101. Hundre og én
:::

- 4. Fire i en prikk
- Prikk

## Svar {#to}

1.
2. To

Svaret.

[^note]: En note med en liste.

    20. Tjue
    21. Tjueen
"""
MARKERS = [
    "1.", "2.", "3.", "4.", "7.", "8.", "0.", "1.", "•", "•", "5)", "6)", "10.", "11.", "3.",
    "99.", "100.", "101.", "•", "4.", "•", "1.", "2.", "1.", "20.", "21.",
]  # fmt: skip
"""Before each item in order; the note is the last list's first."""
PRINTS = ("uttalelse", "uttalelse-stor-skrift", "uttalelse-hefte")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The lists, as a statement that is printed in every form."""
    files = statement(BODY, "prints: [large, booklet]\n")
    agenda = "agenda: [eksempel]\nquestions"
    files["sak/index.md"] = files["sak/index.md"].replace("questions", agenda, 1)
    folder = write(tmp_path_factory.mktemp("lists"), files)
    built = build_quietly(project(folder, store=store))
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return folder / "build" / "sak"


def on_page(tab: Page, page: Path, within: str = ".text") -> list[str]:
    """The markers as Chromium draws them, and tells them to a screen reader."""
    tab.goto(page.as_uri())
    tab.evaluate(
        "within => document.body.replaceChildren(...document.querySelectorAll(within))", within
    )
    return markers_on(tab)


def markers_on(page: Page) -> list[str]:
    """The markers on an open page, in its order."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {each["nodeId"]: each for each in nodes}
    found, ahead = [], [nodes[0]]
    while ahead:
        node = ahead.pop()
        if node["role"]["value"] == "ListMarker":
            found.append(node["name"]["value"].strip())
        ahead += reversed([by_id[each] for each in node["childIds"] if each in by_id])
    return found


def on_paper(pdf: Path) -> list[str]:
    """The markers in the labels of a PDF's lists, without paragraphs' numbers and letters."""
    items = read_tags(pdf).all("LI", "Note")
    labels = [each.text for item in items for each in item.kids[:1] if isinstance(each, Read)]
    return [re.sub(r"^(\d+\.\d+|[a-z])( |$)", "", each).strip() for each in labels]


def numbers(markers: list[str]) -> list[str]:
    """Those of numbered lists: what has a number of its own says nothing of its bullet."""
    return [each for each in markers if re.fullmatch(r"-?\d+[.)]", each)]


def test_the_page_draws_what_was_written(site: Path, tab: Page) -> None:
    assert on_page(tab, site / "eksempel" / "index.html") == MARKERS
    pages = [site / "sporsmal" / name / "index.html" for name in ("en", "to")]
    assert [each for page in pages for each in on_page(tab, page)] == MARKERS[:-3]


@pytest.mark.parametrize("name", [*(f"eksempel/{name}" for name in PRINTS), "moetemappe"])
def test_every_pdf_draws_the_same(site: Path, name: str) -> None:
    assert numbers(on_paper(site / f"{name}.pdf")) == numbers(MARKERS)
    text = "\n".join("\n".join(lines) for lines in page_lines(site / f"{name}.pdf"))
    for line in ("1.4 3. Tre", "7. Nøstet sju", "0. Null", "5) Fem", "11. Elleve", "20. Tjue"):
        assert line in " ".join(text.split()).replace("1.5 a", ""), line


def test_the_data_says_what_stands_before_an_item(site: Path) -> None:
    data = json.loads((site / "data.json").read_text(encoding="utf-8"))
    marked = {each["nummer"]: each.get("merke") for each in data["moetesak"][0]["punkt"]}
    assert [marked[f"1.{at}"] for at in range(1, 8)] == ["1.", "2.", None, "3.", "4.", "5)", "6)"]
    assert marked["1.12"] is None, "a bullet is no number"


def test_a_redline_draws_them_everywhere(tmp_path: Path, tab: Page, store: Path) -> None:
    repo = begun(tmp_path)
    before = "\n## Svar {#en}\n\n3. Tre\n\n4) Fire\n\n   7) Sju\n\n## Svar {#to}\n\nNei.\n"
    repo.commit(statement(before))
    repo.tag("utkast")
    after = before.replace("Tre", "Tre til").replace("Sju", "Sju til").replace("Fire", "Fire til")
    repo.commit(statement(after, "compare_with: utkast\n"))
    assert build_quietly(project(tmp_path, store=store)).published
    folder = tmp_path / "build" / "sak" / "eksempel"
    assert numbers(on_paper(folder / "endringer.pdf")) == ["3.", "4)", "7)"]
    tab.goto((folder / "endringer.html").as_uri())
    assert tab.locator(".item .marker").all_inner_texts() == ["3.", "4)", "7)"]
    said = innspill("redline", "utkast", cwd=tmp_path).stdout
    assert re.findall(r"^(\S+) \*\*1", said, re.MULTILINE) == ["3.", "4)", "7)"]
    values = json.loads(innspill("redline", "utkast", "--format", "json", cwd=tmp_path).stdout)
    (values,) = values if isinstance(values, list) else [values]
    leaves = [leaf for each in values["paragraphs"] for leaf in each["new"]]
    assert [leaf["marker"] for leaf in leaves if leaf["kind"] == "li"] == ["3.", "4)", "7)"]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (
            ".units > li { counter-set: list-item 6 }",
            "page 1 of the PDF has “7.” before “1.1 En”, which is number 1",
        ),
        ("ol { list-style: none }", "“1” is not drawn before “1.1 En”"),
        (
            "ol { list-style: upper-roman }",
            "page 1 of the PDF has “i.” before “1.1 En”, which is number 1",
        ),
        (
            "ul { list-style: decimal }",
            "page 1 of the PDF has “1.” before “1.2 Prikk Under”, which has no number",
        ),
        (
            ".unit > ul > li { counter-increment: letter 2 }",
            "page 1 of the PDF has “b” before “Under”, which is number a",
        ),
        ("ul, ol { list-style-position: inside }", None),
        ("ul { list-style: square } .letter, ul ul { list-style: none }", None),
    ],
)
def test_a_stylesheet_that_draws_others_stops_the_build(
    tmp_path: Path, store: Path, rule: str, says: str | None
) -> None:
    own = tmp_path / "templates" / "print"
    own.mkdir(parents=True)
    shipped = (ROOT / "templates" / "print" / "uttalelse.css").read_text(encoding="utf-8")
    (own / "uttalelse.css").write_text(f"{shipped}\n{rule}\n", encoding="utf-8")
    body = "\n## Svar {#en}\n\n1. En\n\n- Prikk\n    - Under\n\n## Svar {#to}\n\nNei.\n"
    place = project(write(tmp_path, statement(body)), store=store, templates=tmp_path / "templates")
    built = build_quietly(place)
    told = [str(each.message) for each in built.checked.diagnostics if each.code == "print-lists"]
    assert told == ([says] if says else [])
    assert bool(built.published) is (says is None)


@pytest.mark.parametrize(
    ("listed", "numbered"),
    [
        ("<ol><li/><li/></ol>", [1, 2]),
        ("<ol start='0'><li/><li/></ol>", [0, 1]),
        ("<ol start='-2'><li/><li/><li/><li/></ol>", [-2, -1, 0, 1]),
        ("<ol start=' 7x'><li/></ol>", [7]),
        ("<ol start='x'><li/></ol>", [1]),
        ("<ol><li/><li value='9'/><li/><li value='x'/></ol>", [1, 9, 10, 11]),
        ("<ol reversed=''><li/><li/><li/></ol>", [3, 2, 1]),
        ("<ol reversed='' start='9'><li/><li/></ol>", [9, 8]),
    ],
)
def test_what_html_numbers_is_what_chromium_and_weasyprint_draw(
    tab: Page, tmp_path: Path, listed: str, numbered: list[int]
) -> None:
    root = ElementTree.fromstring(f"<body>{listed}</body>")
    assert [number for _, number in ordinals(root[0])] == numbered
    tab.set_content(re.sub(r"<li([^>]*)/>", r"<li\1>x</li>", listed))
    assert markers_on(tab) == [f"{each}." for each in numbered]
    set_counters(root)
    for each in root.iter("li"):
        each.text = "x"
    html = weasyprint.HTML(string=ElementTree.tostring(root, encoding="unicode", method="html"))
    (pdf := tmp_path / "list.pdf").write_bytes(html.write_pdf())
    assert page_lines(pdf) == [[f"{each}. x" for each in numbered]]


def long_lists(folder: Path, store: Path) -> Path:
    """Lists whose numbers are long, beside paragraph numbers that are, in every form there is."""
    parts = [range(8, 13), range(98, 102), range(1998, 2001)]
    lists = ["\n".join(f"{n}. Punkt" for n in each) for each in parts]
    body = "\n\nMellom.\n\n".join(lists)
    text = f"\n## Svar {{#en}}\n\n{body}\n\n## Svar {{#to}}\n\nSvar.\n"
    write(folder, statement(text, "prints: [large, booklet]\n"))
    build_quietly(project(folder, store=store))
    return folder / "build/sak/eksempel"


def test_a_long_number_stands_clear_of_the_paragraphs_own(
    tmp_path: Path, store: Path, tab: Page
) -> None:
    folder = long_lists(tmp_path, store)
    for name in ("uttalelse", "uttalelse-hefte", "uttalelse-stor-skrift"):
        words = [word for page in page_words(folder / f"{name}.pdf") for word in page]
        gaps = [
            after[0] - before[1]
            for before, after in pairwise(words)
            if re.fullmatch(r"1\.\d+", before[2]) and re.fullmatch(r"\d\d+\.", after[2])
        ]
        assert len(gaps) == 10
        assert min(gaps) > 2, name
    tab.set_viewport_size({"width": 1200, "height": 800})
    tab.goto((folder / "index.html").as_uri())
    assert min(tab.eval_on_selector_all(".units > .unit", GAPS)) > 3


GAPS = """items => items.map(item => {
  const marker = document.createElement("span")
  const { start, children } = item.parentElement
  marker.textContent = start + [...children].indexOf(item) + ". "
  marker.style = "position: absolute; white-space: pre"
  item.append(marker)
  const width = marker.getBoundingClientRect().width
  marker.remove()
  const number = document.createRange()
  number.selectNodeContents(item.querySelector(".number"))
  return item.getBoundingClientRect().left - width - number.getBoundingClientRect().right
})"""
"""How many pixels there are between each item's marker and the number in the margin."""
