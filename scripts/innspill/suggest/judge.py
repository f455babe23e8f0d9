"""Whether a word of force proposes: who says it, and whether it is asked, supposed or told.

The rules stand in the order in which they are asked. One that is in doubt says no: what a person
must take away costs more than a line to add.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from innspill.check.force import ForceWords
from innspill.check.force_words import (
    ABOVE_LISTS,
    BOUND,
    CONSIDER,
    CONSIDERED,
    FORBEAR,
    IMPERSONAL,
    MAY_CONSIDER,
    MODALS,
    NEGATIONS,
    PASSIVE,
    PHRASES,
    RESOLVED,
    RESOLVES,
)
from innspill.suggest import words as table
from innspill.suggest.clauses import (
    Clause,
    LetterSentence,
    clause_of,
    is_own,
    is_subordinate,
    names_own,
)
from innspill.suggest.told import (
    is_of_others,
    is_of_people,
    is_own_task,
    is_quoted,
    is_subject,
    is_supposed,
    is_told_by_others,
)

UNSAID = frozenset(
    " ".join(each for each in phrase.split() if each not in NEGATIONS) for phrase in IMPERSONAL
)
ANOTHERS = r";|,? (?:mens|medan) "
"""What stands between what one says and what another does."""


def is_ours(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether something is proposed with these words of force, and by no minority."""
    return not is_of_minority(force, sentence) and is_proposed(force, sentence)


def is_of_minority(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether a minority, or some of the members, say these words of force."""
    near = sentence.behind(sentence.index(force.end - 1))[:3]
    end = force.end + len(" ".join(near)) + 1
    text = sentence.unit.text
    before = re.split(ANOTHERS, text[sentence.start : force.end])[-1]
    behind = re.split(ANOTHERS, text[force.end : min(end, sentence.end)])[0]
    return bool(table.MINORITY.search(before + behind))


def is_bare_passive(phrase: str) -> bool:
    """Whether it asks only by its place: "Punkt 4 strykes"."""
    return phrase in RESOLVED or _is_by_form(phrase)


def _is_by_form(phrase: str) -> bool:
    """Whether only its ending says that it is a passive."""
    return bool(RESOLVES.fullmatch(phrase)) and phrase not in PHRASES


def is_proposed(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether those who sign propose something with these words of force."""
    phrase = [each for each in force.phrase.split() if each not in NEGATIONS]
    first = phrase[0]
    if is_quoted(force, sentence):
        return False
    begin = sentence.index(force.start)
    at = begin + [each.text for each in sentence.words[begin:]].index(first)
    if phrase == [first] and first in table.AT_BEGINNING:
        return _is_imperative(at, sentence) and not is_subject(at, sentence)
    clause = clause_of(at, sentence)
    if clause.opener and not _is_said(clause, force, sentence):
        return False
    if is_told_by_others(at, clause, sentence):
        return False
    is_bare = len(phrase) == 1 or " ".join(phrase[1:]) in {*FORBEAR, *CONSIDERED}
    if is_bare and first in {*MODALS, "lyt"}:
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
        place
        for each in sentence.forces
        if each.phrase.split()[0] not in {*MODALS, *table.AT_BEGINNING, *table.BARE}
        and each.phrase not in table.SAYING
        for place in range(sentence.index(each.start), sentence.index(each.end - 1) + 1)
    }
    for place in range(start - 1, -1, -1):
        word = sentence.word(place)
        if place in asking:
            return False  # "foreslår at skolene skal": the force is "foreslår"
        if word in table.LEADING:
            return True
        if word in table.SAYING:
            before = sentence.word(place - 1)
            is_so = before == "å" and "det" in [each.text for each in sentence.words[:place]]
            return is_so or before in {"vårt", "vår"} or is_own(place, sentence)
    return False


def _is_imperative(at: int, sentence: LetterSentence) -> bool:
    word, following = sentence.word(at), sentence.word(at + 1)
    is_noun = word in table.ALSO_NOUNS and following in table.BEHIND_NOUNS
    is_verb = (word in {"sett", "set"} and following == "av") or sentence.word(at - 1) in NEGATIONS
    if not following or (is_noun and not is_verb):
        return False
    if following in table.CLOSING.get(word, ()):
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
    is_by_the_way = not table.BY_THE_WAY.isdisjoint(sentence.behind(at)[:3])
    if is_by_the_way and not {"at", "å"}.isdisjoint(sentence.behind(at)[:6]):
        return False
    is_praise = not table.PRAISE.isdisjoint(sentence.behind(at)[:4])
    if is_praise or (sentence.is_background and not clause.opener):
        return False
    if modal in {"bør", "burde"} or force.rank in {CONSIDER, MAY_CONSIDER}:
        return True
    before, behind = [each.text for each in sentence.words[:at]], sentence.behind(at)
    is_able = modal in {"kan", "kunne"}
    asks_someone = is_able and sentence.word(at + 1) in table.ASKED
    if (is_supposed(at, clause, sentence) and not asks_someone) or is_of_others(force, sentence):
        return False
    if modal == "skal" and is_own_task(at, sentence):
        return False
    if modal == "må" and is_of_people(at, clause, sentence):
        return False
    if table.SINGLE & {sentence.word(at - 1) if at else "", sentence.word(at + 1)}:
        return False
    if not is_able:
        return not any(a == "ha" and b in table.PERFECT for a, b in pairwise(behind[:8]))
    return _is_offered(before, behind) or (asks_someone and table.OUTCOMES.isdisjoint(behind[1:4]))


