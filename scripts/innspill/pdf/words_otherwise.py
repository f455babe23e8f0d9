"""Where a PDF tells its reader something else, in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from innspill.messages import Message, say

NUMBER = re.compile(r"(\d+\.\d+)\s")
"""How a numbered paragraph begins."""
LONGEST = 80
"""How many characters of a text are shown."""


def words_otherwise(ours: Sequence[str], given: Sequence[str]) -> Iterator[Message]:
    """Where a reader is told something else, in the order of reading."""
    blocks = difflib.SequenceMatcher(None, ours, given, autojunk=False)
    for kind, a0, a1, b0, b1 in blocks.get_opcodes():
        if kind == "equal":
            continue
        if a1 - a0 == b1 - b0:
            yield from map(_other_words, ours[a0:a1], given[b0:b1])
        elif kind == "insert":
            yield say("it also says “{now}”", now=_cut(" ".join(given[b0:b1])))
        elif kind == "delete":
            yield say("it does not say “{was}”", was=_cut(" ".join(ours[a0:a1])))
        else:
            was, now = " ".join(ours[a0:a1]), " ".join(given[b0:b1])
            yield say("it says “{now}”, not “{was}”", now=cut(now, was), was=cut(was, now))


def _other_words(was: str, now: str) -> Message:
    number = NUMBER.match(was)
    a, b = was.split(), now.split()
    changes = [
        each
        for each in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
        if each[0] != "equal"
    ]
    if number and len(changes) == 1 and changes[0][0] == "replace":
        _, a0, a1, b0, b1 = changes[0]
        return say(
            "paragraph {number} says “{now}”; adopted is “{was}”",
            number=number[1],
            now=_cut(" ".join(b[b0:b1])),
            was=_cut(" ".join(a[a0:a1])),
        )
    return say("it says “{now}”, not “{was}”", now=cut(now, was), was=cut(was, now))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def cut(text: str, other: str) -> str:
    """A text around where it begins to differ from another."""
    same = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
    start = max(0, same - 30)
    return (
        ("… " if start else "") + text[start : same + 60] + (" …" if same + 60 < len(text) else "")
    )
