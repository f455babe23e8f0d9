"""What a redline says of itself in words: one line for each paragraph, each fact's values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from innspill.compare.blocks import ComparedBlock
from innspill.compare.facts import ItemChange
from innspill.compare.rows import Redline, Row, RowChange
from innspill.compare.tables import Grid
from innspill.compare.tokens import Token, TokenKind, address_of, text_of
from innspill.compare.words import Op, Segment
from innspill.facts import FACTS, FactValue, in_words
from innspill.messages import Message, catalogue, joined, say, sentence
from innspill.model import Revision
from innspill.render.revision_names import revision_name
from innspill.text import Image, Link

SHORT = 12
"""How many words a line repeats at most; of more, it says how many they are."""
EXCERPT = 60
"""How many characters of a whole paragraph a line repeats."""
HEADING = 40
"""How many of a heading, by which it is named."""

LABELS = {
    "title": say("Title"),
    "committee": say("Committee"),
    "status": say("Status"),
    **{fact.key: fact.label for fact in FACTS},
    "lang": say("Language"),
    "attachments": say("Attachments"),
    "about": say("About"),
    "move": say("Direction"),
    "force": say("The letter's words"),
}
"""What each fact is called."""
VALUES: Mapping[str, Mapping[str, Message]] = {
    "status": {"draft": say("Draft"), "adopted": say("Adopted")},
    **{fact.key: fact.values for fact in FACTS},
    "about": {"general": say("In general")},
    "move": {
        "to_district": say("To the districts"),
        "to_city": say("To the city centrally"),
        "cooperate": say("Cooperation"),
        "other": say("Other proposals"),
    },
}
"""What the values are called that are keys themselves."""
FATES = {
    RowChange.EDITED: say("Edited"),
    RowChange.IN: say("New"),
    RowChange.OUT: say("Taken out"),
    RowChange.SPLIT: say("Split"),
    RowChange.MERGED: say("Merged"),
}
KINDS = {
    "p": say("a paragraph"),
    "li": say("a list item"),
    "heading": say("a heading"),
    "pre": say("a code block"),
}


class Wording:
    """Says it in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def tell(self, message: Message) -> str:
        """A message in the language."""
        return message.within(catalogue(self.language))

    def fact(self, name: str) -> str:
        """What a fact is called."""
        return self.tell(LABELS[name])

    def value(self, name: str, value: FactValue) -> str:
        """A fact's value as it is shown, a dash where the letter doesn't say it."""
        if value is None:
            return "–"
        return in_words(value, VALUES.get(name, {}), self.language)

    def revision(self, revision: Revision | None) -> str:
        """What readers call a revision."""
        if revision is None:
            return self.tell(say("the text as it is now"))
        return revision_name(revision, self.language)

    def title(self, redline: Redline, old: Revision, new: Revision | None) -> str:
        """What is compared with what."""
        return self.tell(
            say(
                "{committee}: what changed from {old} to {new}",
                committee=redline.new.committee,
                old=self.revision(old),
                new=self.revision(new),
            )
        )

    def unread(self, keys: Iterable[str]) -> str:
        """What the keys of front matter are called that could not be read."""
        return ", ".join(self.fact(key) if key in LABELS else key for key in sorted(keys))

    def item(self, change: ItemChange) -> str:
        """What happened to a point or a proposal, but for its words."""
        found = []
        if change.op is Op.IN:
            found.append(say("put in"))
        if change.op is Op.OUT:
            found.append(say("taken out"))
        if change.is_moved:
            found.append(say("moved"))
        if change.has_new_evidence:
            found.append(say("rests on other words"))
        facts = [
            f"{self.fact(each.name)}: {self.value(each.name, each.old)} → "
            f"{self.value(each.name, each.new)}"
            for each in change.facts
        ]
        return "; ".join([*(self.tell(each) for each in found), *facts])

    def place(self, row: Row) -> str:
        """Where a row stands, or stood, within a sentence: `paragraph 5.2`."""
        place = _place(row.blocks)
        return self.tell(place if row.new else say("formerly {place}", place=place))

    def place_first(self, row: Row) -> str:
        """The same where a line begins with it."""
        place = self.place(row)
        return place[:1].upper() + place[1:]

    def old_place(self, row: Row) -> str:
        """Where it stood before."""
        return self.tell(_place(row.old or row.new))

    def fate(self, row: Row) -> str:
        """What happened to a row, in a word or two."""
        found = [FATES[row.fate]] if row.fate in FATES else []
        if row.fate is RowChange.EDITED and row.is_recast:
            found = list(_recast(row.old[0], row.new[0]))
        return self.tell(_listed(found)) if found else ""

    def excerpt(self, row: Row) -> str:
        """How a row's text begins."""
        return _excerpt(row.blocks)

    def line(self, row: Row) -> str:
        """What happened to a row, in one line."""
        return self.tell(_listed(list(_happened(row))))

    def altered(self, segment: Segment) -> list[str]:
        """In what other ways words that stayed differ."""
        return [self.tell(each) for each in _altered(segment)]

    def counts(self, redline: Redline) -> str:
        """How much of the text differs, as a sentence; empty where there is no text."""
        changed = len(redline.changes)
        unchanged = sum(row.fate is RowChange.SAME and not row.is_moved for row in redline.rows)
        if not changed and not unchanged:
            return ""
        if changed:
            many = say("{n} paragraphs changed", n=changed)
            found = [say("1 paragraph changed") if changed == 1 else many]
            found += [say("{n} unchanged", n=unchanged)] if unchanged else []
        else:
            many = say("{n} paragraphs unchanged", n=unchanged)
            found = [say("1 paragraph unchanged") if unchanged == 1 else many]
        return self.tell(joined(", ", found)) + "."


