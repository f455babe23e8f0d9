"""Published versions: what a tag names keeps its address, its words, its numbers, its bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from checkers import LOOKS, nu, wrong
from everything import picture
from paper import page_texts
from playwright.sync_api import Browser, Page
from repositories import Repo, begun, git
from sites import (
    ANSWERS,
    EXAMPLE,
    build_quietly,
    check_quietly,
    codes,
    project,
    statement,
    texts_of,
    tree,
    write,
)
from test_reading import pasted

from innspill.compose.versions import named_by_tag
from innspill.project import BuildResult
from innspill.render.views import as_published

DRAFT = "sak/eksempel/2024-03-07-utkast"
ADOPTED = "sak/eksempel/2024-03-21-vedtatt"
FOLDER = "sak/eksempel/versjon/"
FIRST = ANSWERS.replace("det ene", "det første") + "\n![Et kart](kart.png) [Se](#p1-1)\n"


@pytest.fixture(scope="session")
def versions(tmp_path_factory: pytest.TempPathFactory, store: Path) -> tuple[Repo, BuildResult]:
    """A draft and an adopted text, tagged, and a later one; built with PDFs."""
    repo = begun(tmp_path_factory.mktemp("versions"))
    (repo.root / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    repo.commit(
        {**statement(FIRST, "prints: [large]\n"), "sak/kart.png": picture("PNG")},
        "Utkast",
        "2024-03-07",
    )
    repo.tag(DRAFT)
    repo.commit({**statement(ANSWERS), "sak/kart.png": picture("PNG", (9, 9))}, "Vedtatt")
    repo.tag(ADOPTED)
    repo.commit(statement(ANSWERS + "\nEt tillegg.\n"), "Retting", "2024-04-11")
    return repo, build_quietly(project(repo.root, store=store), strict=True)


def page(repo: Repo, path: str) -> str:
    return (repo.root / "build" / path).read_text(encoding="utf-8")


def test_names() -> None:
    for tag, form in (
        (ADOPTED, "<consultation>/<statement>/<date>-<word>"),
        ("eksempel-2024-03-21-vedtatt", "<statement>-<date>-<word>"),
        ("v/vedtatt@2024-03-21/sak/eksempel", "v/<word>@<date>/<consultation>/<statement>"),
    ):
        found = named_by_tag(tag, form)
        assert found
        assert found.version == "2024-03-21-vedtatt"
        assert found.is_of("sak/eksempel.md")
        assert not found.is_of("sak/annen.md")
        assert found.is_of("annen/eksempel.md") == (found.consultation is None)
    for tag in ("sak/eksempel", "sak/eksempel/vedtatt", f"{ADOPTED}/mer", "v1", "2024-03-21-a"):
        assert named_by_tag(tag) is None
    deeper = named_by_tag(f"x/{ADOPTED}")
    assert deeper
    assert deeper.is_of("x/sak/eksempel.md")
    assert not deeper.is_of("sak/eksempel.md")
    assert named_by_tag("sak/eksempel/2024-02-30-vedtatt") is None
    assert named_by_tag("sak/eksempel/2024-03-21-Vedtatt") is None


@pytest.mark.parametrize(
    "form",
    [
        "<statement>-<date>",
        "<statement><date>-<word>",
        "<consultation>-<statement>/<date>-<word>",
        "<statement>/<date>-<word>/<date>",
        "<statement>/<date>-<word>/<hva>",
        "<statement>/<date>-<word> og mer",
    ],
)
def test_a_form_that_no_tag_can_be_told_by(tmp_path: Path, form: str) -> None:
    index = EXAMPLE["index.md"].replace("\n---\n\n", f"\nversion_tags: {form}\n---\n\n")
    assert codes(tmp_path, {**EXAMPLE, "index.md": index}) == ["bad-value:4"]


def test_a_site_has_its_own_form_of_tags(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    form = "version_tags: <statement>-<date>-<word>\n"
    index = EXAMPLE["index.md"].replace("\n---\n\n", f"\n{form}---\n\n")
    repo.commit({**EXAMPLE, "index.md": index})
    repo.tag(ADOPTED)
    repo.tag("eksempel-2024-03-21-vedtatt")
    repo.tag("eksempel-2024-04-11-referat")
    front = "withdrawn:\n  - tag: {tag}\n    date: 2024-05-02\n    why: Nei.\n"
    write(repo.root, statement(ANSWERS, front.format(tag="eksempel-2024-04-11-referat")))
    write(repo.root, {"index.md": index})
    checked = check_quietly(project(repo.root))
    [fault] = checked.diagnostics
    assert str(fault.message) == (
        f'the tag "{ADOPTED}" publishes no version: its form is not <statement>-<date>-<word>'
    )
    git(repo.root, "tag", "--delete", ADOPTED)
    [found] = checked.site.statements
    assert [each.name for each in found.versions] == ["2024-03-21-vedtatt"]
    assert [each.version.name for each in found.withdrawn if each.version] == ["2024-04-11-referat"]
    write(
        repo.root,
        {"sak/eksempel.md": statement(ANSWERS, front.format(tag=ADOPTED))["sak/eksempel.md"]},
    )
    [fault] = check_quietly(project(repo.root)).diagnostics
    assert "eksempel-2024-03-21-vedtatt" in str(fault.hint)


def copied(browser: Browser, page: Path, number: str) -> list[str]:
    """What a number copies, by lines."""
    opened = browser.new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    opened.goto(page.as_uri())
    opened.click(f"#{number} > .number")
    opened.wait_for_selector(f"#{number} > .number.done")
    lines = pasted(opened).split("\n")
    opened.context.close()
    return lines


def test_a_reference_leads_to_the_version_that_it_was_copied_from(
    versions: tuple[Repo, BuildResult], chromium: Browser
) -> None:
    site = versions[0].root / "build"
    for name, words in {
        "2024-03-21-vedtatt": "21. mars 2024, vedtatt",
        "2024-03-07-utkast": "7. mars 2024, utkast",
    }.items():
        page = site / FOLDER / name / "index.html"
        told, address = copied(chromium, page, "p1-1")
        assert told == f"Eksempel bydelsutvalg, Eksempel på uttalelse, {words}, punkt 1.1"
        assert address == f"{page.as_uri()}#p1-1"
    page = site / "sak/eksempel/index.html"
    assert copied(chromium, page, "p1-1") == [
        "Eksempel bydelsutvalg, Eksempel på uttalelse, punkt 1.1",
        f"{page.as_uri()}#p1-1",
    ]


def test_a_reference_to_a_text_that_was_published_leads_to_the_version(
    versions: tuple[Repo, BuildResult], tmp_path: Path, chromium: Browser
) -> None:
    git(tmp_path, "clone", "--quiet", versions[0].root, "clone")
    folder = write(tmp_path / "clone", statement(ANSWERS))
    build_quietly(project(folder), with_pdf=False)
    version = folder / "build" / FOLDER / "2024-03-21-vedtatt/index.html"
    assert copied(chromium, folder / "build/sak/eksempel/index.html", "p2-1") == [
        "Eksempel bydelsutvalg, Eksempel på uttalelse, 21. mars 2024, vedtatt, punkt 2.1",
        f"{version.as_uri()}#p2-1",
    ]
    case = EXAMPLE["sak/index.md"]
    first, second = (case.index(f"- id: {name}") for name in ("en", "to"))
    end = case.index("---", second)
    swapped = case[:first] + case[second:end] + case[first:second] + case[end:]
    write(folder, {"sak/index.md": swapped})
    checked = check_quietly(project(folder))
    assert as_published(texts_of(checked)[0]) is None


def test_each_tag_of_the_form_is_published(versions: tuple[Repo, BuildResult]) -> None:
    repo, built = versions
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    made = {path.removeprefix(FOLDER) for path in tree(repo.root / "build") if FOLDER in path}
    files = {"index.html", "endringer.html", "uttalelse.pdf", "sammendrag.pdf"}
    names = ("2024-03-07-utkast", "2024-03-21-vedtatt")
    assert made == {f"{name}/{file}" for name in names for file in files} | {
        "2024-03-07-utkast/filer/sak/kart.png",
        "2024-03-07-utkast/uttalelse-stor-skrift.pdf",
    }


def test_a_version_shows_its_own_text_and_leads_to_the_newer_one(
    versions: tuple[Repo, BuildResult],
) -> None:
    repo, _ = versions
    draft = page(repo, f"{FOLDER}2024-03-07-utkast/index.html")
    assert "Dette er svaret på det første." in draft
    notice = draft[draft.index('class="version-notice"') :].partition("</section>")[0]
    assert 'href="../../index.html"' in notice
    assert 'href="endringer.html"' in notice
    assert 'src="filer/sak/kart.png"' in draft
    image = repo.root / "build" / f"{FOLDER}2024-03-07-utkast/filer/sak/kart.png"
    assert image.read_bytes() == picture("PNG")
    assert 'href="#p1-1">Se</a>' in draft
    changes = page(repo, f"{FOLDER}2024-03-07-utkast/endringer.html")
    assert "første" in changes
    assert ".pdf" not in changes


def test_the_statement_lists_its_versions_the_newest_first(
    versions: tuple[Repo, BuildResult],
) -> None:
    listed = page(versions[0], "sak/eksempel/index.html")
    section = listed[listed.index('class="versions"') :].partition("</section>")[0]
    assert re.findall(r'href="versjon/([^/]+)/index.html"', section) == [
        "2024-03-21-vedtatt",
        "2024-03-07-utkast",
    ]


def test_every_link_of_a_version_leads_somewhere(versions: tuple[Repo, BuildResult]) -> None:
    pages = sorted((versions[0].root / "build" / FOLDER).rglob("*.html"))
    assert len(pages) == 4
    for path in pages:
        for href in re.findall(r'(?:href|src)="([^":#]+)', path.read_text(encoding="utf-8")):
            assert (path.parent / href).is_file(), (path, href)
    assert nu(pages) == []


def test_what_a_version_linked_to_may_be_gone(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    links = "\nSe [om oss](../om.md), [saken](index.md#questions) og [den andre](annen.md#p1-1).\n"
    other = EXAMPLE["sak/eksempel.md"].replace("Eksempel bydelsutvalg", "Annet bydelsutvalg")
    about = "---\ntitle: Om oss\n---\n\nNoe.\n"
    repo.commit({**statement(ANSWERS + links), "om.md": about, "sak/annen.md": other})
    repo.tag(ADOPTED)
    version = f"{FOLDER}2024-03-21-vedtatt/index.html"
    build_quietly(project(repo.root), with_pdf=False, strict=True)
    assert '<a href="../../../../om/index.html">om oss</a>' in page(repo, version)
    write(repo.root, statement(ANSWERS))
    for name in ("om.md", "sak/annen.md"):
        (repo.content / name).unlink()
    build_quietly(project(repo.root), with_pdf=False, strict=True)
    changes = page(repo, version.replace("index", "endringer"))
    assert "om oss" in changes
    assert not re.search(r'href="[^"]*(om|annen)/index\.html', changes)
    line = 'Se om oss, <a href="../../../index.html#questions">saken</a> og den andre.'
    assert line in page(repo, version)


def test_a_version_is_the_same_after_ten_later_commits(
    versions: tuple[Repo, BuildResult], tmp_path: Path, store: Path
) -> None:
    git(tmp_path, "clone", "--quiet", versions[0].root, "clone")
    repo = Repo(tmp_path / "clone")
    for number in range(10):
        body = ANSWERS.replace("det ene", f"det {number}.")
        repo.commit({**statement(body), "sak/kart.png": picture("PNG", (number + 1, 5))})
    named = EXAMPLE["index.md"].replace("Eksempelnettsted", "Et nytt navn på nettstedet")
    case = EXAMPLE["sak/index.md"].replace("Hva er det ene?", "Hva er nå det ene?")
    repo.commit({"index.md": named, "sak/index.md": case})
    build_quietly(project(repo.root, store=store), strict=True)
    before, after = tree(versions[0].root / "build"), tree(repo.root / "build")
    for path in before:
        if path.startswith(FOLDER) and path.endswith((".pdf", ".png")):
            assert after[path] == before[path], path
    text = re.compile(r'<section class="text".*?</section>\n<', re.DOTALL)
    for name in ("2024-03-07-utkast", "2024-03-21-vedtatt"):
        both = [
            text.findall(made[f"{FOLDER}{name}/index.html"].decode()) for made in (before, after)
        ]
        assert both[0] == both[1] != []


def test_what_is_withdrawn_leaves_a_page_that_says_why(
    versions: tuple[Repo, BuildResult], tmp_path: Path, store: Path
) -> None:
    git(tmp_path, "clone", "--quiet", versions[0].root, "clone")
    repo = Repo(tmp_path / "clone")
    front = f"withdrawn:\n  - tag: {DRAFT}\n    date: 2024-05-02\n    why: Et navn sto der.\n"
    write(repo.root, statement(ANSWERS, front))
    for _ in range(2):
        build_quietly(project(repo.root, store=store), with_pdf=False)
        left = tree(repo.root / "build" / FOLDER / "2024-03-07-utkast")
        assert list(left) == ["index.html"]
        assert "Et navn sto der." in left["index.html"].decode()
        assert "det første" not in left["index.html"].decode()
        git(repo.root, "tag", "--delete", DRAFT) if git(repo.root, "tag", "-l", DRAFT) else None


def test_axe_finds_nothing_on_versions_and_notices(
    versions: tuple[Repo, BuildResult], tmp_path: Path, tab: Page
) -> None:
    git(tmp_path, "clone", "--quiet", versions[0].root, "clone")
    front = f"withdrawn:\n  - tag: {DRAFT}\n    date: 2024-05-02\n    why: Et navn sto der.\n"
    folder = write(tmp_path / "clone", statement(ANSWERS, front))
    build_quietly(project(folder), with_pdf=False)
    published = versions[0].root / "build" / FOLDER
    for page in (
        published / "2024-03-07-utkast/index.html",
        published / "2024-03-07-utkast/endringer.html",
        published.parent / "index.html",
        folder / "build" / FOLDER / "2024-03-07-utkast/index.html",
        folder / "build" / FOLDER.replace("versjon/", "index.html"),
    ):
        for look, width in (("light", 320), ("dark", 1280)):
            tab.emulate_media(**LOOKS[look])
            tab.set_viewport_size({"width": width, "height": 900})
            tab.goto(page.as_uri())
            assert wrong(tab) == {}, (page, look)
            assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), page


def test_a_tag_that_is_none_of_its_versions_can_not_be_withdrawn(tmp_path: Path) -> None:
    front = (
        "withdrawn:\n  - tag: sak/annen/2024-03-21-vedtatt\n    date: 2024-05-02\n    why: Nei.\n"
    )
    assert codes(tmp_path, statement(ANSWERS, front)) == ["withdrawn:6"]


@pytest.mark.parametrize(
    "then",
    [
        {**EXAMPLE, "sak/eksempel.md": "Bare tekst.\n"},
        {path: text for path, text in EXAMPLE.items() if path != "index.md"},
        {path: text for path, text in EXAMPLE.items() if path != "sak/index.md"},
    ],
    ids=["text", "site", "consultation"],
)
def test_a_version_that_can_not_be_read_is_said(tmp_path: Path, then: dict[str, str]) -> None:
    repo = begun(tmp_path)
    repo.commit(then)
    repo.tag(ADOPTED)
    write(repo.root, EXAMPLE)
    found = check_quietly(project(repo.root)).diagnostics
    assert [each.code for each in found] == ["version"]
    assert ADOPTED in str(found[0].message)


HOSTILE = """
## Svar {#en}

