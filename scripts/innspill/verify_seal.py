"""A sealed PDF, or a published folder of them: whose the seals are, and whether they hold.

A seal is taken off, what is below it verified as any other PDF, and what is found of both is told
together. Nothing is fetched from anywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from innspill.errors import WrongArguments
from innspill.failure import SEALS, from_extra
from innspill.manifest import read_manifest
from innspill.messages import Message, joined, say
from innspill.pdf.seals import Seal, has_seal, seal_in
from innspill.project import Project
from innspill.verification import Verification, VerifyResult
from innspill.verify_folder import verify_folder
from innspill.verify_pdf import verify_pdf

GRAVEST = (VerifyResult.OTHER, VerifyResult.WORDS, VerifyResult.UNKNOWN)
"""What a seal can make of a file, the gravest first."""
Roots = tuple[bytes, ...]
"""The contents of the files with the certificates that are trusted."""


@dataclass(frozen=True, slots=True)
class SealFinding:
    """What is found of a seal."""

    answer: VerifyResult
    """The best that the whole file can be, with such a seal."""
    message: Message


def read_roots(paths: Sequence[Path]) -> Roots:
    """The certificates that are trusted. Raises OSError and WrongArguments."""
    found = tuple(path.read_bytes() for path in paths)
    for path, data in zip(paths, found, strict=True):
        if b"-----BEGIN CERTIFICATE-----" not in data:
            raise WrongArguments(say("{path} holds no certificate in PEM form", path=path))
    return found


def verify_file(project: Project, path: Path, seconds: int, roots: Roots) -> Verification:
    """What is found of a PDF and its seal. Raises OSError, PrintLibraryMissing and MachineFault."""
    data = path.read_bytes()
    seal = seal_in(data)
    found = verify_pdf(project, path, seal.below if seal else data, seconds)
    return with_seals(found, [finding] if (finding := finding_of(data, seal, roots)) else [])


def verify_site(project: Project, folder: Path, seconds: int, roots: Roots) -> Verification:
    """What is found of a published folder and the seals in it. Raises as `verify_file`."""
    found = verify_folder(project, folder, seconds)
    findings: dict[SealFinding, list[str]] = {}
    for path in sorted(read_manifest(folder) or ()):
        if path.endswith(".pdf") and (folder / path).is_file():
            data = (folder / path).read_bytes()
            if finding := finding_of(data, seal_in(data), roots):
                findings.setdefault(finding, []).append(path)
    told = [
        replace(each, message=joined(": ", (paths[0], each.message)))
        if len(paths) == 1 or not each.answer.is_good
        else replace(each, message=say("{n} PDFs: {what}", n=len(paths), what=each.message))
        for each, paths in findings.items()
    ]
    return with_seals(found, told)


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
    with from_extra("seal", SEALS):
        from innspill.sealing.examine import Trust, examine
    examined = examine(seal, roots) if seal.is_plain else None
    if examined is None:
        return SealFinding(
            VerifyResult.OTHER, say("its seal is broken: the file was changed since it was sealed")
        )
    when = f"{seal.when:%Y-%m-%d %H:%M} UTC"
    if examined.stamped:
        stamped = f"{examined.stamped:%Y-%m-%d %H:%M} UTC"
        told = say(
            "sealed by {who}, {when}, as {stamper} says",
            who=examined.who,
            when=stamped,
            stamper=examined.stamper,
        )
    else:
        told = say("sealed by {who}, {when} by the sealer's own clock", who=examined.who, when=when)
    trust = {
        Trust.TRUSTED: say("its certificate is one that --trust vouches for"),
        Trust.UNCHECKED: say("its certificate was not checked: give --trust"),
        Trust.UNTRUSTED: say("nobody whom --trust names vouches for its certificate"),
        Trust.EXPIRED: say(
            "its certificate has expired since, and no service says when it was sealed"
        ),
    }[examined.trust]
    answers = {Trust.UNTRUSTED: VerifyResult.WORDS, Trust.EXPIRED: VerifyResult.UNKNOWN}
    answer = answers.get(examined.trust, VerifyResult.SAME)
    if seal.added:
        answer, trust = VerifyResult.WORDS, say("something was added to the file after the seal")
    return SealFinding(answer, joined("; ", (told, trust)))