def _listed(messages: Sequence[Message]) -> Message:
    if len(messages) == 1:
        return messages[0]
    return joined("; ", messages)


def _place(blocks: Sequence[ComparedBlock]) -> Message:
    first = blocks[0]
    if first.id.startswith("fn"):
        return say("Note {number}", number=first.id.removeprefix("fn"))
    if first.kind == "answer":
        return say("Answer to {questions}", questions=first.title or "?")
    if first.kind == "heading":
        return say("“{text}”", text=_shortened(text_of(first.tokens), HEADING))
    numbers = list(dict.fromkeys(each.number for each in blocks if each.number))
    if not numbers:
        return say("a line across")
    if len(numbers) == 1:
        return say("paragraph {number}", number=numbers[0])
    return say("paragraphs {first}–{last}", first=numbers[0], last=numbers[-1])


def _happened(row: Row) -> Iterator[Message]:
    was, now = _place(row.old or row.new), _place(row.blocks)
    match row.fate:
        case RowChange.IN:
            is_heading = row.new[0].kind == "heading"
            yield say("new heading") if is_heading else say("new: “{text}”", text=_excerpt(row.new))
            return
        case RowChange.OUT:
            is_heading = row.old[0].kind == "heading"
            text = _excerpt(row.old)
            yield say("heading taken out") if is_heading else say("taken out: “{text}”", text=text)
            return
        case RowChange.LEFT:
            yield say("moved from here")
            return
        case RowChange.SPLIT:
            yield say("split into {n}, formerly {was}", n=len(row.new), was=was)
        case RowChange.MERGED:
            yield say("merged, formerly {was}", was=was)
    if row.is_moved:
        yield say("moved here from {was}", was=was) if was != now else say("moved here")
    if row.is_recast:
        yield from _recast(row.old[0], row.new[0])
    if row.grid:
        yield from _of_table(row.grid)
    yield from _of_words([segment for part in row.parts for segment in part])


def _recast(old: ComparedBlock, new: ComparedBlock) -> Iterator[Message]:
    remarks = [[by for tag, by in block.context if tag == "aside"] for block in (old, new)]
    if remarks[0] != remarks[1]:
        if remarks[1]:
            yield say("a minority remark by {by} now", by=remarks[1][0])
        else:
            yield say("no longer a minority remark by {by}", by=remarks[0][0])
    if old.answers != new.answers:
        yield say("answers other questions")
    elif old.kind != new.kind and old.kind in KINDS and new.kind in KINDS:
        yield say("was {old}, is {new}", old=KINDS[old.kind], new=KINDS[new.kind])
    elif old.level != new.level:
        yield say("on level {new}, was on level {old}", new=new.level, old=old.level)
    else:
        yield from _reframed(old, new)


def _reframed(old: ComparedBlock, new: ComparedBlock) -> Iterator[Message]:
    """What stands in another kind of list, or is a quotation now."""
    was, now = ({tag for tag, _ in block.context} for block in (old, new))
    if "blockquote" in was ^ now:
        yield say("a quotation now") if "blockquote" in now else say("no longer a quotation")
    elif "ol" in was ^ now:
        yield say("numbered now") if "ol" in now else say("no longer numbered")
    elif was == now and [tag for tag, _ in old.context] != [tag for tag, _ in new.context]:
        yield say("on another level of the list")
    elif "aside" not in was | now:
        yield say("set otherwise")


