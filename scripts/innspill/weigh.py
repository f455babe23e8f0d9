"""What a PDF is whose bytes are not those that its commit makes.

1. Is it the same but for how it is packed? 2. May it honestly have been made otherwise: by another
version of the program, of what it lays pages out with, or of the templates? 3. Then it says what
was adopted where it tells the same, word for word, and all that it draws is accounted for: see
`innspill.pdf.accounted`. 4. Else what differs is told.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import replace

from innspill.messages import Message, joined, say
from innspill.pdf.accounted.account import unaccounted
from innspill.pdf.difference import Difference, Weight
from innspill.pdf.differences import BROKEN, differences
from innspill.pdf.made_from import templates_named
from innspill.pdf.read_back import ReadBack, read_back
from innspill.pdf.seals import unsealed
from innspill.pdf.words_otherwise import words_otherwise
from innspill.remade import RebuildResult
from innspill.verification import Judgement, VerifyResult

SHOWN = 20
"""How many differences are told."""


def weighed(data: bytes, given: ReadBack, remade: RebuildResult, here: str) -> Judgement:
    """What a PDF is, beside what was made anew by the program `here`, and isn't the same."""
    read = [(each, read_back(each)) for each in remade.files.values()]
    nearest, ours = max(read, key=lambda each: _likeness(each[1], given))
    found = _differing(nearest, data)
    if not _worst(found):
        return Judgement(VerifyResult.SAYS_SO, (*remade.notes, *_told(found)))
    left = unaccounted(nearest, data)
    words = tuple(words_otherwise(ours.paragraphs, given.paragraphs)) if left else ()
    why = _why_made_otherwise(ours, given, remade, here)
    if words and (not why or _lacks(remade.words, ours, given)):
        return Judgement(VerifyResult.OTHER, (words + _told(found) + why)[:SHOWN])
    if why:
        return _made_otherwise(found, left, words, (*remade.notes, *why))
    return _made_here(found, left, remade.notes)


def pdf_differs(path: str, ours: bytes, given: bytes, here: str) -> Difference:
    """How a PDF of a folder differs from what the program `here` makes in its place."""
    found = what_counts(ours, given, here)
    worst = max(found, key=lambda each: each.weight, default=None)
    if worst is None or worst.weight is Weight.HARMLESS:
        return Difference(Weight.HARMLESS, say("{path}: the same in other bytes", path=path))
    return Difference(worst.weight, joined(": ", (path, worst.message)))


def what_counts(ours: bytes, given: bytes, here: str) -> tuple[Difference, ...]:
    """What differs, by its weight: of no weight where all is accounted for.

    Of what is below their seals.
    """
    ours, given = unsealed(ours), unsealed(given)
    found = _differing(ours, given)
    if not _worst(found):
        return found
    was, now = read_back(ours), read_back(given)
    made = RebuildResult(whose=was.made_from.templates)
    if not _why_made_otherwise(was, now, made, here):
        return found
    left = unaccounted(ours, given)
    if not left:
        return tuple(replace(each, weight=Weight.HARMLESS) for each in found)
    return left if _worst(left) > Weight.PLACE else found


def _differing(ours: bytes, given: bytes) -> tuple[Difference, ...]:
    try:
        return differences(ours, given)
    except BROKEN:
        return (Difference(Weight.CHANGED, say("the file can't be read whole")),)


def _made_otherwise(
    found: Sequence[Difference],
    left: Sequence[Difference],
    words: tuple[Message, ...],
    why: tuple[Message, ...],
) -> Judgement:
    """Of what may honestly be another, by what of it is left unaccounted for."""
    if not (left or words):
        message = say("it says all of it, word for word, and nothing in it is unaccounted for")
        return Judgement(VerifyResult.SAYS_SO, (message, *why))
    if Weight.ACTIVE in {_worst(left), _worst(found)}:
        told = dict.fromkeys(_told(left) + _told(found, Weight.ACTIVE))
        return Judgement(VerifyResult.WORDS, ((*told, *why))[:SHOWN])
    hint = say("verify it with the program and the templates that it names")
    told_so = (*why, say("hint: {hint}", hint=hint), *words, *_told(left))
    return Judgement(VerifyResult.UNKNOWN, told_so[:SHOWN])


def _made_here(
    found: Sequence[Difference], left: Sequence[Difference], notes: tuple[Message, ...]
) -> Judgement:
    """Of what this very program is said to have made, and says the same words."""
    if not left:
        why = say("all of it is there, word for word, but stands in other places")
        hint = say("another version of Pango may lay it out so: verify it where it was made")
        told = (*notes, why, say("hint: {hint}", hint=hint), *_told(found))
        return Judgement(VerifyResult.UNKNOWN, told[:SHOWN])
    told = (*notes, *dict.fromkeys(_told(found) + _told(left)))
    is_moved = _worst(found) is Weight.PLACE and _worst(left) is not Weight.ACTIVE
    answer = VerifyResult.UNKNOWN if is_moved else VerifyResult.WORDS
    return Judgement(answer, told[:SHOWN])


def _worst(found: Sequence[Difference]) -> Weight:
    return max((each.weight for each in found), default=Weight.HARMLESS)


def _told(found: Sequence[Difference], least: Weight = Weight.HARMLESS) -> tuple[Message, ...]:
    """The sentences, the worst first."""
    ordered = sorted(found, key=lambda each: -each.weight)
    return tuple(each.message for each in ordered if each.weight >= least)


def _why_made_otherwise(
    ours: ReadBack, given: ReadBack, remade: RebuildResult, here: str
) -> tuple[Message, ...]:
    """Why it may honestly be another than what is made here: nothing where it may not."""
    found = []
    named = given.made_from.program
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
    whose = given.made_from.templates
    if whose and templates_named(whose).digest != templates_named(remade.whose).digest:
        found.append(say("the templates that it was made with are not here"))
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
