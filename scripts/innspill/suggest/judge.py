"""Whether a word of force proposes: who says it, and whether it is asked, supposed or told.

The rules stand in the order in which they are asked. One that is in doubt says no: what a person
must take away costs more than a line to add.
"""

from __future__ import annotations

from collections.abc import Sequence

from innspill.check.force import ForceWords
from innspill.check.force_words import (
    CONSIDER,
    CONSIDERED,
    IMPERSONAL,
    MAY_CONSIDER,
    MODALS,
    NEGATIONS,
    PHRASES,
    RESOLVES,
)
from innspill.suggest import words as table
from innspill.suggest.clauses import Clause, LetterSentence, clause_of, is_own, names_own


def is_ours(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether something is proposed with these words of force, and by no minority."""
    return not is_of_minority(force, sentence) and is_proposed(force, sentence)


def is_of_minority(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether a minority, or some of the members, say these words of force."""
    near = sentence.behind(sentence.index(force.end - 1))[:3]
    end = force.end + len(" ".join(near)) + 1
    text = sentence.unit.text
    before = text[sentence.start : force.end].rpartition(";")[2]
    behind = text[force.end : min(end, sentence.end)].partition(";")[0]
    return bool(table.MINORITY.search(before + behind))


def is_proposed(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether those who sign propose something with these words of force."""
    phrase = [each for each in force.phrase.split() if each not in NEGATIONS]
    first = phrase[0]
    begin = sentence.index(force.start)
    at = begin + [each.text for each in sentence.words[begin:]].index(first)
    if phrase == [first] and first in table.AT_BEGINNING:
        return _is_imperative(at, sentence)
    clause = clause_of(at, sentence)
    if clause.opener and not _is_said(clause, force, sentence):
        return False
    if (len(phrase) == 1 and first in {*MODALS, "lyt"}) or phrase[-1] in CONSIDERED:
        return _is_asked_by_modal(first, force, at, clause, sentence)
    return _is_asked_by_verb(" ".join(phrase), force, at, clause, sentence)


def _is_said(clause: Clause, force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether a clause that is part of another says what those who sign say."""
    start = clause.start
    if clause.opener in table.RELATIVE:
        return force.phrase.split()[0] in {"bør", "burde"}
    if clause.opener != "at" or sentence.word(start - 1) in {"slik", "for", "så"}:
        return False
    asking = {
        sentence.index(each.start)
        for each in sentence.forces
        if each.phrase.split()[0] not in MODALS and each.phrase not in table.SAYING
    }
    for place in range(start - 1, -1, -1):
        word = sentence.word(place)
        if place in asking:
            return False  # "foreslår at skolene skal": the force is "foreslår"
        if word in table.LEADING:
            return True
        if word in table.SAYING:
            return is_own(place, sentence)
    return False


def _is_imperative(at: int, sentence: LetterSentence) -> bool:
    word, following = sentence.word(at), sentence.word(at + 1)
    if not following or (word in table.ALSO_NOUNS and following in table.BEHIND_NOUNS):
        return False
    if word in {"få", "kort"} and following not in table.PARTICLES:
        return False
    if at == 0 or (at == 1 and sentence.word(0) in table.BEFORE_IMPERATIVE):
        return True
    if sentence.words[at].breaks[:1] in {":", "–"}:
        return True
    goes_on = clause_of(at, sentence) == Clause(at, "")
    return goes_on and sentence.word(0) in table.AT_BEGINNING


def _is_asked_by_modal(
    modal: str, force: ForceWords, at: int, clause: Clause, sentence: LetterSentence
) -> bool:
    if sentence.is_background:
        return False
    if modal in {"bør", "burde"} or force.rank in {CONSIDER, MAY_CONSIDER}:
        return True
    behind = sentence.behind(at)
    is_able = modal in {"kan", "kunne"}
    asks_someone = is_able and sentence.word(at + 1) in table.ASKED
    is_supposed = not clause.opener and clause.start > 0 and sentence.word(0) in table.UNSURE
    if (is_supposed and not asks_someone) or _is_of_others(force, sentence):
        return False
    if table.SINGLE & {sentence.word(at - 1) if at else "", sentence.word(at + 1)}:
        return False
    if not is_able:
        return modal != "skal" or " ha ment" not in sentence.text
    return _is_offered(behind) or (asks_someone and table.OUTCOMES.isdisjoint(behind[1:4]))


def _is_of_others(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether it is told of the law, of how things are, or of what was said before."""
    text = sentence.unit.text
    before, behind = text[sentence.start : force.start], text[force.start : sentence.end]
    return bool(table.ATTRIBUTED.search(before) or table.BY_LAW.search(behind))


def _is_offered(behind: Sequence[str]) -> bool:
    """Whether "kan" and a verb propose: something is done with a thing, or together."""
    if table.HAPPENS.intersection(behind[:2]):
        return False
    for word in behind[:8]:
        if word in table.OUTCOMES:
            return False
        if word in table.DOING:
            return True
        if table.PASSIVES.fullmatch(word):
            return not table.STATES.fullmatch(word)
    return False


def _is_asked_by_verb(
    phrase: str, force: ForceWords, at: int, clause: Clause, sentence: LetterSentence
) -> bool:
    behind = sentence.behind(sentence.index(force.end - 1))
    of_its_own = _by_its_own_rule(phrase, force, at, behind, sentence)
    if of_its_own is not None:
        return of_its_own
    if phrase in table.WISHING and table.COURTESIES.intersection(behind[:4]):
        return False
    before = [each.text for each in sentence.words[clause.start : at]]
    if before[-1:] == ["å"] or MODALS.intersection(before):
        return False  # it is an infinitive
    is_by_form = phrase not in PHRASES
    is_told = table.STATES.fullmatch(phrase) or not table.EARLIER.isdisjoint(before)
    if is_by_form and (is_told or len(sentence.forces) > 1):
        return False
    if phrase in IMPERSONAL or RESOLVES.fullmatch(phrase) or phrase.startswith(("vårt ", "vår ")):
        return not sentence.is_background and not _is_of_others(force, sentence)
    return is_own(at, sentence)


def _by_its_own_rule(
    phrase: str, force: ForceWords, at: int, behind: Sequence[str], sentence: LetterSentence
) -> bool | None:
    """What is said of phrases that stand under no other rule; None of all others."""
    match phrase.split():
        case ["mener" | "meiner" | "ønske"]:
            return False
        case ["skulle"]:
            return bool(table.WISHED.intersection(behind)) and not _is_of_others(force, sentence)
        case ["vil"]:
            beside = (sentence.word(at - 1) if at else "", sentence.word(at + 1))
            wishes = table.HARM.isdisjoint(behind[:3]) and table.COURTESIES.isdisjoint(behind[:4])
            return wishes and any(names_own(each, sentence.own) for each in beside)
        case ["er", _, "krav"]:
            return behind[:1] == ["at"]
        case ["ja" | "nei", "til"] | ["viktig" | "nødvendig" | "ønskelig", _]:
            return at == 0
        case ["ber" | "bed"] if "for" in behind[:2]:
            return False  # in prayer
        case ["forutsetter" | "føreset"] if sentence.word(at - 1) in {"dette", "det"}:
            return True
        case _:
            return None
