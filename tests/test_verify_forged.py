"""`innspill verify` believes no forgery: each with its verdict and its words."""

from __future__ import annotations

import contextlib
import io
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from repositories import begun
from sites import CONTENT, STATEMENT, build_quietly, project
from test_verify import listed_anew, said

from innspill.pdf.differences import differences
from innspill.pdf.read_back import read_back
from innspill.project import Project
from innspill.rebuild import Origin, PdfRequest, rebuild
from innspill.remade import RebuildResult
from innspill.render.provenance import program
from innspill.verification import Judgement, Verification, VerifyResult
from innspill.verify import verify_paths
from innspill.verify_pdf import judge, texts_of
from innspill.weigh import weighed

SITE = "https://innspill.example.org/"
Forge = Callable[[pikepdf.Pdf], object]
WORDS, OTHER = VerifyResult.WORDS, VerifyResult.OTHER
UNKNOWN, SAYS_SO = VerifyResult.UNKNOWN, VerifyResult.SAYS_SO


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Project:
    """The letter, committed and built, with an address of its own."""
    repo = begun(tmp_path_factory.mktemp("forged") / "repo")
    shutil.copytree(CONTENT, repo.content)
    index = repo.content / "index.md"
    text = index.read_text(encoding="utf-8")
    index.write_text(text.replace("---\n", f"---\nurl: {SITE}\n", 1), encoding="utf-8")
    (repo.root / ".gitignore").write_text("build/\n", encoding="utf-8")
    repo.commit({})
    found = project(repo.root, store=store)
    built = build_quietly(found)
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return found


@pytest.fixture(scope="module")
def letter(place: Project) -> bytes:
    return (place.output / STATEMENT / "uttalelse.pdf").read_bytes()


@pytest.fixture(scope="module")
def remade(place: Project, letter: bytes) -> RebuildResult:
    """What the commit makes, once for all forgeries."""
    given = read_back(letter)
    [text] = texts_of(given)
    request = PdfRequest(text.path, "uttalelse.pdf", given.made_from)
    origin = Origin(place.content, "content", place.store, text.commit, None)
    return rebuild(request, origin, 600)


def forged(letter: bytes, forge: Forge, **options: Any) -> bytes:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        forge(pdf)
        pdf.save(data, **options)
    return data.getvalue()


def judged(data: bytes, remade: RebuildResult) -> Judgement:
    """As `judge` does it, but here and not in a process of its own."""
    if data in remade.files.values():
        return judge(data, read_back(data), remade, "oppgavefordeling-2024/alna.md")
    return weighed(data, read_back(data), remade, program())


def first_font(pdf: pikepdf.Pdf) -> Any:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def own_file(font: Any) -> Any:
    described = font.DescendantFonts[0].FontDescriptor
    return next(described[key] for key in ("/FontFile2", "/FontFile3") if key in described)


def in_stream(old: bytes, new: bytes, page: int = 0) -> Forge:
    def forge(pdf: pikepdf.Pdf) -> None:
        contents = pdf.pages[page].Contents
        data = contents.read_bytes()
        assert old in data
        contents.write(data.replace(old, new, 1))

    return forge


def draw(code: bytes) -> Forge:
    return lambda pdf: pdf.pages[0].contents_add(code)


def annotate(**values: Any) -> Forge:
    def forge(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        made = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 99, 99]), **values)
        page.Annots = Array([*page.get("/Annots", ()), pdf.make_indirect(made)])

    return forge


def on_page(key: str, value: object) -> Forge:
    return lambda pdf: pdf.pages[0].obj.__setitem__(key, value)


def in_root(key: str, value: object) -> Forge:
    return lambda pdf: pdf.Root.__setitem__(key, value)


def picture(pdf: pikepdf.Pdf) -> None:
    image = pdf.make_stream(b"\xff\xff\xff")
    for key, value in {
        "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 1, "/Height": 1,
        "/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8,
    }.items():  # fmt: skip
        image[key] = value
    page = pdf.pages[0]
    name = page.add_resource(image, Name.XObject, Name.Falsk)
    page.contents_add(b"q 595 0 0 842 0 0 cm %s Do Q" % str(name).encode())


