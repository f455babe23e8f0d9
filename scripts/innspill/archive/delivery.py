"""`innspill pack --arkiv`: one zip of a statement, as Norwegian case systems take it.

`arkivmelding.xml` says what the other files are, each with its digest: the PDFs, the Markdown,
the statement as Akoma Ntoso, the data, and what it comes with. The bytes hang on no clock.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from innspill.archive.akoma_ntoso import akoma_ntoso
from innspill.archive.arkivmelding import ArchivedDocument, ArchivedFile, arkivmelding
from innspill.archive.wanted import ToArchive, to_archive, what_is_missing
from innspill.build import PackedFiles, ZipToWrite, make_parcel
from innspill.errors import WrongArguments
from innspill.forms import SUMMARY, WHOLE
from innspill.messages import catalogue, say
from innspill.output import Output, Publishable
from innspill.pack import write_zip
from innspill.pdf.seals import unsealed
from innspill.project import BuildOptions, BuildResult, Progress, Project, Step

MESSAGE, AKOMA = "arkivmelding.xml", "uttalelse.akn.xml"
PDFA = {
    b"<pdfaid:part>2</pdfaid:part>": ("fmt/476", "PDF/A-2a"),
    b"<pdfaid:part>3</pdfaid:part>": ("fmt/479", "PDF/A-3a"),
}
"""What PRONOM, the register of formats, calls them, by what stands in their metadata."""
KNOWN: Mapping[str, tuple[str, tuple[str, str] | None]] = {
    ".pdf": ("application/pdf", None),
    ".csv": ("text/csv", None),
    ".txt": ("text/plain", None),
    ".png": ("image/png", None),
    ".jpg": ("image/jpeg", None),
    ".jpeg": ("image/jpeg", None),
    ".svg": ("image/svg+xml", None),
    ".zip": ("application/zip", None),
    ".md": ("text/markdown", ("fmt/1149", "Markdown")),
    ".xml": ("application/akn+xml", ("fmt/101", "XML 1.0")),
    ".json": ("application/json", ("fmt/817", "JSON")),
}
"""What files are by the ends of their names: their media type, and what PRONOM calls the format."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A file of the zip, as the message tells of it."""

    file: Publishable
    told: ArchivedFile


def pack_for_archive(
    project: Project, what: str | None, options: BuildOptions, on_step: Step
) -> tuple[BuildResult, ZipToWrite | None]:
    """What the zip is written of; None where there are faults.

    Raises NothingToPack and WrongArguments, and OSError or PrintLibraryMissing where the machine
    is at fault.
    """
    if not options.with_pdf:
        raise WrongArguments(say("an archive takes the PDFs: leave out --no-pdf"))
    built, made = make_parcel(project, what, options, on_step, what_is_missing)
    if made is None:
        return built, None
    on_step(Progress(say("Packing")))
    files = _files(made)

    def write(to: IO[bytes]) -> None:
        write_zip(files, to)

    return built, ZipToWrite(f"{made.target.name}-arkiv.zip", write)


def _files(made: PackedFiles) -> Mapping[str, Publishable]:
    """All files of the zip, by their names in it."""
    wanted = to_archive(made.target, made.cut.plan)
    day, statement = wanted.day, wanted.statement
    assert day is not None
    documents = list(_documents(wanted, {each.path: each for each in made.outputs}))
    told = [
        ArchivedDocument(title, tuple(each.told for each in entries))
        for title, entries in documents
    ]
    message = arkivmelding(statement, wanted.given.case, wanted.front, day, told)
    entries = (entry for _, entries in documents for entry in entries)
    return {
        MESSAGE: Output(MESSAGE, message),
        **{entry.told.name: entry.file for entry in entries},
    }


def _documents(
    wanted: ToArchive, files: Mapping[str, Publishable]
) -> Iterator[tuple[str, list[_Entry]]]:
    """The documents with their titles, the statement first, each in one or more forms."""
    statement, given = wanted.statement, wanted.given
    stamp = statement.stamp
    made = stamp.revision.day if stamp and stamp.revision else None
    akoma = akoma_ntoso(statement, made, given.site.address)
    source = posixpath.basename(statement.source)
    names: set[str] = {MESSAGE}
    yield (
        statement.title,
        [
            _entry(WHOLE.file, files[statement.folder + WHOLE.file], names),
            _entry(source, Output(source, given.data), names),
            _entry(AKOMA, Output(AKOMA, akoma), names),
        ],
    )
    words = catalogue(statement.lang)
    summary = files[statement.folder + SUMMARY.file]
    yield say("Summary").within(words), [_entry(SUMMARY.file, summary, names)]
    data = files[posixpath.join(posixpath.dirname(given.case.url), "data.json")]
    yield say("The data").within(words), [_entry("data.json", data, names)]
    for each in statement.enclosures:
        if each.url and (file := files.get(each.url)):
            yield each.title, [_entry(posixpath.basename(each.url), file, names)]


def _entry(name: str, file: Publishable, names: set[str]) -> _Entry:
    """A file under a name of its own."""
    stem, ending = posixpath.splitext(name)
    name = next(each for each in _numbered(stem, ending) if each not in names)
    names.add(name)
    variant = "P"
    mime, puid = KNOWN.get(ending.lower(), ("application/octet-stream", None))
    if ending.lower() == ".pdf":
        data = file.load()
        puid = next((told for mark, told in PDFA.items() if mark in data), None)
        is_sealed = len(unsealed(data)) < len(data)
        variant = "S" if is_sealed else "A" if puid else "P"
    return _Entry(file, ArchivedFile(name, variant, mime, puid, file.sha256, file.size))


def _numbered(stem: str, ending: str) -> Iterable[str]:
    yield stem + ending
    yield from (f"{stem}-{number}{ending}" for number in range(2, 10_000))
