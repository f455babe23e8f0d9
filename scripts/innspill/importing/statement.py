"""From a letter to a statement: a pure function, step by step.

1. Answers that stand in a table, or beside their question. 2. The facts that it states. 3. The
questions that it repeats. 4. Its closing. 5. Its title. 6. Lists that were typed. 7. Headings.
8. The body. 9. The front matter. 10. The count of its words, which decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from innspill.compose.original import (
    AFTER_ANSWERS,
    first_difference,
    head_once,
    stands_elsewhere,
)
from innspill.diagnostics import Location
from innspill.fmt.source import formatted
from innspill.importing.answer_tables import without_answer_tables
from innspill.importing.answered import QuestionFound, questions_in
from innspill.importing.asked import repeated_questions
from innspill.importing.beside_question import with_answers_parted
from innspill.importing.blocks import (
    Block,
    Guess,
    LeftOut,
    Letter,
    PictureBlock,
    Spot,
    TableBlock,
    TextBlock,
    block_text,
    words_in,
)
from innspill.importing.body_markdown import MadeBody, OwnWords, made_body
from innspill.importing.closing import closing_of, told_of_closing
from innspill.importing.count import WordCount, counted
from innspill.importing.fault import NotImportable
from innspill.importing.front_matter import consultation_front, statement_front
from innspill.importing.headings import with_headings
from innspill.importing.letter_facts import NAMED_BY_PLACE, FactsFound, LetterFact, facts_in
from innspill.importing.letterhead import named_above, told_of_head
from innspill.importing.mail_head import SUBJECT, above_text, is_mail_line, told_of_mail
from innspill.importing.typed_lists import with_lists
from innspill.messages import catalogue, say
from innspill.original import text_of_letter
from innspill.read.example import MISSING_ALTERNATIVE, placeholders
from innspill.read.schema import QuestionFront, StatementFront
from innspill.read.source import Source, parse_source

SEARCHED = 12
"""Among how many blocks of the letter's beginning its title stands, facts not counted."""
LONGEST_TITLE = 250
LETTERHEAD = re.compile(
    r"^(?:Oslo kommune|Bydel|Byråd\w*|Til|Postboks|Besøksadresse|v/|Att)\b"
    r"|^\W*(?:[\w.-]+\s){0,3}\w*(?:utvalg|utval|råd|styre|nemnd|komit[eé]|kommune|etaten"
    r"|avdeling(?:en)?)\W*$",
    re.IGNORECASE,
)
"""What stands above a title: who writes, and to whom."""
NYNORSK = re.compile(
    r"\b(?:ikkje|ein|eit|frå|dei|vere|korleis|kva|noko|berre|mellom anna|auke)\b", re.IGNORECASE
)
BOKMAL = re.compile(r"\b(?:ikke|en|et|fra|de|være|hvordan|hva|noe|bare|øke)\b", re.IGNORECASE)
NO_TITLE = re.compile(
    r"\W*(?:\d+\W*)?(?:innledning|innleiing|bakgrunn|sammendrag|samandrag|oppsummering|generelt"
    r"|generell(?:e)? \w+|svar på spørsmål\w*)\W*$",
    re.IGNORECASE,
)
"""A heading inside a letter, and never that of all of it."""
ASKED_BY = re.compile(
    r"\b(?:brev|henvendelse|førespurnad)(?:\s+(?:av|datert)\s+[\d. ]+)?\s+(?:fra|frå)\s+"
    r"(?P<who>.{3,80}?)"
    r"(?=\s+(?:med|av|om|datert|der|vedrørende)\b|[,.])"
)
LETTER_OF = re.compile(
    r"\bbrev(?:et)?\s+(?:av|datert)\s+(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})"
)


