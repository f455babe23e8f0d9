"""Search in a real browser, opened from the disk; and the index that it reads."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from checkers import settled
from committees import NAMES
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, BrowserContext, Page
from sites import HEAD, ROOT, build_quietly, codes, load, project, statement, write

from innspill.project import BuildResult
from innspill.render.diacritics import folded
from innspill.render.search import search_index, statement_rows

BODY = """
Innledningen handler om Økern og eldreomsorg.

## Svar {#en}

Første avsnitt om ære og kafé.

### Økonomien

Bydelen må få flere midler, <3 &lt;/script>.

- Et punkt om skolevei
- Et punkt om barnehager[^n]

::: mindretall {by="Eksempel parti"}
Mindretallet ønsker en svømmehall.
:::

[^n]: Noten nevner Grønland.

## Svar {#to}

For mye å gjøre før jul.

Det er for mange møter, og bare én mote.
"""
SUMMARY = """\
summary:
  - about: en
    point: Flere midler trengs.
    quote: Bydelen må få flere midler
proposals:
  - what: Flere midler hit
    move: to_district
    force: må
    quote: Bydelen må få flere midler
"""
NYNORSK = HEAD.replace("Eksempel bydelsutvalg", "Eksempel nynorskutval").replace(
    "status: adopted", "status: draft\nlang: nn"
)
FILES = {
    **statement(BODY, SUMMARY),
    "sak/nynorsk.md": NYNORSK + "\n## Svar {#en}\n\nÆre vere skulevegen.\n",
    "om/hjelp.md": "---\ntitle: Hjelp\n---\n\n## Kontakt\n\n- Ring resepsjonen\n- Skriv et brev\n",
}
HERE = "sak/eksempel/index.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The published folder of a site with two statements, its path awkward on purpose."""
    folder = tmp_path_factory.mktemp("søk & #1 100%")
    built = build_quietly(project(write(folder, FILES), store=store), with_pdf=False)
    assert built.published, built.checked.diagnostics
    return folder / "build"


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture
def page(tab: Page, built: Path) -> Page:
    """A statement's page, a few folders down."""
    return opened(tab, built)


def opened(tab: Page, built: Path, path: str = HERE) -> Page:
    tab.goto((built / path).as_uri())
    return tab


def search(page: Page, query: str) -> list[str]:
    """Writes into the field, and gives each page found with each place in it, [hits] marked."""
    page.fill("#search-field", query)
    wait_until_searched(page)
    found: list[str] = page.eval_on_selector_all(
        ".search-hits > li",
        """all => all.flatMap(each => {
          const copy = each.cloneNode(true);
          for (const each of copy.querySelectorAll(".for-ears")) each.remove();
          for (const each of copy.querySelectorAll("mark")) each.replaceWith(`[${each.innerText}]`);
          const said = (element) => element.textContent.replaceAll("\u00a0", " ").trim();
          const head = said(copy.querySelector(".search-page"));
          const hits = [...copy.querySelectorAll("ul > li")];
          const inside = hits.map(hit => [head, ...[...hit.querySelectorAll("p")].map(said)]);
          const isHit = copy.querySelector(".search-page a");
          return [...(isHit ? [[head]] : []), ...inside].map(lines => lines.join(" | "));
        })""",
    )
    return found


def wait_until_searched(page: Page) -> None:
    """The first search waits for two scripts, in any order; later ones for nothing."""
    page.wait_for_function(
        """() => {
          const said = document.querySelector(".search-status").textContent;
          const { loading } = document.querySelector(".search").dataset;
          return document.querySelector(".search-hits li") || !["", loading].includes(said);
        }"""
    )


