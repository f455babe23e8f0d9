"""Rules for the letter that a statement was made from."""

from __future__ import annotations

from collections.abc import Iterator

from innspill.diagnostics import Diagnostic, error, warning
from innspill.messages import joined, say
from innspill.model import Statement, TextDifference
from innspill.read.tree import TEXT


def text_is_the_originals(statement: Statement) -> Iterator[Diagnostic]:
    """The text has every word of its letter, in its order, but for what stands elsewhere."""
    original = statement.original
    if original is None or not statement.is_sure("original", "left_out", "title", TEXT):
        return
    if original.why_not is not None:
        why = say("the text was not compared with its original")
        hint = say("until it is, the page does not say that they are the same")
        yield warning("not-compared", joined(": ", (why, original.why_not)), original.at, hint)
    elif original.difference is not None:
        yield _differs(original.difference)
    if original.tells_name:
        message = say("the case officer is hidden, but not in the original that comes along")
        hint = say("take out original, or hide_case_officer")
        yield error("attach-hidden", message, original.at, hint)


def _differs(found: TextDifference) -> Diagnostic:
    """Where the text first differs from its letter: the words of both, and both places."""
    text = say("“{words}”", words=found.text) if found.text else say("nothing more")
    words = say("“{words}”", words=found.original) if found.original else say("nothing more")
    letter = joined(" ", (words, joined("", ("(", found.place, ")")))) if found.place else words
    message = say(
        "the text is not that of its original: here stands {text}, and there {original}",
        text=text,
        original=letter,
    )
    hint = say(
        "write it as the letter has it; or, where a whole paragraph of the letter stands nowhere "
        "in the text, list it under left_out"
    )
    return error("original", message, found.at, hint)
