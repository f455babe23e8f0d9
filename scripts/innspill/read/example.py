"""The example that `innspill new` writes, and what in it stands for the writer's own words.

The templates in `new/` hold those words between ⟦ and ⟧, which nobody sees but this module: so
what is written and what is looked for afterwards are the same. Whoever takes away one of two that
stand side by side is told of the other. Days and numbers are letters, which nobody can mean.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from string import Template

from innspill.messages import catalogue, languages, say
from innspill.project import shipped

COMMITTEE = "⟦Eksempel på bydelsutvalg⟧ ⟦(skriv navnet på utvalget her)⟧"
"""The committee that writes, until it is named."""
MISSING_ALTERNATIVE = say("Alternative text is missing")
"""What `import` writes as the alternative text of a picture, in the statement's language."""
PICTURE = "!["
"""How a picture begins."""
MARKED = re.compile("⟦([^⟦⟧]*)⟧")


def example_file(name: str, values: dict[str, str]) -> str:
    """A file of the example, as it is written for a new project."""
    text = (shipped() / "new" / name).read_text(encoding="utf-8")
    return without_marks(Template(text).substitute(values))


def without_marks(text: str) -> str:
    """A text of the example as the writer gets it."""
    return MARKED.sub(r"\1", text)


@cache
def placeholders() -> tuple[str, ...]:
    """All that stands for the writer's own words where `new` or `import` writes text."""
    files = sorted((shipped() / "new").rglob("*.md"))
    texts = (COMMITTEE, *(each.read_text(encoding="utf-8") for each in files))
    found = (each for text in texts for each in MARKED.findall(text))
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", each) for each in found))


@cache
def missing_alternatives() -> tuple[str, ...]:
    """What stands for a picture's text, in each language: apart, since it takes all catalogues."""
    return tuple(f"{PICTURE}{MISSING_ALTERNATIVE.within(catalogue(each))}]" for each in languages())
