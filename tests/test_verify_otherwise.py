"""A PDF that was laid out otherwise: what says the same is believed, and no forgery of it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from everything import everything
from mutations import mutant
from pikepdf import Array, Dictionary, Name, String
from sites import ROOT, project, write
from test_verify_forged import FORGERIES, Forge, forged

from innspill.build import build
from innspill.pdf.accounted.account import unaccounted
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.read_back import NotReadable, characters, read_back
from innspill.project import BuildOptions
from innspill.remade import RebuildResult
from innspill.render.provenance import program
from innspill.verification import VerifyResult
from innspill.weigh import weighed, what_counts

LETTER = "sak/alt/uttalelse.pdf"


FORMS = ("sammendrag.pdf", "uttalelse.pdf", "uttalelse-hefte.pdf", "uttalelse-stor-skrift.pdf")
PRINTS = BuildOptions(prints=("large", "booklet"))


@pytest.fixture(scope="module")
def ours_all(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The PDFs of a letter with all that one may hold."""
    place = project(write(tmp_path_factory.mktemp("ours"), everything(rows=25)), store=store)
    assert build(place, PRINTS, lambda *_: None).published
    return (place.output / LETTER).parent


def broken_elsewhere(folder: Path) -> Path:
    """Templates that break lines and pages elsewhere, as another version of a library may."""
    shutil.copytree(ROOT / "templates/print", folder / "print")
    for sheet in sorted((folder / "print").glob("*.css")):
        text = sheet.read_text(encoding="utf-8")
        changed = text.replace("hyphens: auto;", "hyphens: manual; word-spacing: 0.09em;")
        if sheet.name == "paper.css":
            changed += "body { word-spacing: 0.07em }\np, li, td, th { orphans: 3; widows: 3 }\n"
        sheet.write_text(changed, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def otherwise_all(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The same in other lines and pages."""
    root = write(tmp_path_factory.mktemp("otherwise"), everything(rows=25))
    place = project(root, store=store, templates=broken_elsewhere(root / "templates"))
    assert build(place, PRINTS, lambda *_: None).published
    return (place.output / LETTER).parent


@pytest.fixture(scope="module")
def ours(ours_all: Path) -> bytes:
    return (ours_all / "uttalelse.pdf").read_bytes()


@pytest.fixture(scope="module")
def otherwise(otherwise_all: Path) -> bytes:
    return (otherwise_all / "uttalelse.pdf").read_bytes()


def left(ours: bytes, given: bytes) -> tuple[Difference, ...]:
    return unaccounted(ours, given)


def lines_of(data: bytes) -> list[list[str]]:
    """Where each piece of text stands, by pages."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = [page.Contents.read_bytes().decode("latin-1") for page in pdf.pages]
    return [re.findall(r"(\S+ \S+) Tm", page) for page in pages]


def test_other_lines_and_pages_are_accounted_for(ours: bytes, otherwise: bytes) -> None:
    a, b = lines_of(ours), lines_of(otherwise)
    assert sum(map(len, a)) != sum(map(len, b))
    assert [len(each) for each in a] != [len(each) for each in b]
    assert [str(each.message) for each in left(ours, otherwise)] == []
    assert [str(each.message) for each in left(otherwise, ours)] == []


@pytest.mark.parametrize("name", FORMS)
def test_every_form_in_other_lines_and_pages(
    ours_all: Path, otherwise_all: Path, name: str
) -> None:
    """Numbers of pages are others, cells take more lines, and a foot is broken elsewhere."""
    a, b = ((folder / name).read_bytes() for folder in (ours_all, otherwise_all))
    assert lines_of(a) != lines_of(b)
    assert [str(each.message) for each in left(a, a)] == []
    assert [str(each.message) for each in left(a, b)] == []
    assert [str(each.message) for each in left(b, a)] == []


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_of_what_is_laid_out_otherwise(ours: bytes, otherwise: bytes, name: str) -> None:
    told = left(ours, forged(otherwise, FORGERIES[name][0]))
    assert any(each.weight for each in told)


def on_page(old: str, new: str | Callable[[re.Match[str]], str], page: int = 0) -> Forge:
    """Another content of a page, by its first place that fits."""

    def forge(pdf: pikepdf.Pdf) -> None:
        contents = pdf.pages[page].Contents
        text = contents.read_bytes().decode("latin-1")
        changed = re.sub(old, new, text, count=1, flags=re.DOTALL)
        assert changed != text
        contents.write(changed.encode("latin-1"))

    return forge


def swapped_lines(pdf: pikepdf.Pdf) -> None:
    """Two lines of a paragraph change places; what is heard stays."""
    contents = pdf.pages[0].Contents
    text = contents.read_bytes().decode("latin-1")
    places = list(re.finditer(r"1 0 0 -1 (\S+) (\S+) Tm", text))
    pairs = pairwise(places)
    a, b = next((a, b) for a, b in pairs if a[1] == b[1] and 15 < float(b[2]) - float(a[2]) < 40)
    text = text[: a.start(2)] + b[2] + text[a.end(2) : b.start(2)] + a[2] + text[b.end(2) :]
    contents.write(text.encode("latin-1"))


def drawn_on(code: str) -> Forge:
    return lambda pdf: pdf.pages[0].contents_add(code.encode())


def at_text(code: str) -> Forge:
    """Something drawn at the third piece of text, whose left and foot are `x` and `y`."""

    def forge(pdf: pikepdf.Pdf) -> None:
        contents = pdf.pages[0].Contents
        text = contents.read_bytes().decode("latin-1")
        at = list(re.finditer(r"EMC\n", text))
        x, y = map(float, re.findall(r"1 0 0 -1 (\S+) (\S+) Tm", text)[3])
        end = at[-1].end()
        made = "/Artifact\nBMC\nq\n" + code.format(x=x, y=y, up=y - 4, right=x + 60) + "\nQ\nEMC\n"
        contents.write((text[:end] + made + text[end:]).encode("latin-1"))

    return forge


def some_glyphs(pdf: pikepdf.Pdf) -> tuple[str, str]:
    text = pdf.pages[0].Contents.read_bytes().decode("latin-1")
    found = re.search(r"/([A-Z]{6}) \S+ Tf\n\[<([0-9a-f]{4})>", text)
    assert found
    return found[1], found[2]


def at_the_edge(pdf: pikepdf.Pdf) -> None:
    font, glyph = some_glyphs(pdf)
    code = f"/Artifact <</Type /Pagination>> BDC BT 1 0 0 1 40 20 Tm /{font} 9 Tf [<{glyph}>] TJ ET"
    pdf.pages[0].contents_add(f"{code} EMC".encode())


def heard_by_nobody(pdf: pikepdf.Pdf) -> None:
    font, glyph = some_glyphs(pdf)
    code = f"/Span <</MCID 9999>> BDC BT 1 0 0 1 40 20 Tm /{font} 9 Tf [<{glyph}>] TJ ET EMC"
    pdf.pages[0].contents_add(code.encode())


def said_to_be_a_hyphen(pdf: pikepdf.Pdf) -> None:
    font, glyph = some_glyphs(pdf)
    code = f"BT 1 0 0 1 40 20 Tm /{font} 9 Tf /Span <</ActualText <feff00ad>>> BDC [<{glyph}>] TJ"
    pdf.pages[0].contents_add(f"/Artifact BMC {code} EMC ET EMC".encode())


def link_elsewhere(pdf: pikepdf.Pdf) -> None:
    page = next(page for page in pdf.pages if len(page.obj.get("/Annots", ())))
    page.obj.Annots[0].Rect = Array([0, 0, 9, 9])


def place_elsewhere(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    last = names[len(names) - 1]
    names[1][0], names[1][3] = last[0], last[3]


def bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.Title = String("Noe annet")


def tables_of_tags(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    others = pdf.Root.StructTreeRoot.ParentTree.Nums[3]
    kids[0] = others[len(others) - 1]


def piece_not_told(pdf: pikepdf.Pdf) -> None:
    def strip(element: Any) -> bool:
        kids = list(element.get("/K", ()))
        if kids and isinstance(kids[0], int):
            element.K = Array(kids[1:])
            return True
        return any(isinstance(kid, Dictionary) and "/S" in kid and strip(kid) for kid in kids)

    assert strip(pdf.Root.StructTreeRoot.K)


def larger_picture(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        data = page.Contents.read_bytes()
        if b"60 0 0 -30 0 30 cm" in data:
            page.Contents.write(data.replace(b"60 0 0 -30 0 30 cm", b"66 0 0 -33 0 33 cm", 1))
            return
    raise AssertionError


def other_outline(pdf: pikepdf.Pdf) -> None:
    """Another picture under the name of one."""
    image = next(each for each in pdf.objects if _is_image(each))
    data = bytearray(image.read_bytes())
    data[0] ^= 0xFF
    image.write(bytes(data))


def _is_image(value: Any) -> bool:
    is_plain = isinstance(value, pikepdf.Stream) and value.get("/Filter") == "/FlateDecode"
    return is_plain and value.get("/Subtype") == "/Image" and "/SMask" in value


def pages_counted(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids = Array([Dictionary(Type=Name.Pages, Kids=pdf.Root.Pages.Kids, Count=5)])


def other_colours(pdf: pikepdf.Pdf) -> None:
    """What is said to be black is white: each page's own meaning of its colours."""
    light = Dictionary(WhitePoint=Array([1, 1, 1]), Gamma=Array([0, 0, 0]))
    for page in pdf.pages:
        page.Resources.ColorSpace = Dictionary(DefaultRGB=Array([Name.CalRGB, light]))


TEXT = r"BT\n1 0 0 -1 (\S+) (\S+) Tm\n/(\S+) (\S+) Tf"
OUT_OF_PLACE: dict[str, Forge] = {
    "lines swapped": swapped_lines,
    "over other letters": on_page(r"(1 0 0 -1 \S+ \S+ Tm)(.*?ET.*?)1 0 0 -1 \S+ \S+ Tm", r"\1\2\1"),
    "beyond the edge": on_page(TEXT, r"BT\n1 0 0 -1 9999 \2 Tm\n/\3 \4 Tf"),
    "smaller": on_page(TEXT, r"BT\n1 0 0 -1 \1 \2 Tm\n/\3 2 Tf"),
    "turned": on_page(TEXT, r"BT\n0 1 1 0 \1 \2 Tm\n/\3 \4 Tf"),
    "stretched": on_page(TEXT, r"BT\n5 0 0 -1 \1 \2 Tm\n/\3 \4 Tf"),
    "mirrored": on_page(TEXT, r"BT\n-1 0 0 -1 \1 \2 Tm\n/\3 \4 Tf"),
    "white": on_page(TEXT, lambda found: "1 1 1 rg\n" + found[0]),
    "hidden by a frame": on_page(TEXT, lambda found: "0 0 1 1 re\nW\nn\n" + found[0]),
    "half seen": on_page(TEXT, r"0 0 \1 9999 re\nW\nn\nBT\n1 0 0 -1 \1 \2 Tm\n/\3 \4 Tf"),
    "squeezed": on_page(r"(<[0-9a-f]{4}>)0(<[0-9a-f]{4}>)", r"\g<1>900\2"),
    "spread": on_page(r"(<[0-9a-f]{4}>)0(<[0-9a-f]{4}>)", r"\g<1>-90000\2"),
    "struck out": at_text("/A1.0 gs\n0 0 0 RG\n1 w\n{x} {up} m\n{right} {up} l\nS"),
    "underlined": at_text("/A1.0 gs\n0 0 0 RG\n1 w\n{x} {y} m\n{right} {y} l\nS"),
    "a bar over it": at_text("/a1.0 gs\n1 1 1 rg\n{x} {up} 500 9 re\nf"),
    "a bar behind it": on_page(
        r"\n/Artifact\nBMC\nq\n", r"\n/Artifact\nBMC\nq\n0 0 0 rg\n0 0 900 1200 re\nf\n"
    ),
    "letters of strips": drawn_on(
        "/Artifact BMC q 0 0 0 rg 20 20 2 30 re f 40 20 2 30 re f 20 35 20 2 re f Q EMC"
    ),
    "letters of curves": drawn_on("/Artifact BMC 20 20 m 20 60 60 60 60 20 c f EMC"),
    "letters of one path": drawn_on(
        "/Artifact BMC 20 20 2 30 re 40 20 2 30 re 20 35 20 2 re f EMC"
    ),
    "a clip of letters": drawn_on(
        "/Artifact BMC q 20 20 9 30 re 40 20 9 30 re W n 20 20 60 60 re f Q EMC"
    ),
    "words at the edge": at_the_edge,
    "words that nobody hears": heard_by_nobody,
    "words said to be a hyphen": said_to_be_a_hyphen,
    "a link elsewhere": link_elsewhere,
    "a place elsewhere": place_elsewhere,
    "a bookmark": bookmark,
    "the tables of tags": tables_of_tags,
    "a piece that is not told": piece_not_told,
    "a larger picture": larger_picture,
    "another picture": other_outline,
    "a line that is not seen": on_page(
        r"(\S+) w\n(\S+ \S+ m\n\S+ \S+ l\nS)", r"\1 w\n[0 900] 0 d\n\2", page=2
    ),
    "a finer line": on_page(r"\S+ w\n(\S+ \S+ m\n\S+ \S+ l\nS)", r"0.01 w\n\1", page=2),
    "a surface within letters": drawn_on(
        "/Artifact BMC q 30 20 m 90 20 l 60 90 l W n 0 0 0 rg 20 20 90 90 re f Q EMC"
    ),
    "pages counted otherwise": pages_counted,
    "other colours": other_colours,
    "a layer by its name": drawn_on("/OC /Lag BDC q Q EMC"),
    "another way of drawing": drawn_on("q 9 Tc Q"),
}


@pytest.mark.parametrize("name", OUT_OF_PLACE)
def test_what_no_layout_does(ours: bytes, otherwise: bytes, name: str) -> None:
    told = left(ours, forged(otherwise, OUT_OF_PLACE[name]))
    assert any(each.weight for each in told)


SHOWN = re.compile(rb"\[<([0-9a-f]{4})")


def links_in(pdf: pikepdf.Pdf) -> list[tuple[Any, list[int], Any]]:
    """Each link, with its own pieces and their page."""
    found = []

    def walk(element: Any, at: Any) -> None:
        at = element.get("/Pg", at)
        kids: list[Any] = list(element.get("/K", ()))
        links = [kid.Obj for kid in kids if isinstance(kid, Dictionary) and "/Obj" in kid]
        if links:
            found.append((at, [kid for kid in kids if isinstance(kid, int)], links[0]))
        for kid in kids:
            if isinstance(kid, Dictionary) and "/S" in kid:
                walk(kid, at)

    walk(pdf.Root.StructTreeRoot.K, None)
    return found


def numbers_on(pdf: pikepdf.Pdf) -> list[tuple[Any, int, Any]]:
    """Each page with a piece on it that is the number of a page, and its link."""
    found = [
        (page, pieces[0], link)
        for page, pieces, link in links_in(pdf)
        if str(link.get("/Contents", "")).startswith("side ")
    ]
    assert found
    return found


def leads_to(pdf: pikepdf.Pdf, link: Any, page: pikepdf.Page) -> None:
    """What a link stands for is moved to another page."""
    names = pdf.Root.Names.Dests.Names
    at = list(map(str, names[::2])).index(str(link.Dest))
    names[2 * at + 1][0] = page.obj


def number_of_a_page(pdf: pikepdf.Pdf) -> None:
    """A reference says another page than the one that it leads to."""
    first = numbers_on(pdf)[0][0]
    text = first.Contents.read_bytes()
    shown = [
        found
        for page, piece, _ in numbers_on(pdf)
        if page.objgen == first.objgen
        if (found := SHOWN.search(text, text.index(b"/MCID %d>>" % piece)))
    ]
    other = next(each for each in shown if each[1] != shown[0][1])
    first.Contents.write(text[: shown[0].start(1)] + other[1] + text[shown[0].end(1) :])


def number_that_is_said(pdf: pikepdf.Pdf) -> None:
    _, _, link = numbers_on(pdf)[0]
    link.Contents = String("side 99")


def leads_to_another_page(pdf: pikepdf.Pdf) -> None:
    """What a number of a page stands for is moved to another page."""
    _, _, link = numbers_on(pdf)[0]
    leads_to(pdf, link, pdf.pages[-1])


def cells_swapped(pdf: pikepdf.Pdf) -> None:
    """The texts of two cells of a row change places; what is heard stays."""
    cells: list[Any] = []

    def walk(element: Any, at: Any) -> None:
        at = element.get("/Pg", at)
        for kid in element.get("/K", ()):
            if isinstance(kid, Dictionary) and kid.get("/S") == "/TD":
                page = kid.get("/Pg", at)
                inner: list[Any] = list(kid.get("/K", ()))
                pieces = [each for each in inner if isinstance(each, int)]
                cells.append((page, pieces))
            elif isinstance(kid, Dictionary) and "/S" in kid:
                walk(kid, at)

    walk(pdf.Root.StructTreeRoot.K, None)
    (page, (a, *_)), (_, (b, *_)) = next(
        (one, other)
        for one, other in pairwise(cells)
        if one[0].objgen == other[0].objgen and len(one[1]) == len(other[1]) == 1
    )
    text = page.Contents.read_bytes()
    places = [
        re.compile(rb"1 0 0 -1 (\S+) (\S+) Tm").search(text, text.index(b"/MCID %d>>" % each))
        for each in (a, b)
    ]
    first, second = sorted((each for each in places if each), key=lambda each: each.start())
    page.Contents.write(
        text[: first.start(1)] + second[1] + text[first.end(1) : second.start(1)]
        + first[1] + text[second.end(1) :]
    )  # fmt: skip


def day_as_the_count(pdf: pikepdf.Pdf) -> None:
    """The foot's day becomes the count of all pages, as ours is by chance."""
    contents = pdf.pages[0].Contents
    text = contents.read_bytes().decode("latin-1")
    *_, day, _, _, _, _, count = re.finditer(r"\[<(....)>(\S+?)<(....)>.*?TJ|TJ", text)
    assert day[1] == count[1]
    contents.write((text[: day.start(3)] + count[3] + text[day.end(3) :]).encode("latin-1"))


IN_LARGE_PRINT: dict[str, Forge] = {
    "another day at the edge": day_as_the_count,
    "another number of a page": number_of_a_page,
    "another number that is said": number_that_is_said,
    "a number of another page": leads_to_another_page,
    "cells swapped": cells_swapped,
}


@pytest.mark.parametrize("name", IN_LARGE_PRINT)
def test_what_no_layout_does_in_large_print(ours_all: Path, otherwise_all: Path, name: str) -> None:
    a, b = (
        (folder / "uttalelse-stor-skrift.pdf").read_bytes() for folder in (ours_all, otherwise_all)
    )
    told = left(a, forged(b, IN_LARGE_PRINT[name]))
    assert any(each.weight for each in told)


ONE_GLYPH = re.compile(rb"/(\S+) \S+ Tf\n\[<([0-9a-f]{4})>-?\d*\] TJ")


def count_as_a_page(number: int) -> Forge:
    """The first link that is but a count says a number, and leads to a place on that page."""

    def forge(pdf: pikepdf.Pdf) -> None:
        for page, pieces, link in links_in(pdf):
            if "/Dest" not in link or str(link.get("/Contents", "")).startswith("side "):
                continue
            text = page.Contents.read_bytes()
            begin = text.index(b"/MCID %d>>" % pieces[0]) if len(pieces) == 1 else len(text)
            found = ONE_GLYPH.search(text, begin, text.find(b"EMC", begin))
            if not found:
                continue
            glyphs = characters(page.Resources.Font[f"/{found[1].decode()}"])
            [glyph] = [code for code, each in glyphs.items() if each == str(number)]
            shown = glyph.hex().encode()
            page.Contents.write(text[: found.start(2)] + shown + text[found.end(2) :])
            names = pdf.Root.Names.Dests.Names
            places = zip(names[::2], names[1::2], strict=True)
            wanted = pdf.pages[number - 1].obj.objgen
            link.Dest = next(name for name, place in places if place[0].objgen == wanted)
            return
        raise AssertionError

    return forge


def test_a_count_is_no_number_of_a_page(ours: bytes, otherwise: bytes) -> None:
    a, b = forged(ours, count_as_a_page(2)), forged(otherwise, count_as_a_page(3))
    assert "other letters are drawn" in [str(each.message) for each in left(a, b)]


MARK = r"(\S+ \S+ l\n)((?:\S+ ){6}c\n)"
IN_SUMMARY: dict[str, Forge] = {
    "a mark with curves of two and four points": on_page(
        r"((?:\S+ ){4})(\S+ \S+ )c\n(\S+ \S+ )l\n((?:\S+ ){6}c\n)", r"\1c\n\2l\n\3\4"
    ),
    "a mark cut by another rule": on_page(r"\nW\n(n\n/Artifact\nBMC\nq\n)", r"\nW*\n\1"),
    "a mark of another form": on_page(MARK, r"\1\2\2"),
    "a mark that is no more round": on_page(MARK, r"\1"),
    "a mark of another colour": on_page(
        r"(W\nn\n/Artifact\nBMC\nq\n)\S+ \S+ \S+ rg", r"\g<1>1 0 0 rg"
    ),
}


@pytest.mark.parametrize("name", IN_SUMMARY)
def test_what_no_layout_does_in_a_summary(ours_all: Path, otherwise_all: Path, name: str) -> None:
    a, b = ((folder / "sammendrag.pdf").read_bytes() for folder in (ours_all, otherwise_all))
    told = left(a, forged(b, IN_SUMMARY[name]))
    assert any(each.weight for each in told)


def test_sheets_without_an_order_of_reading_are_not_said_to_be_right(ours: bytes) -> None:
    def without(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.StructTreeRoot

    bare = forged(ours, without)
    told = left(bare, bare)
    assert [each.weight for each in told] == [Weight.PLACE]


def pictures(data: bytes, folder: Path) -> list[bytes]:
    """Each page as it is seen, small."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "a.pdf").write_bytes(data)
    command = ("pdftoppm", "-r", "40", folder / "a.pdf", folder / "a")
    subprocess.run(command, check=False, capture_output=True, timeout=60)
    return [each.read_bytes() for each in sorted(folder.glob("*.ppm"))]


def test_no_change_that_is_seen_is_believed(ours: bytes, tmp_path: Path) -> None:
    """Of random changes of all kinds of objects: none that is believed changes a page's picture."""
    remade = RebuildResult({LETTER: ours}, whose=read_back(ours).made_from.templates)
    before = pictures(ours, tmp_path / "before")
    answers: Counter[VerifyResult] = Counter()
    for seed in range(30):
        what, data = mutant(ours, seed)
        try:
            given = read_back(data)
        except NotReadable:
            continue
        found = weighed(data, given, remade, program())
        answers[found.answer] += 1
        if found.answer.is_good:
            assert pictures(data, tmp_path / "after") == before, (seed, what)
    assert answers.keys() >= {VerifyResult.SAYS_SO, VerifyResult.WORDS}


def test_what_counts_of_a_folders_pdf(ours: bytes, otherwise: bytes) -> None:
    assert max(each.weight for each in what_counts(ours, otherwise, program())) is Weight.HARMLESS
    covered = forged(otherwise, FORGERIES["white box"][0])
    assert max(each.weight for each in what_counts(ours, covered, program())) > Weight.HARMLESS
    moved = forged(ours, on_page(r"1 0 0 -1 0 841", "1 0 0 -1 0 840"))
    assert max(each.weight for each in what_counts(ours, moved, program())) is Weight.PLACE


def test_a_pdf_laid_out_otherwise_says_what_was_adopted(ours: bytes, otherwise: bytes) -> None:
    """As verify tells it; of this very program, another layout is not believed as it is."""
    remade = RebuildResult({LETTER: ours}, whose="shipped")
    found = weighed(otherwise, read_back(otherwise), remade, program())
    assert found.answer is VerifyResult.SAYS_SO
    assert [str(each) for each in found.findings] == [
        "it says all of it, word for word, and nothing in it is unaccounted for",
        "the templates that it was made with are not here",
    ]
    covered = forged(otherwise, OUT_OF_PLACE["struck out"])
    found = weighed(covered, read_back(covered), remade, program())
    assert found.answer is VerifyResult.WORDS
    assert str(found.findings[0]) == "page 1: something is drawn over the text"
    moved = forged(ours, on_page(r"1 0 0 -1 0 841", "1 0 0 -1 0 840"))
    given = read_back(moved)
    found = weighed(moved, given, replace(remade, whose=given.made_from.templates), program())
    assert found.answer is VerifyResult.UNKNOWN
    assert str(found.findings[0]) == (
        "all of it is there, word for word, but stands in other places"
    )


def test_each_letter_has_one_glyph(ours: bytes) -> None:
    """So what a font says that a glyph stands for, and what it draws, are bound to each other."""
    with pikepdf.open(io.BytesIO(ours)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            texts = list(characters(font).values())
            assert len(texts) == len(set(texts)) > 0
