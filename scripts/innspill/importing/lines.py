"""Lines of a page into paragraphs: what a line's end meant where it was set by a program.

A paragraph ends at a gap, at a marker of a list, where the letters change, and at the end of a page
where the next line's first word would have fitted on the line before.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from innspill.importing.blocks import Guess, LeftOut, Spot, TextBlock, TextRun, without_figures
from innspill.importing.letter_facts import is_labelled
from innspill.importing.line_hyphens import HYPHENS, SET_HYPHEN, hyphen_at_end
from innspill.importing.mail_head import is_mail_line
from innspill.messages import say
from innspill.read.markers import markers_of

FULL = 0.97
"""Which of the longest lines are taken for whole ones, of all in their order."""
SENTENCE_END = re.compile(r"[.!?:;…][)\]»”\"']*$")
SHORT, SHORTEST = 0.6, 0.45
"""How much of its measure a line fills at most that ends no sentence and yet a paragraph; the
latter where what follows begins with a small letter."""
NARROW_RUN = 4
"""From how many lines on a paragraph may be set narrower than the others."""
EDGE = 3
"""How many lines at a page's top and foot may be running heads."""
TOP, BOTTOM = 0.12, 0.88
"""Above and below which part of its page they stand."""
ADDRESS_FOOT = re.compile(
    r"\b(?:Post|Besøks|Kontor)adresse|\b(?:Telefon|Tlf|Sentralbord|Org\.?\s?nr|Organisasjonsn\w+"
    r"|E-post|Epost|Internett|Nettside|Heimeside|Hjemmeside)\b\.?\s*:|\bwww\.",
    re.IGNORECASE,
)
SAME_HEIGHT = 0.005
"""Of a page: how much the lines of one row differ at most."""
PAGE_NUMBER = re.compile(
    r"(?:side|s\.|page|-|–)?\s*\d{1,3}(?:\s*(?:av|of|/)\s*\d{1,3})?\s*[-–]?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of the original. Measures are in points, or in characters in plain text."""

    runs: tuple[TextRun, ...]
    at: Spot
    left: float
    right: float
    gap: float = 0.0
    """The space above it, in usual lines: 0 where it follows as lines of a paragraph do."""
    size: float = 0.0
    height: float = -1.0
    """How far down its page it stands, from 0 to 1; -1 where that is not known."""
    begins_page: bool = False
    column: float = 0.0
    """How far its column stands from the page's left, where `left` and `right` begin there."""
    quoted: int = 0
    """How many signs of a mail that is answered stood before it."""
    is_beside: bool = False
    """Whether other columns stand beside it, so that its measure is not the page's."""

    @property
    def text(self) -> str:
        return " ".join("".join(run.text for run in self.runs).split())

    @property
    def is_bold(self) -> bool:
        return all(run.is_bold for run in self.runs if run.text.strip())


def without_running_heads(
    lines: Sequence[TextLine],
) -> tuple[list[TextLine], tuple[LeftOut, ...]]:
    """The lines but for heads, feet and page numbers, and what was left out.

    They stand at the top or foot of most pages, alike but for their digits.
    """
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.at.page, []).append(line)
    found: dict[object, list[TextLine]] = {}
    for on_page in pages.values():
        for line in dict.fromkeys([*on_page[:EDGE], *on_page[-EDGE:]]):
            if line.height < 0 or not TOP < line.height < BOTTOM:
                place = round(line.height * 100) if line.height >= 0 else 0
                found.setdefault((without_figures(line.text), place), []).append(line)
    enough = share_of_pages(len(pages))
    alike = [same for same in found.values() if len({line.at.page for line in same}) >= enough]
    numbers = [line for line in lines if _is_page_number(line, len(pages))]
    heads = {id(line) for same in alike for line in same} | {id(line) for line in numbers}
    feet = [_address_foot([e for e in each if id(e) not in heads]) for each in pages.values()]
    heads |= {id(line) for foot in feet for line in foot}
    left_out = [_left_out(same) for same in (*alike, *filter(None, feet))]
    lone = [line for line in numbers if not any(line in same for same in alike)]
    left_out += [_left_out(lone)] if lone else []
    kept: list[TextLine] = []
    begins = False
    for line in lines:
        begins = begins or line.begins_page
        if id(line) not in heads:
            kept.append(replace(line, begins_page=begins) if begins else line)
            begins = False
    return kept, tuple(left_out)


def _address_foot(page: Sequence[TextLine]) -> list[TextLine]:
    """The foot of a letter's first page, with the sender's addresses: it may stand but once."""
    at_foot = [line for line in page if line.height > BOTTOM]
    named = [line.height for line in at_foot if ADDRESS_FOOT.search(line.text)]
    return [line for line in at_foot if named and line.height > min(named) - SAME_HEIGHT]