def wait_until_it_says(page: Page, words: str) -> None:
    """What was found is said once the reader rests."""
    said = "words => document.querySelector('.search-form [role=status]').innerText === words"
    page.wait_for_function(said, arg=words)


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        (
            "omsorg",
            ["Eksempel bydelsutvalg | punkt 0.1 | Innledningen handler om Økern og eldre[omsorg]."],
        ),
        (
            "OKERN",
            ["Eksempel bydelsutvalg | punkt 0.1 | Innledningen handler om [Økern] og eldreomsorg."],
        ),
        (
            "KAFE aere",
            [
                "Eksempel bydelsutvalg | punkt 1.1 Det ene | Første avsnitt om [ære] og [kafé].",
            ],
        ),
        (
            "skolevei okonomi",
            [
                "Eksempel bydelsutvalg | punkt 1.3 Det ene – [Økonomi]en | Et punkt om [skolevei]",
            ],
        ),
        (
            "svømmehall",
            [
                " | ".join(
                    (
                        "Eksempel bydelsutvalg",
                        "punkt 1.5 Mindretallsmerknad fra Eksempel parti · Det ene – Økonomien",
                        "Mindretallet ønsker en [svømmehall].",
                    )
                )
            ],
        ),
        ("grønland", ["Eksempel bydelsutvalg | Noter | Noten nevner [Grønland]."]),
        ("resepsjonen", ["Hjelp | Kontakt | Ring [resepsjonen]"]),
        (
            "hva andre",
            [
                "Det [andre] spørsmål 2 | spørsmål 2 Eksempelsak | [Hva] er det [andre]?",
            ],
        ),
        (
            "skulevegen",
            ["Eksempel nynorskutval Utkast | punkt 1.1 Det ene | Ære vere [skulevegen]."],
        ),
        (
            "punkt 2.1",
            ["Eksempel bydelsutvalg | punkt 2.1 Det andre | For mye å gjøre før jul."],
        ),
        (
            "«eldreomsorg»",
            ["Eksempel bydelsutvalg | punkt 0.1 | Innledningen handler om Økern og [eldreomsorg]."],
        ),
        ("omsorg kafe", []),
        ("omsorg unkt", []),
        ("nynorsk kafe", []),
    ],
)
def test_what_a_search_finds(page: Page, query: str, hits: list[str]) -> None:
    assert search(page, query) == hits


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("5.2", "Alna bydelsutvalg | punkt 5.2 Oppgaver til bydelene | Bydelene kan tilføres"),
        ("24/7516", "Alna bydelsutvalg | Saksnummer og referanser | [24/7516] - 3 · 23/5459-1"),
        ("23/5459-1 korkunc", ""),
        ("samfunnsutvikling", "[Samfunnsutvikling] spørsmål 3"),
        ("samarbeid", "[Samarbeid] mellom bydelene spørsmål 7"),
        ("spørsmål 5", "Oppgaver til bydelene [spørsmål] 5"),
        ("tt", "Alna bydelsutvalg | Forslag | [TT]-ordningen"),
        ("skolen", "Alna bydelsutvalg | Forslag | Ansvaret for grunn[skolene]"),
        ("budsjettene", "Alna bydelsutvalg | punkt 1.1 Tjenesteproduksjon | … Bydel Alna"),
        ("50000", "Alna bydelsutvalg | punkt 1.1 Tjenesteproduksjon | "),
    ],
)
def test_what_comes_first_on_the_real_site(
    tab: Page, real: tuple[Path, BuildResult], query: str, first: str
) -> None:
    found = search(opened(tab, real[0], "index.html"), query)
    assert found[0].startswith(first) if first else not found


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("sykehjemm", "sykehjem"),
        ("snømåkning", "snømåking"),
        ("grunskole", "grunnskolene"),
        ("barnehaeg ", "barnehagene"),
    ],
)
def test_a_slip_finds_what_is_written_like_it_and_says_so(
    tab: Page, real: tuple[Path, BuildResult], slip: str, meant: str
) -> None:
    opened_page = opened(tab, real[0], "index.html")
    found = search(opened_page, slip)
    assert found[0].startswith("Alna bydelsutvalg")
    assert all("[" in hit for hit in found)
    told = f"Ingen treff på «{slip.strip()}». Viser treff på «{meant}»: "
    starts = "told => document.querySelector('.search-status').textContent.startsWith(told)"
    opened_page.wait_for_function(starts, arg=told)
    assert search(opened_page, "vektere") == []
    assert search(opened_page, "50001") == []  # no slip: another number


def test_a_proposal_comes_before_a_main_point_and_that_before_the_text(page: Page) -> None:
    shown = search(page, "midler")
    assert [hit.split(" | ")[1] for hit in shown] == ["Forslag", "Sammendrag"]
    page.click(".search-rest")
    assert focused(page) == "2"
    last = page.locator(".search-hits ul a").last
    assert (last.get_attribute("href") or "").endswith("#p1-2")


def test_a_heading_comes_before_the_text(page: Page) -> None:
    search(page, "kontakt")
    assert page.locator(".search-hits ul a").first.text_content() == "Kontakt, Hjelp"


