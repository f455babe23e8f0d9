"""Text made safe for HTML, at a fraction of what `markupsafe.escape` takes for it."""

from __future__ import annotations

from markupsafe import Markup, escape


def escaped(value: object) -> str:
    """A value as `escape` has it, for pieces that are only joined, and marked safe when whole.

    Nearly all texts have none of the five signs, and are given back as they are.
    """
    if type(value) is str:
        if "&" in value or "<" in value or ">" in value or "'" in value or '"' in value:
            return escape(value)
        return value
    return value if type(value) is Markup else escape(value)
