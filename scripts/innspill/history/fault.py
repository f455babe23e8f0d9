"""Why git can't say what it was asked, and that nothing else leaves this package."""

from __future__ import annotations

from innspill.errors import CommandError
from innspill.messages import Message, joined, say

ASKED_WRONG = {"git-none", "git-revision", "git-shallow"}
"""The codes of what whoever asks can mend; the others say that git itself can't be read."""

UNSHALLOW = say(
    "the clone is shallow: git fetch --unshallow --tags (in CI: fetch-depth: 0, with the tags)"
)
"""What to do where a clone has but the last commits."""


class HistoryFault(CommandError):
    """Why git can't say what it was asked."""

    def __init__(self, code: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(message)
        self.code, self.hint = code, hint

    @property
    def whole(self) -> Message:
        """What is wrong, and on a line of its own what to do."""
        if self.hint is None:
            return self.message
        return joined("\n", (self.message, say("hint: {hint}", hint=self.hint)))
