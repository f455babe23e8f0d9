"""XML that is written, never read: elements by their names, and text that XML may hold."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement, indent, tostring

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML holds (XML 1.0, 2.2)."""


def root(name: str, namespace: str) -> Element:
    """The outermost element; all in it are of the same namespace."""
    return Element(name, {"xmlns": namespace})


def child(parent: Element, name: str, text: str = "", /, **attributes: str) -> Element:
    """A new last child."""
    made = SubElement(parent, name, {key: clean(value) for key, value in attributes.items()})
    made.text = clean(text) or None
    return made


def add_text(parent: Element, text: str) -> None:
    """Text behind all that an element holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + clean(text)
    else:
        parent.text = (parent.text or "") + clean(text)


def clean(text: str) -> str:
    """A text as XML may hold it."""
    return UNFIT.sub("\ufffd", text)


def written(whole: Element, *, is_indented: bool) -> bytes:
    """A document; only one without running text may be indented."""
    if is_indented:
        indent(whole)
    return bytes(tostring(whole, encoding="utf-8", xml_declaration=True)) + b"\n"