def test_as_written_comes_before_as_folded(page: Page) -> None:
    assert "bare én [mote]" in search(page, "mote")[0]
    written, folded, title = search(page, "før")
    assert "punkt 2.1 Det andre" in written
    assert "punkt 2.2 Det andre" in folded
    assert title == "Alle [for]slag"


def test_every_hit_leads_to_its_paragraph(page: Page, built: Path) -> None:
    files = {path.resolve() for path in built.rglob("*.html")}
    found: list[str] = []
    for query in ("eksempel", "det", "midler", "noten", "brev", "nynorsk", "bare møter"):
        search(page, query)
        links = page.eval_on_selector_all(".search-hits a", "all => all.map(each => each.href)")
        found += dict.fromkeys(links)
    for link in dict.fromkeys(found):
        parts = urlsplit(link)
        assert Path(unquote(parts.path)).resolve() in files
        if parts.fragment:
            page.goto(link)
            assert page.locator(f"[id='{parts.fragment}']").is_visible(), link
    assert len(found) > 15


def test_a_text_in_another_language_is_read_in_it(page: Page) -> None:
    search(page, "skulevegen")
    assert page.get_attribute(".search-hits li", "lang") == "nn"


def test_nothing_is_loaded_before_it_is_needed(context: BrowserContext, built: Path) -> None:
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))
    page.goto((built / HERE).as_uri())
    settled(page)
    assert "search.js" in asked
    assert not {"find.js", "search-index.js"} & set(asked)
    page.focus("#search-field")
    page.wait_for_function("() => window.innspillFind && !window.innspillIndex")
    page.focus(".skip")
    page.focus("#search-field")
    page.wait_for_timeout(200)
    assert asked.count("search-index.js") == 1


def test_the_keyboard_does_it_all(page: Page) -> None:
    page.keyboard.press("/")
    assert focused(page) == "search-field"
    page.keyboard.type("midler")
    page.wait_for_selector(".search-hits a")
    page.keyboard.press("ArrowUp")
    assert focused(page) == "search-field"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "1"
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "1"
    page.keyboard.press("Home")
    assert focused(page) == "0"
    page.keyboard.press("ArrowUp")
    assert focused(page) == "search-field"
    page.keyboard.press("Enter")
    assert focused(page) == "0"
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.hash == '#proposal-1'")
    page.wait_for_selector(".search-panel", state="hidden")
    assert page.locator("#proposal-1").evaluate("each => each.matches(':target')")


def focused(page: Page) -> str:
    """The id of what has the focus, or a hit's place among the hits."""
    found: str = page.evaluate(
        """() => {
          const links = [...document.querySelectorAll(".search-hits a")];
          const at = links.indexOf(document.activeElement);
          return at < 0 ? document.activeElement.id : String(at);
        }"""
    )
    return found


@pytest.mark.parametrize("where", ["field", "hit"])
def test_escape_closes_and_leads_back_to_where_the_reader_was(page: Page, where: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 300})
    page.focus("#p2-2 .number")
    before = page.evaluate("window.scrollY")
    assert before > 300
    page.keyboard.press("/")
    page.keyboard.type("midler")
    page.wait_for_selector(".search-hits a")
    if where == "hit":
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.is_hidden(".search-panel")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#p2-2"
    assert page.evaluate("window.scrollY") == before


