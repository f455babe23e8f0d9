"""Drawings: what runs, leads elsewhere, never ends or is drawn in one way only is refused."""

from __future__ import annotations

import io
import subprocess
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Page
from sites import ANSWERS, build_quietly, codes, faults, innspill, project, statement, write

from innspill.diagnostics import Severity
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
    "rule of a clip": svg(f'<clipPath id="c"><path clip-rule="evenodd" d="M0 0L9 9"/></clipPath>'
                          f'<g clip-path="url(#c)">{RECT}</g>'),
    "rule of a clip's sheet": svg('<style>.a{clip-rule:evenodd}</style><clipPath id="c">'
                                  '<path class="a" d="M0 0L9 9"/></clipPath>'),
    "moved whole": svg(RECT, 'width="9" height="9" transform="rotate(9)"'),
    "stretched text": svg('<text textLength="30">Nei</text>'),
    "for other languages": svg('<g systemLanguage="fr"><path d="M0 0L9 9"/></g>'),
    "symbol in a box": svg('<symbol id="s" viewBox="0 0 9 9"/><use href="#s"/>'),
    "long path": svg(f'<path d="M0 0{"L1 1" * 200_000}"/>'),
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
        assert len(found) == 1


def test_the_drawings_own_line_is_told(tmp_path: Path) -> None:
    drawing = svg(f"{RECT}\n\n<style>\nrect {{ fill: red }}\n\n@media print {{}}\n</style>")
    found = faults(tmp_path, {**statement(BODY), "sak/kart.svg": drawing})
    said = '"sak/kart.svg", line 7: its style sheet says “@media print {}”'
    assert [str(each.message) for each in found] == [said]


def test_all_that_is_wrong_is_told_by_check(tmp_path: Path) -> None:
    write(tmp_path, {**statement(BODY), "sak/kart.svg": REFUSED["uses of uses"]})
    ran = innspill("check", cwd=tmp_path, code=1)
    assert f'eksempel.md:{LINE}:12: error[drawing]: "sak/kart.svg", line 1: it draws' in ran.stderr


GRAVEST = {
    "<svg": "save it anew as SVG",
    "<svg width='9' height='9'/>": "save it anew as SVG",
    svg(RECT, ""): "write them on its first element",
    svg('<filter id="f"/><script/>'): "take that out",
    svg('<filter/><image href="https://example.org/x.png"/><g onclick="x()"/>'): "take that out",
    svg('<filter/><use href="https://example.org/x.svg#a"/>'): "put what it fetches",
    svg(RECT * 20_000): "make it simpler",
    svg('<filter id="f"/>'): "draw that with plain shapes",
    svg('<text textLength="30">Nei</text>'): "save it with its text as outlines",
}
"""Drawings, and how what is to be done about the gravest begins."""


@pytest.mark.parametrize("drawing", GRAVEST, ids=count())
def test_what_to_do_fits_the_gravest_that_is_wrong(tmp_path: Path, drawing: str) -> None:
    (found,) = faults(tmp_path, {**statement(BODY), "sak/kart.svg": drawing})
    assert str(found.hint).startswith(GRAVEST[drawing])


def test_all_reasons_stand_in_one_sentence(tmp_path: Path) -> None:
    drawing = svg('<filter id="f"/>\n<script/>')
    (found,) = faults(tmp_path, {**statement(BODY), "sak/kart.svg": drawing})
    assert str(found.message) == (
        '"sak/kart.svg", line 3: <script> runs or plays something; '
        "line 2: <filter> is not drawn alike in the page and in the PDF"
    )


