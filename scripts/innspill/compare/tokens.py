"""Text as tokens: the words, signs and spaces of nodes, each with what it stands in.

Whitespace is typography: any run of it, a hard break or a no-break space too, is one
space, and a soft hyphen is nothing. Marks of evidence are no part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from innspill.compose.plain_text import SOFT_HYPHEN
from innspill.text import (
    Element,
    External,
    Image,
    Internal,
    Link,
    Mark,
    Node,
    NoteMark,
    Target,
    Text,
)

PIECES = re.compile(
    r"\s+"
    r"|\d{1,3}(?:\s\d{3})+(?!\d)"  # 50 000
    r"|\d+(?:[.,:/–-]\d+)*(?![\w\u00ad])"  # 21.03.2024, 24/7516, 1,5
    r"|[\w\u00ad]+(?:[-’'][\w\u00ad]+)*"
    r"|[^\w\s]"
)
"""A run of spaces, a number, a word, or one sign."""
CODE = re.compile(r"\s+|\w+|[^\w\s]")
"""The same in code, where words have no hyphens."""
SPACES = re.compile(r"\s")
SMALL = 3
"""How many letters a word may have that says little by itself: og, å, det."""


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    SIGN = "sign"
    SPACE = "space"
    BREAK = "break"
    """The end of a paragraph, where paragraphs are compared as one text."""
    IMAGE = "image"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Token:
    """The smallest thing that is put in or taken out."""

    kind: TokenKind
    text: str
    """As it is shown; of a footnote's mark, the name of its note."""
    wraps: tuple[Element | Link, ...] = ()
    """What it stands in, outermost first, each without its children."""
    node: Image | NoteMark | None = None

    @property
    def key(self) -> str:
        """What tokens are told apart by: not how they are set, nor where a link leads."""
        match self.kind:
            case TokenKind.SPACE:
                return " "
            case TokenKind.IMAGE:
                assert isinstance(self.node, Image)
                return f"image {self.node.target}"
            case TokenKind.NOTE | TokenKind.BREAK:
                return f"{self.kind} {self.text}"
            case _:
                return SPACES.sub(" ", self.text.replace(SOFT_HYPHEN, ""))

    @property
    def whole(self) -> tuple[str, tuple[Element | Link, ...], str]:
        """All that a reader may see a difference in; a space is the same in any setting."""
        if self.kind is TokenKind.SPACE:
            return (" ", (), "")
        said = ""
        if isinstance(self.node, Image):
            said = f"{self.node.alternative}\n{self.node.caption}"
        return (self.key, self.wraps, said)

    @property
    def is_weighty(self) -> bool:
        """Whether it says something by itself, so that texts can be told by it."""
        if self.kind is TokenKind.WORD:
            return len(self.text) > SMALL or self.text[0].isdigit()
        return self.kind is TokenKind.IMAGE


PARAGRAPH_END = Token(TokenKind.BREAK, "¶")


def tokens_of(nodes: Iterable[Node], notes: Mapping[int, str]) -> tuple[Token, ...]:
    """The tokens of inline nodes, one space between two at most and none at the ends.

    `notes` gives each footnote's name by its number.
    """
    found: list[Token] = []
    for token in _tokens(nodes, (), notes):
        if token.kind is TokenKind.SPACE and (not found or found[-1].kind is TokenKind.SPACE):
            continue
        found.append(token)
    if found and found[-1].kind is TokenKind.SPACE:
        found.pop()
    return tuple(found)


def _tokens(
    nodes: Iterable[Node], wraps: tuple[Element | Link, ...], notes: Mapping[int, str]
) -> Iterator[Token]:
    for node in nodes:
        match node:
            case Text():
                yield from _words(node.value, wraps)
            case Image():
                yield Token(TokenKind.IMAGE, node.alternative, wraps, replace(node, at=NO_PLACE.at))
            case NoteMark():
                yield Token(TokenKind.NOTE, notes.get(node.note, ""), wraps, node)
            case Mark():
                yield from _tokens(node.children, wraps, notes)
            case Element() if node.tag == "br":
                yield Token(TokenKind.SPACE, "\n", wraps)
            case Element():
                shell = replace(node, children=(), at=NO_PLACE.at)
                yield from _tokens(node.children, (*wraps, shell), notes)
            case Link():
                bare = replace(node, children=(), at=NO_PLACE.at, target=_nameless(node.target))
                yield from _tokens(node.children, (*wraps, bare), notes)


def _nameless(target: Target) -> Target:
    """A target by where it leads alone: a page that gets another title is no change to a link."""
    return replace(target, name="") if isinstance(target, Internal) else target


NO_PLACE = Element("")
"""Where a value stands is no part of it, and two of the same are one."""


def _words(value: str, wraps: tuple[Element | Link, ...]) -> Iterator[Token]:
    for piece in PIECES.findall(value):
        if piece.isspace():
            yield Token(TokenKind.SPACE, "\u00a0" if piece == "\u00a0" else " ", wraps)
        elif bare := piece.strip(SOFT_HYPHEN):
            kind = TokenKind.WORD if bare[0].isalnum() or len(bare) > 1 else TokenKind.SIGN
            yield Token(kind, bare, wraps)


def code_tokens(value: str) -> tuple[Token, ...]:
    """The tokens of a code block, where every space counts as it stands."""
    return tuple(
        Token(TokenKind.WORD if piece[0].isalnum() else TokenKind.SIGN, piece)
        for piece in CODE.findall(value)
    )


def nodes_of(tokens: Sequence[Token], *, is_live: bool = True) -> tuple[Node, ...]:
    """Tokens as nodes again. Unless they are live, links lead nowhere and images are words.

    A footnote's mark is its number: where the note is, the redline says.
    """
    return _nodes(tokens if is_live else [_plain(token) for token in tokens], 0)


def _plain(token: Token) -> Token:
    wraps = tuple(each for each in token.wraps if isinstance(each, Element))
    if isinstance(token.node, Image):
        return Token(TokenKind.WORD, f"[{token.node.alternative}]", wraps)
    return replace(token, wraps=wraps)


def _nodes(tokens: Sequence[Token], depth: int) -> tuple[Node, ...]:
    nodes: list[Node] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if len(token.wraps) <= depth:
            nodes.append(_leaf(token))
            place += 1
            continue
        shell = token.wraps[depth]
        end = place
        while end < len(tokens) and tokens[end].wraps[depth : depth + 1] == (shell,):
            end += 1
        nodes.append(replace(shell, children=_nodes(tokens[place:end], depth + 1)))
        place = end
    return tuple(nodes)


def _leaf(token: Token) -> Node:
    if isinstance(token.node, NoteMark):
        return Element("sup", (Text(str(token.node.note)),))
    if token.node is not None:
        return token.node
    return (
        Element("br") if token.kind is TokenKind.SPACE and token.text == "\n" else Text(token.text)
    )


def text_of(tokens: Iterable[Token]) -> str:
    """Tokens as plain text; an image by its alternative, a footnote's mark by nothing."""
    return "".join(
        "" if each.kind is TokenKind.NOTE else " " if each.kind is TokenKind.SPACE else each.text
        for each in tokens
    )


def address_of(link: Link) -> str:
    """Where a link leads, as words."""
    match link.target:
        case External():
            return link.target.address
        case Internal():
            return link.target.url + (f"#{link.target.fragment}" if link.target.fragment else "")
    return ""
