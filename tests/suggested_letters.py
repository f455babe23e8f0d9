"""How much of what a careful human finds in a letter the program suggests, and how well."""

from __future__ import annotations

import re
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from sites import CONTENT, EXAMPLE, HEAD, write

from innspill.check.force_words import CONSIDERED, NEGATIONS
from innspill.compose.single_statement import SingleStatement, compose_single
from innspill.model import Statement
from innspill.read.read import read
from innspill.suggest.find import FoundProposal, find_proposals
from innspill.suggest.suggestions import where_to
from innspill.text import Unit

FOLDER = Path(__file__).parent / "letters"
REAL = "real"
ODD, EVEN = ("01", "03", "05", "07", "09"), ("02", "04", "06", "08", "10")
"""The rules were first tuned on the odd letters and the real one; now all have been read."""
LATER = ("11", "12", "13")
"""Written when the rules were there, and read when these were made wider."""
FRESH = ("14", "15", "16", "17", "18", "19", "20", "21", "22", "23")
"""Written by somebody who had seen neither program nor rules, and unseen while these were made."""
COMMITTEES = {
    "01": "Lysåsen bydelsutvalg",
    "02": "Eldrerådet i Nordvågen",
    "03": "Ungdomsrådet i Østlia",
    "04": "Kvitefjord kommunestyre",
    "05": "Midtlandet fylkeskommune",
    "06": "Byvernnemnda i Gamlehamn",
    "07": "Brukarutvalet for psykisk helse",
    "08": "Bibliotekets venner i Lundeby",
    "09": "Østre Haugland menighetsråd",
    "10": "Utdanningsutvalget i Strandborg",
    "11": "Granlia bydelsutvalg",
    "12": "Rådet for personar med funksjonsnedsetjing i Straumvik",
    "13": "Bekkefaret velforening",
    "14": "Tverrås bydelsutvalg",
    "15": "De tillitsvalgte ved Sandvær sykehus",
    "16": "Skarsund Næringsforening",
    "17": "Driftsstyret ved Kvernlia skole",
    "18": "Studentparlamentet ved Høgskulen i Midtfjord",
    "19": "Hjelmdal bondelag",
    "20": "Kommunedirektøren",
    "21": "Gåetsdalen samiske språkutvalg",
    "22": "Brenvik naturlag",
    "23": "Grendemøtet i Ytre Møysund",
}
"""Whose each letter is, as its front matter would have it."""


@dataclass(frozen=True)
class Listed:
    """A proposal that a human found."""

    unit: Unit
    start: int
    end: int
    force: str
    direction: str
    is_arguable: bool

    def is_in(self, found: FoundProposal) -> bool:
        """Whether it ends in the sentence that is suggested: there its force stands."""
        start, end = found.sentence
        return found.unit.id == self.unit.id and start < self.end <= end

    def has_force_of(self, found: FoundProposal) -> bool:
        """Whether the same words bear both, with "ikke" and "vurderes" where the letter has it."""
        mine, listed = set(words(found.force)), set(words(self.force))
        hedges = {*CONSIDERED, *NEGATIONS}
        return bool(mine & listed - NEGATIONS) and listed & hedges <= mine


@dataclass(frozen=True)
class Figures:
    """Counts over letters; they can be added."""

    listed: int
    """Proposals that a human found and would not argue about."""
    found: int
    """Of these, those whose sentence is suggested."""
    directed: int
    """Of these, those whose direction is right."""
    forced: int
    """Of these, those whose force is right."""
    right: int
    """Sentences that are suggested and hold such a proposal."""
    wrong: int
    """Sentences that are suggested and hold none, nor one that could be argued about."""

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def recall(self) -> float:
        return self.found / self.listed

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def statement_files(number: str) -> dict[str, str]:
    """An example site with the letter as its statement, its facts in front matter."""
    (letter,) = FOLDER.glob(f"{number}-*.md")
    body = re.sub(r"^# .*\n", "", letter.read_text(encoding="utf-8"), flags=re.MULTILINE)
    head = HEAD.replace("Eksempel bydelsutvalg", COMMITTEES[number])
    return {**EXAMPLE, "sak/eksempel.md": f"{head}\n{body}"}


@cache
def composed_letter(number: str) -> SingleStatement:
    """One of the example letters, or the real one, composed."""
    if number == REAL:
        alone = compose_single(read(CONTENT, "content"), "oppgavefordeling-2024/alna.md")
    else:
        with tempfile.TemporaryDirectory() as folder:
            content = read(write(Path(folder), statement_files(number)) / "content", "content")
        alone = compose_single(content, "sak/eksempel.md")
    assert alone
    return alone


def listed_in(number: str, statement: Statement) -> Iterator[Listed]:
    """What a human found in a letter; of the real one, each quote of its proposals."""
    if number == REAL:
        for proposal in statement.proposals:
            for quote in proposal.quotes:
                (at,) = quote.passages
                yield Listed(at.unit, at.start, at.end, proposal.force, proposal.move, False)
        return
    (path,) = FOLDER.glob(f"{number}-*.toml")
    for each in tomllib.loads(path.read_text(encoding="utf-8"))["proposals"]:
        unit = next(unit for unit in statement.units if each["quote"] in unit.text)
        start = unit.text.index(each["quote"])
        end = start + len(each["quote"])
        is_arguable = each.get("arguable", False)
        yield Listed(unit, start, end, each["force"], each["direction"], is_arguable)


def measure(number: str) -> Figures:
    """The figures of one letter."""
    statement = composed_letter(number).statement
    found = find_proposals(statement)
    listed = list(listed_in(number, statement))
    counted = [each for each in listed if not each.is_arguable]
    hits = [(each, hit) for each in counted if (hit := [f for f in found if each.is_in(f)])]
    forced = [(each, [f for f in hit if each.has_force_of(f)]) for each, hit in hits]
    directed = [
        each
        for (each, hit), (_, best) in zip(hits, forced, strict=True)
        if any(where_to(f, statement.committee) == each.direction for f in best or hit)
    ]
    sentences = {(f.unit.id, f.sentence): f for f in found}.values()
    return Figures(
        listed=len(counted),
        found=len(hits),
        directed=len(directed),
        forced=sum(bool(best) for _, best in forced),
        right=_holding(sentences, counted),
        wrong=len(sentences) - _holding(sentences, listed),
    )


def _holding(sentences: Iterable[FoundProposal], listed: Sequence[Listed]) -> int:
    return sum(any(each.is_in(sentence) for each in listed) for sentence in sentences)


def measure_all(numbers: Iterable[str]) -> Figures:
    """The figures of several letters together."""
    first, *more = (measure(number) for number in numbers)
    return sum(more, start=first)