TRIANGLE = '<path d="M0 0L9 9L0 9z"/>'
HONEST = {
    "draw.io": svg(TRIANGLE, 'host="app.diagrams.net" width="9px" height="9px" version="1.1" '
                   'content="&lt;mxfile&gt;…&lt;/mxfile&gt;" viewBox="-0.5 -0.5 9 9" '
                   'style="background: transparent; background-color: #fff; color-scheme: light"'),
    "Mermaid": svg(f'<g class="a">{TRIANGLE}</g>', 'id="m" width="100%" viewBox="0 0 9 9" '
                   'style="max-width: 9px; background-color: white;" '
                   'aria-roledescription="flowchart-v2" role="graphics-document document"'),
    "Inkscape": svg(
        '<defs><marker style="overflow:visible" id="A" refX="0" refY="0" markerWidth="5" '
        'markerHeight="5" orient="auto-start-reverse" viewBox="0 0 5 5" preserveAspectRatio='
        '"xMidYMid"><path style="fill:context-stroke;stroke:none" d="M0 0L5 2L0 5z"/></marker>'
        '</defs><path style="stroke:red;marker-start:url(#A);marker-end:url(#A)" d="M3 3L9 9"/>'),
    "Figma": svg('<path fill-rule="evenodd" clip-rule="evenodd" d="M0 0L9 9L0 9z" fill="#123"/>'),
    "Illustrator": svg('<style type="text/css">.st0{fill-rule:evenodd;clip-rule:evenodd;}</style>'
                       f'<g style="isolation:isolate" class="st0" id="Lag_1">{TRIANGLE}</g>'),
    "LibreOffice": svg(
        '<defs class="EmbeddedBulletChars"><font id="f" horiz-adv-x="2048"><font-face font-family='
        '"Liberation Sans embedded" units-per-em="2048"/><missing-glyph d="M0 0"/><glyph unicode='
        f'"A" d="M0 0"/></font></defs>{TRIANGLE}'),
    "cairo": svg('<defs><g><symbol overflow="visible" id="glyph0-0"><path style="stroke:none;" '
                 'd="M0 0L9 9L0 9z"/></symbol></g></defs><g style="fill:rgb(0%,0%,0%);'
                 'fill-opacity:1;"><use xlink:href="#glyph0-0" x="3" y="4"/></g>'),
    "matplotlib": svg(
        '<metadata><r xmlns="urn:x"/></metadata><defs><style type="text/css">*{stroke-linejoin: '
        'round; stroke-linecap: butt}</style></defs><defs><path id="m" d="M0 0L9 9L0 9z"/></defs>'
        '<clipPath id="p"><rect x="1" y="1" width="9" height="9"/></clipPath>'
        '<g clip-path="url(#p)"><use xlink:href="#m" x="1" style="stroke: #000"/></g>'),
    "unknown": svg(f'<g jsaction="x" vectornator:layerName="Lag">{TRIANGLE}</g>'.replace(
        "vectornator:", "")),
}  # fmt: skip
"""By the program that writes such drawings."""


@pytest.mark.parametrize("program", HONEST)
def test_what_programs_write_that_changes_nothing_is_let_be(program: str) -> None:
    drawing = read_drawing(HONEST[program].encode())
    assert drawing.flaws == ()
    written = write_drawing(drawing)
    assert read_drawing(written).flaws == ()
    for unwritten in (b"mxfile", b"background", b"max-width", b"isolation", b"glyph ", b"jsaction"):
        assert unwritten not in written


@pytest.mark.parametrize(
    "font", ["Arial", "Liberation Sans, sans-serif", "'Times New Roman',serif", "monospace"]
)
def test_another_font_is_told_and_not_taken(tmp_path: Path, font: str) -> None:
    for folder, inside in (
        ("attribute", f'<text font-family="{font}">Nei</text>'),
        ("sheet", f"<style>text{{font-family:{font}}}</style><text>Nei</text>"),
    ):
        files = {**statement(BODY), "sak/kart.svg": svg(inside)}
        (found,) = faults(tmp_path / folder, files)
        assert (found.code, found.severity) == ("drawing-font", Severity.WARNING)
        first = font.split(",", maxsplit=1)[0].strip("'")
        assert f'set in Hanken Grotesk, not in "{first}"' in str(found.message)
        assert font.encode() not in write_drawing(read_drawing(files["sak/kart.svg"].encode()))


