"""The read tree into the model's nodes: links, images and footnote marks made real."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from innspill.compose.addresses import Addresses
from innspill.read import tree
from innspill.read.source import Source
from innspill.text import Element, Image, Link, Node, NoteMark, Target, Text

Links = tuple[tuple[str, Target], ...]
"""Each target as a file writes it, with what it leads to."""


def find_links(source: Source, addresses: Addresses) -> Links:
    """What the links and images of a file lead to."""
    written = tree.targets_in(source.body)
    return tuple((target, addresses.target(target, source.path)) for target in written)


def make_nodes(
    children: Iterable[tree.Text | tree.Element], targets: Mapping[str, Target]
) -> tuple[Node, ...]:
    """The nodes of the model for a piece of a file."""
    return tuple(_node(each, targets) for each in children)


def _node(each: tree.Text | tree.Element, targets: Mapping[str, Target]) -> Node:
    if isinstance(each, tree.Text):
        return Text(each.value)
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


def make_element(each: tree.Element, targets: Mapping[str, Target]) -> Element:
    """The model's element for a block."""
    return Element(each.tag, make_nodes(each.children, targets), each.attributes, each.at)
