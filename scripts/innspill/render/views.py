"""What a template sees of the page it makes: links written as seen from there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from urllib.parse import quote as percent_encoded

from markupsafe import Markup, escape

from innspill import __version__
from innspill.check.force import rank
from innspill.compose.answers import points_by_subject
from innspill.compose.grid import DIRECTIONS, place_of_cell, proposal_grid
from innspill.facts import fact_lines
from innspill.forms import CHANGES, FOLDER
from innspill.messages import catalogue
from innspill.model import (
    CaseFacts,
    Point,
    Proposal,
    Question,
    SiteFacts,
    Statement,
    Version,
)
from innspill.render.decision import decision, decision_in_full
from innspill.render.html import Links, PageLinks, html
from innspill.render.linked_data import case_json_ld, json_ld, question_json_ld
from innspill.render.numbered_text import NumberedText, label
from innspill.render.passages import WayBack
from innspill.slots import slot
from innspill.text import Block, Internal, Node, Unit


@dataclass(frozen=True, slots=True)
class QuestionPoints:
    """The points of a summary about one question, or about no one question."""

    question: Question | None
    points: tuple[Point, ...]
    is_answered: bool


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """Proposals of one direction and one force."""

    force: str
    strength: int
    """The rank of the force, 0 the strongest."""
    place: str
    """The id that the grid of proposals leads to; empty but for the first of this strength."""
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """Proposals that go one way, the strongest first."""

    move: str
    rows: tuple[ProposalRow, ...]

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """All of them."""
        return tuple(each for row in self.rows for each in row.proposals)


@dataclass(frozen=True, slots=True)
class View:
    """One page or print: the site around it, and how links are written in it."""

    site: SiteFacts
    url: str
    lang: str
    """The language of the page's own words."""
    links: Links
    of: Statement | None = None
    """The statement whose text it is, where the page shows several."""

    def html(self, nodes: tuple[Node, ...]) -> Markup:
        """Nodes as HTML."""
        return html(nodes, self.links)

    def text(
        self,
        blocks: Iterable[Block],
        number_as: str = "link",
        ways: Mapping[str, tuple[WayBack, ...]] | None = None,
        lowered: int = 0,
    ) -> Markup:
        """Numbered blocks as HTML.

        Numbers are a "link" on a page and "text" on paper; `ways` lead back from each unit.
        Headings are `lowered` by so many levels.
        """
        is_foreign = self.of is not None and self.of.lang != self.lang
        language, is_linked = f' lang="{self.lang}"' if is_foreign else "", number_as == "link"
        words = catalogue(self.lang)
        numbered = NumberedText(
            self.links, words, language, self.of, is_linked, ways or {}, lowered
        )
        return Markup(numbered.html(blocks))

    def refs(self, each: Point | Proposal, url: str, committee: str | None = None) -> Markup:
        """The numbers of what a point or a proposal rests on, each a link to the words on a page.

        `committee` is whose words they are, where the page shows several's. It is made here for
        the same reason as the numbered text: of a letter it is written a hundred times.
        """
        before, after = label(catalogue(self.lang), committee)
        links = (
            f'<a class="ref" href="{escape(self.href(url, passage))}"'
            f' aria-label="{before}{unit.number}{after}">{unit.number}</a>'
            for unit, passage in evidence_of(each)
        )
        return Markup(" ".join(links))

    def href(self, url: str, fragment: str = "") -> str | None:
        """The address of a page, a file or a place, as written here."""
        return self.links.href(Internal(url, fragment))

    def place(self, name: str) -> str | None:
        """The id of a place, as written here."""
        return self.links.place(name)

    def whole(self, url: str) -> str:
        """The whole web address of a page or a file, of a site that has one."""
        return f"{self.site.address}{percent_encoded(url)}"

    @property
    def locale(self) -> str:
        """The language and its country, as the Open Graph protocol has them."""
        return {"nb": "nb_NO", "nn": "nn_NO", "en": "en_GB"}.get(self.lang, self.lang)

    def asset(self, name: str) -> str:
        """The address of a file in `assets/`."""
        return PageLinks(self.url).href(Internal(f"assets/{name}")) or ""


def by_question(case: CaseFacts, statement: Statement) -> tuple[QuestionPoints, ...]:
    """The summary's points: the general ones, then those about each question in order."""
    points, answers = points_by_subject(statement), statement.answers
    general = points.get("general", ())
    groups = [QuestionPoints(None, general, is_answered=True)] if general else []
    groups += (
        QuestionPoints(each, points.get(each.id, ()), each.id in answers) for each in case.questions
    )
    return tuple(groups)


def leading_point(case: CaseFacts, statement: Statement) -> Point | None:
    """The first of a summary's points, as readers meet them."""
    points = (point for group in by_question(case, statement) for point in group.points)
    return next(points, None)


def by_direction(proposals: Sequence[Proposal]) -> tuple[Direction, ...]:
    """Proposals by where they should move, and within that by force, the strongest first."""
    directions = []
    for move in DIRECTIONS:
        mine = [each for each in proposals if each.move == move]
        if mine:
            directions.append(Direction(move, tuple(_rows(move, mine))))
    return tuple(directions)


def _rows(move: str, proposals: Sequence[Proposal]) -> Iterator[ProposalRow]:
    by_force: defaultdict[str, list[Proposal]] = defaultdict(list)
    for each in proposals:
        by_force[each.force].append(each)
    led_to = set()
    for strength, force in sorted(((rank(force), force) for force in by_force), key=itemgetter(0)):
        place = place_of_cell(move, strength)
        here = tuple(by_force[force])
        yield ProposalRow(force, strength, "" if place in led_to else place, here)
        led_to.add(place)


def evidence_of(each: Point | Proposal) -> tuple[tuple[Unit, str], ...]:
    """The units that something rests on, each once, with the first passage's id."""
    found: dict[str, tuple[Unit, str]] = {}
    for quote in each.quotes:
        for passage in quote.passages:
            found.setdefault(passage.unit.id, (passage.unit, passage.id))
    return tuple(found.values())


def titles(questions: Iterable[Question]) -> str:
    """The titles of questions that are answered together."""
    return ", ".join(each.title for each in questions)


def as_published(statement: Statement) -> Version | None:
    """The newest version with the same text and the same numbers: what may be referred to as it.

    The numbers are compared too, since they depend on the consultation's questions.
    """
    numbers = [unit.id for unit in statement.units]
    same = (each for each in statement.versions if each.statement.digest == statement.digest)
    return next((e for e in same if [u.id for u in e.statement.units] == numbers), None)


HELPERS = {
    "CHANGES": CHANGES,
    "FOLDER": FOLDER,
    "json_ld": json_ld,
    "case_json_ld": case_json_ld,
    "question_json_ld": question_json_ld,
    "by_question": by_question,
    "leading_point": leading_point,
    "by_direction": by_direction,
    "proposal_grid": proposal_grid,
    "evidence_of": evidence_of,
    "titles": titles,
    "fact_lines": fact_lines,
    "decision": decision,
    "decision_in_full": decision_in_full,
    "as_published": as_published,
    "slot": slot,
    "version": __version__,
}
"""What every template may call."""
