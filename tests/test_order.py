"""Names sort as their language has it, wherever they are listed: æ, ø and å last."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page
from repositories import begun
from sites import (
    ANSWERS,
    CASE,
    EXAMPLE,
    HEAD,
    Composed,
    build_quietly,
    innspill,
    load,
    project,
    write,
)

from innspill.collation import sort_key

NAMES = [
    "Alna", "Bjerke", "Bydel 2", "bydel 10", "Bydel-råd", "Čáhcesuolu", "Deatnu", "Evje", "Éa",
    "Fet", "Nes", "Ŋuorpmat", "Os", "Tana", "Ŧalla", "Ytre", "Üa", "Zoo", "Ærfugl", "Ä-laget",
    "Øst", "Öst b", "Åsnes", "Aas", "Ås", "Aanes", "Agder", "Å", "A", "a", "B", "1", "2.", "10",
    "Deanu", "Đalla", "S. Øst", "Søndre", "Sør", "Sandøy", "Sámi", "Sama",
]  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_order_is_chromiums_own(tab: Page, language: str) -> None:
    rng = random.Random(7)
    letters = "abdeoætøåöäéčŋđ 12-A Ø"
    words = {*NAMES, *("".join(rng.choices(letters, k=rng.randint(1, 5))) for _ in range(600))}
    # ICU takes the first two thirds of `a` and `ä` for its `aa`.
    words = {each for each in words if not re.search("a[äå]", each, re.IGNORECASE)}
    # Chromium has no order of its own for nn, which shares that of nb (CLDR has them both as no).
    locale = "en" if language == "en" else "nb"
    told = tab.evaluate(
        """([words, locale]) => {
          const order = new Intl.Collator(locale, {numeric: true, sensitivity: "base"})
          return words.map(a => words.map(b => Math.sign(order.compare(a, b))))
        }""",
        [sorted(words), locale],
    )
    keys = [sort_key(each, language)[0] for each in sorted(words)]
    wrong = [
        (a, b)
        for a, row in zip(sorted(words), told, strict=True)
        for b, sign in zip(sorted(words), row, strict=True)
        if ((x := sort_key(a, language)[0]) > (y := sort_key(b, language)[0])) - (x < y) != sign
    ]
    assert len(keys) > 500
    assert wrong == []


COMMITTEES = {
    "z": "Aas bydelsutvalg", "y": "Østre bydelsutvalg", "x": "Ærlige bydelsutvalg",
    "w": "Zoologisk bydelsutvalg", "v": "Bydelsutvalg 10", "u": "bydelsutvalg 2",
    "t": "Ålen bydelsutvalg", "s": "Čáhcesuolu bydelsutvalg",
}  # fmt: skip
"""By the names of their files, which are the other way round."""
SORTED = ["u", "v", "s", "w", "x", "y", "t", "z"]


def site(head: str = "", case: str = CASE) -> dict[str, str]:
    answers = ANSWERS + "\nDette bør overføres.\n"
    front = "adopted: 2026-02-10\nproposals:\n  - {what: Det, move: other, force: bør, "
    front += "quote: Dette bør overføres}\n"
    files = {
        f"sak/{slug}.md": HEAD.replace("Eksempel bydelsutvalg", name).removesuffix("---\n")
        + f"{front}---\n{answers}"
        for slug, name in COMMITTEES.items()
    }
    address = "url: https://www.example.org/\npublisher"
    index = EXAMPLE["index.md"].replace("publisher", address, 1)
    return files | {
        "index.md": index.replace("title:", f"{head}title:", 1),
        "sak/index.md": case,
    }


def slugs_of(found: Composed) -> list[str]:
    return [each.folder.split("/")[-2] for each in found.statements]


def slugs(text: str, pattern: str) -> list[str]:
    """The statements that a text names, in order, each once."""
    return list(dict.fromkeys(re.findall(pattern, text)))


@pytest.mark.parametrize("lang", ["nb", "nn"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_statements_stand_in_the_order_of_their_names_everywhere(
    tmp_path: Path, store: Path, lang: str, jobs: str
) -> None:
    folder = write(tmp_path, site(f"lang: {lang}\n"))
    innspill("build", "--no-pdf", "--jobs", jobs, "--store", store, cwd=folder)
    built = folder / "build"
    for page in ("index.html", "innhold/index.html", "sak/index.html", "sak/forslag/index.html"):
        if not (built / page).exists():
            continue
        text = (built / page).read_text(encoding="utf-8")
        found = slugs(text, r'href="(?:sak/|\.\./sak/|\.\./)?([s-z])/index\.html')
        assert found in (SORTED, []), page
    question = (built / "sak/sporsmal/en/index.html").read_text(encoding="utf-8")
    assert slugs(question, 'id="answer-([s-z])"') == SORTED
    names = [COMMITTEES[each] for each in SORTED]
    rows = csv.reader(
        io.StringIO((built / "sak/forslag.csv").read_text("utf-8-sig")), delimiter=";"
    )
    assert [row[0] for row in rows][1:] == names
    data = json.loads((built / "sak/data.json").read_text(encoding="utf-8"))
    assert [each["utvalg"] for each in data["moetesak"]] == names
    index = (built / "assets/search-index.js").read_text(encoding="utf-8")
    assert slugs(index, r'"url":"sak/([s-z])/') == SORTED
    feed = (built / "feed.xml").read_text(encoding="utf-8")
    assert slugs(feed, r"org/sak/([s-z])/") == SORTED


def test_the_simple_way_has_the_same_order(tmp_path: Path) -> None:
    _, found = load(write(tmp_path, site()))
    assert slugs_of(found) == SORTED
    names = "committees:\n" + "".join(f"  - {COMMITTEES[each]}\n" for each in "ztu")
    asked = site(case=CASE.replace("questions", f"{names}questions", 1))
    _, found = load(write(tmp_path, asked))
    assert slugs_of(found) == ["z", "t", "u", "v", "s", "w", "x", "y"]


def test_in_english_they_stand_among_the_others(tmp_path: Path) -> None:
    _, found = load(write(tmp_path, site("lang: en\n")))
    assert slugs_of(found) == ["z", "x", "t", "u", "v", "s", "y", "w"]


def test_pages_and_folders_stand_in_order_on_disk_and_in_git(tmp_path: Path, store: Path) -> None:
    titles = ["b2", "b10", "z", "æ", "ø", "å"]
    pages = {f"{each}.md": f"---\ntitle: Side {each}\n---\n\nHei.\n" for each in titles}
    folders = {
        f"om/{each}/index.md": text for each, text in zip(titles, pages.values(), strict=True)
    }
    repo = begun(tmp_path)
    folders = {path: text.replace("Side", "Mappe") for path, text in folders.items()}
    repo.commit({**EXAMPLE, **pages, **folders})
    _, found = load(tmp_path)
    expected = [f"{kind} {each}" for kind in ("Mappe", "Side") for each in titles]
    assert [each.title for each in found.pages] == expected
    build_quietly(project(tmp_path, store=store), with_pdf=False)
    said = innspill("verify", "build", cwd=tmp_path).stdout
    assert "git was not asked" not in said


TITLES = {"z": "Alna 9", "y": "alna 10", "x": "Ærlig sak", "w": "Østlig sak", "v": "Ås sak"}
"""By the names of their files, which are the other way round."""


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_cases_and_pages_are_listed_by_their_titles(tmp_path: Path, store: Path, lang: str) -> None:
    cases = {
        f"{name}/index.md": CASE.replace("title: Eksempelsak", f"title: {title}")
        for name, title in TITLES.items()
    }
    pages = {
        f"om/{name}.md": f"---\ntitle: {title}\n---\n\nHei.\n" for name, title in TITLES.items()
    }
    files = {**site(f"lang: {lang}\n"), **cases, **pages}
    build_quietly(project(write(tmp_path, files), store=store), with_pdf=False)
    built = tmp_path / "build"
    for page in ("index.html", "innhold/index.html"):
        text = (built / page).read_text(encoding="utf-8")
        assert slugs(text, r'href="(?:\.\./)?([v-z])/index\.html') == list(TITLES), page
        assert slugs(text, r'href="(?:\.\./)?om/([v-z])/index\.html') == list(TITLES), page