Ring 912 34 567 om 中 på [siden](#p9-9).

![En bombe](bombe.png) ![Ingen bilde](/etc/passwd) ![Tekst](tekst.png)

<script>alert(1)</script>

## ![Toppen](toppen.png) Svar {#to}

### Et nivå

##### For dypt

Nei. ![Et kart](kart.png)
"""


def test_what_is_wrong_with_a_version_is_said_and_never_reaches_the_renderer(
    tmp_path: Path, store: Path
) -> None:
    repo = begun(tmp_path)
    files = {
        "bombe.png": picture("PNG")[:60],
        "toppen.png": picture("PNG")[:60],
        "tekst.png": b"Ikke et bilde",
        "kart.png": picture("PNG"),
    }
    front = "summary:\n  - about: en\n    point: Det ene.\n    quote: Dette står ikke der\n"
    repo.commit(
        {**statement(HOSTILE, front), **{f"sak/{name}": data for name, data in files.items()}}
    )
    repo.tag(ADOPTED)
    repo.commit(EXAMPLE)
    built = build_quietly(project(repo.root, store=store))
    found = {(each.code, each.severity.value) for each in built.checked.diagnostics}
    assert {code for code, _ in found} >= {
        "phone", "no-glyph", "no-image", "image-damaged",
        "raw-html", "heading-skip",
    }  # fmt: skip
    # Where raw HTML took text, nothing is said of quotes and places.
    assert {code for code, _ in found}.isdisjoint({"quote-missing", "dead-link"})
    assert {how for _, how in found} == {"warning"}
    where = f"{ADOPTED}:content/sak/eksempel.md"
    told = [each for each in built.checked.diagnostics if each.code != "unused"]
    assert {each.at.path for each in told} == {where}
    assert where in built.checked.texts
    assert built.published
    folder = repo.root / "build" / FOLDER / "2024-03-21-vedtatt"
    assert list(tree(folder / "filer")) == ["sak/kart.png"]
    shown = (folder / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<img src="([^"]+)"', shown) == ["filer/sak/kart.png"]
    assert "En bombe" in shown
    assert "<script>alert" not in shown
    assert "om 中 på siden." in shown
    assert "print" not in {code for code, _ in found}
    assert "om [U+4E2D] på siden." in page_texts(folder / "uttalelse.pdf")[0]


def test_what_is_meant_for_everyone_may_stand_in_a_version(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    repo.commit(statement(ANSWERS + "\nRing 912 34 567.\n"))
    repo.tag(ADOPTED)
    repo.commit(EXAMPLE)
    [found] = check_quietly(project(repo.root)).diagnostics
    assert found.code == "phone"
    assert "may_be_published" in str(found.hint)
    assert "withdraw" in str(found.hint)
    listed = EXAMPLE["index.md"].replace("\n---\n\n", "\nmay_be_published: [912 34 567]\n---\n\n")
    write(repo.root, {"index.md": listed})
    assert check_quietly(project(repo.root)).diagnostics == ()


def test_an_earlier_text_that_is_compared_with_is_held_to_the_rules(tmp_path: Path) -> None:
    repo = begun(tmp_path)
    repo.commit(statement(ANSWERS + "\nRing 912 34 567, 中. <b>Nei</b>\n"))
    git(repo.root, "tag", "utkast")
    write(repo.root, statement(ANSWERS, "compare_with: utkast\n"))
    found = check_quietly(project(repo.root)).diagnostics
    assert [f"{each.severity.value} {each.code} {each.at.path}" for each in found] == [
        f"warning {code} utkast:content/sak/eksempel.md"
        for code in ("phone", "no-glyph", "raw-html")
    ]
