"""Zips of XML, as word processors save them, opened without trust.

A zip that says it holds very much is not unpacked; XML with a document type is refused, so that no
entity is ever expanded and nothing is fetched.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from innspill.importing.fault import NotImportable
from innspill.messages import say

MOST_BYTES = 400_000_000
"""How much a zip may hold when it is unpacked."""
MOST_PART = 150_000_000
"""How much one of its parts may hold."""
MOST_ENTRIES = 20_000


@dataclass(frozen=True, slots=True)
class DocumentArchive:
    """The parts of a document."""

    zip: zipfile.ZipFile = field(repr=False)
    names: frozenset[str]

    def data(self, name: str) -> bytes | None:
        """The bytes of a part, None where there is none; never more than it said."""
        if name not in self.names:
            return None
        info = self.zip.getinfo(name)
        try:
            with self.zip.open(info) as part:
                data = part.read(MOST_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
        ) as fault:
            raise NotImportable(say("it is damaged: {part} can't be read", part=name)) from fault
        if len(data) > min(MOST_PART, info.file_size):
            raise too_much()
        return data

    def xml(self, name: str) -> etree._Element | None:
        """A part as XML, None where there is none."""
        data = self.data(name)
        return None if data is None else parsed(data, name)


def too_much() -> NotImportable:
    """A zip bomb, or a file of that kind."""
    return NotImportable(say("unpacked it would hold more than {n} MB", n=MOST_BYTES // 1_000_000))


def archive_of(data: bytes) -> DocumentArchive:
    """The document that a zip holds. Raises NotImportable."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError) as fault:
        raise NotImportable(say("it is damaged: its zip can't be opened")) from fault
    entries = archive.infolist()
    total = sum(each.file_size for each in entries)
    if len(entries) > MOST_ENTRIES or total > MOST_BYTES:
        raise too_much()
    if any(each.flag_bits & 1 for each in entries):
        raise NotImportable(
            say("it is protected by a password: take that away, and import it again")
        )
    return DocumentArchive(archive, frozenset(each.filename for each in entries))


def parsed(data: bytes, name: str) -> etree._Element:
    """XML, of which no entity is expanded and for which nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise NotImportable(say("it is damaged: {part} can't be read", part=name)) from fault
    if root.getroottree().docinfo.doctype:
        raise NotImportable(
            say("{part} in it defines entities, which no word processor writes", part=name)
        )
    return root
