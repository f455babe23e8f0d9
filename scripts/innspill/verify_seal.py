"""A sealed PDF, or a published folder of them: whose the seals are, and whether they hold.

A seal is taken off, what is below it verified as any other PDF, and what is found of both is told
together. Nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from innspill.apart import BrokenOff, run_apart
from innspill.errors import WrongArguments
from innspill.failure import from_extra
from innspill.limits import MEGABYTE, OverLimit
from innspill.manifest import read_manifest
from innspill.messages import Message, joined, say
from innspill.pdf.seals import Seal, has_seal, seal_in
from innspill.project import Project
from innspill.verification import Verification, VerifyResult
from innspill.verify_folder import verify_folder
from innspill.verify_pdf import READING, verify_pdf, why_not_read

GRAVEST = (VerifyResult.OTHER, VerifyResult.WORDS, VerifyResult.UNKNOWN)
"""What a seal can make of a file, the gravest first."""
LARGEST = 500
"""How large a PDF is read, in megabytes."""
Roots = tuple[bytes, ...]
"""The certificates that are trusted, as DER."""


@dataclass(frozen=True, slots=True)
class SealFinding:
    """What is found of a seal."""

    answer: VerifyResult
    """The best that the whole file can be, with such a seal."""
    whose: Message
    """Whose it is, or what is wrong."""
    when: Message | None = None
    """When it was put there, and who says so."""
    trust: Message | None = None
    """Who vouches for it, or what is odd."""

    @property
    def message(self) -> Message:
        """All of it."""
        parts = (self.whose, self.when, self.trust)
        return joined("; ", (each for each in parts if each))


def read_roots(paths: Sequence[Path]) -> Roots:
    """The certificates that are trusted. Raises OSError, WrongArguments and MachineFault."""
    if not paths:
        return ()
    with from_extra("seal"):
        from innspill.sealing.examine import certificates_in
    found: list[bytes] = []
    for path in paths:
        try:
            found += certificates_in(path.read_bytes())
        except (ValueError, TypeError) as fault:
            raise WrongArguments(say("{path} holds no certificate", path=path)) from fault
    return tuple(found)


def verify_file(project: Project, path: Path, seconds: int, roots: Roots) -> Verification:
    """What is found of a PDF and its seal. Raises OSError, PrintLibraryMissing and MachineFault."""
    if path.stat().st_size > LARGEST * MEGABYTE:
        why = say("it is not read: it is larger than {n} MB", n=LARGEST)
        return Verification(str(path), VerifyResult.UNKNOWN, findings=(why,))
    data = path.read_bytes()
    try:
        seal = run_apart(seal_in, (data,), replace(READING, seconds=seconds))
    except (OverLimit, BrokenOff) as fault:
        return Verification(str(path), VerifyResult.UNKNOWN, findings=(why_not_read(fault),))
    found = verify_pdf(project, path, seal.below if seal else data, seconds)
    return with_seals(found, [finding] if (finding := finding_of(data, seal, roots)) else [])


def verify_site(project: Project, folder: Path, seconds: int, roots: Roots) -> Verification:
    """What is found of a published folder and the seals in it. Raises as `verify_file`."""
    found = verify_folder(project, folder, seconds)
    seals: dict[str, SealFinding] = {}
    for path in sorted(read_manifest(folder) or ()):
        if path.endswith(".pdf") and (folder / path).is_file():
            data = (folder / path).read_bytes()
            if finding := finding_of(data, seal_in(data), roots):
                seals[path] = finding
    bad = [
        replace(each, whose=joined(": ", (path, each.whose)))
        for path, each in seals.items()
        if not each.answer.is_good
    ]
    alike = Counter(replace(each, when=None) for each in seals.values() if each.answer.is_good)
    good = [
        replace(each, whose=say("{n} PDFs: {what}", n=n, what=each.whose))
        for each, n in alike.items()
    ]
    return with_seals(found, (*bad, *good))


def with_seals(found: Verification, seals: Sequence[SealFinding]) -> Verification:
    """What is found of a file, and of its seals."""
    answers = [each.answer for each in seals if not each.answer.is_good]
    worst = min(answers, key=GRAVEST.index, default=None)
    is_outdone = worst and (found.answer.is_good or GRAVEST.index(worst) < _grave(found.answer))
    answer = worst if worst and is_outdone else found.answer
    return replace(found, answer=answer, findings=(*(e.message for e in seals), *found.findings))


def _grave(answer: VerifyResult) -> int:
    """How grave it is, the gravest first: what is no matter of seals is graver than all."""
    return GRAVEST.index(answer) if answer in GRAVEST else -1


def finding_of(data: bytes, seal: Seal | None, roots: Roots) -> SealFinding | None:
    """What is found of a file's seal; None where it has none. Raises MachineFault."""
    if seal is None:
        why = say("it has a seal that is broken, or that another program put there")
        return SealFinding(VerifyResult.OTHER, why) if has_seal(data) else None
    with from_extra("seal"):
        from innspill.sealing.examine import Trust, examine
    examined = examine(seal, roots) if seal.is_plain else None
    if examined is None:
        return SealFinding(
            VerifyResult.OTHER, say("its seal is broken: the file was changed since it was sealed")
        )
    whose = say("sealed by {who}", who=examined.who)
    if examined.stamped:
        moment, stamper = _moment(examined.stamped), examined.stamper
        when = say("{when}, as {stamper} says", when=moment, stamper=stamper)
    else:
        when = say("{when} by the sealer's own clock", when=_moment(seal.when))
        if examined.stamper:
            doubt = say("nobody whom --trust names vouches for {who}, who tells when it was sealed",
                        who=examined.stamper)  # fmt: skip
            when = joined("; ", (when, doubt))
    if seal.added:
        odd = say("something was added to the file after the seal")
        return SealFinding(VerifyResult.WORDS, whose, when, odd)
    answer, trust = {
        Trust.TRUSTED: (
            VerifyResult.SAME,
            say("its certificate is one that --trust vouches for"),
        ),
        Trust.UNCHECKED: (
            VerifyResult.SAME,
            say("its certificate was not checked: give --trust"),
        ),
        Trust.UNTRUSTED: (
            VerifyResult.WORDS,
            say("nobody whom --trust names vouches for its certificate"),
        ),
        Trust.EXPIRED: (
            VerifyResult.UNKNOWN,
            say("its certificate has expired since, and no service says when it was sealed"),
        ),
    }[examined.trust]
    return SealFinding(answer, whose, when, trust)


def _moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} UTC"
