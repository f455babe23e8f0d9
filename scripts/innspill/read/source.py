"""One file of `content/` as read: its text, its front matter, its body."""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.messages import say
from innspill.read.body import parse_body
from innspill.read.convert import schema_fields
from innspill.read.disk import LARGEST
from innspill.read.leftovers import kinds_in, leftovers_in
from innspill.read.pointers import pointer_fault
from innspill.read.schema import AnyFront, ConsultationFront, PageFront, StatementFront
from innspill.read.settle import settled
from innspill.read.tree import Body, links_in
from innspill.read.validate import blank, validate
from innspill.read.yaml_nodes import FrontMatter, Path, Plain, parse_front_matter
from innspill.text import Element, Text, walk

FENCE = "---"
_END = re.compile(r"\n(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)
"""The line behind front matter, from the line break before it: five times faster than by `^`."""
_KEY = re.compile(r"\n(\w+)\s*:")
"""A key at the top of a front matter, likewise."""
ONLY_CONSULTATIONS = frozenset(
    key
    for key in schema_fields(ConsultationFront)
    if key not in schema_fields(PageFront) and key not in schema_fields(StatementFront)
)
"""The keys that tell a consultation's `index.md`, even one whose `questions` is misspelt."""
WIDE = {  # the mark of UTF-32 begins with that of UTF-16
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The encodings with two or four bytes for each character, by the mark that a file begins with."""
NOT_UNDERSTOOD = frozenset({"yaml-syntax", "yaml-alias", "yaml-tag"})
"""The faults after which nothing in the front matter can be told."""
USUAL = 32_768
"""In how many bytes front matter usually ends."""


@dataclass(frozen=True, slots=True)
class Source:
    """A Markdown file, complete when made."""

    path: str
    """Its path inside `content/`, with forward slashes."""
    shown: str
    """Its path as messages show it."""
    text: str
    """Its text: no byte order mark, NFC, lines that end in a line feed."""
    digest: str
    """The SHA-256 of its bytes in hexadecimal, as `sha256sum` gives it."""
    front: AnyFront
    matter: FrontMatter
    body: Body = field(default_factory=Body)
    faults: tuple[Diagnostic, ...] = field(default=(), compare=False)
    is_unread: bool = False
    """Whether so much is wrong that neither its front matter nor its text was read."""
    data: bytes = field(default=b"", repr=False)
    """Its bytes."""
    lost: frozenset[Path] = frozenset()
    """The parts of the front matter that are faulty and were left out of `front`."""

    @property
    def is_front_unread(self) -> bool:
        """Whether nothing of the front matter could be told."""
        return self.is_unread or any(each.code in NOT_UNDERSTOOD for each in self.faults)

    @property
    def unsure(self) -> frozenset[str]:
        """The keys of which anything was left out."""
        return frozenset(str(path[0]) for path in self.lost)

    def has_lost(self, key: str) -> bool:
        """Whether anything of a key's value was left out."""
        return key in self.unsure

    @property
    def places(self) -> dict[str, Location]:
        """Where the values of the front matter stand, by their keys; not those in lists."""
        found = self.matter.places.items()
        return {".".join(map(str, path)): at for path, at in found if path and _is_of_keys(path)}

    def kept(self, key: str) -> list[int]:
        """The indices, in the file, of the items that a list still has in `front`."""
        if (key,) in self.lost:
            return []
        items = self.matter.values.get(key)
        count = len(items) if isinstance(items, list) else 0
        return [index for index in range(count) if (key, index) not in self.lost]


def _is_of_keys(path: Path) -> bool:
    return all(isinstance(part, str) for part in path)


def decode(data: bytes, shown: str) -> tuple[str, list[Diagnostic]]:
    """A file's text, and a fault where its bytes are not UTF-8 or no text at all."""
    encoding, hint = _wide_encoding(data), say("save it again with the encoding UTF-8")
    faults = []
    if encoding:
        message = say(
            "the file is saved as {encoding}, not as UTF-8", encoding=encoding[:6].upper()
        )
        faults.append(error("encoding", message, Location(shown), hint))
    try:
        text = data.decode(encoding or "utf-8-sig", "replace" if encoding else "strict")
    except UnicodeDecodeError as fault:
        message = say("the file is not UTF-8: byte 0x{byte}", byte=f"{data[fault.start]:02X}")
        faults.append(error("encoding", message, _place(data, fault.start, shown), hint))
        text = data.decode("utf-8", "replace")
    if not faults and b"\0" in data:
        message = say("here stands a NUL, which no text has")
        at = _place(data, data.index(0), shown)
        faults.append(error("encoding", message, at, say("it is invisible: delete it")))
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), faults


def _place(data: bytes, at: int, shown: str) -> Location:
    """The line and column of a byte."""
    before = data[:at].decode("utf-8-sig", "replace")
    return Location(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32, where a file begins with its mark or is full of NUL bytes."""
    for mark, name in WIDE.items():
        if data.startswith(mark):
            return name
    head = data[:USUAL]
    if head.count(0) * 4 <= len(head):
        return None
    if head.count(0) * 2 > len(head):
        return "utf-32-le" if head[0] else "utf-32-be"
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"


def parse_source(path: str, shown: str, data: bytes, schema: type[AnyFront]) -> Source:
    """A file's bytes as a source; all that is wrong inside the file is in its `faults`."""
    source = parse_front(path, shown, data, schema)
    if source.is_unread:
        return source
    front, body, first_line = _parts(source.text)
    parsed, faults = parse_body(body, shown, first_line)
    found = (*source.faults, *_left_in(source.matter, front), *faults)
    return replace(source, body=parsed, faults=found)


def parse_front(path: str, shown: str, data: bytes, schema: type[AnyFront]) -> Source:
    """The same without the body; its `faults` are those of its keys, or why nothing is read."""
    text, faults = _decoded(data, shown)
    digest = hashlib.sha256(data).hexdigest()
    everything: frozenset[Path] = frozenset((name,) for name in schema_fields(schema))
    if not faults and (fault := _refusal(text, shown)):
        faults = [fault]
    if faults:
        nothing = FrontMatter({}, {(): Location(shown)}, {})
        found = tuple(faults)
        front = blank(schema)
        return Source(
            path,
            shown,
            text,
            digest,
            front,
            nothing,
            faults=found,
            is_unread=True,
            data=data,
            lost=everything,
        )
    matter, front_faults = parse_front_matter(_parts(text)[0], shown, 2)
    if any(each.code in NOT_UNDERSTOOD for each in front_faults):
        front, key_faults, lost = blank(schema), list[Diagnostic](), everything
    else:
        matter = settled(matter, schema)
        front, key_faults, lost = validate(matter, schema)
    found = (*front_faults, *key_faults)
    return Source(path, shown, text, digest, front, matter, faults=found, data=data, lost=lost)


def links_of(source: Source) -> tuple[tuple[str, str], ...]:
    """The links and images of a source whose body is not parsed: see `links_in`.

    Each is written with a square bracket or a less-than sign: most letters hold neither.
    """
    if source.is_unread:
        return ()
    _, body, first_line = _parts(source.text)
    is_led_from = "[" in body or "<" in body
    return links_in(parse_body(body, source.shown, first_line)[0]) if is_led_from else ()


def _parts(text: str) -> tuple[str, str, int]:
    """The front matter and the body of a file that has both, and the body's first line."""
    front, body_line = split(text)
    assert front is not None
    assert body_line is not None
    return front, without_lines(text, body_line), body_line + 1


def text_of(data: bytes) -> str:
    """A file's text as messages show it."""
    return _decoded(data, "")[0]


def _decoded(data: bytes, shown: str) -> tuple[str, list[Diagnostic]]:
    """A file's text; of one that is too large only its beginning, and a fault."""
    if len(data) <= LARGEST:
        return decode(data, shown)
    message = say("the file is larger than {n} MB", n=LARGEST // 1_000_000)
    hint = say("part it in several; pictures and other files lie beside it")
    fault = error("too-large", message, Location(shown), hint)
    return decode(data[:USUAL], shown)[0], [fault]


def _left_in(matter: FrontMatter, text: str) -> Iterator[Diagnostic]:
    """Warns of what was left behind in the front matter's values; comments are no one's loss."""
    kinds = [kind for kind in kinds_in(text) if not kind.is_markup]
    for value, at in values_of(matter) if kinds else ():
        for kind in dict.fromkeys(kind for kind, _ in leftovers_in(value, kinds)):
            yield warning(kind.code, kind.message, at, kind.hint)


def _refusal(text: str, shown: str) -> Diagnostic | None:
    """Why neither front matter nor text of a file is read, None where both are."""
    if fault := pointer_fault(text.encode(), shown, Location(shown)):
        return fault
    if not text.strip():
        message = say("the file is empty")
        hint = say("write it, or delete it; `innspill new` makes an example to start from")
        return error("empty-file", message, Location(shown), hint)
    is_torn = "<<<<<<< " in text or ">>>>>>> " in text
    if is_torn and (conflict := re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE)):
        message = say("git has left two versions of the text here")
        hint = say("keep one of them, and delete the lines with <<<<<<<, ======= and >>>>>>>")
        line = text.count("\n", 0, conflict.start()) + 1
        return error("conflict", message, Location(shown, line), hint)
    front, body_line = split(text)
    if front is None:
        message = say("the file does not begin with front matter")
        hint = say("begin it with a line ---, then `title: …`, then a line ---")
        return error("no-front-matter", message, Location(shown), hint)
    if body_line is None:
        message = say("the front matter has no end")
        hint = say("put a line --- between it and the text")
        return error("no-front-matter", message, Location(shown), hint)
    return None


def split(text: str) -> tuple[str | None, int | None]:
    """The front matter's text and how many lines stand before the body.

    None for the text where the file has no front matter, for the lines where it never ends.
    """
    first, _, rest = text.partition("\n")
    if first.rstrip() != FENCE:
        return None, 0
    if end := _END.search(text, len(first)):
        front = text[len(first) + 1 : end.start() + 1]
        return front or "\n", text.count("\n", 0, end.start()) + 2
    return rest, None


def without_lines(text: str, count: int) -> str:
    """A text without so many of its first lines."""
    return "".join(text.split("\n", count)[count:])


@dataclass(frozen=True, slots=True)
class Hints:
    """What tells a file's kind, and its neighbours', before it is understood."""

    has_questions: bool
    """Whether it has any key that only a consultation has."""
    has_committee: bool
    is_page: bool


def hints_of(data: bytes) -> Hints:
    """The hints in a file's front matter; nothing behind it is decoded."""
    front = front_of(data)
    keys = {found.lower() for found in _KEY.findall(f"\n{front}")}
    return Hints(
        has_questions=not ONLY_CONSULTATIONS.isdisjoint(keys),
        has_committee="committee" in keys,
        is_page="kind" in keys and has_key(front, "kind", "page"),
    )


def front_of(data: bytes) -> str:
    """A file's front matter, empty where it has none; no more is decoded than it needs."""
    for part in (data[:USUAL].rpartition(b"\n")[0], data):
        front, body_line = split(decode(part, "")[0])
        if front is not None and body_line is not None:
            return front
    return front or ""


def title_of(values: Mapping[str, Plain]) -> str:
    """What a page is called elsewhere: its title, behind its committee's name if it has one."""
    names = (values.get("committee"), values.get("title"))
    return ": ".join(" ".join(each.split()) for each in names if isinstance(each, str))


def has_key(front: str, key: str, value: str = "") -> bool:
    """Whether a front matter has a key at its top, told without understanding the rest.

    Capitals make no difference, so that a slip is told as what it is.
    """
    quoted = rf"""["']?{re.escape(value)}""" if value else ""
    return re.search(rf"^(?i:{key})\s*:\s*{quoted}", front, re.MULTILINE) is not None


def values_of(matter: FrontMatter) -> Iterator[tuple[str, Location]]:
    """Every text in a front matter, each with its place."""
    for path, at in matter.places.items():
        value: object = matter.values
        for part in path:
            value = value[part]  # type: ignore[index]
        if isinstance(value, str):
            yield value, at


def texts_of(source: Source) -> Iterator[tuple[str, Location]]:
    """Every text of a file as it comes out, each with the place of what it is part of."""
    yield from values_of(source.matter)
    for block in (*source.body.blocks, *source.body.notes):
        for node in walk((block,)):
            if isinstance(node, Text):
                yield node.value, block.at
            elif isinstance(node, Element) and node.attributes:
                yield node.get("alt") + node.get("title"), block.at
