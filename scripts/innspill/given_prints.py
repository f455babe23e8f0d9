"""The PDFs of a given folder beside those that its commit makes: which of them say the same.

Pages and data tell a PDF's size, digest and pages. Where one that was laid out otherwise says the
same, they may tell what is the given one's; and a booklet's sheets are folded of the given booklet.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from innspill.forms import FORMS
from innspill.limits import Limit, OverLimit, limited
from innspill.output import Output
from innspill.pdf.read_back import NotReadable, read_back
from innspill.pdf.seals import unsealed
from innspill.render.imposition import impose
from innspill.render.provenance import program
from innspill.weigh import what_counts

COMPARING = Limit(60, 2000)
"""What reading one PDF of a given folder may take."""
BOOKLETS = {form.to_fold.file: form.paper.file for form in FORMS.values() if form.to_fold}
"""Of what booklet sheets are folded."""
BROKEN = (OSError, OverLimit, NotReadable, pikepdf.PdfError)


@dataclass(frozen=True, slots=True)
class GivenPrints:
    """The PDFs of a folder."""

    made: tuple[Output, ...]
    """As its commit makes them, with the seals of those that are given."""
    given: Mapping[str, Output]
    """By their paths: as they are given, where those say the same; else as they are made."""
    page_counts: Mapping[str, int]
    """How many pages those have that were laid out otherwise."""


def given_prints(folder: Path, prints: Iterable[Output]) -> GivenPrints:
    """What a folder has of the PDFs that its commit makes."""
    made = {each.path: _with_seal(each, folder) for each in prints}
    given = {path: _as_given(each, folder) for path, each in made.items()}
    otherwise = {path for path, each in given.items() if each is not made[path]}
    for path, each in list(made.items()):
        before, _, name = path.rpartition("/")
        if (booklet := f"{before}/{BOOKLETS.get(name)}") in otherwise:
            made[path] = _folded(each, given[booklet], folder)
            given[path] = _as_given(made[path], folder)
    counts = {path: _pages_in(given[path].data) for path in sorted(otherwise)}
    return GivenPrints(tuple(made.values()), given, counts)


def _with_seal(made: Output, folder: Path) -> Output:
    """A PDF with the seal that is on the given one, where all else is the same."""
    with suppress(OSError):
        given = (folder / made.path).read_bytes()
        if given != made.data and unsealed(given) == made.data:
            return replace(made, data=given)
    return made


def _as_given(made: Output, folder: Path) -> Output:
    """The given PDF, where it says the same as the one that is made."""
    with suppress(*BROKEN):
        given = (folder / made.path).read_bytes()
        if given == made.data:
            return made
        with limited(COMPARING):
            if not any(each.weight for each in what_counts(made.data, given, program())):
                return replace(made, data=given)
    return made


def _folded(made: Output, booklet: Output, folder: Path) -> Output:
    """Sheets as they are folded of another booklet, by the program that they name."""
    with suppress(*BROKEN):
        given = (folder / made.path).read_bytes()
        with limited(COMPARING):
            named = read_back(given).made_from
            title = read_back(made.data).about["/Title"]
            sheets = impose(unsealed(booklet.data), title, named)
        return _with_seal(replace(made, data=sheets), folder)
    return made


def _pages_in(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