def inherited_box(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.CropBox = Array([0, 0, 200, 200])


def swapped_meaning(pdf: pikepdf.Pdf) -> None:
    """Two letters of headings stand for each other: what is drawn and what is heard differ."""
    fonts = pdf.pages[0].Resources.Font.values()
    stream = next(each for each in fonts if "Bold" in str(each.BaseFont)).ToUnicode
    data = stream.read_bytes()
    marks = (b"<006b>", b"<0067>") if b"<006b>" in data else (b"<006B>", b"<0067>")
    assert all(each in data for each in marks)
    swapped = data.replace(marks[0], b"?").replace(marks[1], marks[0]).replace(b"?", marks[1])
    stream.write(swapped)


def other_font(pdf: pikepdf.Pdf) -> None:
    fonts = list(pdf.pages[0].Resources.Font.values())
    own_file(fonts[0]).write(own_file(fonts[1]).read_bytes())


def swapped_glyphs(pdf: pikepdf.Pdf) -> None:
    font = first_font(pdf).DescendantFonts[0]
    table = b"".join(each.to_bytes(2, "big") for each in (0, 2, 1, *range(3, 900)))
    font.CIDToGIDMap = pdf.make_stream(table)


def other_link(pdf: pikepdf.Pdf) -> None:
    links = [each for page in pdf.pages for each in page.obj.get("/Annots", ())]
    link = next(each for each in links if "/URI" in each.get("/A", Dictionary()))
    link.A.URI = String("https://falsk.example/")


def see_through(pdf: pikepdf.Pdf) -> None:
    name = pdf.pages[0].add_resource(Dictionary(ca=0), Name.ExtGState, Name.Falsk)
    contents = pdf.pages[0].Contents
    contents.write(b"%s gs\n" % str(name).encode() + contents.read_bytes())


def read_aloud(pdf: pikepdf.Pdf) -> None:
    element = pdf.Root.StructTreeRoot.K
    while isinstance(element, Array) or "/K" in element:
        below = element if isinstance(element, Array) else element.K
        if not isinstance(below, (Array, Dictionary)):
            break
        kid = below[0] if isinstance(below, Array) else below
        if not isinstance(kid, Dictionary) or "/S" not in kid:
            break
        element = kid
    element.ActualText = String("Noe annet")


def tiny(pdf: pikepdf.Pdf) -> None:
    contents = pdf.pages[0].Contents
    contents.write(re.sub(rb"(/\S+) \S+ Tf", rb"\1 0.01 Tf", contents.read_bytes()))


def without_page(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def layer(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Lag")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


def attached(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["vedtak.txt"] = b"Noe annet"


def title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = String("Et annet vedtak")


def form(pdf: pikepdf.Pdf) -> None:
    annotate(Subtype=Name.Widget, FT=Name.Tx, T=String("a"), V=String("nei"))(pdf)
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[0].obj.Annots[-1]]))


def all_moved(pdf: pikepdf.Pdf) -> None:
    contents = pdf.pages[0].Contents
    data = contents.read_bytes()
    start = data.index(b" cm")
    line = data[data.rindex(b"\n", 0, start) + 1 : start] if b"\n" in data[:start] else data[:start]
    contents.write(data.replace(line, b"1 0 0 1 900 900", 1))


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
COVER = b"q 1 1 1 rg 0 0 595 842 re f Q"
FORGERIES: dict[str, tuple[Forge, VerifyResult, str]] = {
    "picture": (picture, WORDS, "page 1: a picture is drawn over it"),
    "inline picture": (
        draw(b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"),
        WORDS,
        "page 1: a picture is drawn over it",
    ),
    "white box": (draw(COVER), WORDS, "page 1: something is drawn over the text"),
    "white box below": (
        lambda pdf: pdf.pages[0].contents_add(COVER, prepend=True),
        WORDS,
        "page 1: something is drawn over the text",
    ),
    "untagged words": (
        draw(b"BT ET q 1 0 0 1 9 9 cm 0 0 m 9 9 l S Q"),
        WORDS,
        "page 1: something is drawn over the text",
    ),
    "invisible": (in_stream(b"BT", b"BT 3 Tr"), WORDS, "page 1: text is hidden"),
    "tiny": (tiny, WORDS, "page 1: something else is drawn"),
    "see-through": (see_through, WORDS, "page 1"),
    "cropped": (on_page("/CropBox", Array([0, 0, 99, 99])), WORDS, "page 1 is cut"),
    "cropped from above": (inherited_box, WORDS, "page 1 is cut"),
    "larger": (on_page("/MediaBox", Array([0, 0, 2000, 2000])), WORDS, "page 1 is cut"),
    "scaled": (on_page("/UserUnit", 9), WORDS, "page 1 is cut, or has another size"),
    "turned": (on_page("/Rotate", 180), WORDS, "page 1 is turned"),
    "note": (
        annotate(Subtype=Name.Text, Contents=String("nei")),
        WORDS,
        "page 1 has a note: “nei”",
    ),
    "free text": (
        annotate(Subtype=Name.FreeText, Contents=String("nei"), DA=String("/F 9 Tf")),
        WORDS,
        "page 1 has a note: “nei”",
    ),
    "stamp": (annotate(Subtype=Name.Stamp), WORDS, "page 1 has a note"),
    "redaction": (annotate(Subtype=Name.Redact), WORDS, "page 1 has a note"),
    "form field": (form, WORDS, "page 1 has a form field"),
    "script": (in_root("/OpenAction", SCRIPT), WORDS, "it has a script"),
    "script by name": (
        in_root("/Names", Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))),
        WORDS,
        "it has a script",
    ),
    "script on closing": (in_root("/AA", Dictionary(WC=SCRIPT)), WORDS, "it has a script"),
    "script of a page": (on_page("/AA", Dictionary(O=SCRIPT)), WORDS, "page 1 has a script"),
    "launch": (
        annotate(Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("a.exe"))),
        WORDS,
        "page 1: a link runs something",
    ),
    "new link": (
        annotate(Subtype=Name.Link, A=Dictionary(S=Name.URI, URI=String("https://falsk.example"))),
        WORDS,
        "page 1: a link came in, to https://falsk.example",
    ),
    "other link": (other_link, WORDS, "a link leads to https://falsk.example/, not to "),
    "meaning of letters": (swapped_meaning, OTHER, "what a font's letters stand for is another"),
    "shapes of letters": (swapped_glyphs, WORDS, "page 1: a font is another"),
    "another font": (other_font, WORDS, "page 1: a font is another"),
    "read aloud": (read_aloud, WORDS, "what a screen reader is told is another"),
    "layer": (layer, WORDS, "it has layers that can be hidden"),
    "attached": (attached, WORDS, "the files in it are others"),
    "title": (title, WORDS, "Title is “Et annet vedtak”, was “"),
    "page gone": (without_page, OTHER, "pages: "),
    "moved away": (all_moved, WORDS, "page 1: the same is drawn, but stands in other places"),
    "language": (in_root("/Lang", String("en")), WORDS, "it has something else in it: Lang"),
    "extension": (in_root("/Extensions", Dictionary()), WORDS, "it has something else in it"),
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forged_pdf(letter: bytes, remade: RebuildResult, name: str) -> None:
    forge, answer, words = FORGERIES[name]
    found = judged(forged(letter, forge), remade)
    assert words in said(found), (found.answer, said(found))
    assert found.answer is answer, said(found)


