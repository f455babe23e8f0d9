"""How a page's links differ: which belong together, and what the difference of two means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from difflib import SequenceMatcher
from typing import Any

import pikepdf

from innspill.messages import say
from innspill.pdf.difference import Difference, Weight


def link_runs(
    was: list[Any], is_: list[Any], parts: int = 2
) -> Iterator[tuple[list[Any], list[Any]]]:
    """A page's links in runs that belong together, by `parts` of what names each.

    Where they are not the same, those that lead to the same place belong together.
    """
    before, now = ([_named(each)[:parts] for each in links] for links in (was, is_))
    matcher = SequenceMatcher(None, before, now, autojunk=False)
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "replace" and parts > 1:
            yield from link_runs(was[a0:a1], is_[b0:b1], parts - 1)
        else:
            yield was[a0:a1], is_[b0:b1]


def _named(link: Any) -> tuple[str, str]:
    """Where a link leads, and what is said of it; nothing where that can't be read."""
    with suppress(AttributeError, TypeError, ValueError):
        return _target(link), str(link.get("/Contents", ""))
    return "", ""


def link_differs(number: int, was: Any, is_: Any) -> Difference:
    """What a link is that is not as it was, or what came in its place."""
    kind = str(is_.get("/Subtype", "")) if isinstance(is_, pikepdf.Dictionary) else ""
    if kind == "/Widget":
        return Difference(Weight.ACTIVE, say("page {n} has a form field", n=number))
    if kind != "/Link":
        note = str(is_.get("/Contents", "")) if isinstance(is_, pikepdf.Dictionary) else ""
        message = say("page {n} has a note: “{text}”", n=number, text=note[:80])
        return Difference(Weight.ACTIVE, message)
    if "/AA" in is_ or _action(is_) not in {"", "/URI", "/GoTo", "/GoToR"}:
        return Difference(Weight.ACTIVE, say("page {n}: a link runs something", n=number))
    to, before = _target(is_), _target(was) if was is not None else ""
    if was is None:
        message = say("page {n}: a link came in, to {to}", n=number, to=to)
    elif to != before:
        message = say("page {n}: a link leads to {to}, not to {was}", n=number, to=to, was=before)
    else:
        message = say("page {n}: a link is another: {to}", n=number, to=to)
    return Difference(Weight.CHANGED, message)


def _action(link: Any) -> str:
    action = link.get("/A")
    return str(action.get("/S", "")) if isinstance(action, pikepdf.Dictionary) else ""


def _target(link: Any) -> str:
    action = link.get("/A")
    if isinstance(action, pikepdf.Dictionary):
        return " ".join(str(action[key]) for key in ("/F", "/URI", "/D") if key in action)[:200]
    return str(link.get("/Dest", ""))[:200]
