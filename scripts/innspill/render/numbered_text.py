"""The numbered text: each block's HTML, with the paragraphs' numbers and the ways back.

It is made here and in no template: macros that write the same bytes were measured at 2.5 ms for
the 53 numbered paragraphs of a letter, where this takes 0.5 ms, and each letter is written twice,
on its own page and on its questions'.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from gettext import NullTranslations

from markupsafe import escape

from innspill.messages import say
from innspill.model import Statement
from innspill.render.html import Links, written
from innspill.render.passages import WayBack
from innspill.text import Block, Heading, Internal, Minority, Plain, Unit, UnitList

WAY_LENGTH = 72
"""How many characters of a point a way back shows, or a few more rather than cut it."""
LEEWAY = 8
HERE = "\0"
"""Where a number goes: no text has this character."""
AN_ID = "p0-0"
"""The id of any unit: all are written as they are in an address."""


@dataclass(frozen=True)  # without slots: what all numbers share is made once
class NumberedText:
    """How numbered text is written on one page, or in one print."""

    links: Links
    words: NullTranslations
    """The language of the page's own words."""
    language: str
    """The attribute that says so, where the text around is in another; else empty."""
    of: Statement | None
    """The statement whose text it is, where the page shows several."""
    is_linked: bool
    """Whether numbers are links, as on a page, or plain, as on paper."""
    ways: Mapping[str, tuple[WayBack, ...]]
    """For each unit's id, what it is the evidence of."""
    lowered: int = 0
    """By how many levels headings stand below those of the letter."""

    def html(self, blocks: Iterable[Block]) -> str:
        """The blocks as HTML, each on lines of its own, every text escaped."""
        return "\n".join([self._block(each) for each in blocks])

    def _block(self, block: Block) -> str:
        match block:
            case Unit():
                return self._unit(block)
            case UnitList():
                tag = "ol" if block.ordered else "ul"
                start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
                kind = "units paren" if block.delimiter == ")" else "units"
                # A class and no style attribute, so that a strict Content-Security-Policy holds.
                if (digits := len(block.markers[-1]) - 1) > 1:
                    kind += f" digits-{digits}"
                items = "\n".join([self._unit(each) for each in block.items])
                return f'<{tag} class="{kind}"{start}>\n{items}\n</{tag}>'
            case Heading():
                tag, place = f"h{min(block.level + self.lowered, 6)}", self._place(block.id)
                return f'<{tag} id="{place}">{written(block.children, self.links)}</{tag}>'
            case Minority():
                return self._minority(block)
            case Plain():
                return written((block.element,), self.links)

    def _unit(self, unit: Unit) -> str:
        place, element = self._place(unit.id), unit.element
        number = self._number(unit)
        ways = self.ways.get(unit.id, ())
        back = "".join([self._way(each) for each in ways]) if ways else ""
        if element.tag in {"p", "li"}:
            inside = written(element.children, self.links)
            start = f'<{element.tag} class="unit" id="{place}">'
            return f"{start}{number} {inside}{back}</{element.tag}>"
        inside = written((element,), self.links)
        return f'<div class="unit unit-{element.tag}" id="{place}">{number}{inside}{back}</div>'

    def _number(self, unit: Unit) -> str:
        if not self.is_linked:
            return f'<span class="number">{unit.number}</span>'
        before, between, after = self._link
        return f"{before}{unit.id}{between}{unit.number}{after}{unit.number}</a>"

    @cached_property
    def _link(self) -> tuple[str, str, str]:
        """The link of a number: before the unit's id, before the number, and after it.

        Its address and its words are the same for all but those two.
        """
        page = self.links.href(Internal(self.of.url, AN_ID)) if self.of else f"#{AN_ID}"
        start = f'<a class="number" href="{escape(page).removesuffix(AN_ID)}'
        committee = self.of.committee if self.of else None
        before, after = label(self.words, committee)
        return start, f'"{self.language} aria-label="{before}', f'{after}">'

    def _way(self, way: WayBack) -> str:
        told = _way_back(self.words, way.is_proposal)
        link = f'<a href="#{escape(way.id)}">{escape(shortened(way.text))}</a>'
        return f'<span class="way-back">{told}: {link}</span>'

    def _minority(self, block: Minority) -> str:
        remark = escape(say("Minority remark by {by}", by=block.by).within(self.words))
        whose = f"{escape(self.of.committee)}: " if self.of else ""
        return (
            f'<aside class="minority" aria-label="{whose}{remark}">\n'
            f'<p class="minority-by"{self.language}>{remark}</p>\n'
            f"{self.html(block.blocks)}\n</aside>"
        )

    def _place(self, name: str) -> str:
        return escape(self.links.place(name))


@lru_cache(256)
def label(words: NullTranslations, committee: str | None) -> tuple[str, str]:
    """What a number is called, before the number and after it; whose, where that is told."""
    if committee is not None:
        told = say("{committee}, paragraph {number}", committee=committee, number=HERE)
    else:
        told = say("paragraph {number}", number=HERE)
    before, _, after = escape(told.within(words)).rpartition(HERE)
    return before, after


@lru_cache(256)
def _way_back(words: NullTranslations, is_to_proposal: bool) -> str:
    told = say("Back to the proposal") if is_to_proposal else say("Back to the summary")
    return escape(told.within(words))


def shortened(text: str) -> str:
    """A text cut between two words, unless it is only a little too long."""
    if len(text) <= WAY_LENGTH + LEEWAY:
        return text
    return text[: WAY_LENGTH - len(" …")].rpartition(" ")[0] + " …"
