"""What `innspill verify` finds of a PDF, or of a published folder: the ladder of its verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from innspill.messages import Message


class VerifyResult(StrEnum):
    """What a file turned out to be."""

    SAME = "same"
    """Byte for byte what its commit makes."""
    SAME_WITH = "same-with"
    """The same, made with templates or options that the commit alone does not tell."""
    SAYS_SO = "says-so"
    """In other bytes, but all that is drawn, read aloud or run is the same."""
    WORDS = "words-but"
    """The words are there, but something else is too."""
    OTHER = "other"
    """It says something else."""
    NOT_OURS = "not-ours"
    """Nothing in it says that Innspill made it."""
    UNKNOWN = "unknown"
    """It can't be told, here."""

    @property
    def is_good(self) -> bool:
        """Whether it says what was adopted."""
        return self in {VerifyResult.SAME, VerifyResult.SAME_WITH, VerifyResult.SAYS_SO}


@dataclass(frozen=True, slots=True)
class Verification:
    """What is found of one PDF or folder."""

    path: str
    answer: VerifyResult
    commit: str = ""
    """The commit that it names."""
    findings: tuple[Message, ...] = ()
    """What differs, or why nothing can be said."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was found of a PDF beside what was made anew."""

    answer: VerifyResult
    findings: tuple[Message, ...] = ()
