"""A file's text below the front matter, as Markdown gives it: links are not resolved yet.

Its nodes are the model's texts and elements alone; a link is an element `a`, an image an `img`
and a footnote's mark a `sup`, each with what is written in its attributes.
"""

from __future__ import annotations

from dataclasses import dataclass

from innspill.text import Element, select

TEXT, REMARKS = "body", "remarks"


@dataclass(frozen=True, slots=True)
class Body:
    """A file's text below the front matter."""

    blocks: tuple[Element, ...] = ()
    notes: tuple[Element, ...] = ()
    """The footnotes in order of their first mark, each a `li` of blocks."""
    unsure: frozenset[str] = frozenset()
    """`TEXT` where a fault took some of it away, `REMARKS` where a remark's end is not known."""


def links_in(body: Body) -> tuple[tuple[str, str], ...]:
    """The tag, `a` or `img`, and the target of each link and image as it is written, each once."""
    found = (
        (element.tag, element.get("href" if element.tag == "a" else "src"))
        for element in select((*body.blocks, *body.notes), Element)
        if element.tag in {"a", "img"}
    )
    return tuple(dict.fromkeys(found))
