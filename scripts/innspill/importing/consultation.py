"""`innspill new --from`: a consultation out of the letter that asks."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from innspill.fmt.sentences import one_a_line
from innspill.importing.asked import questions_asked, questions_of_letter
from innspill.importing.blocks import Block, TextBlock
from innspill.importing.escape import inline
from innspill.importing.fault import ImportRefused, NotImportable
from innspill.importing.front_matter import consultation_front
from innspill.importing.letter_facts import FactsFound, day_in, facts_in
from innspill.importing.reading import read_letter
from innspill.importing.statement import asking_office, title_of
from innspill.messages import Message, joined, say
from innspill.read.schema import QuestionFront
from innspill.scaffold import check_name, file_name, site_files, statement_example, write_new

DEADLINE = re.compile(r"[^.]*\b(?:\w*frist(?:en)?|innen|innan)\b.*", re.IGNORECASE)
OFFICE = re.compile(
    r"\b(?:Byrådsavdeling(?:en)? for [\wæøåÆØÅ ,-]+|Byrådslederens kontor|\w+etaten|Departementet)"
)


@dataclass(frozen=True, slots=True)
class ConsultationBegun:
    """What was made, and what it was made of."""

    made: tuple[Path, ...]
    report: tuple[Message, ...] = ()
    refusal: Message | None = None
    """Why nothing was made."""


def consultation_from(
    project: Path, name: str, file: Path, committee: str | None
) -> ConsultationBegun:
    """Makes `content/NAME/` of the letter that asks; with a committee, its statement is begun too.

    Nothing where the letter asks nothing or can't be read. Raises ImportRefused, OSError.
    """
    check_name(name)
    folder = project / "content" / name
    if os.path.lexists(folder):
        raise ImportRefused(say("{path} is there already; choose another name", path=folder))
    try:
        letter = read_letter(file.read_bytes(), file.name)
    except NotImportable as fault:
        return ConsultationBegun((), (), joined(": ", (file.name, fault.why)))
    questions = questions_of_letter(letter.blocks)
    if not questions:
        why = say(
            "no questions were found in {file}: they are known by numbers before them and a "
            "question mark. Begin the consultation with `innspill new {name}`, and write them.",
            file=file.name,
            name=name,
        )
        return ConsultationBegun((), (), why)
    facts = facts_in(letter.blocks)
    values = _values(letter.blocks, facts, name)
    text = consultation_front(values, questions, file.name) + _body(letter.blocks, facts)
    files: dict[Path, str | bytes] = dict(site_files(project, committee or values["asked_by"]))
    files[folder / "index.md"] = text
    if committee:
        ids = [question.id for question in questions]
        files[folder / f"{file_name(committee)}.md"] = statement_example(committee, ids)
    write_new(project, files)
    return ConsultationBegun(tuple(files), tuple(_report(values, questions, text)))


def _values(blocks: Sequence[Block], facts: FactsFound, name: str) -> dict[str, str]:
    """The facts of the consultation, by their keys; empty where the letter does not tell."""
    _, title = title_of(blocks, facts, (), name)
    texts = [block.text for block in blocks if isinstance(block, TextBlock)]
    office = next((found[0].strip() for text in texts if (found := OFFICE.search(text))), "")
    deadlines = (day_in(found[0]) for text in texts if (found := DEADLINE.search(text)))
    deadline = next((day for day in deadlines if day), None)
    return {
        "title": title,
        "asked_by": office or asking_office(""),
        "letter_dated": facts.get("dated"),
        "deadline": deadline.isoformat() if deadline else "",
        "case_number": facts.get("our_reference"),
    }


def _body(blocks: Sequence[Block], facts: FactsFound) -> str:
    """What the letter says before its first question, but for its title and its facts."""
    first = min(each.at for each in questions_asked(blocks))
    title_at, _ = title_of(blocks, facts, (), "")
    paragraphs = [
        one_a_line(inline(block.runs))
        for at, block in enumerate(blocks[:first])
        if isinstance(block, TextBlock)
        and at not in facts.consumed
        and at > title_at
        and re.search(r"[.:]$", block.text)
    ]
    return "\n" + "\n\n".join(paragraphs) + "\n" if paragraphs else ""


def _report(
    values: dict[str, str], questions: Sequence[QuestionFront], text: str
) -> Iterator[Message]:
    lines = text.split("\n")
    yield say("Facts, each to be confirmed:")
    for key, value in values.items():
        if value:
            yield joined("", (f"  {key}: ", value))
    yield say("Questions: {n}", n=len(questions))
    for question in questions:
        line = next(n for n, row in enumerate(lines, 1) if row == f"  - id: {question.id}")
        yield joined("", ("  ", say("line {n}", n=line), f": {question.text}"))
