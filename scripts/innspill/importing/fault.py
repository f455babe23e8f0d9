"""Why a file can't be imported."""

from __future__ import annotations

from innspill.errors import InnspillError, WrongArguments
from innspill.messages import Message


class NotImportable(InnspillError):
    """What a file is, that nothing can be made of it; a sentence for its user."""

    def __init__(self, why: Message) -> None:
        super().__init__(why)
        self.why = why


class ImportRefused(WrongArguments):
    """What was asked for can't be done in this way."""