def test_it_is_told_where_a_reader_sees_it(letter: bytes, remade: RebuildResult) -> None:
    """With the page drawn: a box on the first page is seen there alone, a script nowhere."""
    path = f"{STATEMENT}/uttalelse.pdf"
    box = forged(letter, FORGERIES["white box"][0])
    found = judge(box, read_back(box), remade, path)
    assert "page 1 looks otherwise" in said(found)
    assert "page 2 looks otherwise" not in said(found)
    script = forged(letter, FORGERIES["script"][0])
    assert "looks otherwise" not in said(judge(script, read_back(script), remade, path))
    locked = forged(letter, lambda _: None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert "looks otherwise" not in said(judge(locked, read_back(locked), remade, path))


def test_what_is_only_packed_anew(letter: bytes, remade: RebuildResult) -> None:
    assert judged(letter, remade).answer is VerifyResult.SAME
    for options in ({}, {"linearize": True}, {"compress_streams": False}, {"qdf": True}):
        found = judged(forged(letter, lambda _: None, **options), remade)
        assert found.answer is SAYS_SO, (options, said(found))


def test_what_stands_around_a_pdf(letter: bytes, remade: RebuildResult) -> None:
    assert "behind its end" in said(judged(letter + b"\n<script>", remade))
    assert judged(letter + b"\r\n\0\0", remade).answer is SAYS_SO
    found = judged(b"\n<html>\n" + letter, remade)
    assert not found.answer.is_good, said(found)
    locked = forged(letter, lambda _: None, encryption=pikepdf.Encryption(owner="a", user=""))
    found = judged(locked, remade)
    assert found.answer is WORDS
    assert "it is locked" in said(found)


def test_a_revision_put_on_top(letter: bytes, remade: RebuildResult) -> None:
    """What an editor appends: here the first page is turned."""
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        number, generation = pdf.pages[0].obj.objgen
        pdf.pages[0].obj.Rotate = 180
        page = pdf.pages[0].obj.unparse(resolved=True)
        size, root = int(pdf.trailer.Size), pdf.Root.objgen[0]
    start = letter[letter.rindex(b"startxref") + 9 :].split()[0]
    at = len(letter) + 1
    added = b"\n%d %d obj\n%s\nendobj\n" % (number, generation, page)
    table = at + len(added) - 1
    added += b"xref\n%d 1\n%010d %05d n \ntrailer\n<</Size %d/Root %d 0 R/Prev %s>>\n" % (
        *(number, at, generation, size, root),
        start,
    )
    found = judged(letter + added + b"startxref\n%d\n%%%%EOF\n" % table, remade)
    assert found.answer is WORDS, said(found)
    assert "it was changed after it was made: it has 2 revisions" in said(found)


def test_a_link_more_is_told_alone(letter: bytes) -> None:
    """Those behind it lead where they led, though each has another number in the tag tree."""

    def in_front(pdf: pikepdf.Pdf) -> None:
        page = max((each.obj for each in pdf.pages), key=lambda e: len(e.get("/Annots", ())))
        action = Dictionary(S=Name.URI, URI=String("https://falsk.example"))
        made = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)
        page.Annots = Array([pdf.make_indirect(made), *page.Annots])

    def renumbered(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            for link in page.obj.get("/Annots", ()):
                link.StructParent += 1

    told = [str(each.message) for each in differences(letter, forged(letter, in_front))]
    assert [re.sub(r"\d+", "N", each) for each in told] == [
        "page N: a link came in, to https://falsk.example"
    ]
    moved = differences(letter, forged(forged(letter, renumbered), in_front))
    assert sorted(str(each.message) for each in moved) == [
        *told,
        "what a screen reader is told is another",
    ]


PAGES: dict[str, tuple[bytes, bytes, str]] = {
    "leads away": (
        b"<head>",
        b'<head><meta http-equiv="refresh" content="0;url=https://falsk.example/">',
        "it says “<meta>”",
    ),
    "onload": (b"<body", b'<body onload="x()"', "it says “onload=x()”"),
    "hidden": (b"<p", b"<p hidden", "it says “hidden=None”"),
    "style": (b"<main", b'<main style="display:none"', "it says “style=display:none”"),
    "a class": (b'class="', b'class="visually-hidden ', "visually-hidden"),
    "script": (b"</body>", b"<script>x()</script></body>", "it says “<script>”"),
    "comment": (b"</body>", b"<!-- x --></body>", "it says “<!-- x -->”"),
}


@pytest.fixture(scope="module")
def forged_site(place: Project, tmp_path_factory: pytest.TempPathFactory) -> Verification:
    """A folder with all forgeries of pages, each on a page of its own, its manifest edited too."""
    site = Path(shutil.copytree(place.output, tmp_path_factory.mktemp("forged") / "site"))
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    for path, (old, new, _) in zip(pages, PAGES.values(), strict=False):
        page = site / path
        data = page.read_bytes()
        assert old in data
        page.write_bytes(data.replace(old, new, 1))
        listed_anew(site, path)
    for path in ("assets/site.js", "assets/theme.js"):
        if (site / path).exists():
            (site / path).write_bytes((site / path).read_bytes() + b"\nx();\n")
            listed_anew(site, path)
    with pikepdf.open(site / STATEMENT / "uttalelse.pdf", allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(COVER)
        pdf.save()
    listed_anew(site, STATEMENT + "uttalelse.pdf")
    [found] = verify_paths(place, (site,), 600)
    return found


def test_a_forged_folder(forged_site: Verification) -> None:
    assert forged_site.answer is OTHER
    for _, _, words in PAGES.values():
        assert words in said(forged_site)
    assert "uttalelse.pdf: page 1: something is drawn over the text" in said(forged_site)
    assert ".js: not as that commit makes it" in said(forged_site)


def test_the_untouched_folder(place: Project) -> None:
    [found] = verify_paths(place, (place.output,), 600)
    assert found.answer is VerifyResult.SAME, said(found)


def mutated(pdf: pikepdf.Pdf, chance: random.Random) -> bool:
    """Changes one thing of one object; whether that could be drawn, read or run."""
    kinds = (Dictionary, pikepdf.Stream, Array)
    objects = [
        each
        for each in pdf.objects
        if isinstance(each, kinds) and len(each if isinstance(each, Array) else each.keys())
    ]
    found: Any = chance.choice(objects)
    if isinstance(found, Array):
        found[chance.randrange(len(found))] = 12345
        return True
    kind = str(found.get("/Type", ""))
    if isinstance(found, pikepdf.Stream):
        try:
            data = bytearray(found.read_bytes())
        except pikepdf.PdfError:  # a picture, which is not unpacked
            return False
        if data:
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            found.write(bytes(data))
        return bool(data) and kind not in {"/Metadata", "/ObjStm", "/XRef"}
    key = chance.choice(sorted(found.keys()))
    if key in {"/Parent", "/Count"}:  # which saving sets right
        return False
    if chance.random() < 0.5:
        found[key] = 12345
    else:
        del found[key]
    return bool(found.objgen != pdf.docinfo.objgen)


def test_whatever_is_changed_is_told(letter: bytes) -> None:
    """Of two hundred changes of objects, none that could be drawn is passed over."""
    chance = random.Random(16)
    for number in range(200):
        data = io.BytesIO()
        with pikepdf.open(io.BytesIO(letter)) as pdf:
            matters = mutated(pdf, chance)
            with contextlib.suppress(pikepdf.PdfError):
                pdf.save(data)
        if matters and data.getvalue():
            told = differences(letter, data.getvalue())
            assert any(each.weight for each in told), number
