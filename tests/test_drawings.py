"""Drawings: what runs, leads elsewhere, never ends or is drawn in one way only is refused."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser
from sites import ANSWERS, build_quietly, codes, faults, innspill, project, statement, write

from innspill.media.drawing import read_drawing, write_drawing

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
BODY = ANSWERS + "\n![Et kart](kart.svg)\n"
LINE = len(statement("")["sak/eksempel.md"].splitlines()) + len(BODY.splitlines())


def svg(inside: str, attributes: str = 'width="30" height="20"') -> str:
    return f"<svg {XMLNS} {attributes}>\n{inside}</svg>"


RECT = '<rect width="9" height="9"/>'
USES = '<defs><g id="a0"><rect width="1" height="1"/></g>' + "".join(
    f'<g id="a{n}">' + f'<use href="#a{n - 1}"/>' * 10 + "</g>" for n in range(1, 7)
)
REFUSED: dict[str, str | bytes] = {
    "script": svg("<script>alert(1)</script>"),
    "script of another prefix": svg(f'<x:script xmlns:x="http://www.w3.org/2000/svg"/>{RECT}'),
    "script among metadata": svg("<metadata><script>1</script></metadata>"),
    "attribute": svg('<rect onclick="x()" width="3" height="3"/>'),
    "attribute of the root": svg("", 'width="3" height="3" ONLOAD="x()"'),
    "link": svg(f'<a href="https://example.org/">{RECT}</a>'),
    "script as a link": svg(f'<a xlink:href="java&#x0A;script:alert(1)">{RECT}</a>'),
    "animation": svg('<rect width="3" height="3"><set attributeName="x" to="1"/></rect>'),
    "handler": svg("<handler>1</handler>"),
    "page": svg('<iframe xmlns="http://www.w3.org/1999/xhtml" src="x"/>'),
    "words of a page": svg('<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Nei</p>'
                           "</foreignObject>"),
    "image": svg('<image href="https://example.org/x.png" width="3" height="3"/>'),
    "image in itself": svg('<image href="data:image/png;base64,AA" width="3" height="3"/>'),
    "use of elsewhere": svg('<use href="https://example.org/x.svg#a"/>'),
    "fill of elsewhere": svg('<rect fill="url(https://example.org/#a)" width="3" height="3"/>'),
    "style of elsewhere": svg('<rect style="fill:url(//e.org/#a)" width="3" height="3"/>'),
    "background": svg("", 'width="3" height="3" style="background:url(https://example.org/x)"'),
    "import": svg("<style>@import url(https://example.org/x.css);</style>"),
    "font": svg("<style>@font-face{font-family:x;src:url(x.woff)}</style>"),
    "escaped style": svg(f"<style>rect{{f\\69ll:red}}</style>{RECT}"),
    "style sheet": f'<?xml-stylesheet href="https://example.org/x.css"?>{svg(RECT)}',
    "base": svg(f'<g xml:base="https://example.org/">{RECT}</g>'),
    "entities": f'<!DOCTYPE svg [<!ENTITY a "b">]>{svg("<text>&a;</text>")}',
    "entities of elsewhere": f'<!DOCTYPE svg SYSTEM "x.dtd">{svg("<text>&a;</text>")}',
    "another encoding": svg("<script>1</script>").encode("utf-16"),
    "no XML": "<svg",
    "page with a drawing": f"<html>{svg(RECT)}</html>",
    "no size": f"<svg {XMLNS}>{RECT}</svg>",
    "no number": svg('<rect width="1e999" height="3"/>'),
    "too many": svg(RECT * 20_000),
    "too deep": svg("<g>" * 100 + RECT + "</g>" * 100),
    "uses of uses": svg(f'{USES}</defs><use href="#a6"/>'),
    "circle": svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'),
    "circle of clips": svg(f'<clipPath id="c"><rect clip-path="url(#c)"/></clipPath>{RECT}'),
    "markers": svg(f'<marker id="m">{RECT * 300}</marker><g marker-mid="url(#m)">'
                   f'<path d="M0 0{"L1 1" * 300}"/></g>'),
    "filter": svg(f'<filter id="f"/><g filter="url(#f)">{RECT}</g>'),
    "gradient of the shape": svg(
        '<linearGradient id="g"><stop/><stop offset="1"/></linearGradient>'
        '<rect fill="url(#g)" width="3" height="3"/>'),
    "pattern": svg('<pattern id="p" width="2" height="2"/>'),
    "languages": svg(f'<switch><g systemLanguage="no">{RECT}</g></switch>'),
    "text along a path": svg('<text><textPath href="#p">Nei</textPath></text>'),
    "font of a machine": svg('<text font-family="Arial">Nei</text>'),
}  # fmt: skip
"""By what is wrong with them."""


@pytest.mark.parametrize("name", REFUSED)
def test_a_drawing_is_refused_where_it_is_shown_and_where_it_is_linked_to(
    tmp_path: Path, name: str
) -> None:
    data = REFUSED[name]
    for folder, body in (("shown", BODY), ("linked", BODY.replace("![", "["))):
        found = faults(tmp_path / folder, {**statement(body), "sak/kart.svg": data})
        assert {each.code for each in found} == {"drawing"}
        assert {each.at.line for each in found} == {LINE}
        assert all('"sak/kart.svg", line ' in str(each.message) for each in found)
        assert len(found) <= 5


def test_the_drawings_own_line_is_told(tmp_path: Path) -> None:
    drawing = svg(f"{RECT}\n\n<style>\nrect {{ fill: red }}\n\n@media print {{}}\n</style>")
    found = faults(tmp_path, {**statement(BODY), "sak/kart.svg": drawing})
    said = '"sak/kart.svg", line 7: its style sheet says “@media print {}”'
    assert [str(each.message) for each in found] == [said]


def test_all_that_is_wrong_is_told_by_check(tmp_path: Path) -> None:
    write(tmp_path, {**statement(BODY), "sak/kart.svg": REFUSED["uses of uses"]})
    ran = innspill("check", cwd=tmp_path, code=1)
    assert f'eksempel.md:{LINE}:12: error[drawing]: "sak/kart.svg", line 1: it draws' in ran.stderr


def test_what_other_programs_write_is_left_out(tmp_path: Path, store: Path) -> None:
    drawing = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Laget av Ola Nordmann -->\n'
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/'
        'inkscape" i:docname="/home/ola/kart.svg" width="210mm" viewBox="0 0 210 297">'
        "<title>Ola</title><metadata><r xmlns='urn:x'>Ola</r></metadata><i:view id='v'/>"
        '<g i:label="Lag" data-name="Ola" style="fill:#c0f;-inkscape-font:x;line-height:1.2">'
        '<path d="m 1,2 3,4 z"/></g></svg>'
    )
    write(tmp_path, {**statement(BODY), "sak/kart.svg": drawing})
    assert build_quietly(project(tmp_path, store=store), with_pdf=False).published
    assert (tmp_path / "build/sak/kart.svg").read_text(encoding="utf-8") == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="793.7008" height="1122.5197" '
        'viewBox="0 0 210 297" preserveAspectRatio="xMidYMid">'
        '<g fill="#c0f"><path d="m1 2l3 4Z"/></g></svg>\n'
    )
    page = (tmp_path / "build/sak/eksempel/index.html").read_text(encoding="utf-8")
    assert 'width="794" height="1123" loading="lazy"' in page


def test_a_character_without_a_font_is_told(tmp_path: Path) -> None:
    files = {**statement(BODY), "sak/kart.svg": svg("<text>漢</text>")}
    assert codes(tmp_path, files) == [f"no-glyph:{LINE}"]


def test_what_is_written_can_be_read_again_and_says_the_same() -> None:
    inside = (
        '<style>.a, g > rect { fill : RED !important }</style><g id="x" class="a">'
        '<polygon points="1,2 3 4 -5.5.5"/><text x="1">&lt;b&gt; &amp; "</text></g><use href="#x"/>'
    )
    once = write_drawing(read_drawing(svg(inside).encode()))
    again = read_drawing(once)
    assert again.flaws == ()
    assert write_drawing(again) == once
    assert b'd="M1 2L3 4L-5.5 .5Z"' in once
    ElementTree.fromstring(once)


def test_a_page_and_a_pdf_draw_alike(tmp_path: Path, own_store: Path, chromium: Browser) -> None:
    inside = (
        '<rect width="300" height="200" fill="#cef"/>'
        '<style>.a{fill:#d33;stroke:navy;stroke-width:3}</style><rect class="a" x="10" y="10" '
        'width="80" height="50" rx="8"/><g opacity=".5"><circle cx="150" cy="50" r="30"/></g>'
        '<text x="20" y="120" font-size="24">Bydelen på kartet</text>'
        '<text x="20" y="170" font-size="24" font-weight="bold">Midt på</text>'
        '<marker id="m" markerWidth="6" markerHeight="6" refX="3" refY="3" orient="auto">'
        '<path d="M0 0L6 3L0 6z"/></marker><polyline points="180,100 230,140 280,90" fill="none" '
        'stroke="black" stroke-width="2" marker-end="url(#m)"/>'
        '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="200" y1="0" x2="280" y2="0">'
        '<stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>'
        '<rect x="200" y="10" width="80" height="50" fill="url(#g)"/>'
    )
    drawing = svg(inside, 'width="300" height="200"')
    write(tmp_path, {**statement(BODY), "sak/kart.svg": drawing})
    built = build_quietly(project(tmp_path))
    assert built.checked.diagnostics == ()
    page = chromium.new_page()
    page.goto((tmp_path / "build/sak/eksempel/index.html").as_uri())
    shown = page.locator("figure img")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('figure img').naturalWidth > 0")
    on_page = Image.open(io.BytesIO(shown.screenshot())).convert("RGB").resize((300, 200))
    page.close()
    on_paper = _drawn(tmp_path / "build/sak/eksempel/uttalelse.pdf", tmp_path)
    # In squares of four pixels, so that the edges' smoothing counts for nothing.
    one, other = (each.convert("L").reduce(4) for each in (on_page, on_paper))
    differs = ImageChops.difference(one, other).point(lambda value: value > 50)
    assert sum(differs.histogram()[1:]) < 20


def _drawn(pdf: Path, folder: Path) -> Image.Image:
    """The drawing as a PDF has it: as far as its ground goes."""
    made = folder / "page"
    subprocess.run(["pdftoppm", "-r", "96", "-png", "-singlefile", pdf, made], check=True)
    page = Image.open(made.with_suffix(".png")).convert("RGB")
    red, blue = page.getchannel("R"), page.getchannel("B")
    ground = ImageChops.multiply(
        red.point(lambda value: 255 * (value == 0xCC)),
        blue.point(lambda value: 255 * (value == 0xFF)),
    )
    return page.crop(ground.getbbox()).resize((300, 200))
