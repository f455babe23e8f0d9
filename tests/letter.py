"""The letter as it came, as the words, headings and paragraphs that must be published."""

from __future__ import annotations

import re
from functools import cache

from sites import ROOT

SEED = ROOT / "seeds" / "000_ab215369763a5a06.txt"
METADATA = re.compile(r"\nDeres ref\.:.*?\nDato: \S+\s", re.DOTALL)


@cache
def pieces() -> tuple[str, ...]:
    """Every heading, paragraph and bullet of the letter, its broken lines healed.

    A blank line ends a paragraph, unless the sentence goes on behind it. A page break stands
    as a space that begins a line; a capital letter behind it begins a paragraph.
    """
    text = METADATA.sub("\n\n", SEED.read_text(encoding="utf-8"))
    text = re.sub(r"\n (?=[A-ZÆØÅ])", "\n\n", text)
    text = re.sub(r"\n ?•", "\n\n•", text)
    rough = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text)]
    healed: list[str] = []
    for piece in filter(None, rough):
        if healed and piece[0].islower():
            healed[-1] += " " + piece
        else:
            healed.append(piece.removeprefix("•").strip())
    return tuple(healed)


def spaceless(text: str) -> str:
    """Text without spaces and hyphens: what line ends do to it is gone."""
    return re.sub(r"[\s\u00ad-]+", "", text)
