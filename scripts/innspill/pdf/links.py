"""Links: what is said of them, and where they lead.

A link to the sibling PDF becomes a GoToR action (ISO 32000-1, 12.6.4.3), so that no address
of a disk is in the file.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

import pikepdf
from pikepdf import Dictionary, Name

from innspill.pdf.addresses import SIBLING
from innspill.pdf.faults import Unexpected
from innspill.pdf.tag_element import TagElement

PRINTED = 4
"""The flag of an annotation that is printed (ISO 32000-1, 12.5.3)."""
ALLOWED = re.compile(r"(https?|mailto|tel):", re.IGNORECASE)


def tidy_annotations(pdf: pikepdf.Pdf) -> None:
    """Readies WeasyPrint's annotations for `write_tags`: each knows its page and is printed."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            if annotation.Subtype != Name.Link:
                raise Unexpected(f"an annotation of the kind {annotation.Subtype}")
            annotation.P = page.obj
            annotation.F = PRINTED


def write_links(pdf: pikepdf.Pdf, root: TagElement) -> None:
    """Says of each link what it is; drops those that no tag has."""
    kept = set()
    for tag in root.all_tags:
        for annotation in (pdf.get_object(number, 0) for number in tag.links):
            kept.add(annotation.objgen)
            annotation.Contents = pikepdf.String(tag.label or "")
            _lead(annotation)
    for page in pdf.pages:
        if "/Annots" in page.obj:
            left = [each for each in page.obj.Annots if each.objgen in kept]
            page.obj.Annots = pikepdf.Array(left)


def _lead(annotation: pikepdf.Object) -> None:
    address = str(annotation.get("/A", Dictionary()).get("/URI", ""))
    if address.startswith(SIBLING):
        name, _, place = address.removeprefix(SIBLING).partition("#")
        file = pikepdf.String(unquote(name))
        annotation.A = Dictionary(
            Type=Name.Action,
            S=Name.GoToR,
            F=Dictionary(Type=Name.Filespec, F=file, UF=file),
            D=pikepdf.String(unquote(place)),
        )
    elif address and not ALLOWED.match(address):
        raise Unexpected(f"a link to {address}")
