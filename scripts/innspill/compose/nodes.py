"""Links, images and footnote marks made real; all else of the tree stays as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_

from innspill.compose.addresses import Addresses
from innspill.read.source import Source
from innspill.read.tree import targets_in
from innspill.text import Element, Image, Link, Node, NoteMark, Target

Links = tuple[tuple[str, Target], ...]
"""Each target as a file writes it, with what it leads to."""


def find_links(source: Source, addresses: Addresses) -> Links:
    """What the links and images of a file lead to."""
    written = targets_in(source.body)
    return tuple((target, addresses.target(target, source.path)) for target in written)


def make_nodes(nodes: tuple[Node, ...], targets: Mapping[str, Target]) -> tuple[Node, ...]:
    """The nodes of the model for a piece of a file."""
    return tuple([_node(each, targets) if type(each) is Element else each for each in nodes])


def _node(each: Element, targets: Mapping[str, Target]) -> Node:
    match each.tag:
        case "a":
            children = make_nodes(each.children, targets)
            return Link(targets[each.get("href")], children, each.get("title"), each.at)
        case "img":
            target = targets[each.get("src")]
            return Image(target, each.get("alt"), each.get("title"), each.at)
        case "sup":
            return NoteMark(int(each.get("note")), int(each.get("nth")))
        case _:
            return make_element(each, targets)


def make_element(each: Element, targets: Mapping[str, Target]) -> Element:
    """The model's element for a block: itself, where there is nothing to resolve in it."""
    children = make_nodes(each.children, targets)
    if all(map(is_, children, each.children)):
        return each
    return Element(each.tag, children, each.attributes, each.at)
