"""How Jinja is set up: in a sandbox where a user has templates of their own, else plainly.

Autoescape and StrictUndefined hold in both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

import jinja2
from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from innspill import __version__
from innspill.compose.plain_text import opening
from innspill.errors import InnspillError
from innspill.messages import Message, catalogue, file_size, long_date
from innspill.model import Revision, Version, VersionLabel
from innspill.own_folders import cache_folder
from innspill.render.html import with_whole_numbers
from innspill.render.revision_names import edition, revision_name
from innspill.render.template_cache import TemplateCache

OPTIONS: dict[str, Any] = {
    "autoescape": True,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
    "extensions": ["jinja2.ext.i18n"],
}
BITS = 10_000
"""Of the largest number that a user's template may reckon with."""


class TooLarge(InnspillError):
    """A number with which the processor would be busy for ever."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, with a bound on the numbers that it reckons with."""

    # Nothing can break in on Python while it multiplies two numbers.
    intercepted_binops = frozenset({"*", "**", "/", "//", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Raises TooLarge."""
        if isinstance(left, int) and isinstance(right, int):
            times = max(right, 1) if operator == "**" else 1
            if max(left.bit_length() * times, right.bit_length()) > BITS:
                raise TooLarge
        return super().call_binop(context, operator, left, right)


@dataclass(frozen=True)
class TemplatesInMemory:
    """Templates that lie in no folder: their names are only names, and lead nowhere."""

    shown: str
    """What messages call the folder that they come from."""
    files: Mapping[str, bytes] = field(repr=False)

    def path(self, name: str) -> str:
        """What messages call a template."""
        return f"{self.shown}/{name}"

    def at(self, path: str) -> bytes | None:
        """The template that messages call so, None where there is none."""
        name = path.removeprefix(f"{self.shown}/")
        return None if name == path else self.files.get(name)

    def loader(self) -> BaseLoader:
        """Finds them for Jinja."""

        def load(name: str) -> tuple[str, str, None] | None:
            data = self.files.get(name)
            return None if data is None else (data.decode(), self.path(name), None)

        return FunctionLoader(load)


def make_environment(
    own: Path | TemplatesInMemory | None, shipped: Path, language: str
) -> Environment:
    """Jinja in one language for the program's templates, and a user's own before them."""
    kind = _Sandbox if own else Environment
    first = (
        own.loader()
        if isinstance(own, TemplatesInMemory)
        else FileSystemLoader(own)
        if own
        else None
    )
    environment = kind(
        loader=ChoiceLoader([each for each in (first, FileSystemLoader(shipped)) if each]),
        undefined=StrictUndefined,
        bytecode_cache=None if own else _cache(language),
        **OPTIONS,
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        catalogue(language), newstyle=True
    )
    environment.globals["_"] = environment.globals["gettext"]  # Jinja's own asks for it each time
    environment.filters |= _filters(language)
    return environment


def _cache(language: str) -> TemplateCache | None:
    """What is compiled of the program's own templates; a user's are compiled each time."""
    if (folder := cache_folder()) is None:
        return None
    return TemplateCache(folder, language, f"{__version__} {jinja2.__version__} {OPTIONS}")


def _filters(language: str) -> dict[str, Callable[..., str]]:
    def day(value: date) -> str:
        return long_date(value, language)

    def size(value: int) -> str:
        return file_size(value, language)

    def told(message: Message) -> str:
        return message.within(catalogue(language))

    def edition_of(revision: Revision) -> str:
        return edition(revision, language)

    def named(state: Revision | Version | VersionLabel) -> str:
        return revision_name(state, language)

    return {
        "day": day,
        "size": size,
        "told": told,
        "named": named,
        "edition": edition_of,
        "kind": _kind,
        "opening": opening,
        "whole_numbers": with_whole_numbers,
    }


def _kind(path: str) -> str:
    """A file's kind as its name ends: `PDF`."""
    return PurePosixPath(path).suffix.removeprefix(".").upper() or "–"
