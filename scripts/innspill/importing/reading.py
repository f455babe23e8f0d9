"""A file into a letter, in a process of its own, with limits of time and memory.

What a file is, its bytes tell, not its name; but text, Markdown and HTML are known by their names.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import PurePath

from innspill.apart import BrokenOff, run_apart
from innspill.failure import from_extra
from innspill.importing.blocks import Letter
from innspill.importing.fault import NotImportable
from innspill.importing.letterhead import with_letterhead
from innspill.importing.mail_head import with_mail_heads
from innspill.limits import Limit, OverLimit
from innspill.messages import Message, say

LARGEST = 100_000_000
"""Bytes: a larger file is not read."""
LIMIT = Limit(120, 1500)
"""What reading one file may take."""
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What begins a file of Microsoft's compound format ([MS-CFB] 2.2)."""

Reader = Callable[[bytes], Letter]


def read_letter(data: bytes, name: str) -> Letter:
    """The letter that a file holds.

    Raises NotImportable, and MachineFault where the extra is not installed.
    """
    if len(data) > LARGEST:
        raise NotImportable(say("it is larger than {n} MB", n=LARGEST // 1_000_000))
    try:
        return run_apart(read_here, (data, name), LIMIT)
    except OverLimit as fault:
        raise over_limit(fault) from fault
    except BrokenOff as fault:
        why = say("it is damaged, or made to do harm: reading it broke off")
        raise NotImportable(why) from fault
    except RecursionError as fault:
        raise NotImportable(say("it is nested too deep")) from fault


def over_limit(fault: OverLimit) -> NotImportable:
    """What takes more time or memory than it may."""
    if fault.is_memory:
        why = say("reading it takes more than {n} MB of memory", n=fault.limit.megabytes)
    else:
        why = say("reading it takes longer than {n} seconds", n=fault.limit.seconds)
    return NotImportable(why)


def read_here(data: bytes, name: str) -> Letter:
    """The same in this process, without limits; each reader is imported where it is used."""
    ending = PurePath(name).suffix.casefold()
    if PurePath(name).name.startswith("~$"):
        raise NotImportable(
            say("it is no letter, but what Word leaves beside one that is open: import that one")
        )
    if not data:
        raise NotImportable(say("it is empty: there is nothing in it to import"))
    if data.startswith(OLD):
        raise NotImportable(_why_old(data))
    if data.startswith(b"{\\rtf"):
        raise NotImportable(say("it is RTF: save it as .docx, and import that"))
    with from_extra("import"):
        reader = _reader(data, ending)
    try:
        letter = reader(data)
    except (NotImportable, MemoryError, RecursionError):
        raise
    except Exception as fault:  # whatever a library makes of a damaged file
        raise NotImportable(say("it is damaged, or written in an odd way")) from fault
    if not letter.words:
        raise NotImportable(say("there is no text in it: it holds no letter yet"))
    return with_mail_heads(with_letterhead(letter))


def _reader(data: bytes, ending: str) -> Reader:
    if data.lstrip()[:5] == b"%PDF-" or data[:1024].find(b"%PDF-") >= 0:
        from innspill.importing.pdf import read_pdf

        return read_pdf
    if data.startswith(b"PK\x03\x04"):
        return _office_reader(data)
    if ending in (".html", ".htm") or data[:200].lstrip().lower().startswith(
        (b"<!doctype html", b"<html")
    ):
        from innspill.importing.html import read_html

        return read_html
    if ending == ".md":
        from innspill.importing.markdown import read_markdown

        return read_markdown
    if ending in (".txt", ".text", ""):
        from innspill.importing.plain import read_text

        return read_text
    raise NotImportable(
        say("its form is not known: it can be .docx, .odt, .pdf with text, .txt, .md or .html")
    )


def _office_reader(data: bytes) -> Reader:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile as fault:
        raise NotImportable(say("it is damaged: its zip can't be opened")) from fault
    if "word/document.xml" in names:
        from innspill.importing.docx import read_docx

        return read_docx
    if "content.xml" in names:
        from innspill.importing.odt import read_odt

        return read_odt
    raise NotImportable(say("it is a zip, but holds no Word or OpenDocument text"))


def _why_old(data: bytes) -> Message:
    """What a file of the compound format is: a document under a password, or an old one."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return say("it is protected by a password: take that away, and import it again")
    return say("it is in Word's old form, .doc: open it, save it as .docx, and import that")