def share_of_pages(pages: int) -> int:
    """On how many pages of so many something stands that belongs to the pages."""
    return max(2, round(0.6 * (pages - 1)))


def _is_page_number(line: TextLine, pages: int) -> bool:
    """`Side 2 av 6`, alone on a line; a bare number only at the edge of a page."""
    text = line.text
    if not PAGE_NUMBER.fullmatch(text):
        return False
    if re.fullmatch(r"(?:side|page)\s*\d+\s*(?:av|of|/)\s*\d+", text, re.IGNORECASE):
        return True
    return pages > 1 and line.height >= 0 and not 0.07 < line.height < 0.93


def _left_out(lines: Sequence[TextLine]) -> LeftOut:
    pages = tuple(sorted({line.at.page for line in lines}))
    texts = dict.fromkeys(line.text for line in lines)
    shown = " ".join(texts) if len(pages) == 1 else next(iter(texts))
    message = say("a running head or foot: “{text}”", text=shown)
    return LeftOut(message, " ".join(line.text for line in lines), lines[0].at, pages)


def blocks_of(lines: Sequence[TextLine]) -> tuple[tuple[TextBlock, ...], tuple[Guess, ...]]:
    """The paragraphs that lines make, and what was guessed of their ends."""
    if not lines:
        return (), ()
    width = _full_width(lines)
    measures = _measures(lines, width)
    usual = Counter(line.size for line in lines).most_common(1)[0][0]
    known = Counter(
        word.strip(".,;:()«»").casefold() for line in lines for word in line.text.split()
    )
    tells_hyphens = any(line.text.endswith(SET_HYPHEN) for line in lines)
    groups: list[list[TextLine]] = [[lines[0]]]
    guesses: list[Guess] = []
    for line, measure in zip(lines[1:], measures, strict=False):
        before = groups[-1][-1]
        if _goes_on_behind_gap(before, line, width):
            guesses.append(_joined_over(before, line))
            groups[-1].append(line)
        elif _begins_paragraph(before, line, groups[-1][0], width) or (
            line.size <= usual + 0.5 and _was_left_short(before, line, measure)
        ):
            groups.append([line])
        else:
            if line.begins_page:
                guesses.append(_joined_over(before, line))
            groups[-1].append(line)
    blocks = []
    for group in groups:
        runs, joins = _run_together(group, known, tells_hyphens=tells_hyphens)
        guesses += joins
        blocks.append(
            TextBlock(
                runs, group[0].at, is_quotation=group[0].quoted > 0,
                size=median(line.size for line in group), is_single=len(group) == 1,
            )
        )  # fmt: skip
    return tuple(blocks), tuple(guesses)


def _full_width(lines: Sequence[TextLine]) -> float:
    rights = sorted(line.right for line in lines)
    return rights[min(len(rights) - 1, int(FULL * len(rights)))]


def _measures(lines: Sequence[TextLine], width: float) -> list[float]:
    """How far each line may reach: a paragraph beside a picture or a quotation is set narrower."""
    measures: list[float] = []
    run: list[TextLine] = []
    for line in lines:
        if run and (line.gap > 0.4 or line.begins_page or abs(line.left - run[-1].left) > 1):
            measures += _measure_of_run(run, width)
            run = []
        run.append(line)
    return [*measures, *_measure_of_run(run, width)]


def _measure_of_run(run: Sequence[TextLine], width: float) -> list[float]:
    rights = [line.right for line in run[:-1]]
    is_narrow = len(run) >= NARROW_RUN and max(rights) < 0.85 * width
    if is_narrow and min(rights) - run[0].left > 0.7 * (max(rights) - run[0].left):
        return [max(rights)] * len(run)
    return [width] * len(run)


def _was_left_short(before: TextLine, line: TextLine, measure: float) -> bool:
    """Whether a line on a page ends where the next one's first word would have stood on it too.

    So its paragraph ends there, though no gap tells. Lines of plain text may end anywhere.
    """
    is_known = before.height >= 0 and not (before.is_beside or line.begins_page)
    if not is_known or (before.is_bold and line.is_bold):
        return False
    letter = (line.right - line.left) / max(1, len(line.text))
    if not _fits(before, line, measure - 2 * letter):
        return False
    if SENTENCE_END.search(before.text) and not line.text[:1].islower():
        return True
    filled = (before.right - before.left) / max(1.0, measure - before.left)
    return filled < (SHORTEST if line.text[:1].islower() else SHORT)


