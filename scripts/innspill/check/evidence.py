"""Rules for the summary and the proposals: nothing that the letter does not say."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from innspill.check.force import find_force, rank
from innspill.check.force_words import EXAMPLES, UNKNOWN
from innspill.check.near_miss import near_miss
from innspill.compose.plain_text import normalized
from innspill.diagnostics import Diagnostic, error, warning
from innspill.messages import Message, say
from innspill.model import CaseFacts, Proposal, Quote, Statement
from innspill.nearest import with_nearest
from innspill.read.tree import REMARKS, TEXT
from innspill.text import leads


def quotes_stand_once(statement: Statement) -> Iterator[Diagnostic]:
    """Each quote stands in the statement exactly once, and not in a minority's remark."""
    for quote in statement.quotes:
        if not quote.passages and not statement.is_sure(TEXT):
            continue  # it may stand in what was not read
        if not quote.passages:
            message = say("the quote does not stand in the text: «{quote}»", quote=_short(quote))
            hint = near_miss(quote.text, statement.units) or _nearest(quote, statement)
            yield error("quote-missing", message, quote.at, hint)
        elif len(quote.passages) > 1:
            message = say(
                "the quote stands {n} times in the text: «{quote}»",
                n=len(quote.passages),
                quote=_short(quote),
            )
            numbers = ", ".join(each.unit.number for each in quote.passages)
            hint = say("it stands in {numbers}; quote a few words more", numbers=numbers)
            yield error("quote-twice", message, quote.at, hint)
        elif quote.in_minority and statement.is_sure(REMARKS):
            message = say("the quote stands in a minority's remark, not in what was adopted")
            number = quote.passages[0].unit.number
            hint = say("it stands in {number}; quote the committee's own words", number=number)
            yield error("quote-minority", message, quote.at, hint)


def points_are_about_something(statement: Statement, case: CaseFacts) -> Iterator[Diagnostic]:
    """Each point is about a question of the consultation, or general."""
    known = dict.fromkeys(("general", *(question.id for question in case.questions)))
    names = ", ".join(known)
    for point in statement.summary if case.has_sure_questions else ():
        if point.about not in known:
            message = say('there is no question "{id}"', id=point.about)
            valid = say("the questions' ids are: {names}", names=names)
            hint = with_nearest(point.about, known, valid)
            yield error("unknown-question", message, point.at, hint)


def forces_are_the_letters(statement: Statement) -> Iterator[Diagnostic]:
    """Each proposal's force stands in its quotes, and is known to the table.

    Of a list's item it may stand in the line above the list, where that is quoted too.
    """
    above = {
        item: lead.id
        for section in statement.sections
        for item, lead in leads(section.blocks).items()
    }
    for proposal in statement.proposals:
        if rank(proposal.force) == UNKNOWN:
            message = say('the force "{force}" is not known', force=proposal.force)
            names = ", ".join(EXAMPLES)
            hint = say("it comes last in tables; known are, among others: {names}", names=names)
            yield warning("unknown-force", message, proposal.at, hint)
        quoted = {each.unit.id for quote in proposal.quotes for each in quote.passages[:1]}
        for quote in proposal.quotes:
            if not any(above.get(each.unit.id) in quoted for each in quote.passages[:1]):
                yield from _force_stands(proposal, quote)


def suggestions_are_settled(statement: Statement) -> Iterator[Diagnostic]:
    """What the program suggests is taken over by a person, or taken out."""
    if statement.suggested:
        count = len(statement.suggested)
        message = say("suggestions of the program's that no reader is given yet: {n}", n=count)
        hint = say(
            "the first stands here: read each against the letter and mend it, then take out its "
            "`suggested: true`"
        )
        yield warning("suggested", message, statement.suggested[0], hint)


def _force_stands(proposal: Proposal, quote: Quote) -> Iterator[Diagnostic]:
    for passage in quote.passages[:1]:
        number, text = passage.unit.number, passage.unit.text
        found = find_force(proposal.force, text, passage.start, passage.end)
        if not found.stands:
            message = say(
                'the force "{force}" does not stand in the quote «{quote}»',
                force=proposal.force,
                quote=_short(quote),
            )
            hint = say("write the letter's own words, or quote them too")
            yield error("force-missing", message, proposal.at, hint)
        elif found.instead:
            message = say(
                'the letter says "{instead}", not "{force}"',
                instead=found.instead,
                force=proposal.force,
            )
            hint = say("it says so in {number}", number=number)
            yield error("force-differs", message, proposal.at, hint)
        elif found.doubt:
            message = say(
                '"{doubt}" stands before "{force}" in the sentence',
                doubt=found.doubt,
                force=proposal.force,
            )
            hint = say("see that the letter asks for it in {number}", number=number)
            yield warning("force-doubtful", message, proposal.at, hint)


def _short(quote: Quote, length: int = 60) -> str:
    text = normalized(quote.text)
    return text if len(text) <= length else text[:length].rstrip() + " …"


def _nearest(quote: Quote, statement: Statement) -> Message:
    """The passage most like the quote, and where it stands."""
    words = normalized(quote.text)
    own = set(words.split())
    alike = sorted(statement.units, key=lambda unit: -len(own & set(unit.text.split())))
    best_ratio, best, number = 0.0, "", ""
    for unit in alike[:3]:  # to compare letter by letter takes time
        passage = _alike(words, unit.text)
        ratio = SequenceMatcher(None, words, passage, autojunk=False).ratio()
        if ratio > best_ratio:
            best_ratio, best, number = ratio, passage, unit.number
    if best_ratio < 0.5:
        return say("nothing in the text is like it; a quote never goes across two paragraphs")
    return say("nearest is {number}: «{passage}»", number=number, passage=best)


def _alike(words: str, text: str) -> str:
    """The stretch of `text` that `words` would lie on, widened to whole words."""
    matcher = SequenceMatcher(None, words, text, autojunk=False)
    block = matcher.find_longest_match()
    start = max(0, block.b - block.a)
    end = min(len(text), block.b + len(words) - block.a)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return text[start:end]
