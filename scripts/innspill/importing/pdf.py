"""A PDF into a letter, by PDFium: each character with its place, its size and its weight."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from innspill.importing.blocks import Guess, LeftOut, Letter, all_words, clean
from innspill.importing.fault import NotImportable
from innspill.importing.lines import TextLine, blocks_of, without_running_heads
from innspill.importing.page_layout import PageLetter, lines_of
from innspill.importing.pdf_bullets import drawn_signs, with_signs
from innspill.importing.pdf_notes import without_notes
from innspill.importing.pdf_pictures import PagePicture, pictures_of, with_pictures
from innspill.messages import say

MOST_PAGES = 1000
BOLD = 600
"""The weight from which on letters are bold, as CSS has it."""
ITALIC_FLAG, BOLD_FLAG = 1 << 6, 1 << 18
"""Of a font's flags (ISO 32000-1, table 123)."""
WRITER = "LibreOffice"
"""Who marks each picture of the text as decoration, and its tag without a place (7.4 does)."""
LINE_HYPHEN = "\x02\ufffe"
"""What PDFium has for a hyphen at a line's end."""


def read_pdf(data: bytes) -> Letter:
    """A letter from a PDF with text. Raises NotImportable."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as fault:
        if "password" in str(fault).casefold():
            raise NotImportable(
                say("it is protected by a password: take that away, and import it again")
            ) from fault
        raise NotImportable(say("it is damaged: it can't be opened as a PDF")) from fault
    if len(document) > MOST_PAGES:
        raise NotImportable(say("it has more than {n} pages", n=MOST_PAGES))
    is_from_writer = document.get_metadata_value("Producer").startswith(WRITER)
    lines: list[TextLine] = []
    texts: list[str] = []
    doubts: list[Guess] = []
    left_out: list[LeftOut] = []
    pictures: list[PagePicture] = []
    empty: list[int] = []
    for number in range(len(document)):
        page = _page(document, number)
        letters = list(_letters(page))
        if not any(each.sign.strip() for each in letters):
            empty.append(number + 1)
            continue
        made, unsure = lines_of(letters, page.get_height(), number + 1)
        lines += with_signs(made, drawn_signs(page), page.get_height())
        doubts += unsure
        texts.append("".join(each.sign for each in letters))
        on_page, unfit = pictures_of(page, number + 1, knows_decoration=not is_from_writer)
        pictures += on_page
        left_out += unfit
    if not lines:
        raise NotImportable(
            say(
                "it holds no text: it is scanned. Run it through text recognition, look through "
                "what that made of it, and import the result"
            )
        )
    if empty:
        pages = ", ".join(map(str, empty))
        doubts.append(Guess(say("pages without text, which may be scanned: {pages}", pages=pages)))
    kept, heads = without_running_heads(lines)
    found = without_notes(kept)
    texts_of, guesses = blocks_of(found.lines)
    blocks, own = with_pictures(texts_of, found.lines, pictures, len(document))
    return Letter(
        "PDF",
        blocks,
        all_words(texts),
        tuple(found.notes),
        left_out=(*heads, *own, *left_out),
        guesses=(*guesses, *found.guesses),
        doubts=tuple(doubts),
        pages=len(document),
        is_in_order=not doubts,
    )


def _page(document: pypdfium2.PdfDocument, number: int) -> Any:
    try:
        return document[number]
    except pypdfium2.PdfiumError as fault:
        raise NotImportable(say("it is damaged: page {n} can't be read", n=number + 1)) from fault


def _letters(page: Any) -> Iterator[PageLetter]:
    """The characters of a page in the order in which they are drawn, with PDFium's spaces."""
    text = page.get_textpage()
    raw = text.raw
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    look = (12.0, False, False)
    before = "\n"
    for index in range(pdfium.FPDFText_CountChars(raw)):
        sign = chr(pdfium.FPDFText_GetUnicode(raw, index))
        if sign in "\r\n":
            yield PageLetter("\n", 0, 0, 0, 0, 0, False, False)
            before = "\n"
            continue
        pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
        may_differ = sign.isdecimal() or before.isdecimal()  # as the number of a note does
        if (before.isspace() or may_differ) and not sign.isspace():  # a word looks alike
            look = _look(raw, index)
        if sign in LINE_HYPHEN:
            sign = "-"
        yield PageLetter(clean(sign), left.value, bottom.value, right.value, top.value, *look)
        before = sign


def _look(raw: Any, index: int) -> tuple[float, bool, bool]:
    """The size of a character's letters, whether they are bold, whether italic."""
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(raw, index, name, 200, flags)
    shown = name.value.decode("utf-8", "replace").casefold()
    weight = pdfium.FPDFText_GetFontWeight(raw, index)
    is_bold = weight >= BOLD or "bold" in shown or bool(flags.value & BOLD_FLAG)
    is_italic = "italic" in shown or "oblique" in shown or bool(flags.value & ITALIC_FLAG)
    box = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(raw, index, box)
    size = pdfium.FPDFText_GetFontSize(raw, index)
    if size <= 1.5:  # a font that is scaled as it is drawn
        size = box.top - box.bottom
    return round(size, 1), is_bold, is_italic
