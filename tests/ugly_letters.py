"""Letters as they should not be: each an example of our own, made here, with one thing in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from html import escape

import pikepdf
from PIL import Image
from weasyprint import HTML

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
STYLES = f"""<w:styles xmlns:w="{W}">
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Tittel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Sitat"><w:name w:val="Quote"/></w:style>
</w:styles>"""
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def p(text: str, style: str = "", properties: str = "", bold: bool = False) -> str:
    """A paragraph of Word's."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{run if text else ''}</w:p>"


def raw(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def cell(text: str, properties: str = "") -> str:
    inside = text if text.startswith("<") else p(text)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def table(*rows: tuple[str, ...]) -> str:
    cells = (each if each.startswith("<w:tc>") else cell(each) for row in rows for each in row)
    lengths = [len(row) for row in rows]
    made = ""
    for length in lengths:
        made += f"<w:tr>{''.join(next(cells) for _ in range(length))}</w:tr>"
    return f"<w:tbl>{made}</w:tbl>"


def item(text: str, number: int, level: int = 0) -> str:
    of = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(text, properties=of)


NUMBERING = f"""<w:numbering xmlns:w="{W}">
<w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
<w:lvlText w:val="%1)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>"""

TITLE = p("Eksempel på en uttalelse", "Tittel")
BEGIN = TITLE + p("Dette er et eksempel fra Eksempel bydelsutvalg.")
FIRST, SECOND = p("1. Hva er det ene?"), p("2. Hva er det andre?")
REST = SECOND + p("Det andre er slik.")


def word(body: str, parts: Mapping[str, str | bytes] | None = None, links: str = "") -> bytes:
    """A file of Word's: its body, and more parts by their names."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/_rels/document.xml.rels": f"<Relationships>{links}</Relationships>",
        **(parts or {}),
    }
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def notes(kind: str, *texts: str) -> str:
    """Word's part for footnotes, whose first two are the lines above them."""
    made = "".join(
        f'<w:{kind} w:id="{number}">{p(text)}</w:{kind}>' for number, text in enumerate(texts, 1)
    )
    return f"<w:{kind}s {NAMES}>{made}</w:{kind}s>"


def link(name: str, target: str, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{name}" Target="{target}"{mode}/>'


def picture(name: str, description: str = "") -> str:
    return raw(
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bilde" descr="{description}"/>'
        f'<a:graphic><a:graphicData><a:blip r:embed="{name}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def png() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 20), (0, 80, 120)).save(data, "PNG")
    return data.getvalue()


def pdf(body: str, style: str = "") -> bytes:
    looks = f"@page {{ size: A4; margin: 25mm }} body {{ font: 11pt sans-serif }} {style}"
    made = HTML(string=f"<html lang='nb'><style>{looks}</style>{body}").write_pdf()
    assert isinstance(made, bytes)
    return made


def tracked_changes() -> bytes:
    change = 'w:id="1" w:author="Eksempel" w:date="2026-01-01T00:00:00Z"'
    return word(
        BEGIN
        + FIRST
        + raw(
            "<w:r><w:t xml:space='preserve'>Det ene er </w:t></w:r>"
            f"<w:del {change}><w:r><w:delText>dårlig</w:delText></w:r></w:del>"
            f"<w:ins {change}><w:r><w:t>godt</w:t></w:r></w:ins><w:r><w:t>.</w:t></w:r>"
            "<w:r><w:commentReference w:id='7'/></w:r>"
        )
        + REST,
        {"word/comments.xml": notes("comment", "x").replace('w:id="1"', 'w:id="7"')
            .replace(">x<", ">Er dette avklart?<")},
    )  # fmt: skip


def merged_cells() -> bytes:
    wide = '<w:gridSpan w:val="2"/>'
    return word(
        BEGIN
        + FIRST
        + table(
            ("Tjeneste", cell("Antall i alt", wide)),
            (cell("Barnehager", '<w:vMerge w:val="restart"/>'), "2024", "12 | 13"),
            (cell("", "<w:vMerge/>"), "2025", "14"),
        )
        + p("Tabellen er et eksempel.")
        + REST
    )


def nested_lists() -> bytes:
    return word(
        BEGIN
        + FIRST
        + p("Først dette:")
        + item("Det første", 1)
        + item("Under det første", 1, 1)
        + item("Også under", 1, 1)
        + item("Det neste", 1)
        + p("Så dette:")
        + item("Begynner på nytt", 2)
        + item("Og fortsetter.", 2)
        + REST
    )


def text_boxes() -> bytes:
    box = f"<w:txbxContent>{p('I boksen står dette.')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic>"
        f"<a:graphicData><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><w:textbox>"
        f"{box}</w:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    return word(BEGIN + FIRST + raw(f"{drawing}<w:r><w:t>Ved siden av boksen.</w:t></w:r>") + REST)


def footnotes_in_tables() -> bytes:
    mark = "<w:r><w:t>Tall</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r>"
    return word(
        BEGIN
        + FIRST
        + table(("Tjeneste", "Antall"), ("Skoler", cell(raw(mark))))
        + raw("<w:r><w:t>Mer.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>")
        + REST,
        {"word/footnotes.xml": notes("footnote", "Kilden er et eksempel.", "Også dette.")},
    )


def two_columns() -> bytes:
    text = "".join(
        f"<p>Avsnitt {n} i den første delen sier noe om tilbudet i bydelen, og det er langt nok "
        f"til at det går over flere linjer i spalten sin, slik avsnitt i to spalter gjør.</p>"
        for n in range(1, 9)
    )
    return pdf(
        "<h1>Eksempel på en uttalelse</h1><p>Dette er et eksempel fra Eksempel bydelsutvalg.</p>"
        f"<p>1. Hva er det ene?</p><div class='to'>{text}</div>"
        "<p>2. Hva er det andre?</p><p>Det andre er slik.</p>",
        ".to { columns: 2; column-gap: 12mm }",
    )


def bold_as_headings() -> bytes:
    return word(
        p("Eksempel på en uttalelse", bold=True)
        + p("Dette er et eksempel fra Eksempel bydelsutvalg.")
        + p("Innledning", bold=True)
        + p("Vi takker for brevet.")
        + p("1. Hva er det ene?", bold=True)
        + p("Det ene er slik.")
        + p("Nærmere om det", bold=True)
        + p("Dette er nærmere om det ene.")
        + REST
    )


def typed_bullets() -> bytes:
    return word(
        BEGIN
        + FIRST
        + p("Vi mener dette:")
        + p("•\tDet første er viktig.")
        + p("•\tDet andre også.")
        + p("Og dette:")
        + p("- Med strek.")
        + p("- Og strek igjen.")
        + p("1) Med tall.")
        + p("2) Og tall igjen.")
        + REST
    )


def letter_lists() -> bytes:
    return word(
        BEGIN
        + FIRST
        + p("Skrevet for hånd:")
        + p("a) Det første, se bokstav b.")
        + p("b) Det andre.")
        + p("Og av Word:")
        + item("Det tredje.", 3)
        + item("Det fjerde.", 3)
        + REST
    )


def scanned() -> bytes:
    made, data = pikepdf.new(), io.BytesIO()
    image = io.BytesIO()
    Image.new("L", (100, 140), 255).save(image, "JPEG")
    page = made.add_blank_page(page_size=(595, 842))
    stream = pikepdf.Stream(made, image.getvalue())
    stream.update(
        {"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/Width": 100,
         "/Height": 140, "/ColorSpace": pikepdf.Name.DeviceGray, "/BitsPerComponent": 8,
         "/Filter": pikepdf.Name.DCTDecode}
    )  # fmt: skip
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    page.Contents = pikepdf.Stream(made, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
    made.save(data)
    return data.getvalue()


NYNORSK = """\
Døme på ei fråsegn

Dykkar ref.: 26/1
Sakshandsamar: Kari Døme
Dato: 3. mars 2026

Fråsegn frå Døme bydelsutval

Saka vart handsama i møte 26.02.2026, og fråsegna vart vedteken med 9 mot 6 røyster. Me er ikkje
samde i alt, og eit mindretal ser det på ein annan måte. Kva som skal gjerast, er ikkje avgjort.

1. Hva er det ene?

Det eine er ikkje slik det var, og dei som bur her, merkar det.

Merknad frå Raudt og SV: Me vil gå lenger enn fleirtalet.

2. Hva er det andre?

Det andre er som før.
"""

SAMI = """\
Eksempel på en uttalelse

Dette er et eksempel fra Eksempel bydelsutvalg. Sámedikki cealkámuš: čáhci, đuohta, ŋuolga, šaddu,
ŧeaksta ja žirá. Åarjelsaemien: dïedtedh, aerpie.

1. Hva er det ene?

Sámegiella lea dehálaš. Guovddážis leat olbmot geat hállet davvisámegiela.

2. Hva er det andre?

Vuođđu lea dat.
"""

LOOKS_LIKE_MARKUP = """\
Eksempel på en uttalelse

Dette er et eksempel fra Eksempel bydelsutvalg.

1. Hva er det ene?

1. april begynner det. Vi viser til &copy; og til {#id} og a_b_c, og til *stjerner* og <b>tegn</b>.

# 5 er ikke en overskrift, sier vi.

::: dette er ikke en boks, og det er tre kolon foran det.

> 50 prosent av dem er med, og + 3 er ikke en liste.

2. Hva er det andre?

[Merknad]: dette er ikke en lenke. Heller ikke [ord](adresse), `kode` eller ~~strek~~.

| dette er ingen tabell |

    Fire mellomrom foran, og bakslag \\ midt i.
"""


def long_table() -> bytes:
    rows = [(f"Sak {number}", f"{number * 3}", "Et eksempel.") for number in range(1, 121)]
    return word(BEGIN + FIRST + table(("Sak", "Antall", "Merknad"), *rows) + REST)


def table_in_pdf() -> bytes:
    rows = "".join(f"<tr><td>Sak {n}<td>{n * 3}<td>Eksempel {n}</tr>" for n in range(1, 31))
    return pdf(
        "<h1>Eksempel på en uttalelse</h1><p>Dette er et eksempel fra Eksempel bydelsutvalg.</p>"
        f"<p>1. Hva er det ene?</p><table>{rows}</table>"
        "<p>2. Hva er det andre?</p><p>Det andre er slik.</p>",
        "td { padding-right: 25mm }",
    )


def right_to_left() -> bytes:
    arabic = "<w:r><w:rPr><w:rtl/></w:rPr><w:t>مرحبا بكم</w:t></w:r>"
    before = "<w:r><w:t xml:space='preserve'>Brosjyren heter </w:t></w:r>"
    behind = "<w:r><w:t xml:space='preserve'> på arabisk.</w:t></w:r>"
    return word(BEGIN + FIRST + raw(before + arabic + behind) + REST)


def equation() -> bytes:
    sign = "<m:r><m:t>{}</m:t></m:r>"
    part = f"<m:f><m:num>{sign.format('a')}</m:num><m:den>{sign.format('b')}</m:den></m:f>"
    text = "<w:r><w:t xml:space='preserve'>Andelen er </w:t></w:r>"
    return word(BEGIN + FIRST + raw(f"{text}<m:oMath>{part}</m:oMath>") + REST)


def chart() -> bytes:
    drawing = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><c:chart r:id='k1'/>"
    end = "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    return word(BEGIN + FIRST + p("Se figuren.") + raw(drawing + end) + REST)


def smart_art() -> bytes:
    drawing = "<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><dgm:relIds r:dm='d1'/>"
    end = "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    data = f"<x {NAMES}><a:t>Først dette</a:t><a:t>Så dette</a:t></x>"
    return word(
        BEGIN + FIRST + p("Se figuren.") + raw(drawing + end) + REST,
        {"word/diagrams/data1.xml": data},
        link("d1", "diagrams/data1.xml"),
    )


def pictures() -> bytes:
    return word(
        BEGIN + FIRST + picture("b1", "En plan over parken") + picture("b2") + picture("b3") + REST,
        {"word/media/a.png": png(), "word/media/b.png": png()},
        link("b1", "media/a.png")
        + link("b2", "media/b.png")
        + link("b3", "https://example.org/c.png", outside=True),
    )


def password() -> bytes:
    return OLD + "EncryptedPackage".encode("utf-16-le")


def password_pdf() -> bytes:
    data = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("<p>Eksempel</p>"))) as made:
        made.save(data, encryption=pikepdf.Encryption(user="a", owner="b"))
    return data.getvalue()


def two_hundred_pages() -> bytes:
    """Built by hand, since laying it out would take longer than all other tests."""
    made, data = pikepdf.new(), io.BytesIO()
    font = made.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    for number in range(1, 201):
        lines = [(790, f"Eksempel side {number}")]
        if number == 1:
            lines += [
                (760, "Eksempel om noe langt"),
                (725, "Innspill fra Eksempel bydelsutvalg"),
                (690, "1. Hva er det ene?"),
            ]
        lines += [(650 - 38 * n, f"Avsnitt {n} paa side {number} er kort.") for n in range(12)]
        if number == 200:
            lines += [(150, "2. Hva er det andre?"), (120, "Det er slutten.")]
        lines.append((30, f"Side {number} av 200"))
        text = "".join(f"BT /F0 11 Tf 70 {y} Td ({t}) Tj ET\n" for y, t in lines)
        page = made.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F0=font))
        page.Contents = pikepdf.Stream(made, text.encode("latin-1"))
    made.save(data)
    return data.getvalue()


