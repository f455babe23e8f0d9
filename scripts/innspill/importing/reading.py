"""A file into a letter, in a process of its own, with limits of time and memory.

What a file is, its bytes tell, not its name; but text, Markdown and HTML are known by their names.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import PurePath

from innspill.importing.blocks import Letter
from innspill.importing.fault import NotImportable
from innspill.limits import Limit, OverLimit, limited
from innspill.messages import Message, say

LARGEST = 100_000_000
"""Bytes: a larger file is not read."""
LIMIT = Limit(120, 1500)
"""What reading one file may take."""
ADDRESS_SPACE = 4_000_000_000
"""Bytes that the process may have, libraries in C and all."""
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What begins a file of Microsoft's compound format ([MS-CFB] 2.2)."""

Reader = Callable[[bytes], Letter]


def read_letter(data: bytes, name: str) -> Letter:
    """The letter that a file holds.

    Raises NotImportable, and MissingLibrary where the extra is not installed.
    """
    if len(data) > LARGEST:
        raise NotImportable(say("it is larger than {n} MB", n=LARGEST // 1_000_000))
    # A new process has none of this one's threads and locks, on any system.
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    with here:
        child = context.Process(target=_send, args=(data, name, there))
        child.start()
        there.close()
        try:
            found = here.recv() if here.poll(LIMIT.seconds + 10) else too_long()
        except EOFError:
            found = NotImportable(say("it is damaged, or made to do harm: reading it broke off"))
        finally:
            child.kill()
            child.join()
    if isinstance(found, Exception):
        raise found
    assert isinstance(found, Letter)
    return found


def _send(data: bytes, name: str, to: Connection) -> None:
    """In the new process: reads the file, and sends what it holds."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    found: Letter | Exception
    try:
        with limited(LIMIT):
            found = read_here(data, name)
    except NotImportable as fault:
        found = fault
    except OverLimit as fault:
        found = too_long() if not fault.is_memory else too_large()
    except (MemoryError, RecursionError):
        found = too_large()
    except Exception as fault:  # whatever a library makes of a damaged file
        found = NotImportable(say("it is damaged: {why}", why=f"{type(fault).__name__}: {fault}"))
    to.send(found)


def too_long() -> NotImportable:
    """What takes more time than it may."""
    return NotImportable(say("reading it takes longer than {n} seconds", n=LIMIT.seconds))


def too_large() -> NotImportable:
    """What takes more memory than it may."""
    return NotImportable(say("reading it takes more than {n} MB of memory", n=LIMIT.megabytes))


def read_here(data: bytes, name: str) -> Letter:
    """The same in this process, without limits; each reader is imported where it is used."""
    ending = PurePath(name).suffix.casefold()
    if data.startswith(OLD):
        raise NotImportable(_why_old(data))
    if data.startswith(b"{\\rtf"):
        raise NotImportable(say("it is RTF: save it as .docx, and import that"))
    try:
        return _reader(data, ending)(data)
    except ImportError as fault:
        raise NotImportable(
            say(
                "it takes libraries that are not installed ({name}): install Innspill with its "
                "extra, as in `pip install 'innspill[import]'`",
                name=fault.name or "?",
            )
        ) from fault


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
