"""Published versions of a statement: their names, their addresses, those that were withdrawn.

A tag of the form `sak/alna/2024-03-21-vedtatt` names a version of `content/sak/alna.md`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from innspill.compose.addresses import page_url
from innspill.messages import say
from innspill.model import Withdrawn
from innspill.read.schema import StatementFront
from innspill.read.source import Source
from innspill.text import Broken, Internal

FOLDER = "versjon"
"""The folder of a statement's versions, beside its page."""
NAME = re.compile(r"(\d{4}-\d\d-\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)")

T = TypeVar("T")


def version_name(tag: str, source: str) -> str | None:
    """The name of the version of the file `source` that a tag names, None where it names none."""
    name = tag.removeprefix(f"{source.removesuffix('.md')}/")
    return name if name != tag and parts_of(name) else None


def parts_of(name: str) -> tuple[date, str] | None:
    """A version's day and its word."""
    found = NAME.fullmatch(name)
    try:
        return (date.fromisoformat(found[1]), found[2]) if found else None
    except ValueError:
        return None


def version_folder(source: str, name: str) -> str:
    """The address of the folder of a version, with a slash."""
    return f"{page_url(source).removesuffix('index.html')}{FOLDER}/{name}/"


def compose_withdrawn(source: Source, front: StatementFront) -> tuple[Withdrawn, ...]:
    """The versions that were withdrawn; a tag that names none is left to `check`."""
    found = []
    for index, each in zip(source.kept("withdrawn"), front.withdrawn, strict=True):
        name = version_name(each.tag, source.path)
        url = f"{version_folder(source.path, name)}index.html" if name else None
        at = source.matter.locate(("withdrawn", index, "tag"))
        found.append(Withdrawn(each.tag, name or "", url, each.date, each.why, at))
    return tuple(found)


def moved(value: T, urls: Mapping[str, str], lost: Collection[str] = ()) -> T:
    """A value of the model whose links within the site lead to the new addresses in `urls`.

    Of what stood at the addresses in `lost` there is nothing left to link to, or to show.
    """
    made: Any = value
    if isinstance(value, Internal) and value.url in lost:
        made = Broken("lost", say("it is not published"))
    elif isinstance(value, Internal):
        made = replace(value, url=urls.get(value.url, value.url))
    elif isinstance(value, tuple):
        made = tuple(moved(each, urls, lost) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {
            each.name: new
            for each in fields(value)
            if each.init
            and (new := moved(getattr(value, each.name), urls, lost))
            is not getattr(value, each.name)
        }
        made = replace(value, **changed) if changed else value
    return made  # type: ignore[no-any-return]
