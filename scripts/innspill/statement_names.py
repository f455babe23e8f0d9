"""The statement that a command was given by name."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable

from innspill.errors import WrongArguments
from innspill.messages import say


class UnknownStatement(WrongArguments):
    """A name stands for no statement, or for several."""


def named_statement(name: str, paths: Iterable[str]) -> str:
    """The one of the paths, inside `content/`, that is named: by path, by address or by its end.

    Raises UnknownStatement.
    """
    whole = posixpath.normpath(name.replace("\\", "/"))
    whole = whole[whole.rfind("content/") + 8 :] if "content/" in whole else whole
    stem = whole.removesuffix("/index.html").removesuffix(".md")
    found = [path for path in paths if path in {f"{stem}.md", whole}]
    found = found or [path for path in paths if path.endswith(f"/{stem}.md")]
    if len(found) == 1:
        return found[0]
    known = ", ".join(path.removesuffix(".md") for path in paths) or "–"
    raise UnknownStatement(
        say('there is no one statement "{name}"; there is: {names}', name=name, names=known)
    )
