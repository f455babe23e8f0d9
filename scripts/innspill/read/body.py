"""Markdown's tokens into the tree, and what the dialect does not allow, by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.messages import Message, say
from innspill.read.lost_text import find_lost_text, open_containers, too_deep
from innspill.read.markdown import MINORITY, parser
from innspill.read.suspicious_markup import find_leftovers, find_suspicious_markup
from innspill.read.tree import REMARKS, TEXT, Body
from innspill.text import Element, Node, Text

SAME_NAME = {
    "bullet_list_open": "ul",
    "list_item_open": "li",
    "blockquote_open": "blockquote",
    "table_open": "table",
    "thead_open": "thead",
    "tbody_open": "tbody",
    "tr_open": "tr",
    "em_open": "em",
    "strong_open": "strong",
}
MINORITY_OPEN = f"container_{MINORITY}_open"
ANSWER_IDS = re.compile(r"((?:(?<!\\)\{(?:[\s,]*#[^\s#{},\\]+)+\s*\}\s*)+)$")
CURLY = "“”„‟«»‘’‚‹›"
"""Quotation marks that an editor puts in the place of straight ones."""
MINORITY_BY = re.compile(
    rf"""{MINORITY}\s*\{{\s*by=(?:"([^"]*\w[^"]*)"|'([^']*\w[^']*)'|([^\s}}"'{CURLY}]+)"""
    rf"""|[{CURLY}]([^{CURLY}"]*\w[^{CURLY}"]*)[{CURLY}"])\s*\}}"""
)
ONLY_LANGUAGE = re.compile(r"""\s*lang=("[^"]*"|'[^']*'|[^\s"'}]+)\s*""")

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""The form of a language tag (BCP 47, RFC 5646, 2.1), private use left out."""


def parse_body(text: str, path: str, first_line: int) -> tuple[Body, list[Diagnostic]]:
    """The body's blocks and footnotes; `first_line` is the body's first line in the file."""
    # Blank lines in front make the tokens' lines the file's own.
    whole = "\n" * (first_line - 1) + text
    environment: dict[str, Any] = {}
    tokens = parser().parse(whole, environment)
    unending = [*open_containers(tokens)]
    if unending:  # what follows is read as if it had ended, so that the cause alone is told
        lines = _with_ends(whole.split("\n"), [line for _, line, _, _ in unending])
        environment.clear()
        tokens = parser().parse("\n".join(lines), environment)
    builder = _BodyBuilder(tokens, whole.split("\n"), path, environment)
    if (line := too_deep(tokens)) is not None:
        message = say("the text is nested too deep; what stands deepest would be lost")
        builder.refuse("nesting", message, line)
        return Body(unsure=frozenset({TEXT})), builder.faults
    body = builder.body()
    for code, line, message, hint in (
        *unending,
        *find_lost_text(tokens, environment, builder.lines),
    ):
        builder.refuse(code, message, line, hint)
    for code, line, message, hint in find_suspicious_markup(tokens, builder.lines):
        builder.faults.append(warning(code, message, builder.place(line), hint))
    for code, line, message, hint, needle in find_leftovers(tokens):
        builder.faults.append(warning(code, message, builder.place(line, needle), hint))
    unsure = builder.unsure | ({REMARKS} if unending else set())
    return replace(body, unsure=frozenset(unsure)), builder.faults


def _with_ends(lines: list[str], begun: Sequence[int]) -> list[str]:
    """The lines, with an end to each block that was begun, on the empty line before an answer."""
    for start in begun:
        marks = re.match(r"\s*(:*)", lines[start])
        for number in range(start + 1, len(lines)):
            is_answer = lines[number].startswith("#") and ANSWER_IDS.search(lines[number])
            if is_answer or lines[number].startswith(":::"):
                if marks and not lines[number - 1].strip():
                    lines[number - 1] = marks[1]
                break
    return lines


class _BodyBuilder:
    """Goes through the tokens once; what opens takes all up to its own end."""

    def __init__(
        self,
        tokens: Sequence[Token],
        lines: list[str],
        path: str,
        environment: Mapping[str, Any],
    ) -> None:
        self.tokens, self.lines, self.path = iter(tokens), lines, path
        self.notes = {
            label.removeprefix(":") for label in environment.get("footnotes", {}).get("refs", {})
        }
        self.faults: list[Diagnostic] = []
        self.unsure: set[str] = set()
        self.line = 0
        """The line, from 0, that inline content has come to."""
        self.written = ""
        """The last inline content, as it is written."""
        self.around: list[str] = []
        """The types of the tokens that are open, the outermost first."""
        self.raw: set[str] = set()
        """The names of the HTML elements that were refused."""
        self.starts: dict[int, Location] = {}
        """The places of lines' first characters, by the lines."""

    def place(self, line: int, needle: str = "") -> Location:
        """The place of `needle` on a line, else of the line's first character."""
        text = self.lines[line] if line < len(self.lines) else ""
        column = text.find(needle) if needle else -1
        if column >= 0:
            column += 2 if needle.startswith("](") else 0
            return Location(self.path, line + 1, column + 1)
        if line not in self.starts:
            column = len(text) - len(text.lstrip())
            self.starts[line] = Location(self.path, line + 1, column + 1)
        return self.starts[line]

    def place_of_target(self, href: str) -> Location:
        """The place of what a link or an image leads to, which is read with letters in percent."""
        text = self.lines[self.line] if self.line < len(self.lines) else ""
        written = (f"]({sign}{each}" for each in (href, unquote(href)) for sign in ("", "<"))
        needle = next((each for each in written if each in text), f"]({href}")
        return self.place(self.line, needle)

    def refuse(
        self, code: str, what: Message, line: int, hint: Message | None = None, needle: str = ""
    ) -> None:
        self.faults.append(error(code, what, self.place(line, needle), hint))

    def body(self) -> Body:
        blocks: list[Element] = []
        notes: list[Element] = []
        for token in self.tokens:
            if token.type == "footnote_block_open":
                notes = [Element("li", self.inside(note)) for note in self.opened()]
            else:
                blocks += [each for each in self.block(token) if isinstance(each, Element)]
        return Body(tuple(blocks), tuple(notes))

    def opened(self) -> Iterator[Token]:
        """The tokens up to the end of what is open; whoever takes one takes all inside it."""
        for token in self.tokens:
            if token.nesting < 0:
                return
            yield token

    def inside(self, token: Token) -> tuple[Node, ...]:
        """The blocks in what a token has opened."""
        self.around.append(token.type)
        found = tuple([node for each in self.opened() for node in self.block(each)])
        self.around.pop()
        return found

    def block(self, token: Token) -> tuple[Node, ...]:
        line = token.map[0] if token.map else self.line
        kind = token.type
        if kind == "inline":
            self.line, self.written = line, token.content
            self.attributes(token)
            return self.inlines(iter(token.children or ()))
        at = self.place(line)
        if kind == "paragraph_open":
            children = self.inside(token)
            return children if token.hidden else (self.paragraph(children, at),)
        if name := SAME_NAME.get(kind):
            return (Element(name, self.inside(token), (), at),)
        return self.seldom(token, line, at)

    def seldom(self, token: Token, line: int, at: Location) -> tuple[Node, ...]:
        """The blocks that most texts have few of."""
        match token.type:
            case "heading_open":
                return (self.heading(token, at),)
            case "ordered_list_open":
                start = ("start", str(token.attrs.get("start", 1)))
                counted = (start, ("delimiter", ")")) if token.markup == ")" else (start,)
                return (Element("ol", self.inside(token), counted, at),)
            case "th_open" | "td_open":
                align = str(token.attrs.get("style", "")).removeprefix("text-align:")
                attributes = (("align", align),) if align else ()
                return (Element(token.tag, self.inside(token), attributes, at),)
            case "fence" | "code_block":
                return (Element("pre", (Text(token.content.rstrip("\n")),), (), at),)
            case "hr":
                return (Element("hr", (), (), at),)
            case "html_block":
                self.raw_html(token.content, line)
                if re.search(r"\w", re.sub(r"<[^>]*>", "", token.content)):
                    self.unsure.add(TEXT)  # the text in it is not read
                return ()
            case "footnote_anchor":
                return ()
            case kind if kind == MINORITY_OPEN:
                return (self.minority(token, at),)
            case kind:
                raise AssertionError(kind)

    def paragraph(self, children: tuple[Node, ...], at: Location) -> Element:
        if len(children) == 1 and isinstance(children[0], Element) and children[0].tag == "img":
            return Element("figure", children, (), at)
        if self.written.startswith(":::"):  # as it is written: `\:::` is text
            message = say("this block that begins with ::: is not known")
            hint = say("a minority's remark is written `::: mindretall {{by=…}}` … `:::`")
            self.refuse("unknown-block", message, at.line - 1, hint)
        return Element("p", children, (), at)

    def heading(self, token: Token, at: Location) -> Element:
        line = token.map[0] if token.map else self.line
        self.refuse_inside(line, say("a heading can't stand inside a list, a quotation or a note"))
        children = self.inside(token)
        written = self.written
        found = ANSWER_IDS.search(written) if "{" in written else None
        if not found:
            if re.search(r"(?<!\\)\{([^{}]*\}\s*|\s*#[^{}]*)$", written):
                message = say("what stands in braces is no question's id")
                hint = say("write it as {{#id}}, or with a backslash in front if it is text")
                self.refuse("bad-id", message, at.line - 1, hint, needle="{")
            return Element(token.tag, children, (), at)
        if self.around and self.around[-1] == MINORITY_OPEN:
            message = say("an answer can't begin inside a minority's remark")
            self.refuse("misplaced", message, at.line - 1)
        ids = " ".join(re.findall(r"#([^\s#{},]+)", found[1]))
        last = children[-1]
        rest = ANSWER_IDS.sub("", last.value).rstrip() if isinstance(last, Text) else ""
        children = (*children[:-1], Text(rest)) if rest else children[:-1]
        return Element(token.tag, children, (("answers", ids),), at)

    def refuse_inside(self, line: int, message: Message) -> None:
        """Refuses a block that must stand at the left margin, or in a minority's remark."""
        if self.around and self.around[-1] != MINORITY_OPEN:
            self.refuse("misplaced", message, line)

    def minority(self, token: Token, at: Location) -> Element:
        if self.around:
            message = say("a minority's remark can't stand inside another block")
            self.refuse("misplaced", message, at.line - 1, say("begin it at the left margin"))
        found = MINORITY_BY.fullmatch(token.info.strip())
        if not found:
            message = say("a minority's remark must say whose it is")
            hint = say('write `::: mindretall {{by="…"}}` with the names of its parties or members')
            self.refuse("minority", message, at.line - 1, hint)
            return Element("aside", self.inside(token), (("by", "?"),), at)
        by = next(group for group in found.groups() if group is not None)
        if found[4]:
            message = say("the quotation marks in the braces are curly")
            hint = say("write straight ones, as in {example}", example=f'{{by="{by}"}}')
            self.faults.append(warning("unlikely", message, self.place(at.line - 1, "{"), hint))
        return Element("aside", self.inside(token), (("by", by),), at)

    def inlines(self, tokens: Iterator[Token]) -> tuple[Node, ...]:
        """What stands in a line, up to the end of what is open; runs of characters are one text."""
        found: list[Node] = []
        text = ""
        for token in tokens:
            if token.type == "text":
                text += token.content
                if "[^" in token.content:
                    self.missing_notes(token.content)
            elif token.type == "softbreak":
                self.line += 1
                text += "\n"
            elif token.type == "html_inline":
                self.raw_html(token.content, self.line)
            elif token.nesting < 0:
                break
            else:
                if text:
                    found.append(Text(text))
                    text = ""
                found.append(self.inline(token, tokens))
        if text:
            found.append(Text(text))
        return tuple(found)

    def inline(self, token: Token, tokens: Iterator[Token]) -> Node:
        match token.type:
            case "hardbreak":
                self.line += 1
                return Element("br")
            case "code_inline":
                return Element("code", (Text(token.content),))
            case "link_open":
                href = str(token.attrs.get("href", ""))
                at = self.place_of_target(href)
                attributes: tuple[tuple[str, str], ...] = (("href", href),)
                if title := str(token.attrs.get("title", "")):
                    attributes += (("title", title),)
                return Element("a", self.inlines(tokens), attributes, at)
            case "image":
                return self.image(SyntaxTreeNode([token], create_root=False))
            case "span_open":
                return self.span(token, tokens)
            case "footnote_ref":
                note, nth = str(token.meta["id"] + 1), str(token.meta["subId"])
                return Element("sup", (), (("note", note), ("nth", nth)))
            case kind:
                return Element(SAME_NAME[kind], self.inlines(tokens))

    def missing_notes(self, text: str) -> None:
        for found in re.finditer(r"\[\^([^\]\s]+)\]", text):
            line = self.lines[self.line] if self.line < len(self.lines) else ""
            as_typed = rf"(?<!\\)(?:\\\\)*{re.escape(found[0])}"
            if found[1] in self.notes or not re.search(as_typed, line):
                continue  # with a backslash anywhere in it, it is text
            message = say("there is no footnote [^{name}]", name=found[1])
            hint = say("write it below the text as `[^{name}]: …`", name=found[1])
            self.refuse("footnote", message, self.line, hint, needle=found[0])

    def image(self, node: SyntaxTreeNode) -> Element:
        source = str(node.attrs.get("src", ""))
        at = self.place_of_target(source)
        for child in node.walk():
            if child.type == "html_inline":
                self.raw_html(child.content, self.line)
        if any(child.type == "footnote_ref" for child in node.walk()):
            message = say("a footnote can't be marked in an image's alternative text")
            self.refuse("footnote", message, self.line, needle="[^")
        alternative = "".join(
            child.content if child.type in {"text", "code_inline"} else " "
            for child in node.walk(include_self=False)
            if not child.children
        )
        attributes: tuple[tuple[str, str], ...] = (("src", source), ("alt", alternative.strip()))
        if title := str(node.attrs.get("title", "")):
            attributes += (("title", title),)
        return Element("img", (), attributes, at)

    def attributes(self, token: Token) -> None:
        """Refuses braces behind brackets that say anything but a language."""
        if "]{" not in token.content or not _has_span(token.children or ()):
            return
        for found in re.finditer(r"(?<!\\)\]\{([^{}]*)\}", token.content):
            if not ONLY_LANGUAGE.fullmatch(found[1]):
                message = say("what stands in the braces would be lost: {text}", text=found[1])
                hint = say("the only thing is lang, as in [ord]{{lang=se}}")
                line = self.line + token.content.count("\n", 0, found.start())
                self.refuse("unknown-attribute", message, line, hint, needle=found[0])

    def span(self, token: Token, tokens: Iterator[Token]) -> Element:
        language = str(token.attrs.get("lang", ""))
        if language and not LANGUAGE_TAG.fullmatch(language):
            message = say('"{tag}" does not name a language', tag=language)
            hint = say("write nb, nn, en, se …, as BCP 47 has it")
            self.refuse("bad-value", message, self.line, hint, needle=language)
        return Element("span", self.inlines(tokens), (("lang", language),) if language else ())

    def raw_html(self, content: str, line: int) -> None:
        first = content.strip().split("\n")[0]
        if tag := re.fullmatch(r"<(/?)([\w-]+)[^>]*>", first):
            if tag[1] and tag[2] in self.raw:
                return  # the end of what was refused
            self.raw.add(tag[2])
        message = say("raw HTML is not used: {html}", html=first[:40])
        hint = say("write it as Markdown, or `\\<` where a less-than sign is meant")
        self.refuse("raw-html", message, line, hint, needle=first)


def _has_span(tokens: Sequence[Token]) -> bool:
    """Whether anything among tokens is marked as in a language, in an image's words too."""
    return any(each.type == "span_open" or _has_span(each.children or ()) for each in tokens)
