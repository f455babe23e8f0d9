"""A PDF beside what the commit that it names makes.

1. What does it say that it was made from? 2. Make that. 3. Is it the same, byte for byte? 4. Else
what differs, in its words and in all that is drawn or active: see `innspill.pdf.differences`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf

from innspill.history.fault import HistoryFault
from innspill.history.files import opened
from innspill.history.whereabouts import content_then, last_with
from innspill.messages import Message, say
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.differences import differences
from innspill.pdf.read_back import NotReadable, ReadBack, read_back
from innspill.project import Project
from innspill.read.edition import index_of
from innspill.rebuild import Origin, PdfRequest, RebuildResult, rebuild
from innspill.render.provenance import program
from innspill.store import believed
from innspill.verification import Verification, VerifyResult

NAMED = r"(?P<path>[^@\n]+\.md)@(?P<commit>[0-9a-f]{40}|[0-9a-f]{64})?(?P<dirty>-dirty)?"
TEXT = re.compile(NAMED + r"(?: sha256:(?P<digest>[0-9a-f]{64}))?")
NUMBER = re.compile(r"(\d+\.\d+)\s")
"""How a numbered paragraph begins."""
SHOWN = 20
"""How many differences are told."""


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text that a PDF says it shows."""

    path: str
    commit: str
    digest: str
    is_draft: bool
    """Whether it was not committed."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of a PDF."""

    answer: VerifyResult
    findings: tuple[Message, ...] = ()


def verify_pdf(project: Project, path: Path, data: bytes, seconds: int) -> Verification:
    """What is found of a PDF without its seal. Raises OSError and PrintLibraryMissing."""
    try:
        given = read_back(data)
    except NotReadable:
        is_named_so = data.startswith(b"%PDF-")
        why = say("it is a damaged PDF, or a locked one") if is_named_so else say("it is no PDF")
        return Verification(str(path), VerifyResult.NOT_OURS, findings=(why,))
    texts = texts_of(given)
    if not texts:
        why = say("it names no commit that it was made from")
        return Verification(str(path), VerifyResult.NOT_OURS, findings=(why,))
    commit = texts[0].commit
    if any(each.is_draft for each in texts):
        why = say(
            "it is a working draft: it was made from text that was not committed, or shows a "
            "file that git does not keep"
        )
        hint = say("commit all that it shows, and build again")
        return Verification(str(path), VerifyResult.UNKNOWN, commit, (why, _hint(hint)))
    try:
        origin, path_then = _origin(project, given, texts)
    except HistoryFault as fault:
        return Verification(str(path), VerifyResult.UNKNOWN, commit, (fault.whole,))
    request = PdfRequest(path_then, path.name, given.made_from)
    found = judge(data, given, rebuild(request, origin, seconds), path_then)
    if not found.answer.is_good and path_then == index_of(path_then):
        for_readers = replace(request, is_published=True)
        again = judge(data, given, rebuild(for_readers, origin, seconds), path_then)
        found = again if again.answer.is_good else found
    return Verification(str(path), found.answer, origin.commit, found.findings)


def _hint(hint: Message) -> Message:
    return say("hint: {hint}", hint=hint)


def texts_of(given: ReadBack) -> tuple[NamedText, ...]:
    """The texts that a PDF says it shows."""
    found = [TEXT.fullmatch(each) for each in given.made_from.texts or (given.source,)]
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


def judge(data: bytes, given: ReadBack, remade: RebuildResult, path: str) -> Judgement:
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
    read = [(each, read_back(each)) for each in made]
    nearest, ours = max(read, key=lambda each: _likeness(each[1], given))
    try:
        found = differences(nearest, data)
    except (pikepdf.PdfError, AttributeError, TypeError, ValueError, RecursionError):
        found = (Difference(Weight.CHANGED, say("the file can't be read whole")),)
    return _weighed(found, ours, given, remade)


