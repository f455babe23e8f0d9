"""A body with one sentence on each line, so that git's own diffs tell what changed.

Only paragraphs are touched, of the body itself and of its list items; what breaks a line
for the reader stays a line's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from innspill.read.markdown import parser

AROUND = {"bullet_list", "ordered_list", "list_item", "paragraph"}
"""What a paragraph may stand in."""
END = re.compile(
    r"""(?P<word>\S*)(?P<end>[.!?…][)\]»”"'’*_]*)[ ]+(?=[«“"(\[*_]*[A-ZÆØÅÄÖÁČĐŊŠŦŽ])"""
)
"""Where a sentence ends: what follows begins with a capital letter, so begins no block."""
ABBREVIATIONS = re.compile(
    r"adr|art|bl\.a|bnr|ca|dr|dvs|e\.g|eks|evt|f\.eks|ff|fig|fr|gnr|hr|i\.e|inkl|ekskl|jfr?|kap|kl|"
    r"komm|maks|min|nr|obs|pkt|prof|ref|resp|s|st|t\.o\.m|tlf|vedr|vol|vs|§",
    re.IGNORECASE,
)
"""What ends in a full stop and goes on, whatever letter follows."""
KEPT_WHOLE = re.compile(r"(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\]\([^)]*\)|<[^>]*>")
"""Code, addresses with their titles."""
ODD_SPACES = "\v\f\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""What the parser leaves out at a paragraph's beginning and end, beside spaces and tabs."""
TRIMMED = " \t" + ODD_SPACES
ODD_SPACE = re.compile(f"[{ODD_SPACES}]")
HARD_BREAK = re.compile(r"(\\| {2,})$")


def one_a_line(body: str) -> str:
    """The body, its paragraphs broken at the ends of sentences alone."""
    lines = body.split("\n")
    # From the end, so that the lines before keep their numbers.
    for first, behind, text in reversed(list(_paragraphs(body))):
        is_whole = len(text) == behind - first  # else the parser left out a line of odd spaces
        if is_whole and not any("\t" in line for line in lines[first:behind]):
            start = len(lines[first].rstrip(TRIMMED)) - len(text[0].rstrip(TRIMMED))
            lines[first:behind] = _rewritten(lines[first:behind], start)
    return "\n".join(lines)


def _paragraphs(body: str) -> Iterator[tuple[int, int, Sequence[str]]]:
    """Each paragraph's first line, the line behind it, and its text by lines."""
    around: list[str] = []
    for token in parser().parse(body):
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting == 1:
            around.append(kind)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline" and token.map and _is_plain(around):
            yield token.map[0], token.map[1], token.content.split("\n")


def _is_plain(around: Sequence[str]) -> bool:
    return list(around[-1:]) == ["paragraph"] and set(around) <= AROUND


def _rewritten(lines: Sequence[str], start: int) -> list[str]:
    """The lines of a paragraph whose text begins at the column `start`."""
    texts = [lines[0][start:], *lines[1:]]
    sentences: list[str] = []
    run: list[str] = []
    for number, line in enumerate(texts):
        run.append(line.strip(" "))
        if (found := HARD_BREAK.search(line)) and number < len(texts) - 1:
            if found[1][0] == " ":
                run[-1] += "  "
            sentences += sentences_in(" ".join(run))
            run = []
    sentences += sentences_in(" ".join(run))
    before = lines[0][:start]
    # An odd space in front of the text is left out by the parser, and is no indentation.
    indent = " " * len(ODD_SPACE.split(before, maxsplit=1)[0])
    return [before + sentences[0], *(indent + each for each in sentences[1:])]


def sentences_in(text: str) -> Iterator[str]:
    """The sentences of a paragraph, without the spaces between them."""
    whole = [found.span() for found in KEPT_WHOLE.finditer(text)]
    start = 0
    for found in END.finditer(text):
        at = found.end("end")
        if _goes_on(found["word"], found["end"]) or any(a < at < b for a, b in whole):
            continue
        yield text[start:at]
        start = found.end()
    yield text[start:]


def _goes_on(word: str, end: str) -> bool:
    """Whether a full stop ends a word alone: an abbreviation, an initial, an ordinal number."""
    bare = word.lstrip("«“\"'([*_")
    is_initial = len(bare) == 1 and bare.isupper()
    is_ordinal = len(bare) <= 2 and bare.isdecimal()
    is_abbreviation = ABBREVIATIONS.fullmatch(bare) is not None
    return end[0] == "." and (is_initial or is_ordinal or is_abbreviation)
