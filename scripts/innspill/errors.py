"""The exceptions that the program raises: one at the root, and two that end a command."""

from __future__ import annotations

from innspill.messages import Message


class InnspillError(Exception):
    """The root: every exception of the program's own derives from it."""


class CommandError(InnspillError):
    """What ends a command, with the sentence that the user is to read."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class WrongArguments(CommandError):
    """The command can't do what it was asked for in this way: another call is what helps."""