@dataclass(frozen=True, slots=True)
class LetterSetting:
    """What the project knows of the statement that a letter is to become."""

    file: str
    """The name of the letter's file."""
    name: str
    """The name of the statement's, without its ending."""
    questions: tuple[QuestionFront, ...] = ()
    """Those of the consultation; none where it isn't there yet."""
    has_consultation: bool = False
    committees: tuple[str, ...] = ()
    title: str = ""
    """The consultation's, for a letter without a title."""
    committee: str = ""
    """The committee that the user named, where the letter names none."""
    language: str = "nb"
    """That of the consultation, or of the site."""
    original: str = ""
    """The name that the letter's file gets beside the statement; empty where it gets none."""


@dataclass(frozen=True, slots=True)
class ImportedStatement:
    """What a letter became."""

    file: str
    """The name of the letter's file."""
    text: str
    """The statement's file."""
    letter: Letter
    title: str
    facts: FactsFound
    questions: tuple[QuestionFound, ...]
    body: MadeBody
    blocks: tuple[Block, ...]
    lines: dict[int, int]
    """The line of the statement's file that each block came to."""
    pictures: tuple[tuple[str, bytes], ...]
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Guess, ...]
    count: WordCount
    consultation: str = ""
    """The consultation's `index.md`, where there was none."""
    original: str = ""
    """What the statement calls the letter's file, which it is held to; empty where it is not."""

    @property
    def is_whole(self) -> bool:
        """Whether every word came along, and none is in doubt."""
        return self.count.is_whole and not self.doubts


def imported(given: Letter, setting: LetterSetting) -> ImportedStatement:
    """The statement that a letter becomes, and all that its writer is to know of it."""
    parted_letter = with_answers_parted(given, setting.questions)
    letter, below = without_answer_tables(parted_letter, setting.questions)
    facts = _with_committee(facts_in(letter.blocks, setting.committees), setting.committee)
    questions = _questions(letter.blocks, facts, setting)
    asking = _asking(questions)
    closing = closing_of(letter.blocks, facts, asking)
    facts = replace(facts, consumed=facts.consumed | closing)
    asked_at = tuple(each.at for each in questions)
    title_at, title = title_of(letter.blocks, facts, asked_at, setting.title or setting.name)
    above = named_above(letter.blocks, title_at, facts)
    facts = replace(facts, consumed=facts.consumed | above)
    apart = facts.consumed | {title_at} | asking
    listed, signs, parted = with_lists(letter.blocks, apart)
    blocks = with_headings(listed, apart, {each.at for each in questions}, below)
    pictures = _pictures(blocks, setting.name)
    language = _language(letter, setting.language)
    own = _own_words(language or setting.language)
    names = {at: name for at, name, _ in pictures}
    body = made_body(blocks, questions, apart, letter.notes, names, own, below)
    asked = [each.question for each in questions]
    front = statement_front(title, facts, asked, setting.file, language)
    source = _settled(f"{front}{body.text()}", setting)
    closed = (*told_of_head(letter.blocks, above), *told_of_closing(letter.blocks, closing))
    mailed = told_of_mail(letter.blocks, facts.mail_heads, title_at, facts.words)
    left_out = (*letter.left_out, *mailed, *closed, *signs, *body.left_out)
    bound = _bound(given, letter, title, setting, asked, apart, source)
    if bound:
        front = statement_front(title, facts, asked, setting.file, language, bound)
        source = _settled(f"{front}{body.text()}", setting)
    count = _counted(letter, source, apart, left_out, parted, body.own_heading)
    return ImportedStatement(
        setting.file,
        source.text,
        letter,
        title,
        facts,
        questions,
        body,
        blocks,
        body.lines(front.count("\n") + 1),
        tuple((name, data) for _, name, data in pictures),
        left_out,
        (*letter.doubts, *facts.torn),
        count,
        "" if setting.has_consultation else _consultation(letter, title, facts, asked, setting),
        setting.original if bound else "",
    )