def _weighed(
    found: Sequence[Difference], ours: ReadBack, given: ReadBack, remade: RebuildResult
) -> Judgement:
    told = tuple(each.message for each in sorted(found, key=lambda e: -e.weight))
    worst = max((each.weight for each in found), default=Weight.HARMLESS)
    words = tuple(_words_otherwise(ours.paragraphs, given.paragraphs))
    if why := _why_made_otherwise(ours, given, remade):
        is_lost = _lacks(remade.words, ours, given)
        if worst is Weight.HARMLESS:
            return Judgement(VerifyResult.SAYS_SO, (*remade.notes, *told))
        if is_lost:
            return Judgement(VerifyResult.OTHER, (words + told + why)[:SHOWN])
        if worst is Weight.ACTIVE:
            return Judgement(VerifyResult.WORDS, (told + why)[:SHOWN])
        return Judgement(VerifyResult.UNKNOWN, (why + words + told)[:SHOWN])
    if words:
        return Judgement(VerifyResult.OTHER, (words + told)[:SHOWN])
    answer = {
        Weight.HARMLESS: VerifyResult.SAYS_SO,
        Weight.PLACE: VerifyResult.UNKNOWN,
    }.get(worst, VerifyResult.WORDS)
    return Judgement(answer, (*remade.notes, *told)[:SHOWN])


def _why_made_otherwise(
    ours: ReadBack, given: ReadBack, remade: RebuildResult
) -> tuple[Message, ...]:
    """Why it may honestly be another than what is made here: nothing where it may not."""
    found = []
    named, here = given.made_from.program, program()
    if named != here:
        message = say(
            "it was made by another program, {named}; this is {here}",
            named=_short(named) or given.about.get("/Creator", "–"),
            here=_short(here),
        )
        found.append(message)
    elif given.about.get("/Producer") != ours.about.get("/Producer"):
        message = say(
            "it was laid out by {named}; here is {here}",
            named=given.about.get("/Producer", "–"),
            here=ours.about.get("/Producer", "–"),
        )
        found.append(message)
    if given.made_from.templates and given.made_from.templates != remade.whose:
        found.append(say("the templates that it was made with are not here"))
    if found:
        found.append(_hint(say("verify it with the program and the templates that it names")))
    return (*remade.unsure, *found)


def _short(named: str) -> str:
    """A program's name with the beginning of its digest."""
    return re.sub(r" sha256:([0-9a-f]{8})[0-9a-f]*$", r" (\1)", named)


def _lacks(words: Sequence[str], ours: ReadBack, given: ReadBack) -> bool:
    """Whether words of the statement itself, which we have, do not stand in the given PDF."""
    before, now = " ".join(ours.paragraphs), " ".join(given.paragraphs)
    plain = (" ".join(each.replace("\u00ad", "").split()) for each in words)
    return any(each in before and each not in now for each in plain)


def _likeness(ours: ReadBack, given: ReadBack) -> tuple[bool, float]:
    """How well one PDF fits another: the same title first, then the text."""
    matcher = difflib.SequenceMatcher(None, ours.paragraphs, given.paragraphs, autojunk=False)
    return ours.about.get("/Title") == given.about.get("/Title"), matcher.ratio()


def _words_otherwise(ours: Sequence[str], given: Sequence[str]) -> Iterator[Message]:
    """Where a reader is told something else, in the order of reading."""
    blocks = difflib.SequenceMatcher(None, ours, given, autojunk=False)
    for kind, a0, a1, b0, b1 in blocks.get_opcodes():
        if kind == "equal":
            continue
        if a1 - a0 == b1 - b0:
            yield from map(_other_words, ours[a0:a1], given[b0:b1])
        elif kind == "insert":
            yield say("it also says “{now}”", now=_cut(" ".join(given[b0:b1])))
        elif kind == "delete":
            yield say("it does not say “{was}”", was=_cut(" ".join(ours[a0:a1])))
        else:
            was, now = " ".join(ours[a0:a1]), " ".join(given[b0:b1])
            yield say("it says “{now}”, not “{was}”", now=cut(now, was), was=cut(was, now))


def _other_words(was: str, now: str) -> Message:
    number = NUMBER.match(was)
    a, b = was.split(), now.split()
    changes = [
        each
        for each in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if each[0] != "equal"
    ]
    if number and len(changes) == 1 and changes[0][0] == "replace":
        _, a0, a1, b0, b1 = changes[0]
        return say(
            "paragraph {number} says “{now}”; adopted is “{was}”",
            number=number[1],
            now=_cut(" ".join(b[b0:b1])),
            was=_cut(" ".join(a[a0:a1])),
        )
    return say("it says “{now}”, not “{was}”", now=cut(now, was), was=cut(was, now))


def _cut(text: str) -> str:
    return text if len(text) <= 2 * SHOWN + 40 else f"{text[: 2 * SHOWN + 40]} …"


def cut(text: str, other: str) -> str:
    """A text around where it begins to differ from another."""
    same = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
    start = max(0, same - 30)
    return (
        ("… " if start else "") + text[start : same + 60] + (" …" if same + 60 < len(text) else "")
    )