def zip_bomb() -> bytes:
    return word(BEGIN, {"word/media/bombe.png": bytes(500_000_000)})


def entities() -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    body = "<w:body><w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p></w:body>"
    document = f"{bomb}<w:document {NAMES}>{body}</w:document>"
    return word("", {"word/document.xml": document})


def macros() -> bytes:
    return word(BEGIN, {"word/vbaProject.bin": b"x"})


def without_committee() -> bytes:
    return word(p("Eksempel", "Tittel") + FIRST + p("Det ene er slik.") + REST)


def page() -> bytes:
    return (
        "<!doctype html><html lang='nb'><head><title>Eksempel</title><style>p{}</style></head>"
        "<body>"
        "<h1>Eksempel på en uttalelse</h1><p>Dette er et eksempel fra <b>Eksempel bydelsutvalg</b>."
        "<script>alert('x')</script></p><h2>1. Hva er det ene?</h2><p>Det ene er <i>slik</i>.<br>"
        "Og slik.</p><ol start='3'><li>Tre<ul><li>Under</li></ul></li><li>Fire</li></ol>"
        "<h3>Mer om det</h3><blockquote><p>Et sitat.</p></blockquote>"
        "<h2>2. Hva er det andre?</h2><table><tr><th>A</th><th>B</th></tr>"
        "<tr><td colspan='2'>1</td></tr></table></body></html>"
    ).encode()


