"""Why git can't say what it was asked."""

from __future__ import annotations

from innspill.messages import Message


class HistoryFault(Exception):
    """Why git can't say what it was asked."""

    def __init__(self, code: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.code, self.message, self.hint = code, message, hint
