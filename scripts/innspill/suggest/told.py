"""What a sentence tells and does not ask: others' words, law, history, plans, what may be."""

from __future__ import annotations

from innspill.check.force import ForceWords
from innspill.check.force_words import NEGATIONS, PASSIVE, RESOLVES
from innspill.suggest import words as table
from innspill.suggest.clauses import Clause, LetterSentence, is_own, names_own, opens_clause


def is_quoted(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether the words of force stand in quotation marks, or others say them: "…, sier hun"."""
    text = sentence.unit.text
    before, behind = text[: force.start], text[force.end : sentence.end]
    said = table.SAID_BEHIND.search(behind)
    is_said_by_others = said and not any(
        names_own(each, sentence.own) for each in said["who"].split()
    )
    return before.count("«") > before.count("»") or bool(is_said_by_others)


def is_told_by_others(at: int, clause: Clause, sentence: LetterSentence) -> bool:
    """Whether others tell it where no "at" says so: "naboene mener veien må …"."""
    return any(
        sentence.word(each) in table.TELLING and not is_own(each, sentence)
        for each in range(clause.start, at)
    )


def is_of_others(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether it is told of the law, of how things are, or of what was said before."""
    text = sentence.unit.text
    before, behind = text[sentence.start : force.start], text[force.end : sentence.end]
    told = table.ATTRIBUTED.search(before)
    if told and told["aim"] and (force.phrase in PASSIVE or "," in before[told.end() :]):
        told = None  # "målet støttes"
    if told and force.phrase.split()[0] == "må":
        between = before[told.end() :]
        is_near = "," not in between and len(between.split()) <= table.NEAR
        begins = sentence.word(0) not in {*table.PREPOSITIONS, "ifølge", "følgje"}
        if told["paper"] or (told["law"] and is_near and begins):
            told = None  # "i planen må det stå", "loven må endres"
    return bool(told or table.BY_LAW.search(behind) or table.TOLD_BEHIND.match(behind))


def is_supposed(at: int, clause: Clause, sentence: LetterSentence) -> bool:
    """Whether it follows from what may be: "Hvis …, må", "Blir den lagt ned, må"."""
    first, second, third = (sentence.word(each) for each in range(3))
    if clause.opener or (second, third) in table.CONCERNS:
        return False
    if first in table.WITHOUT or clause.start == 0:
        return first in table.WITHOUT
    begins = first in table.HAPPENING or bool(RESOLVES.fullmatch(first))
    return first in table.SUPPOSED or (begins and at == clause.start)


def is_of_people(at: int, clause: Clause, sentence: LetterSentence) -> bool:
    """Whether "må" tells what people have to do, and asks nothing for them."""
    places = (at - 1, at + 1, clause.start)  # before it, behind it, "barna på Myra må"
    are_people = any(table.PEOPLE.fullmatch(sentence.word(each)) for each in places)
    first, second = sentence.word(0), sentence.word(1)
    are_some = first in {"de", "dei", "den"} and second == "som" and at == clause.start
    behind = sentence.behind(at)[:3]
    is_asked = any(
        each in table.DOES or each in table.SPARED or table.PASSIVES.fullmatch(each)
        for each in behind
    )
    return (are_people or are_some) and not is_asked


def is_own_task(at: int, sentence: LetterSentence) -> bool:
    """Whether those who sign tell with "skal" what they will do themselves."""
    beside = (sentence.word(at - 1) if at else "", sentence.word(at + 1))
    behind = [each for each in sentence.behind(at)[:4] if each not in NEGATIONS]
    asks = any(each in table.DOES or table.PASSIVES.fullmatch(each) for each in behind)
    asks = asks and table.MEET.isdisjoint(behind)
    return any(names_own(each, sentence.own) for each in beside) and not asks


def is_subject(at: int, sentence: LetterSentence) -> bool:
    """Whether what looks like an imperative begins a subject: "Åpne merder bør ikke tillates".

    Then its clause has a finite verb: in it, or behind the comma that ends what is told of it.
    """
    finite = {
        sentence.index(each.start)
        for each in sentence.forces
        if table.FINITE.fullmatch(each.phrase.split()[0])
    }
    is_told_of = False
    for place in range(at + 1, len(sentence.words)):
        word, breaks = sentence.word(place), sentence.words[place].breaks
        if place in finite and (breaks == "," or not is_told_of):
            lets = sentence.word(at) in {"la", "lat"} and RESOLVES.fullmatch(word)
            return not lets and sentence.word(place - 1) not in table.PRONOUNS
        if breaks or word in table.RELATIVE:
            is_told_of = True
        elif opens_clause(place, sentence) or word == "så" or (word == "om" and place == at + 1):
            return False
    return False