def test_escape_leads_back_to_the_field_that_was_gone_to(page: Page) -> None:
    page.click("#search-field")
    page.keyboard.type("midler")
    page.wait_for_selector(".search-hits a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert page.is_hidden(".search-panel")
    assert focused(page) == "search-field"
    assert page.input_value("#search-field") == "midler"


def test_what_is_found_is_said_and_so_is_what_is_not(page: Page) -> None:
    for query, words in (
        ("midler", "3 treff"),
        ("m", "Skriv minst to bokstaver"),
        ("finnesikke", "Ingenting inneholder alle disse ordene"),
    ):
        search(page, query)
        wait_until_it_says(page, words)


def test_the_key_can_be_turned_off_and_stays_off(page: Page, built: Path) -> None:
    search(page, "midler")
    page.uncheck(".search-key")
    assert page.get_attribute("#search-field", "aria-keyshortcuts") is None
    page.goto((built / "index.html").as_uri())
    page.keyboard.press("/")
    assert focused(page) == ""
    page.focus("#search-field")
    page.keyboard.type("midler")
    page.wait_for_selector(".search-hits a")
    page.check(".search-key")
    page.goto((built / "index.html").as_uri())
    page.keyboard.press("/")
    assert focused(page) == "search-field"


def test_the_key_is_a_character_where_one_writes(page: Page) -> None:
    page.focus("#search-field")
    page.keyboard.type("24/75")
    assert page.input_value("#search-field") == "24/75"


def test_an_index_that_does_not_come_is_said_and_asked_for_again(
    context: BrowserContext, built: Path
) -> None:
    page = context.new_page()
    page.route("**/search-index.js", lambda route: route.abort())
    page.goto((built / HERE).as_uri())
    page.focus("#search-field")
    page.keyboard.type("midler")
    page.wait_for_function(
        "() => document.querySelector('.search-status').textContent == 'Søket kunne ikke lastes'"
    )
    page.unroute("**/search-index.js")
    page.keyboard.type(" ")
    page.wait_for_selector(".search-hits a")


def test_many_hits_come_in_steps(tmp_path: Path, store: Path, tab: Page) -> None:
    body = "\n## Svar {#en}\n\n" + "Et eksempelord.\n\n" * 45 + "## Svar {#to}\n\nNei.\n"
    build_quietly(project(write(tmp_path, statement(body)), store=store), with_pdf=False)
    page = opened(tab, tmp_path / "build")
    assert len(search(page, "eksempelord")) == 2
    wait_until_it_says(page, "45 treff")
    page.click(".search-rest")
    assert focused(page) == "2"
    assert page.locator(".search-hits ul > li").count() == 45
    assert page.locator(".search-rest").count() == 0
    assert page.is_hidden(".search-more")


def test_committees_that_say_the_same_take_one_place_each(
    consultations: dict[int, Path], tab: Page
) -> None:
    page = opened(tab, consultations[15], "index.html")
    found = search(page, "eksempeloppgavene")
    wait_until_it_says(page, "30 treff")
    assert [each.split(" | ")[0].replace(" Utkast", "") for each in found[::2]] == list(NAMES[:10])
    page.click(".search-more button")
    assert page.locator(".search-hits > li").count() == 15
    assert page.is_hidden(".search-more")


def test_without_scripts_there_is_no_field_but_a_list_of_everything(
    chromium: Browser, built: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = opened(context.new_page(), built)
    assert page.is_hidden(".search-form")
    page.click(".search-without a")
    assert page.url.endswith("/innhold/index.html")
    listed = [text.strip() for text in page.locator("main a").all_inner_texts()]
    context.close()
    assert listed == [
        *("Eksempelsak", "Spørsmålene", "1. Det ene", "2. Det andre"),
        *("Uttalelse fra Eksempel bydelsutvalg", "Sammendrag", "Forslag"),
        *("1. Det ene", "Økonomien", "2. Det andre"),
        *("Uttalelse fra Eksempel nynorskutval", "1. Det ene"),
        *("Eksempelnettsted", "Hjelp", "Kontakt"),
    ]


def test_nothing_moves_when_the_field_comes(chromium: Browser, tab: Page, built: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    silent = context.new_page()
    for width in (320, 768, 1280):
        places = set()
        for page in (tab, silent):
            page.set_viewport_size({"width": width, "height": 800})
            box = opened(page, built).locator("h1").bounding_box()
            places.add(box["y"] if box else None)
        assert len(places) == 1, width
    context.close()


def test_the_hits_push_no_page_sideways(tab: Page, built: Path) -> None:
    for width in (320, 390, 768, 1280):
        tab.set_viewport_size({"width": width, "height": 600})
        page = opened(tab, built)
        assert search(page, "midler")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        panel = page.locator(".search-panel").bounding_box()
        assert panel
        assert panel["x"] >= 0
        assert panel["x"] + panel["width"] <= width


# The index.


def test_the_index_is_the_same_each_time_and_harms_no_one(tmp_path: Path) -> None:
    hostile = 'Et </script><!-- og \u2028 og \\ og " her.'
    _, site = load(write(tmp_path, statement(f"\n## Svar {{#en}}\n\n`{hostile}`\n")))
    [found] = site.statements
    data, again = (
        b"".join(search_index(site.site, lambda _: statement_rows(found))) for _ in range(2)
    )
    assert data == again
    text = data.decode()
    assert "<" not in text
    assert "\u2028" not in text
    index = json.loads(text.removeprefix("window.innspillIndex = ").removesuffix(";\n"))
    rows = [row for page in index["pages"] for part in page["parts"] for row in part["rows"]]
    assert ["p1-1", "1.1", " ".join(hostile.split())] in rows


def test_every_paragraph_is_in_the_index(real: tuple[Path, BuildResult]) -> None:
    _, site = load(ROOT)
    index = (real[0] / "assets/search-index.js").read_text(encoding="utf-8")
    for letter in site.statements:
        assert len(letter.units) > 30
        for unit in letter.units:
            row = json.dumps([unit.id, unit.number, unit.text], ensure_ascii=False)
            assert row.replace('", "', '","').replace("<", "\\u003c") in index


@pytest.mark.parametrize("name", ["innhold.md", "Innhold.md", "innhold/index.md", "innhold"])
def test_no_one_takes_the_address_of_the_list(tmp_path: Path, name: str) -> None:
    text = "---\ntitle: Eksempel\n---\n" if name.endswith(".md") else "Eksempel"
    files = statement("\n[Eksempel](../innhold)\n") | {name: text}
    assert any(code.startswith("same-url") for code in codes(tmp_path, files))


# Folding.

LATIN = st.characters(max_codepoint=0x24F) | st.characters(
    min_codepoint=0x1E00, max_codepoint=0x1EFF
)


@pytest.fixture(scope="module")
def finder(chromium: Browser, built: Path) -> Iterator[Page]:
    page = chromium.new_page()
    page.goto((built / HERE).as_uri())
    for name in ("find", "search-index"):
        page.add_script_tag(path=built / f"assets/{name}.js")
    page.evaluate("window.finder = window.innspillFind(window.innspillIndex, '', '')")
    yield page
    page.close()


@given(text=st.text(LATIN | st.sampled_from("–’«»…\u0301\u030a\u2028Ωσς"), max_size=30))
@settings(deadline=None, max_examples=300)
def test_python_and_the_browser_fold_alike(finder: Page, text: str) -> None:
    expected = "".join(map(folded, text))
    assert finder.evaluate("text => window.finder.fold(text)", text) == expected


@given(text=st.text(LATIN, min_size=1, max_size=30))
@settings(deadline=None, max_examples=100)
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert "".join(map(folded, composed)) == "".join(map(folded, decomposed))


@given(text=st.text(LATIN | st.sampled_from(" æøåéÆ"), max_size=40), data=st.data())
@settings(deadline=None, max_examples=200)
def test_pieces_are_the_text_and_hits_fold_to_the_query(
    finder: Page, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    query = text[start : start + 4]
    pieces = finder.evaluate("([text, query]) => window.finder.pieces(text, query)", [text, query])
    assert "".join(each["text"] for each in pieces) == text
    hits = " ".join("".join(map(folded, each["text"])) for each in pieces if each["isHit"])
    for word in "".join(map(folded, query)).split():
        bare = word.strip("\"«»“”„'-")
        assert len(bare) < 3 or bare in hits  # of fewer, only the beginnings of words are hits


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("skolen", "grunnskolene og skolevei", ["skolene", "skole"]),
        ("skolene", "en skole", ["skole"]),
        ("svakheter", "en svakhet", ["svakhet"]),
        ("programmet", "et program", ["program"]),
        ("saken", "årsaker, saker og saksmøter", ["saker", "saks"]),
        ("byen", "byer", []),
        ("kommunen", "kommunikasjon i kommuner", ["kommuner"]),
        ("12000", "om lag 12 000 kroner", ["12 000"]),
        ("12 000", "12000 og 12\u00a0000", ["12000", "12\u00a0000"]),
        ("epost", "en e-post", ["e-post"]),
        ("e-post", "en epost", ["epost"]),
        ("5.2", "15.2 og 5,2", ["5.2"]),
        ("tt", "TT-ordningen er rettet", ["TT"]),
    ],
)
def test_other_forms_of_a_word_are_found(
    finder: Page, query: str, text: str, marked: list[str]
) -> None:
    told = "([text, query]) => window.finder.pieces(text, query)"
    pieces = finder.evaluate(told, [text, query])
    assert [each["text"] for each in pieces if each["isHit"]] == marked
