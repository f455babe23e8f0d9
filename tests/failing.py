"""A program that fails on purpose, to see that a failure becomes a sentence.

Python runs `sitecustomize` at its start; this one makes reading fail on a word.
"""

from __future__ import annotations

from pathlib import Path

from sites import ROOT

WORD = "Krasj"
SITECUSTOMIZE = """\
import os
import signal

import innspill.read.source as source

parse_body = source.parse_body

def failing(text, *others):
    if {word!r} in text:
        {failure}
    return parse_body(text, *others)

source.parse_body = failing
"""


def failing(folder: Path, failure: str) -> dict[str, str]:
    """The environment in which reading a text with `WORD` in it runs the statement `failure`."""
    text = SITECUSTOMIZE.format(word=WORD, failure=failure)
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return {"PYTHONPATH": f"{folder}:{ROOT / 'scripts'}"}
