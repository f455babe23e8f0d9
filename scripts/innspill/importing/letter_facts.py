"""The facts that a letter states: references, dates, the vote, each with the words it came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from innspill.importing.addressee import HEAD, LONGEST, address_below, addressee_in, without_address
from innspill.importing.blocks import Block, Guess, Spot, TableBlock, TextBlock, block_text
from innspill.importing.mail_head import above_text, mail_heads_in, older_mails, sent_at
from innspill.importing.votes import SEEN, vote_in
from innspill.messages import say

LABELS = {
    "your_reference": r"(?:Deres|Dykkar|Dykker)\s+ref(?:eranse)?\b\.?",
    "our_reference": r"Vår\s+ref(?:eranse)?\b\.?(?:\s*\((?:saksnr|saksnummer)\.?\))?"
    r"|Saksn(?:r|ummer)\.?",
    "case_officer": r"Saks?behandler|Saksbeh\b\.?|Sakshandsamar|Sakshandsamer|Saksh\b\.?",
    "dated": r"Dato",
    "recipient": r"Til|Mottaker|Mottakar",
}
LABEL = re.compile(
    "|".join(rf"(?P<{key}>\b(?:{form}))" for key, form in LABELS.items()), re.IGNORECASE
)
PLACE_AND_DAY = re.compile(r"[A-ZÆØÅ][\w -]{1,30},\s+(?:den\s+)?(?P<day>\d[\w. -]{5,20})")
"""Oslo, 12. februar 2026"""
LONGEST_VALUE = 60
"""How many letters a value has at most; those to whom a letter goes may have a longer name."""
COLON = re.compile(r"\s*:\s*")
MONTHS = (
    "januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
    "november", "desember",
)  # fmt: skip
DAY = re.compile(
    rf"(?<![\d.])(?P<d>\d{{1,2}})\.\s?(?:(?P<m>\d{{1,2}})\.|(?P<word>{'|'.join(MONTHS)})\s)\s?"
    r"(?P<y>\d{4})(?!\d)"
    r"|(?<!\d)(?P<iso>\d{4}-\d\d-\d\d)(?!\d)",
    re.IGNORECASE,
)
ADOPTED = re.compile(r"\b(?:vedtatt|vedteken|vedteke|vedtok|vedtatte)\b", re.IGNORECASE)
TREATED = re.compile(
    r"\b(?:behandlet|behandla|handsama|drøfta|drøftet|møte[t]?|vedt[ao](?:tt|tte|k)|vedteken?)\b",
    re.IGNORECASE,
)
UNANIMOUS = re.compile(r"\b(?:enstemmig|einstemmig|samrøystes)\w*", re.IGNORECASE)
MAJORITY = re.compile(r"\b\d{1,3}\s+(?:stemmer\s+|røyster\s+)?mot\s+\d{1,3}\b", re.IGNORECASE)
TO_FOLLOW = re.compile(
    r"[^.]*\bprotokoll\b[^.]*\b(?:oversend|ettersend|foreligge|føreligg|kommer|kjem)\w*[^.]*\.?",
    re.IGNORECASE,
)
BODY = r"(?:utvalg|utval|råd|komité|komite|nemnd|styre)"
COMMITTEE = re.compile(
    r"\b(?P<name>(?:[A-ZÆØÅ][\w-]*\s){1,3}(?!(?:by|fylkes|stats)råd\b|departement)[a-zæøå]*"
    rf"{BODY})\b"
)
NAMED_BY_PLACE = re.compile(
    r"\b(?P<name>(?!(?:By|Fylkes|Stats)råd)[A-ZÆØÅ][a-zæøå]*"
    r"(?:utvalget|utvalet|rådet|komit[eé]en|nemnda|nemnden|styret) i "
    r"(?:(?:[A-ZÆØÅ][\w-]+ ){1,3}(?:kommune|fylke|bydel)\b"
    r"|(?:Bydel )?(?:(?:[A-ZÆØÅ]\w*re|Gamle|St\.) )?[A-ZÆØÅ][\w-]+))"
)
"""Eldrerådet i Eksempel kommune, Ungdomsrådet i Bydel Eksempel"""
FROM = re.compile(
    rf"\b(?:[Ff]ra|[Ff]rå)\s+(?P<name>[A-ZÆØÅ][\w\s-]*?\b\w*{BODY}(?:\s+i\s+[A-ZÆØÅ]\w+(?:\s[A-ZÆØÅ]\w+)?)?)$"
)
LEADING = re.compile(r"^(?:Bydel|I|Fra|Frå|Til|Hos|Innspill|Uttalelse|Høringssvar|Saken|At)\s")


@dataclass(frozen=True, slots=True)
class LetterFact:
    """One fact: its key in the front matter, its value, and the words that it came from."""

    key: str
    value: str
    words: str
    at: Spot


@dataclass(frozen=True, slots=True)
class FactsFound:
    """What a letter states, and which of its blocks say nothing else."""

    facts: tuple[LetterFact, ...]
    consumed: frozenset[int]
    """The numbers of the blocks that are no part of the text any more."""
    torn: tuple[Guess, ...] = ()
    """Labels whose value was not found."""
    unsure: tuple[Guess, ...] = ()
    """What was seen and not read."""
    mail_heads: tuple[range, ...] = ()
    """Where the heads of mails stand, which are among `consumed`."""

    @property
    def words(self) -> frozenset[str]:
        """The words that facts came from."""
        return frozenset(fact.words for fact in self.facts)

    def get(self, key: str) -> str:
        """The value of a fact, empty where there is none."""
        return next((fact.value for fact in self.facts if fact.key == key), "")


def facts_in(blocks: Sequence[Block], committees: Sequence[str] = ()) -> FactsFound:
    """The facts of a letter. `committees` are those that the consultation asks."""
    facts: dict[str, LetterFact] = {}
    consumed: set[int] = set()
    torn: list[Guess] = []
    for at, block in enumerate(blocks):
        if at in consumed:
            continue
        found, used, missing = _labelled(blocks, at)
        for fact in found:
            facts.setdefault(fact.key, fact)
        consumed |= used
        torn += missing
        if any(fact.key == "recipient" for fact in found):
            consumed |= set(address_below(blocks, at))
        if isinstance(block, TextBlock) and at not in consumed:
            for fact in _told(block):
                facts.setdefault(fact.key, fact)
    heads = mail_heads_in(blocks)
    consumed |= {at for head in heads for at in head}
    if heads and (sent := _sent(blocks, heads[0])):
        facts.setdefault("dated", sent)
    if "recipient" not in facts and (to := addressee_in(blocks, consumed)) is not None:
        text = block_text(blocks[to])
        facts["recipient"] = LetterFact("recipient", without_address(text), text, blocks[to].at)
        consumed |= {to, *address_below(blocks, to)}
    if "adopted" not in facts:  # a vote of another meeting, perhaps
        facts = {key: each for key, each in facts.items() if not key.startswith("vote.")}
    if (committee := _committee(blocks, committees)) is not None:
        facts["committee"] = committee
    unsure = () if "vote.result" in facts else tuple(_votes_seen(blocks))
    unsure = (*unsure, *older_mails(blocks, heads))
    return FactsFound(tuple(facts.values()), frozenset(consumed), tuple(torn), unsure, heads)


def _sent(blocks: Sequence[Block], head: range) -> LetterFact | None:
    """The day on which a mail was sent."""
    at = sent_at(blocks, head)
    if at is None or (day := day_in(block_text(blocks[at]))) is None:
        return None
    return LetterFact("dated", day.isoformat(), block_text(blocks[at]), blocks[at].at)


def _votes_seen(blocks: Sequence[Block]) -> Iterator[Guess]:
    """Where a letter without a vote that can be read seems to tell of one."""
    for block in blocks:
        if isinstance(block, TextBlock) and (found := SEEN.search(block.text)):
            start = block.text.rfind(" ", 0, max(0, found.start() - 30)) + 1
            words = block.text[start : found.end() + 20].strip()
            yield Guess(
                say("a vote was seen, and not read: write it in vote:"), block.at, "", words
            )


def _labelled(blocks: Sequence[Block], at: int) -> tuple[list[LetterFact], set[int], list[Guess]]:
    """Facts behind their labels, as `Deres ref.: 23/5459-1`; a value may be the next block."""
    block = blocks[at]
    if isinstance(block, TableBlock):
        return _in_table(block, at)
    if not isinstance(block, TextBlock) or len(block.text) > 300:
        return [], set(), []
    if found_apart := _labels_then_values(blocks, at):
        return found_apart, set(range(at, at + 2 * len(found_apart))), []
    pairs = _pairs(block.text)
    if (found := PLACE_AND_DAY.fullmatch(block.text)) and day_in(found["day"]):
        pairs = [("dated", found["day"], block.text)]
    names_recipient = any(key == "recipient" for key, _, _ in pairs)
    if not pairs or (names_recipient and at >= min(HEAD, above_text(blocks))):
        return [], set(), []
    used = {at}
    facts = []
    torn = []
    if not pairs[-1][1] and at + 1 < len(blocks):
        following = blocks[at + 1]
        text = following.text if isinstance(following, TextBlock) else ""
        if text and len(text) < 60 and not _pairs(text):
            key, _, words = pairs[-1]
            pairs[-1] = (key, text, f"{words} {text}")
            used.add(at + 1)
    for key, value, words in pairs:
        made = _value(key, value)
        if made is None:
            torn.append(
                Guess(say("“{label}” has no value that can be read", label=words), block.at)
            )
            return [], set(), torn
        facts.append(LetterFact(key, made, words, block.at))
    return facts, used, torn


def _labels_then_values(blocks: Sequence[Block], at: int) -> list[LetterFact]:
    """The facts of labels that stand alone, one below the other, with as many values below them.

    So a word processor saves a table as text. None where there is but one, or any value is none.
    """
    labels: list[tuple[str, str]] = []
    for block in blocks[at:]:
        pairs = _pairs(block_text(block)) if isinstance(block, TextBlock) else []
        if len(pairs) != 1 or pairs[0][1]:
            break
        labels.append((pairs[0][0], pairs[0][2]))
    values = blocks[at + len(labels) : at + 2 * len(labels)]
    facts = []
    for (key, label), block in zip(labels, values, strict=False):
        text = block_text(block) if isinstance(block, TextBlock) else ""
        value = _value(key, text) if len(text) <= LONGEST_VALUE and not _pairs(text) else None
        if value is not None:
            facts.append(LetterFact(key, value, f"{label} {text}", block.at))
    return facts if len(facts) == len(labels) > 1 else []


def _in_table(block: TableBlock, at: int) -> tuple[list[LetterFact], set[int], list[Guess]]:
    """The facts of a table that holds nothing else: value beside its label, below it, or behind."""
    cells = [[" ".join(each.text for each in cell) for cell in row] for row in block.rows]
    texts: list[str] = []
    for row in cells:
        texts += row
    by_column = [row[n] for n in range(max(map(len, cells))) for row in cells if n < len(row)]
    for ordered in (texts, by_column):
        facts = _in_texts([text for text in ordered if text], block.at)
        if facts:
            return facts, {at}, []
    return [], set(), []


def is_table_of_facts(block: TableBlock) -> bool:
    """Whether a table holds facts and nothing else."""
    return bool(_in_table(block, 0)[0])


def is_labelled(text: str) -> bool:
    """Whether a line is a fact behind its label, and nothing else."""
    pairs = _pairs(text)
    return bool(pairs) and all(_value(key, value) is not None for key, value, _ in pairs)


def _in_texts(texts: Sequence[str], at: Spot) -> list[LetterFact]:
    """The facts of texts that are labels and values in turn; none where there is anything else."""
    facts = []
    label: tuple[str, str] | None = None
    for text in texts:
        pairs = _pairs(text)
        if label and not pairs:
            made = _value(label[0], text)
            if made is None:
                return []
            facts.append(LetterFact(label[0], made, f"{label[1]} {text}", at))
            label = None
            continue
        if label or not pairs:
            return []
        for key, value, words in pairs:
            made = _value(key, value)
            if made is None:
                label = (key, words)
            else:
                facts.append(LetterFact(key, made, words, at))
    return [] if label else facts


def _pairs(text: str) -> list[tuple[str, str, str]]:
    """Each label of a text with its value; none where anything else stands there."""
    labels = [
        (found, colon)
        for found in LABEL.finditer(text)
        if (colon := COLON.match(text, found.end()))
    ]
    if not labels or labels[0][0].start() != 0:
        return []
    pairs = []
    for number, (found, colon) in enumerate(labels):
        end = labels[number + 1][0].start() if number + 1 < len(labels) else len(text)
        value = text[colon.end() : end].strip()
        if len(value) > (LONGEST if found.lastgroup == "recipient" else LONGEST_VALUE):
            return []
        pairs.append((str(found.lastgroup), value, text[found.start() : end].strip()))
    return pairs


def _value(key: str, text: str) -> str | None:
    """A value as front matter has it; None where it is none."""
    if key == "dated":
        day = day_in(text)
        return day.isoformat() if day else None
    if key == "recipient":
        text = without_address(text)
    return text if any(map(str.isalnum, text)) else None


def day_in(text: str) -> date | None:
    """The first date of a text, as Norwegians write it: 30.03.2024, 30. mars 2024."""
    return next(days_in(text), None)


def days_in(text: str) -> Iterator[date]:
    """All dates of a text that there are in the calendar."""
    for found in DAY.finditer(text):
        try:
            if found["iso"]:
                yield date.fromisoformat(found["iso"])
                continue
            word = (found["word"] or "").casefold()
            month = MONTHS.index(word) + 1 if word else int(found["m"])
            yield date(int(found["y"]), month, int(found["d"]))
        except ValueError:
            continue


def _told(block: TextBlock) -> Iterator[LetterFact]:
    """Facts that sentences tell: the day and the vote, whether minutes are to follow."""
    text = block.text
    if ADOPTED.search(text):
        sentences = re.split(r"(?<=[^\d\s][.!?])\s+(?=[A-ZÆØÅ])", text)
        dated = [each for each in sentences if TREATED.search(each) and day_in(each)]
        nearest = sorted(dated, key=lambda each: ADOPTED.search(each) is None)
        for sentence in nearest[:1]:
            # The day of the meeting stands last, behind those of letters that it answers.
            *_, day = days_in(sentence)
            yield LetterFact("adopted", day.isoformat(), sentence, block.at)
        for sentence in sentences:
            if ADOPTED.search(sentence) and (found := UNANIMOUS.search(sentence)):
                yield LetterFact("vote.result", "unanimous", sentence, block.at)
            elif ADOPTED.search(sentence) or MAJORITY.search(sentence):
                for key, value in vote_in(sentence).items():
                    yield LetterFact(f"vote.{key}", value, sentence, block.at)
    if found := TO_FOLLOW.search(text):
        yield LetterFact("minutes", "to_follow", found[0].strip(), block.at)


def _committee(blocks: Sequence[Block], asked: Sequence[str]) -> LetterFact | None:
    """Whose letter it is.

    One that was asked, else who it says that it is from, else the name that stands in it most.
    """
    texts = [block for block in blocks if isinstance(block, TextBlock)]
    whole = "\n".join(block.text for block in texts)
    times = Counter({name: whole.casefold().count(name.casefold()) for name in asked})
    if times and times.most_common(1)[0][1]:
        name = times.most_common(1)[0][0]
        return _committee_fact(texts, name)
    for block in texts:
        if len(block.text) < 120 and (found := FROM.search(block.text.rstrip("."))):
            return LetterFact("committee", found["name"], block.text, block.at)
    names = Counter(LEADING.sub("", found["name"]) for found in COMMITTEE.finditer(whole))
    names = names or Counter(found["name"] for found in NAMED_BY_PLACE.finditer(whole))
    return _committee_fact(texts, names.most_common(1)[0][0]) if names else None


def _committee_fact(texts: Sequence[TextBlock], name: str) -> LetterFact:
    for block in texts:
        at = block.text.casefold().find(name.casefold())
        if at >= 0:
            before, behind = block.text[:at].split(), block.text[at + len(name) :].split()
            words = " ".join([*before[-3:], name, *behind[:2]])
            return LetterFact("committee", name, words, block.at)
    return LetterFact("committee", name, name, Spot())
