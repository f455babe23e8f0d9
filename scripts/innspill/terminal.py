"""Writes what the program says, wherever that goes, and never fails in it.

Nothing that acts on a terminal goes through, whatever a name or a text holds. A sign that the
encoding lacks becomes a question mark. A reader that has left (`innspill check | head`) stops
no work. Where a result can't be written for another reason (a full disk), that is told, since
a script would take half a result for a whole one.
"""

from __future__ import annotations

import json
import os
import re
import sys
from typing import TextIO

import click
from click import core, decorators

ACTING = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, those that turn the direction of writing, and what is no character."""


def prepare() -> None:
    """Lets the streams take any text, and Click write its help as all else is written."""
    for module in (core, decorators):
        vars(module)["echo"] = _echo
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def write(text: str, *, err: bool = False, nl: bool = True) -> None:
    """Writes a text and a line end.

    Raises OSError where standard output takes no more, though its reader is there.
    """
    text = ACTING.sub("\ufffd", text)
    try:
        click.echo(text, err=err, nl=nl)
    except BrokenPipeError:
        _close(sys.stderr if err else sys.stdout)
    except OSError as fault:
        _close(sys.stderr if err else sys.stdout)
        if not err:
            fault.filename = "stdout"
            raise


def _echo(
    message: object = "", file: object = None, nl: bool = True, err: bool = False, **_: object
) -> None:
    """What Click asks of its own `echo`."""
    write(str(message), err=err or file is sys.stderr, nl=nl)


def write_json(value: object) -> None:
    """Writes a value as JSON; what a terminal can't show is escaped in it."""
    can_all = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
    lines = json.dumps(value, ensure_ascii=not can_all, indent=2).split("\n")
    write("\n".join(each if each.isprintable() else _escaped(each) for each in lines))


def _escaped(text: str) -> str:
    return "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def _close(stream: TextIO) -> None:
    """Lets what is still to be written go nowhere, also what waits in the stream."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
