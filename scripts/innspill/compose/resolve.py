"""Links, images and footnote marks made real; all else of the tree stays as it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from operator import is_

from innspill.compose.addresses import Addresses
from innspill.read.scan import ScannedFile
from innspill.text import Element, Image, Internal, Link, Node, NoteMark, Target

Written = tuple[str, str]
"""The tag of a link or an image, `a` or `img`, and its target as a file writes it."""
Links = tuple[tuple[Written, Target], ...]
"""Each of them with what it leads to."""
Sizes = Mapping[str, tuple[int, int]]
"""The width and height that each image is shown with, by its path."""


def find_links(scanned: ScannedFile, addresses: Addresses, sizes: Sizes) -> Links:
    """What the links and images of a file lead to."""
    path = scanned.path
    links: list[tuple[Written, Target]] = []
    for tag, written in scanned.links:
        if tag == "a":
            target = addresses.target(written, path)
        else:
            target = addresses.picture(written, path)
            if isinstance(target, Internal):
                target = replace(target, size=sizes.get(target.url))
        links.append(((tag, written), target))
    return tuple(links)


def make_nodes(nodes: tuple[Node, ...], targets: Mapping[Written, Target]) -> tuple[Node, ...]:
    """The nodes of the model for a piece of a file."""
    return tuple([_node(each, targets) if type(each) is Element else each for each in nodes])


def _node(each: Element, targets: Mapping[Written, Target]) -> Node:
    match each.tag:
        case "a":
            children = make_nodes(each.children, targets)
            return Link(targets["a", each.get("href")], children, each.get("title"), each.at)
        case "img":
            target = targets["img", each.get("src")]
            return Image(target, each.get("alt"), each.get("title"), each.at)
        case "sup":
            return NoteMark(int(each.get("note")), int(each.get("nth")))
        case _:
            return make_element(each, targets)


def make_element(each: Element, targets: Mapping[Written, Target]) -> Element:
    """The model's element for a block: itself, where there is nothing to resolve in it."""
    children = make_nodes(each.children, targets)
    if all(map(is_, children, each.children)):
        return each
    return Element(each.tag, children, each.attributes, each.at)
