"""Each kind of change and how it is marked.

A case is a text file in `redlines/`: a statement's text before and after (and where it
matters, its front matter), then its redline as Markdown. `pytest --rewrite` writes what
the redline is now, for review in git.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from redlining import composed

from innspill.compare.redline import compare
from innspill.render.redline_markdown import as_markdown
from innspill.render.redline_words import Wording

CASES = sorted((Path(__file__).parent / "redlines").glob("*.txt"))
SECTION = re.compile(r"^=== (.*)\n", re.MULTILINE)
REDLINE = "=== redline\n"


def sections(case: str) -> dict[str, str]:
    _, *parts = SECTION.split(case)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(case: Path, pytestconfig: pytest.Config) -> None:
    text = case.read_text(encoding="utf-8")
    given = sections(text)
    old, new = (
        composed("\n" + given[name], given.get(f"{name}, front matter", ""))
        for name in ("before", "after")
    )
    said = as_markdown(compare(old, new), Wording("en"), case.stem)
    if pytestconfig.getoption("--rewrite"):
        case.write_text(text.partition(REDLINE)[0] + REDLINE + said, encoding="utf-8")
        return
    assert said == given["redline"]
