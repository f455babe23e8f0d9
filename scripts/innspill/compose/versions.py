"""Published versions of a statement: their names, their addresses, those that were withdrawn.

A tag as `sak/alna/2024-03-21-vedtatt` names a version of `content/sak/alna.md`, unless the
site's tags have another form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

from innspill.compose.addresses import page_url
from innspill.messages import Message, say
from innspill.model import VersionLabel, Withdrawn
from innspill.read.schema import VERSION_TAGS, StatementFront
from innspill.read.source import Source
from innspill.text import Broken, Internal

FOLDER = "versjon"
"""The folder of a statement's versions, beside its page."""
PARTS = {
    "consultation": ".+",
    "statement": "[^/]+",
    "date": r"\d{4}-\d\d-\d\d",
    "word": "[a-z0-9]+(?:-[a-z0-9]+)*",
}
"""What the parts of a tag are made of."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class VersionName:
    """What a tag names."""

    consultation: str | None
    """The consultation's folder; None where the form of the tags leaves it out."""
    statement: str
    """The name of the statement's file, without its ending."""
    day: date
    word: str

    @property
    def version(self) -> str:
        """The version's name, as in its address."""
        return f"{self.day}-{self.word}"

    @property
    def source(self) -> str:
        """The path of the statement, empty where the form of the tags leaves its folder out."""
        return f"{self.consultation}/{self.statement}.md" if self.consultation else ""

    def is_of(self, source: str) -> bool:
        """Whether it names a version of the file `source`."""
        folder, _, name = source.removesuffix(".md").rpartition("/")
        return self.statement == name and self.consultation in {None, folder}


def named_by_tag(tag: str, form: str = VERSION_TAGS) -> VersionName | None:
    """What a tag of the given form names, None where it has another form."""
    if (found := _pattern(form).fullmatch(tag)) is None:
        return None
    parts = found.groupdict()
    try:
        day = date.fromisoformat(parts["date"])
    except ValueError:
        return None
    return VersionName(parts.get("consultation"), parts["statement"], day, parts["word"])


def misses_form(tag: str, form: str) -> Message:
    """Why a tag that seems to be meant to be of the given form is not."""
    found = _pattern(form, loose=True).fullmatch(tag)
    if found is None:
        return say("its form is not {form}", form=form)
    try:
        date.fromisoformat(found["date"])
    except ValueError:
        return say("there is no day {day}", day=found["date"])
    return say(
        '"{word}" may have but small letters from a to z, digits, and hyphens between them',
        word=found["word"],
    )


@cache
def _pattern(form: str, *, loose: bool = False) -> re.Pattern[str]:
    whole = re.escape(form)
    for name, part in (PARTS | {"word": ".*"} if loose else PARTS).items():
        whole = whole.replace(f"<{name}>", f"(?P<{name}>{part})")
    return re.compile(whole)


def example_tag(source: str, form: str) -> str:
    """A tag that names a version of the file `source`."""
    return tag_of(source, "2024-03-21", "vedtatt", form)


def tag_of(source: str, day: str, word: str, form: str) -> str:
    """The tag that names one version of the file `source`."""
    folder, _, name = source.removesuffix(".md").rpartition("/")
    parts = {"consultation": folder, "statement": name, "date": day, "word": word}
    return re.sub(r"<(\w+)>", lambda part: parts[part[1]], form)


def version_folder(source: str, name: str) -> str:
    """The address of the folder of a version, with a slash."""
    return f"{page_url(source).removesuffix('index.html')}{FOLDER}/{name}/"


def compose_withdrawn(
    source: Source, front: StatementFront, form: str, former: Collection[str] = ()
) -> tuple[Withdrawn, ...]:
    """The versions that were withdrawn; a tag that names none is left to `check`.

    `form` is that of the site's tags, and `former` what the source was called before.
    """
    own = (source.path, *former)
    found = []
    for index, each in zip(source.kept("withdrawn"), front.withdrawn, strict=True):
        named = named_by_tag(each.tag, form)
        path = next((each for each in own if named and named.is_of(each)), "")
        version = VersionLabel(named.day, named.word) if named and path else None
        url = f"{version_folder(path, version.name)}index.html" if version else None
        at = source.matter.locate(("withdrawn", index, "tag"))
        day_at = source.matter.locate(("withdrawn", index, "date"))
        found.append(Withdrawn(each.tag, version, url, each.date, each.why, at, day_at, form))
    return tuple(found)


def moved(value: T, urls: Mapping[str, str], is_lost: Callable[[Internal], bool]) -> T:
    """A value of the model whose links within the site lead to the new addresses in `urls`.

    Of what `is_lost` there is nothing to link to, or to show.
    """
    made: Any = value
    if isinstance(value, Internal) and is_lost(value):
        made = Broken("lost", say("it is not published"))
    elif isinstance(value, Internal):
        made = replace(value, url=urls.get(value.url, value.url))
    elif isinstance(value, tuple):
        made = tuple(moved(each, urls, is_lost) for each in value)
    elif is_dataclass(value) and not isinstance(value, type):
        changed = {
            each.name: new
            for each in fields(value)
            if each.init
            and (new := moved(getattr(value, each.name), urls, is_lost))
            is not getattr(value, each.name)
        }
        made = replace(value, **changed) if changed else value
    return made  # type: ignore[no-any-return]