def open_document() -> bytes:
    ns = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(
        f'xmlns:{short}="{ns}{name}:1.0"'
        for short, name in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")),
            *(("fo", "xsl-fo-compatible"), ("draw", "drawing")),
        )
    )
    body = (
        '<text:p text:style-name="Title">Eksempel på en uttalelse</text:p>'
        "<text:p>Dette er et eksempel<text:s/>fra Eksempel bydelsutvalg.</text:p>"
        "<text:p>1. Hva er det ene?</text:p><text:p>Det ene er "
        "<text:span text:style-name='T1'>viktig</text:span><text:note>"
        "<text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>En fotnote.</text:p></text:note-body></text:note>.</text:p>"
        "<text:list text:style-name='L1'><text:list-item><text:p>Først</text:p></text:list-item>"
        "<text:list-item><text:p>Så</text:p></text:list-item></text:list>"
        '<text:h text:outline-level="2">2. Hva er det andre?</text:h><text:p>Det andre.</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
    )
    styles = (
        "<office:automatic-styles><style:style style:name='T1'><style:text-properties "
        "fo:font-weight='bold'/></style:style><text:list-style style:name='L1'>"
        "<text:list-level-style-number text:level='1' style:num-format='1'/></text:list-style>"
        "</office:automatic-styles>"
    )
    content = (
        f"<office:document-content {names}>{styles}<office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    return odt({"content.xml": content})


def odt(parts: Mapping[str, str]) -> bytes:
    """An OpenDocument file with these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        for name, part in parts.items():
            archive.writestr(name, part)
    return data.getvalue()


def text(given: str, encoding: str = "utf-8") -> Callable[[], bytes]:
    return lambda: given.encode(encoding)


LETTERS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "tracked-changes": ("docx", tracked_changes),
    "merged-cells": ("docx", merged_cells),
    "nested-lists": ("docx", nested_lists),
    "text-boxes": ("docx", text_boxes),
    "footnotes-in-tables": ("docx", footnotes_in_tables),
    "two-columns": ("pdf", two_columns),
    "bold-as-headings": ("docx", bold_as_headings),
    "typed-bullets": ("docx", typed_bullets),
    "letter-lists": ("docx", letter_lists),
    "scanned": ("pdf", scanned),
    "nynorsk": ("txt", text(NYNORSK, "windows-1252")),
    "sami": ("txt", text(SAMI)),
    "markup": ("txt", text(LOOKS_LIKE_MARKUP)),
    "long-table": ("docx", long_table),
    "table-in-pdf": ("pdf", table_in_pdf),
    "right-to-left": ("docx", right_to_left),
    "equation": ("docx", equation),
    "chart": ("docx", chart),
    "smartart": ("docx", smart_art),
    "pictures": ("docx", pictures),
    "old-word": ("doc", lambda: OLD),
    "password": ("docx", password),
    "password-pdf": ("pdf", password_pdf),
    "rtf": ("docx", lambda: b"{\\rtf1 Eksempel}"),
    "200-pages": ("pdf", two_hundred_pages),
    "zip-bomb": ("docx", zip_bomb),
    "entities": ("docx", entities),
    "macros": ("docx", macros),
    "damaged": ("docx", lambda: word(BEGIN)[:300]),
    "without-committee": ("docx", without_committee),
    "html": ("html", page),
    "odt": ("odt", open_document),
}
"""Each letter by its name: the ending of its file, and what makes it."""
