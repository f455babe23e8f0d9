"""What a site with an address has besides: 404, sitemap, canonical addresses, a picture, crumbs."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from sites import EXAMPLE, INDEX, build_quietly, codes, project, tree, write

from innspill.render import web_files

ADDRESS = "https://www.example.org/innspill/"
SITE = INDEX.replace(
    "publisher", f"url: {ADDRESS}\naccessibility_declaration: https://uustatus.no/x\npublisher"
)
NYNORSK = EXAMPLE["sak/eksempel.md"].replace("status:", "lang: nn\nstatus:")
NYNORSK = NYNORSK.replace("committee: Eksempel", "committee: Eksempel å")
FILES = {
    **EXAMPLE,
    "index.md": SITE,
    "sak/æ.md": NYNORSK,
    "om/siden.md": "---\ntitle: Om siden\n---\n\nTekst.\n",
}


def publish(folder: Path, store: Path, files: dict[str, str]) -> dict[str, bytes]:
    place = project(write(folder, files), store=store)
    done = build_quietly(place, with_pdf=False)
    assert done.published, [str(each.message) for each in done.checked.diagnostics]
    return tree(folder / "build")


@pytest.fixture
def built(tmp_path: Path, store: Path) -> dict[str, bytes]:
    return publish(tmp_path, store, FILES)


def listed(sitemap: bytes) -> list[str]:
    space = f"{{{web_files.NAMESPACE}}}"
    return [each.text or "" for each in ElementTree.fromstring(sitemap).iter(f"{space}loc")]


def test_the_sitemap_lists_all_pages(built: dict[str, bytes]) -> None:
    pages = {each for each in built if each.endswith(".html")} - {"404.html"}
    found = listed(built["sitemap.xml"])
    assert len(found) == len(set(found))
    assert set(found) == {f"{ADDRESS}{each}".replace("æ", "%C3%A6") for each in pages}


def test_more_addresses_than_one_sitemap_may_have_are_in_several(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_files, "MOST", 4)
    built = publish(tmp_path, store, FILES)
    assert listed(built["sitemap.xml"]) == [f"{ADDRESS}sitemap-{n}.xml" for n in (1, 2)]
    assert sum(len(listed(built[f"sitemap-{n}.xml"])) for n in (1, 2)) == 8


def test_every_page_names_its_own_address_and_a_picture(built: dict[str, bytes]) -> None:
    for path, data in built.items():
        if path.endswith(".html") and path != "404.html":
            text = data.decode()
            address = f"{ADDRESS}{path}".replace("æ", "%C3%A6")
            assert f'<link rel="canonical" href="{address}">' in text, path
            assert f'<meta property="og:url" content="{address}">' in text, path
            title = re.search("<title>(.*)</title>", text)
            assert title
            assert f'<meta property="og:title" content="{title[1]}">' in text, path
            told = re.search('<meta name="description" content="([^"]+)">', text)
            assert told, path
            assert f'<meta property="og:description" content="{told[1]}">' in text, path
            assert f'content="{ADDRESS}assets/share.png"' in text, path
    picture = Image.open(io.BytesIO(built["assets/share.png"]))
    assert picture.size == (1200, 630)


@pytest.mark.parametrize("title", ["Kort", "Langt " * 60, "Etlangtordutenmellomrom" * 9, "Ŋ½"])
def test_any_title_has_room_in_the_picture(tmp_path: Path, store: Path, title: str) -> None:
    named = re.sub("(?m)^title: .*", f"title: {title.strip()}", SITE)
    built = publish(tmp_path, store, {**FILES, "index.md": named})
    picture = Image.open(io.BytesIO(built["assets/share.png"])).convert("RGB")
    ground = picture.getpixel((5, 300))
    assert picture.crop((1115, 30, 1200, 630)).getcolors() == [(85 * 600, ground)]


def test_a_missing_page_is_met_with_whole_addresses_and_own_style(
    built: dict[str, bytes], chromium: Browser
) -> None:
    text = built["404.html"].decode()
    assert all(each.startswith(ADDRESS) for each in re.findall('href="([^"]*)"', text))
    page = chromium.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content(text)
    assert page.inner_text("h1") == "Denne siden finnes ikke"
    assert page.locator("a").all_inner_texts() == [
        "Eksempelnettsted",
        "Eksempelsak",
        "Alle uttalelser og overskrifter",
    ]
    assert page.locator("main").evaluate("each => each.getBoundingClientRect().width") < 800
    page.close()


def test_a_free_page_is_described_by_its_first_paragraph(tmp_path: Path, store: Path) -> None:
    page = "---\ntitle: Om oss\n---\n\n## Hvem\n\nVi er *fire* & en.\n\nMer.\n"
    built = publish(tmp_path, store, {**FILES, "index.md": INDEX, "om.md": page})
    assert b'<meta name="description" content="Vi er fire &amp; en.">' in built["om/index.html"]


def test_without_an_address_there_is_none_of_it(tmp_path: Path, store: Path) -> None:
    built = publish(tmp_path, store, {**FILES, "index.md": INDEX})
    assert not {"404.html", "sitemap.xml", "assets/share.png"} & built.keys()
    assert not any(b"canonical" in data or b"og:" in data for data in built.values())


def test_a_site_that_is_not_to_be_found_has_no_sitemap(tmp_path: Path, store: Path) -> None:
    hidden = SITE.replace("publisher", "noindex: true\npublisher")
    built = publish(tmp_path, store, {**FILES, "index.md": hidden})
    assert "sitemap.xml" not in built
    assert "404.html" in built


def test_no_page_takes_their_addresses(tmp_path: Path) -> None:
    files = {**FILES, "404.html": "x", "om/siden.md": "---\ntitle: S\n---\n\n[x](../404.html)\n"}
    assert codes(tmp_path, files)[0].startswith("same-url")


def test_every_page_tells_where_it_stands(built: dict[str, bytes], tab: Page) -> None:
    trails = {
        "innhold/index.html": ["Alle uttalelser og overskrifter"],
        "om/siden/index.html": ["Om siden"],
        "sak/index.html": ["Eksempelsak"],
        "sak/eksempel/index.html": ["Eksempelsak", "Eksempel bydelsutvalg"],
        "sak/sporsmal/en/index.html": ["Eksempelsak", "Det ene"],
        "sak/æ/index.html": ["Eksempelsak", "Eksempel å bydelsutvalg"],
    }
    for path, trail in trails.items():
        tab.set_content(built[path].decode())
        assert tab.locator(".breadcrumbs li").all_inner_texts() == trail
        assert tab.locator(".breadcrumbs li:last-child [aria-current=page]").count() == 1
        assert tab.locator(".breadcrumbs a").count() == len(trail) - 1
    assert tab.locator(".breadcrumbs a").get_attribute("hreflang") == "nb"
    tab.set_content(built["index.html"].decode())
    assert tab.locator(".breadcrumbs").count() == 0
    assert tab.locator("main a[hreflang=nn]").count() == 1
