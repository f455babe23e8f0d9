"""One statement of some content, composed by itself: an earlier text, or one to be compared."""

from __future__ import annotations

from dataclasses import dataclass

from innspill.compose.inputs import composed
from innspill.compose.plan import Options, Plan
from innspill.memory import Memory
from innspill.model import CaseFacts, Consultation, SiteFacts, Statement
from innspill.read.edition import index_of
from innspill.read.read import Content
from innspill.read.scan import parse
from innspill.read.schema import ConsultationFront
from innspill.read.source import Source


@dataclass(frozen=True, slots=True)
class SingleStatement:
    """A statement, and what it stands in."""

    site: SiteFacts
    case: CaseFacts
    whole_case: Consultation
    """The consultation without statements."""
    source: Source
    statement: Statement


def compose_single(content: Content, path: str) -> SingleStatement | None:
    """The statement in `path`, None where it is none of a consultation or can't be read."""
    plan = Plan(content, Options(only=path), {}, Memory())
    given = plan.input(path)
    if given is None:
        return None
    source = parse(path, given.shown, given.data, "statement")
    around = plan.sources[index_of(path)]
    assert isinstance(around.front, ConsultationFront)
    whole = plan.bare(around, around.front)
    return SingleStatement(plan.site, given.case, whole, source, composed(given, source))
