"""A consultation's proposals and main points for a spreadsheet: `forslag.csv`, `hovedpunkter.csv`.

A Norwegian Excel opens such a file by a double click: that wants a byte order mark to see UTF-8,
and semicolons. It takes 5.2 for the fifth of February, so a paragraph is "punkt 5.2"; and
whatever begins as a formula does is run, so such text has an apostrophe before it (OWASP, CSV
injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from innspill.compose.answers import questions_of_proposals
from innspill.messages import Message, catalogue, say
from innspill.model import CaseFacts, Point, Proposal, Question, SiteFacts, Statement
from innspill.render.data import address

PROPOSALS, POINTS = "forslag.csv", "hovedpunkter.csv"
RESTS_ON = (
    say("Paragraph"),
    say("Quote"),
    say("Status"),
    say("Considered"),
    say("Address"),
)
COLUMNS: Mapping[str, tuple[Message, ...]] = {
    PROPOSALS: (
        say("Committee"),
        say("Question"),
        say("Proposal"),
        say("Direction"),
        say("The letter's words"),
        *RESTS_ON,
    ),
    POINTS: (say("Committee"), say("Question"), say("Main point"), *RESTS_ON),
}
"""The first row of each file."""
DIRECTIONS = {
    "to_district": say("To the districts"),
    "to_city": say("To the city centrally"),
    "cooperate": say("Cooperation"),
    "other": say("Other proposals"),
}
STATUSES = {"draft": say("Draft"), "adopted": say("Adopted")}
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "−")
LOOKS_LIKE_A_NUMBER = re.compile(r"[\d\s.,:/-]+%?")


def table_head(name: str, lang: str) -> str:
    """The first row of a file, behind the byte order mark."""
    words = catalogue(lang)
    return "\ufeff" + _csv([[each.within(words) for each in COLUMNS[name]]])


def table_rows(site: SiteFacts, case: CaseFacts, statement: Statement) -> Iterator[tuple[str, str]]:
    """A statement's rows of each file, by the file's name."""
    yield PROPOSALS, _proposals(site, case, statement)
    yield POINTS, _points(site, case, statement)


def _proposals(site: SiteFacts, case: CaseFacts, statement: Statement) -> str:
    tell = _teller(case)
    asked = questions_of_proposals(statement)
    return _csv(
        [
            _as_text(statement.committee),
            _as_text(_titles(asked[each.id])),
            _as_text(each.what),
            tell(DIRECTIONS[each.move]),
            _as_text(each.force),
            *_rests_on(site, case, statement, each, PROPOSALS),
        ]
        for each in statement.proposals
    )


def _points(site: SiteFacts, case: CaseFacts, statement: Statement) -> str:
    tell = _teller(case)
    titles = {each.id: _titles((each,)) for each in case.questions}
    return _csv(
        [
            _as_text(statement.committee),
            _as_text(titles.get(each.about) or tell(say("In general"))),
            _as_text(each.text),
            *_rests_on(site, case, statement, each, POINTS),
        ]
        for each in statement.summary
    )


def _rests_on(
    site: SiteFacts, case: CaseFacts, statement: Statement, each: Point | Proposal, file: str
) -> list[str]:
    tell = _teller(case)
    adopted = statement.facts.adopted
    return [
        tell(say("paragraph {number}", number=", ".join(_numbers(each)))),
        _as_text(" […] ".join(quote.text for quote in each.quotes)),
        tell(STATUSES[statement.status]),
        adopted.isoformat() if adopted else "",
        _as_text(address(site, statement.url, case.folder + file, each.id)),
    ]


def _teller(case: CaseFacts) -> Callable[[Message], str]:
    words = catalogue(case.lang)
    return lambda message: message.within(words)


def _titles(questions: Iterable[Question]) -> str:
    return "; ".join(f"{each.number}. {each.title}" for each in questions)


def _csv(rows: Iterable[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def _as_text(value: str) -> str:
    """A cell that a spreadsheet takes for the words that it holds, and nothing else."""
    head = value.lstrip()
    if head.startswith(BEGINS_A_FORMULA) or LOOKS_LIKE_A_NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def _numbers(each: Point | Proposal) -> list[str]:
    return list(
        dict.fromkeys(passage.unit.number for quote in each.quotes for passage in quote.passages)
    )
