"""One file of `content/` as read: its text, its front matter, its body."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from innspill.diagnostics import Diagnostic, Location, error
from innspill.messages import say
from innspill.read.body import parse_body
from innspill.read.schema import AnyFront, StatementFront
from innspill.read.tree import Body
from innspill.read.validate import blank, validate
from innspill.read.yaml_nodes import FrontMatter, Path, Plain, parse_front_matter
from innspill.text import Element, Text, walk

FENCE = "---"
LARGEST = 2_000_000
"""How many bytes a Markdown file may have: a book of a thousand pages."""
USUAL = 8192
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
    body: Body
    faults: tuple[Diagnostic, ...] = field(default=(), compare=False)
    is_unread: bool = False
    """Whether so much is wrong that neither its front matter nor its text was read."""
    data: bytes = field(default=b"", repr=False)
    """Its bytes, where they are to be attached to a PDF."""
    lost: frozenset[Path] = frozenset()
    """The parts of the front matter that are faulty and were left out of `front`."""

    def has_lost(self, key: str) -> bool:
        """Whether anything of a key's value was left out."""
        return any(path[0] == key for path in self.lost)

    def kept(self, key: str) -> list[int]:
        """The indices, in the file, of the items that a list still has in `front`."""
        if (key,) in self.lost:
            return []
        items = self.matter.values.get(key)
        count = len(items) if isinstance(items, list) else 0
        return [index for index in range(count) if (key, index) not in self.lost]


def decode(data: bytes, shown: str) -> tuple[str, list[Diagnostic]]:
    """A file's text, and a fault where its bytes are not UTF-8."""
    faults = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8", "replace")
        at = Location(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = say("the file is not UTF-8: byte 0x{byte}", byte=f"{data[fault.start]:02X}")
        hint = say("save it again with the encoding UTF-8")
        faults.append(error("encoding", message, at, hint))
        text = data.decode("utf-8", "replace")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")), faults


def parse_source(path: str, shown: str, data: bytes, schema: type[AnyFront]) -> Source:
    """A file's bytes as a source; all that is wrong inside the file is in its `faults`."""
    text, faults = decode(data, shown)
    digest = hashlib.sha256(data).hexdigest()
    everything: frozenset[Path] = frozenset((name,) for name in schema.model_fields)
    if not faults and (fault := _refusal(text, len(data), shown)):
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
            Body(),
            found,
            is_unread=True,
            lost=everything,
        )
    front_text, body_line = split(text)
    assert front_text is not None
    assert body_line is not None
    matter, front_faults = parse_front_matter(front_text, shown, 2)
    body, body_faults = parse_body("\n".join(text.split("\n")[body_line:]), shown, body_line + 1)
    if any(each.code in {"yaml-syntax", "yaml-alias"} for each in front_faults):
        front, key_faults, lost = blank(schema), list[Diagnostic](), everything
    else:
        front, key_faults, lost = validate(matter, schema)
    found = (*front_faults, *key_faults, *body_faults)
    kept = data if isinstance(front, StatementFront) and front.attach_source else b""
    return Source(path, shown, text, digest, front, matter, body, found, data=kept, lost=lost)


def _refusal(text: str, size: int, shown: str) -> Diagnostic | None:
    """Why neither front matter nor text of a file is read, None where both are."""
    if size > LARGEST:
        message = say("the file is larger than {n} MB", n=LARGEST // 1_000_000)
        hint = say("part it in several; pictures and other files lie beside it")
        return error("too-large", message, Location(shown), hint)
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
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None, 0
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() in {FENCE, "..."}:
            return "\n".join(lines[1:number]) + "\n", number + 1
    return "\n".join(lines[1:]), None


@dataclass(frozen=True, slots=True)
class Hints:
    """What tells a file's kind, and its neighbours', before it is understood."""

    has_questions: bool
    has_committee: bool
    is_page: bool


def hints_of(data: bytes) -> Hints:
    """The hints in a file's front matter; nothing behind it is decoded."""
    front = front_of(data)
    return Hints(
        has_questions=has_key(front, "questions"),
        has_committee=has_key(front, "committee"),
        is_page=has_key(front, "kind", "page"),
    )


def is_free_page(data: bytes) -> bool:
    """Whether a file's front matter says that it is a page: asked of every file, each time."""
    end = data.find(b"\n---\n", len(FENCE))  # or before; without such a line, it is all of it
    return data.find(b"kind", 0, len(data) if end < 0 else end) >= 0 and has_key(
        front_of(data), "kind", "page"
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


def title_in(data: bytes) -> str:
    """The same, of a file that is not read otherwise."""
    return title_of(parse_front_matter(front_of(data), "", 1)[0].values)


def has_key(front: str, key: str, value: str = "") -> bool:
    """Whether a front matter has a key at its top, told without understanding the rest."""
    quoted = rf"""["']?{re.escape(value)}""" if value else ""
    return re.search(rf"^{key}\s*:\s*{quoted}", front, re.MULTILINE) is not None


def texts_of(source: Source) -> Iterator[tuple[str, Location]]:
    """Every text of a file as it comes out, each with the place of what it is part of."""
    for path, at in source.matter.places.items():
        value: object = source.matter.values
        for part in path:
            value = value[part]  # type: ignore[index]
        if isinstance(value, str):
            yield value, at
    for block in (*source.body.blocks, *source.body.notes):
        for node in walk((block,)):
            if isinstance(node, Text):
                yield node.value, block.at
            elif isinstance(node, Element) and node.attributes:
                yield node.get("alt") + node.get("title"), block.at
