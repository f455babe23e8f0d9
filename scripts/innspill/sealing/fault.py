"""Why nothing can be sealed."""

from __future__ import annotations

from innspill.errors import WrongArguments


class NoSeal(WrongArguments):
    """The certificate can't be used."""