def test_a_font_that_no_text_is_in_is_not_told() -> None:
    assert read_drawing(svg(f'<g font-family="Arial">{RECT}</g>').encode()).fonts == ()


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


ALIKE = {
    "plain": (
        ('<rect width="300" height="200" fill="#cef"/>'
        '<style>.a{fill:#d33;stroke:navy;stroke-width:3}</style><rect class="a" x="10" y="10" '
        'width="80" height="50" rx="8"/><g opacity=".5"><circle cx="150" cy="50" r="30"/></g>'
        '<text x="20" y="120" font-size="24">Bydelen på kartet</text>'
        '<text x="20" y="170" font-size="24" font-weight="bold">Midt på</text>'
        '<marker id="m" markerWidth="6" markerHeight="6" refX="3" refY="3" orient="auto">'
        '<path d="M0 0L6 3L0 6z"/></marker><polyline points="180,100 230,140 280,90" fill="none" '
        'stroke="black" stroke-width="2" marker-end="url(#m)"/>'
        '<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="200" y1="0" x2="280" y2="0">'
        '<stop stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient>'
        '<rect x="200" y="10" width="80" height="50" fill="url(#g)"/>'),
        "",
    ),
    "of other programs": (
        ('<rect width="300" height="200" fill="#cef"/>'
        '<defs><font id="f"><glyph unicode="A" d="M0 0"/></font><symbol overflow="visible" '
        'id="s"><path d="M-20 -20L20 -20L20 20z"/></symbol></defs>'
        '<use xlink:href="#s" x="40" y="40" fill="#060"/><symbol id="t">'
        '<circle cx="20" cy="20" r="15"/></symbol><use href="#t" x="70" y="10" opacity=".5"/>'
        '<marker id="a" style="overflow:visible" orient="auto-start-reverse" markerWidth="4" '
        'markerHeight="4" viewBox="0 0 6 6" preserveAspectRatio="xMidYMid">'
        '<path style="fill:context-stroke" d="M5 0L-4 4L-2 0L-4 -4z"/></marker>'
        '<path d="M150 30L260 90" style="stroke:#c00;stroke-width:5;marker-start:url(#a);'
        'marker-end:url(#a)"/><path fill-rule="evenodd" clip-rule="evenodd" '
        'd="M20 100h80v80h-80zM40 120h40v40h-40z"/><g style="isolation:isolate">'
        '<rect x="120" y="100" width="60" height="60" fill="#60c"/></g>'
        '<marker id="b" orient="auto-start-reverse" markerWidth="6" markerHeight="6" refX="3" '
        'refY="3"><path fill="context-fill" stroke="context-stroke" d="M0 0L6 3L0 6z"/></marker>'
        '<polyline points="200,180 240,130 280,180" fill="#fc0" stroke="#036" stroke-width="4" '
        'marker-start="url(#b)" marker-mid="url(#b)" marker-end="url(#b)"/>'),
        'host="x" content="&lt;mxfile&gt;" style="background-color:red;max-width:9px"',
    ),
}  # fmt: skip
"""What stands in a drawing, and what its first element says besides its size."""


@pytest.mark.parametrize("name", ALIKE)
def test_a_page_and_a_pdf_draw_alike(tmp_path: Path, tab: Page, name: str) -> None:
    inside, attributes = ALIKE[name]
    drawing = svg(inside, f'width="300" height="200" {attributes}')
    write(tmp_path, {**statement(BODY), "sak/kart.svg": drawing})
    built = build_quietly(project(tmp_path))
    assert built.checked.diagnostics == ()
    tab.goto((tmp_path / "build/sak/eksempel/index.html").as_uri())
    shown = tab.locator("figure img")
    shown.scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('figure img').naturalWidth > 0")
    # On whole pixels: text above it may leave it between two of them.
    whole = "each => Object.assign(each.style, {position: 'fixed', top: 0, left: 0, zIndex: 9})"
    shown.evaluate(whole)
    on_page = Image.open(io.BytesIO(shown.screenshot())).convert("RGB").resize((300, 200))
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