def _of_table(grid: Grid) -> Iterator[Message]:
    rows, columns = [line.op for line in grid.lines], grid.columns
    for count, one, many in (
        (rows.count(Op.IN), say("1 row put in"), sentence("{n} rows put in")),
        (rows.count(Op.OUT), say("1 row taken out"), sentence("{n} rows taken out")),
        (columns.count(Op.IN), say("1 column put in"), sentence("{n} columns put in")),
        (columns.count(Op.OUT), say("1 column taken out"), sentence("{n} columns taken out")),
    ):
        if count:
            yield one if count == 1 else many.filled(n=count)
    for line in grid.lines:
        if line.op is Op.SAME:
            for column, cell in zip(columns, line.cells, strict=True):
                if column is Op.SAME:
                    yield from _of_words(cell)


def _of_words(segments: Sequence[Segment]) -> Iterator[Message]:
    hunks = list(_hunks(segments))
    out, put = sum(_words(a) for a, _ in hunks), sum(_words(b) for _, b in hunks)
    if not hunks:
        pass
    elif len(hunks) <= 2 and out + put <= SHORT:
        for gone, come in hunks:
            yield from _of_hunk(gone, come)
    elif put or out:
        if put:
            yield say("1 word put in") if put == 1 else say("{n} words put in", n=put)
        if out:
            yield say("1 word taken out") if out == 1 else say("{n} words taken out", n=out)
    else:
        yield say("punctuation")
    for segment in segments:
        if segment.move:
            here, away = say("a sentence moved here"), say("a sentence moved away")
            yield here if segment.op is Op.IN else away
        if segment.op is Op.ALTERED:
            yield from _altered(segment)


def _of_hunk(gone: Sequence[Token], come: Sequence[Token]) -> Iterator[Message]:
    old, new = text_of(gone).strip(), text_of(come).strip()
    marks = sum(each.kind is TokenKind.NOTE for each in come) - sum(
        each.kind is TokenKind.NOTE for each in gone
    )
    if old and new:
        yield say("“{old}” became “{new}”", old=old, new=new)
    elif new:
        yield say("“{new}” put in", new=new)
    elif old:
        yield say("“{old}” taken out", old=old)
    elif not marks:
        yield say("spaces")
    if marks:
        yield say("a note put in") if marks > 0 else say("a note taken out")


def _hunks(segments: Sequence[Segment]) -> Iterator[tuple[list[Token], list[Token]]]:
    """What was taken out and put in side by side; ends of paragraphs and moves left out."""
    gone: list[Token] = []
    come: list[Token] = []
    for segment in segments:
        if segment.move:
            continue
        if segment.op in {Op.IN, Op.OUT}:
            kept = [each for each in segment.tokens if each.kind is not TokenKind.BREAK]
            (come if segment.op is Op.IN else gone).extend(kept)
            continue
        if _says(gone) or _says(come):
            yield gone, come
        gone, come = [], []
    if _says(gone) or _says(come):
        yield gone, come


def _says(tokens: Sequence[Token]) -> bool:
    return any(each.kind is not TokenKind.SPACE for each in tokens)


def _words(tokens: Sequence[Token]) -> int:
    return sum(each.kind is TokenKind.WORD for each in tokens)


def _altered(segment: Segment) -> Iterator[Message]:
    text, old, new = text_of(segment.new), segment.old[0], segment.new[0]
    if isinstance(old.node, Image) and isinstance(new.node, Image):
        if old.node.alternative != new.node.alternative:
            yield say(
                "the image is described as “{new}”, was as “{old}”",
                new=new.node.alternative or "–",
                old=old.node.alternative or "–",
            )
        if old.node.caption != new.node.caption:
            yield say(
                "the image's caption is “{new}”, was “{old}”",
                new=new.node.caption or "–",
                old=old.node.caption or "–",
            )
    links = [[address_of(w) for w in each.wraps if isinstance(w, Link)] for each in (old, new)]
    if links[0] and links[1] and links[0] != links[1]:
        led, leads = links[0][0], links[1][0]
        yield say("“{text}” leads to {new}, led to {old}", text=text, new=leads, old=led)
    elif links[1] and not links[0]:
        yield say("“{text}” is a link now, to {new}", text=text, new=links[1][0])
    elif links[0] and not links[1]:
        yield say("“{text}” is no link any more", text=text)
    elif old.wraps != new.wraps:
        yield say("“{text}” is set otherwise", text=text)


def _excerpt(blocks: Sequence[ComparedBlock]) -> str:
    text = " ".join(
        " · ".join(text_of(cell) for row in block.cells for cell in row) or text_of(block.tokens)
        for block in blocks
    )
    return _shortened(text, EXCERPT)


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"