def _is_offered(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether "kan" and a verb propose: something is done with a thing, or together."""
    if table.HAPPENS.intersection(behind[:2]):
        return not table.WAYS.isdisjoint([*before[-3:], *behind[:7]])
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
    if phrase in table.WISHING and _is_courtesy(behind):
        return False
    before = [each.text for each in sentence.words[clause.start : at]]
    if phrase in BOUND:
        return {"har", "hadde"}.isdisjoint(before)
    if before[-1:] == ["å"] or {*MODALS, "måtte", "skulle"}.intersection(before):
        return False  # it is an infinitive
    if is_bare_passive(phrase) and is_subordinate(at, sentence):
        return False
    is_told = table.STATES.fullmatch(phrase) or not table.EARLIER.isdisjoint(before)
    if _is_by_form(phrase) and (is_told or len(sentence.forces) > 1):
        return False
    if phrase in PASSIVE and "av" in behind[:2]:  # by whom
        by = behind[behind.index("av") + 1 :][:2]
        return any(names_own(each, sentence.own | {"hensyn", "omsyn"}) for each in by)
    if phrase in UNSAID or RESOLVES.fullmatch(phrase) or phrase.startswith(("vårt ", "vår ")):
        is_no_wish = sentence.is_background or _is_thought(force, sentence)
        return not is_no_wish and not is_of_others(force, sentence)
    return is_own(at, sentence)


def _is_courtesy(behind: Sequence[str]) -> bool:
    """Whether what is wished is only said, or done by those who sign."""
    near = list(takewhile(lambda each: each != "at", behind[:4]))
    return not table.COURTESIES.isdisjoint(near)


def _by_its_own_rule(
    phrase: str, force: ForceWords, at: int, behind: Sequence[str], sentence: LetterSentence
) -> bool | None:
    """What is said of phrases that stand under no other rule; None of all others."""
    begin = sentence.index(force.start)
    before = [each.text for each in sentence.words[max(at - 4, 0) : at]]
    match phrase.split():
        case ["mener" | "meiner" | "ønske"]:
            return False
        case ["skulle"]:
            return bool(table.WISHED.intersection(behind)) and not is_of_others(force, sentence)
        case ["vil"]:
            beside = (sentence.word(at - 1) if at else "", sentence.word(at + 1))
            wishes = table.HARM.isdisjoint(behind[:3]) and not _is_courtesy(behind)
            return wishes and any(names_own(each, sentence.own) for each in beside)
        case ["er", "for", "at" | "å"]:
            return sentence.word(begin + 1) == "for" and is_own(at, sentence)
        case ["er", "et" | "eit", "krav" | "ønske"]:
            near = [*(each.text for each in sentence.words[at : at + 3]), *behind[:3]]
            by_us = any(names_own(each, sentence.own | {"vår"}) for each in near)
            return behind[:1] == ["at"] or by_us
        case ["ja" | "nei", "til" | "takk"]:
            return at == 0 or bool(sentence.words[at].breaks)
        case [word, _] if word in table.BARE:
            return at == 0
        case ["forutsetter" | "føreset"] if sentence.word(at - 1) in {"dette", "det"}:
            return True
        case [_, _] if phrase in ABOVE_LISTS:
            return _is_above_list(force, at, sentence)
        case [*_, last] if last in table.MATTERS and behind[:1] == ["for"]:
            clause = [each.text for each in sentence.words[max(begin - 4, 0) :]]
            is_asked = "det" in clause[:8] and not {"at", "å"}.isdisjoint(behind)
            return None if is_asked else False
        case _ if _asks_for_nothing(phrase, before, behind):
            return False
        case _:
            return None


def _is_above_list(force: ForceWords, at: int, sentence: LetterSentence) -> bool:
    """Whether it is followed by a colon, and by no others' list: "Naboene har disse kravene:"."""
    is_by_nobody = any(RESOLVES.fullmatch(each.text) for each in sentence.words[:at])
    is_ours = "vår" in force.phrase or is_by_nobody or is_own(at, sentence)
    return is_ours and bool(table.AND_COLON.match(sentence.unit.text, force.end))


def _is_thought(force: ForceWords, sentence: LetterSentence) -> bool:
    """Whether something need only be thought or said: "er rimelig å anta at"."""
    begin, end = (sentence.index(each) for each in (force.start, force.end - 1))
    near = [each.text for each in sentence.words[begin : end + 3]]
    return any(one == "å" and two in table.THOUGHT for one, two in pairwise(near))


def _asks_for_nothing(phrase: str, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether a phrase tells something else with these words around it."""
    match phrase:
        case "forventes" | "ventes":
            return bool(behind) and behind[0].isdigit()
        case "ber" | "bed":
            return "for" in behind[:2]  # in prayer
        case "fortjener" | "fortener":
            return not table.PRAISE.isdisjoint(behind[:4])
        case "kreves" | "krevst" | "krever" | "krev":
            return not table.MUCH.isdisjoint(behind[:1])
        case "ber om" | "bed om":
            return not table.PARDON.isdisjoint(behind[:1])
        case "forutsetning" | "føresetnad":
            return not {"har", "hadde"}.isdisjoint(before)
        case _:
            return False
