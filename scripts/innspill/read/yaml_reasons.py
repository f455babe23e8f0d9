"""What libyaml says of text that is no YAML, in the program's catalogue."""

from __future__ import annotations

from innspill.messages import Message, say

_KNOWN = (
    say("block sequence entries are not allowed in this context"),
    say("control characters are not allowed"),
    say("could not find expected ':'"),
    say("did not find expected ',' or ']'"),
    say("did not find expected ',' or '}}'"),
    say("did not find expected '-' indicator"),
    say("did not find expected <document start>"),
    say("did not find expected key"),
    say("did not find expected node content"),
    say("did not find expected comment or line break"),
    say("did not find expected alphabetic or numeric character"),
    say("did not find expected hexdecimal number"),
    say("did not find expected whitespace or line break"),
    say("found a tab character that violates indentation"),
    say("found a tab character where an indentation space is expected"),
    say("found character that cannot start any token"),
    say("found invalid Unicode character escape code"),
    say("found undefined tag handle"),
    say("found unexpected ':'"),
    say("found unexpected document indicator"),
    say("found unexpected end of stream"),
    say("found unknown escape character"),
    say("mapping keys are not allowed in this context"),
    say("mapping values are not allowed in this context"),
)
_BY_TEXT = {str(each): each for each in _KNOWN}


def reason(problem: str) -> Message:
    """What libyaml found, in the program's words where it is a usual problem."""
    return _BY_TEXT.get(problem) or say("it can't be understood from here on")