def _fits(before: TextLine, line: TextLine, width: float) -> bool:
    """Whether a line's first word would have fitted on the line before."""
    text = line.text
    per_letter = (line.right - line.left) / max(1, len(text))
    first = text.split(" ")[0] if text else ""
    return before.right + (len(first) + 1) * per_letter < width


def _goes_on_behind_gap(before: TextLine, line: TextLine, width: float) -> bool:
    """Whether a sentence goes on behind an empty line, as over the end of a page."""
    is_open = not SENTENCE_END.search(before.text) and not _fits(before, line, width)
    is_alike = abs(before.size - line.size) < 0.5 and before.is_bold == line.is_bold
    is_parted = (line.gap > 0.4 or line.begins_page) and line.quoted == before.quoted
    goes_on = line.text[:1].islower()
    return is_parted and is_open and is_alike and goes_on and not markers_of(line.text)


def _begins_paragraph(before: TextLine, line: TextLine, first: TextLine, width: float) -> bool:
    if line.gap > 0.4 or line.quoted != before.quoted:
        return True
    if abs(before.size - line.size) > 0.5 or (
        line.is_bold != before.is_bold
        and SENTENCE_END.search(before.text) is None
        and _fits(before, line, width)
    ):
        return True
    if before.is_bold and before.text.endswith("?") and not _has_bold(line):
        return True
    if line.is_bold and not _has_bold(before) and SENTENCE_END.search(before.text):
        return True
    if line.begins_page and _fits(before, line, width):
        return True
    if not line.is_beside and (is_labelled(line.text) or is_labelled(before.text)):
        return True
    if is_mail_line(line.text) or (is_mail_line(before.text) and _fits(before, line, width)):
        return True
    return _begins_item(before, line, first, width)


def _has_bold(line: TextLine) -> bool:
    return any(run.is_bold for run in line.runs)


def _begins_item(before: TextLine, line: TextLine, first: TextLine, width: float) -> bool:
    """Whether a line begins an item of a list, and not with a sign or a number of its text."""
    markers = markers_of(line.text)
    if not markers:
        return False
    if any(each.is_sure and not each.value for each in markers):
        return True
    starts = markers_of(first.text)
    if any(one.leads_to(each) for one in starts for each in markers):
        return bool(SENTENCE_END.search(before.text)) or _fits(before, line, width)
    return before.text.endswith((":", "?")) or (
        any(each.is_sure for each in markers) and _fits(before, line, width)
    )


def _joined_over(before: TextLine, line: TextLine) -> Guess:
    message = say("a paragraph that goes on behind an empty line was mended")
    if line.begins_page:
        message = say("a paragraph that goes on over the end of a page was mended")
    return Guess(message, line.at, *_around(before, line))


def _around(before: TextLine, line: TextLine) -> tuple[str, str]:
    """The last words before a joint, and those with the first behind it."""
    end = " ".join(before.text.split()[-2:])
    start = " ".join(line.text.split()[:2])
    return f"{end} | {start}", f"{end} {start}"


def _run_together(
    lines: Sequence[TextLine], known: Counter[str], *, tells_hyphens: bool
) -> tuple[tuple[TextRun, ...], list[Guess]]:
    """The lines of a paragraph as one, hyphens at their ends mended.

    `tells_hyphens` is whether a word that was parted has a hyphen of another kind.
    """
    runs: list[TextRun] = list(lines[0].runs)
    guesses: list[Guess] = []
    for line in lines[1:]:
        last = runs[-1]
        text = last.text.rstrip()
        first = line.text.split(" ")[0] if line.text else ""
        word = text.split()[-1] if text.split() else ""
        if len(word) > 1 and word[-1] in HYPHENS and word[-2].isalnum() and first[:1].isalnum():
            is_own = tells_hyphens and word[-1] == "-"
            joint, guess = hyphen_at_end(word, first, line.at, known, is_own=is_own)
            runs[-1] = replace(last, text=text[:-1] + joint)
            guesses += [guess] if guess else []
        elif re.search(r"\w[–—]$", word) and first[:1].isalnum():  # as in 2027–2032
            runs[-1] = replace(last, text=text)
            what = say("a word parted at the end of a line was joined")
            guesses.append(Guess(what, line.at, f"{word} {first}", word + first))
        else:
            runs[-1] = replace(last, text=text + " ")
        runs += line.runs
    return merged(runs), guesses


def merged(runs: Iterable[TextRun]) -> tuple[TextRun, ...]:
    """Neighbours that look alike as one."""
    made: list[TextRun] = []
    for run in runs:
        if made and replace(made[-1], text="") == replace(run, text="") and not run.note:
            made[-1] = replace(run, text=made[-1].text + run.text)
        else:
            made.append(run)
    return tuple(made)
