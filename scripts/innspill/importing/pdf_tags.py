"""What the tags of a PDF say of its pictures (ISO 32000-1, 14.7 and 14.9.3), by PDFium."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from innspill.importing.blocks import clean

DEEPEST, MOST = 60, 20_000
"""How deep tags are read, and how many of a page."""


def alternatives_of(page: Any) -> dict[int, str]:
    """The alternative texts of what is tagged on a page, by the numbers of the marked content."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    found: dict[int, str] = {}
    waiting = [
        (pdfium.FPDF_StructTree_GetChildAtIndex(tree, n), "", 0)
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree))
    ]
    seen = 0
    while waiting and seen < MOST:
        element, inherited, depth = waiting.pop()
        seen += 1
        if not element or depth > DEEPEST:
            continue
        text = _alternative(element) or inherited
        for n in range(pdfium.FPDF_StructElement_GetMarkedContentIdCount(element)):
            mark = pdfium.FPDF_StructElement_GetMarkedContentIdAtIndex(element, n)
            if mark >= 0 and text:
                found[mark] = text
        for n in range(pdfium.FPDF_StructElement_CountChildren(element)):
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, n)
            waiting.append((child, text, depth + 1))
    pdfium.FPDF_StructTree_Close(tree)
    return found


def is_decoration(picture: Any) -> bool:
    """Whether the file marks something on a page as an artifact: no part of what it says."""
    return any(
        _name(pdfium.FPDFPageObj_GetMark(picture.raw, n)) == "Artifact"
        for n in range(pdfium.FPDFPageObj_CountMarks(picture.raw))
    )


def _alternative(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
    data = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetAltText(element, data, size)
    return " ".join(clean(data.raw[: max(0, size - 2)].decode("utf-16-le", "replace")).split())


def _name(mark: Any) -> str:
    size = ctypes.c_ulong()
    data = (ctypes.c_ushort * 40)()
    pdfium.FPDFPageObjMark_GetName(mark, data, ctypes.sizeof(data), size)
    return bytes(data)[: max(0, size.value - 2)].decode("utf-16-le", "replace")
