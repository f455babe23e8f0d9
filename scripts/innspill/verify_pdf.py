"""A PDF beside what the commit that it names makes.

1. What does it say that it was made from? 2. Make that. 3. Is it the same, byte for byte? 4. Else
what differs, in its words and in all that is drawn or active: see `innspill.pdf.differences`. 5. On
which pages would a reader see it? That is only told.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path

from innspill.apart import BrokenOff, run_apart
from innspill.history.fault import HistoryFault
from innspill.history.files import opened
from innspill.history.whereabouts import content_then, last_with
from innspill.limits import Limit, OverLimit
from innspill.messages import Message, say
from innspill.pdf.looks_otherwise import pages_otherwise
from innspill.pdf.read_back import NotReadable, ReadBack, read_back
from innspill.project import Project
from innspill.read.edition import index_of
from innspill.rebuild import Origin, PdfRequest, rebuild
from innspill.remade import RebuildResult
from innspill.render.provenance import program
from innspill.store import believed
from innspill.verification import Judgement, Verification, VerifyResult
from innspill.weigh import weighed

NAMED = r"(?P<path>[^@\n]+\.md)@(?P<commit>[0-9a-f]{40}|[0-9a-f]{64})?(?P<dirty>-dirty)?"
TEXT = re.compile(NAMED + r"(?: sha256:(?P<digest>[0-9a-f]{64}))?")
READING = Limit(600, 2000)
"""What reading and comparing a PDF may take: it may be made to harm."""


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text that a PDF says it shows."""

    path: str
    commit: str
    digest: str
    is_draft: bool
    """Whether it was not committed."""


def verify_pdf(project: Project, path: Path, data: bytes, seconds: int) -> Verification:
    """What is found of a PDF without its seal. Raises PrintLibraryMissing."""
    limit = replace(READING, seconds=seconds)
    try:
        given = run_apart(read_back, (data,), limit)
    except (OverLimit, BrokenOff) as fault:
        return Verification(str(path), VerifyResult.UNKNOWN, findings=(why_not_read(fault),))
    except NotReadable:
        is_named_so = data.startswith(b"%PDF-")
        why = say("it is a damaged PDF, or a locked one") if is_named_so else say("it is no PDF")
        return Verification(str(path), VerifyResult.NOT_OURS, findings=(why,))
    texts = texts_of(given)
    if not texts:
        why = say("it names no commit that it was made from")
        return Verification(str(path), VerifyResult.NOT_OURS, findings=(why,))
    commit = texts[0].commit
    if no_commit_tells := why_draft(texts):
        return Verification(str(path), VerifyResult.UNKNOWN, commit, no_commit_tells)
    try:
        origin, path_then = _origin(project, given, texts)
    except HistoryFault as fault:
        return Verification(str(path), VerifyResult.UNKNOWN, commit, (fault.whole,))
    request = PdfRequest(path_then, path.name, given.made_from)
    found = judge(data, given, rebuild(request, origin, seconds), path_then, limit)
    if not found.answer.is_good and path_then == index_of(path_then):
        for_readers = replace(request, is_published=True)
        again = judge(data, given, rebuild(for_readers, origin, seconds), path_then, limit)
        found = again if again.answer.is_good else found
    return Verification(str(path), found.answer, origin.commit, found.findings)


def why_not_read(fault: OverLimit | BrokenOff) -> Message:
    """Why a PDF could not be read, or compared."""
    if isinstance(fault, BrokenOff):
        return say("reading it broke off: its process ended")
    limit = fault.limit
    if fault.is_memory:
        return say("reading it took more than {n} MB of memory", n=limit.megabytes)
    return say("reading it took longer than {n} seconds: see --timeout", n=limit.seconds)


def _hint(hint: Message) -> Message:
    return say("hint: {hint}", hint=hint)


def why_draft(texts: Iterable[NamedText]) -> tuple[Message, ...]:
    """Why no commit can tell of what shows these texts: nothing where one can."""
    if not any(each.is_draft for each in texts):
        return ()
    why = say(
        "it is a working draft: it was made from text that was not committed, or shows a "
        "file that git does not keep"
    )
    return why, _hint(say("commit all that it shows, and build again"))


def texts_of(given: ReadBack) -> tuple[NamedText, ...]:
    """The texts that a PDF says it shows."""
    return named_texts(given.made_from.texts or (given.source,))


def named_texts(names: Iterable[str]) -> tuple[NamedText, ...]:
    """The texts of these names; none where one of them is no name."""
    found = [TEXT.fullmatch(each) for each in names]
    if not all(found):
        return ()
    return tuple(
        NamedText(
            each["path"],
            each["commit"] or "",
            each["digest"] or "",
            is_draft=each["dirty"] is not None or each["commit"] is None,
        )
        for each in found
        if each
    )


def _origin(project: Project, given: ReadBack, texts: Sequence[NamedText]) -> tuple[Origin, str]:
    """Where that stands which a PDF says it was made from, and the path of what is asked for.

    Raises HistoryFault.
    """
    repository = opened(project.content)
    path, commit = texts[0].path, texts[0].commit
    content = content_then(repository, commit, path)
    is_folder = given.made_from.page == f"{path.rpartition('/')[0]}/index.html"
    if is_folder:
        digests = [(each.path, each.digest) for each in texts]
        found = last_with(opened(content), digests, (each.commit for each in texts))
        if found is None:
            message = say("no commit here has all the texts that it names, as they were")
            raise HistoryFault("git-revision", message, say("git fetch --all --tags"))
        commit, path = found, index_of(path)
    whose = given.made_from.templates
    store = believed(project)
    return Origin(content, project.shown_content, store, commit, project.templates, whose), path


def judge(
    data: bytes, given: ReadBack, remade: RebuildResult, path: str, limit: Limit = READING
) -> Judgement:
    """What a PDF is, beside what was made anew."""
    if remade.why:
        return Judgement(VerifyResult.UNKNOWN, (remade.why,))
    made = list(remade.files.values())
    if not made:
        why = say("that commit has no statement {path}", path=path)
        return Judgement(VerifyResult.UNKNOWN, (why,))
    if data in made:
        answer = VerifyResult.SAME_WITH if remade.notes else VerifyResult.SAME
        return Judgement(answer, remade.notes)
    try:
        found = run_apart(weighed, (data, given, remade, program()), limit)
    except (OverLimit, BrokenOff) as fault:
        return Judgement(VerifyResult.UNKNOWN, (why_not_read(fault),))
    if found.answer not in {VerifyResult.WORDS, VerifyResult.OTHER} or not find_spec("pypdfium2"):
        return found
    with contextlib.suppress(OverLimit, BrokenOff):  # what it is stands fast without it
        seen = run_apart(pages_otherwise, (made, data), limit)
        found = replace(found, findings=(*found.findings, *seen))
    return found
