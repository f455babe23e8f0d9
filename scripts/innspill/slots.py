"""Slots: places in what is rendered for what is known only when it is written.

What every page shows (the menu), and what comes after it (the size of a PDF, its digest, the
number of a page in it, the words of a statement on a page that joins several) is a slot in the
text: its name between two NULs, which no text of the content may hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markupsafe import Markup

_SLOT = re.compile("\0([^\0]*)\0")


def slot(kind: str, name: str = "") -> Markup:
    """The slot of a kind; `name` tells it from others of the kind. It needs no escaping."""
    return Markup(f"\0{kind} {name}\0")


def fill(text: str, content_of: Callable[[str, str], str]) -> str:
    """The text with each slot filled by what `content_of` gives for its kind and its name."""
    if "\0" not in text:
        return text
    return _SLOT.sub(lambda found: content_of(*found[1].split(" ", 1)), text)
