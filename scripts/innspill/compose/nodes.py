"""The read tree into the model's nodes: links, images and footnote marks made real."""

from __future__ import annotations

from collections.abc import Iterable

from innspill.compose.addresses import Addresses
from innspill.read import tree
from innspill.text import Element, Image, Link, Node, NoteMark, Text


def make_nodes(
    children: Iterable[tree.Text | tree.Element], source: str, addresses: Addresses
) -> tuple[Node, ...]:
    """The nodes of the model for a piece of the file `source`."""
    return tuple(_node(each, source, addresses) for each in children)


def _node(each: tree.Text | tree.Element, source: str, addresses: Addresses) -> Node:
    if isinstance(each, tree.Text):
        return Text(each.value)
    match each.tag:
        case "a":
            children = make_nodes(each.children, source, addresses)
            target = addresses.target(each.get("href"), source)
            return Link(target, children, each.get("title"), each.at)
        case "img":
            target = addresses.target(each.get("src"), source)
            return Image(target, each.get("alt"), each.get("title"), each.at)
        case "sup":
            return NoteMark(int(each.get("note")), int(each.get("nth")))
        case _:
            return make_element(each, source, addresses)


def make_element(each: tree.Element, source: str, addresses: Addresses) -> Element:
    """The model's element for a block."""
    children = make_nodes(each.children, source, addresses)
    return Element(each.tag, children, each.attributes, each.at)
