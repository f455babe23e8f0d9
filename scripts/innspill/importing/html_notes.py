"""The footnotes of HTML: a mark that links to a note, which links back to it.

So word processors, pandoc and mail programs write them, each with names of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from innspill.importing.elements import INLINE

LONGEST_MARK = 6
"""How many letters a mark has at most, as `[12]`."""
NOTE = "note"
"""The attribute that a mark has from here on, with the label of its note."""


def notes_taken_out(top: etree._Element) -> list[tuple[str, etree._Element]]:
    """The notes by their labels, each taken out of the tree; their marks are left in it, empty."""
    for each in top.iter():
        each.attrib.pop(NOTE, None)
    named = {name: each for each in top.iter() for name in _names(each)}
    links = [each for each in top.iter("a") if each.get("href", "").startswith("#")]
    found: list[tuple[str, etree._Element]] = []
    done: set[etree._Element] = set()
    for mark in links:
        target = named.get(mark.get("href", "")[1:])
        if target is None or target in done or mark in done or not _is_short(mark):
            continue
        backs = {f"#{name}" for each in (mark, mark.getparent()) for name in _names(each)}
        note = _note_of(target)
        returns = [each for each in note.iter("a") if each.get("href") in backs]
        if not returns or mark in note.iter():
            continue
        done |= {target, *returns}
        label = str(len(found) + 1)
        _empty(mark, label)
        for each in returns:
            _remove(each)
        _remove(note)
        found.append((label, note))
    return found


def _names(element: etree._Element | None) -> Iterator[str]:
    """What links call an element by."""
    if element is not None:
        yield from filter(None, (element.get("id"), element.get("name")))


def _is_short(mark: etree._Element) -> bool:
    text = "".join(mark.itertext()).strip()
    return 0 < len(text) <= LONGEST_MARK and " " not in text


def _note_of(target: etree._Element) -> etree._Element:
    """The block that a link into a note leads to; all of its frame, where that holds one note."""
    note = target
    while note.tag in INLINE and (above := note.getparent()) is not None:
        note = above
    frame = note.getparent()
    is_framed = note is not target and frame is not None and frame.tag == "div" and frame.get("id")
    return frame if is_framed and frame is not None else note


def _empty(mark: etree._Element, label: str) -> None:
    """Makes a mark, and what raises it, one that shows nothing but the label of its note."""
    around = mark.getparent()
    if around is not None and around.tag == "sup" and len(around) == 1 and not around.text:
        mark = around
    for child in list(mark):
        mark.remove(child)
    mark.text = None
    mark.tag = "sup"
    mark.set(NOTE, label)


def _remove(element: etree._Element) -> None:
    """Takes an element out of the tree, and leaves what stands behind it."""
    above, before = element.getparent(), element.getprevious()
    if above is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    element.tail = None
    above.remove(element)