def _bound(
    given: Letter,
    letter: Letter,
    title: str,
    setting: LetterSetting,
    asked: Sequence[QuestionFront],
    apart: Collection[int],
    source: Source,
) -> tuple[str, ...]:
    """The letter's file and what of it stands elsewhere; nothing where the text is not all else.

    `given` is the letter as its file has it.
    """
    text = text_of_letter(given)
    if not setting.original or text.why_not is not None:
        return ()
    known = [
        (number, each.text, (each.guidance or "").split("\n\n"))
        for number, each in enumerate(setting.questions or asked, 1)
    ]
    on_page = stands_elsewhere(title, known, ()).passages
    blocks = [each for at in sorted(apart) if at >= 0 for each in _paragraphs(letter.blocks[at])]
    heads = [" ".join(head_once(each.words.split())) for each in letter.left_out]
    left_out = {tuple(words_in(each)): " ".join(each.split()) for each in (*blocks, *heads)}
    passages = [text for words, text in left_out.items() if words and words not in on_page]
    elsewhere = stands_elsewhere(title, known, passages)
    if first_difference(source.body, text, elsewhere, Location(source.shown)):
        return ()
    return (setting.original, *passages)


def _paragraphs(block: Block) -> Iterator[str]:
    """The texts of a block as the original's passages have them: of a table, each cell's."""
    match block:
        case TextBlock():
            yield block.text
        case TableBlock():
            for cell in (cell for row in block.rows for cell in row):
                yield " ".join(each.text for each in cell)
        case PictureBlock():
            return


def _with_committee(facts: FactsFound, named: str) -> FactsFound:
    """The facts with the committee that the user named."""
    if not named:
        return facts
    others = tuple(fact for fact in facts.facts if fact.key != "committee")
    return replace(facts, facts=(*others, LetterFact("committee", named, named, Spot())))


def _questions(
    blocks: Sequence[Block], facts: FactsFound, setting: LetterSetting
) -> tuple[QuestionFound, ...]:
    """The questions that a letter repeats; below an older mail only where none stand above it."""
    found = _questions_in(blocks, setting)
    if len(facts.mail_heads) > 1:
        newest = _questions_in(blocks[: facts.mail_heads[1].start], setting)
        found = newest or found
    return tuple(each for each in found if each.at not in facts.consumed)


def _questions_in(blocks: Sequence[Block], setting: LetterSetting) -> tuple[QuestionFound, ...]:
    if setting.has_consultation:
        return questions_in(blocks, setting.questions)
    return repeated_questions(blocks)


def _asking(questions: Sequence[QuestionFound]) -> set[int]:
    """The numbers of the blocks that are questions, or what helps to answer them."""
    return {at for each in questions for at in range(each.at, each.behind)}


def title_of(
    blocks: Sequence[Block], facts: FactsFound, questions: Sequence[int], otherwise: str
) -> tuple[int, str]:
    """The block that is the letter's title, and its words: styled, large, bold, or the first.

    It stands before the questions, whose blocks are told. Where there is none, -1 and `otherwise`.
    """
    for at, block in enumerate(blocks[: min(SEARCHED, above_text(blocks))]):
        subject = SUBJECT.match(block_text(block))
        if subject and len(subject["what"]) <= LONGEST_TITLE:
            return at, subject["what"]
    first_question = min(questions, default=len(blocks))
    searched = [at for at in range(first_question) if at not in facts.consumed][:SEARCHED]
    fitting = [
        (at, block)
        for at in searched
        if isinstance(block := blocks[at], TextBlock)
        and 0 < len(block.text) <= LONGEST_TITLE
        and not re.search(r"[.:;,!]$", block.text)
        and not block.item
        and not is_mail_line(block.text)
        and not NO_TITLE.match(block.text)
        and not NAMED_BY_PLACE.fullmatch(block.text)
    ]
    styled = [each for each in fitting if each[1].heading == 1]
    sizes = {block.size for _, block in fitting}
    large = [each for each in fitting if len(sizes) > 1 and each[1].size == max(sizes)]
    bold = [each for each in fitting if each[1].is_bold]
    bold = [each for each in bold if not LETTERHEAD.search(each[1].text)] or bold
    for found in (styled, large, bold):
        if found:
            return found[0][0], found[0][1].text
    text_at = next((at for at, b in enumerate(blocks) if _is_sentence(b)), len(blocks))
    above = [each for each in fitting if each[0] < text_at] or fitting
    above = [each for each in above if not LETTERHEAD.search(each[1].text)] or above
    if above:
        return above[0][0], above[0][1].text
    return -1, otherwise


def _is_sentence(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.text.endswith(".")


def _own_words(language: str) -> OwnWords:
    words = catalogue(language)
    return OwnWords(
        MISSING_ALTERNATIVE.within(words),
        say("the minority").within(words),
        " ".join(AFTER_ANSWERS),
    )


def _pictures(blocks: Sequence[Block], name: str) -> list[tuple[int, str, bytes]]:
    """The pictures, each with the number of its block and the name of its file."""
    found = [(at, block) for at, block in enumerate(blocks) if isinstance(block, PictureBlock)]
    return [
        (at, f"{name}-bilde-{number}{block.ending}", block.data)
        for number, (at, block) in enumerate(found, 1)
    ]


def _language(letter: Letter, usual: str) -> str:
    """`nn` or `nb` where the letter is in the one and the site in the other, else empty."""
    text = " ".join(letter.words)
    nynorsk, bokmal = len(NYNORSK.findall(text)), len(BOKMAL.findall(text))
    if nynorsk + bokmal < 5:
        return ""
    found = "nn" if nynorsk > bokmal else "nb"
    return found if found != usual and usual in ("nb", "nn") else ""


def _settled(text: str, setting: LetterSetting) -> Source:
    """The file as `innspill fmt` leaves it."""
    path = f"{setting.name}.md"
    source = parse_source(path, path, text.encode(), StatementFront)
    if source.is_unread:
        raise NotImportable(say("it is longer than a statement may be"))
    made = formatted(source)
    return (
        source if made == source.text else parse_source(path, path, made.encode(), StatementFront)
    )


def _counted(
    letter: Letter,
    source: Source,
    apart: Collection[int],
    left_out: Sequence[LeftOut],
    parted: Sequence[Guess],
    own_heading: str,
) -> WordCount:
    """The words of the letter beside those of the file that was made, which is read anew."""
    elsewhere = [block_text(letter.blocks[at]) for at in sorted(apart) if at >= 0]
    elsewhere += [each.words for each in left_out]
    drawn = tuple(_letters_of_items(letter.blocks))
    words = (*letter.words, *drawn)
    joins = (*letter.guesses, *parted)
    is_in_order = letter.is_in_order and not drawn
    return counted(words, source.body, elsewhere, joins, own_heading, is_in_order=is_in_order)


def _letters_of_items(blocks: Sequence[Block]) -> Iterator[str]:
    """What the word processor drew before items and the text has now, as `a)`."""
    for block in blocks:
        if isinstance(block, TextBlock) and block.item and block.item.is_drawn:
            yield from words_in(block.item.letter)


def _consultation(
    letter: Letter,
    title: str,
    facts: FactsFound,
    questions: Sequence[QuestionFront],
    setting: LetterSetting,
) -> str:
    """The `index.md` of the consultation that a letter answers, as far as the letter tells."""
    text = "\n".join(block.text for block in letter.blocks if isinstance(block, TextBlock))
    of = LETTER_OF.search(text)
    values = {
        "title": title,
        "asked_by": asking_office(text),
        "letter_dated": f"{of['y']}-{int(of['m']):02}-{int(of['d']):02}" if of else "",
        "case_number": facts.get("your_reference"),
    }
    return consultation_front(values, questions, setting.file)


def asking_office(text: str) -> str:
    """Whose letter a text says that it answers; else what `check` asks to be written over."""
    found = ASKED_BY.search(text)
    return found["who"] if found else next(e for e in placeholders() if "hvem som spør" in e)
