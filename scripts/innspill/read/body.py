"""Markdown's tokens into the tree, and what the dialect does not allow, by line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markdown_it.tree import SyntaxTreeNode

from innspill.diagnostics import Diagnostic, Location, error, warning
from innspill.messages import Message, say
from innspill.read.markdown import MINORITY, parser
from innspill.read.silent import find_silent, too_deep
from innspill.read.tree import Body, Element, Text
from innspill.read.unlikely import find_unlikely

SAME_NAME = {
    "paragraph": "p",
    "bullet_list": "ul",
    "list_item": "li",
    "blockquote": "blockquote",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "em": "em",
    "strong": "strong",
}
ANSWER_IDS = re.compile(r"((?:(?<!\\)\{(?:[\s,]*#[^\s#{},\\]+)+\s*\}\s*)+)$")
MINORITY_BY = re.compile(
    MINORITY + r"""\s*\{\s*by=(?:"([^"]*\w[^"]*)"|'([^']*\w[^']*)'|([^\s}"']+))\s*\}"""
)
ONLY_LANGUAGE = re.compile(r"""\s*lang=("[^"]*"|'[^']*'|[^\s"'}]+)\s*""")

LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
"""The form of a language tag (BCP 47, RFC 5646, 2.1), private use left out."""

Node = Text | Element


def parse_body(text: str, path: str, first_line: int) -> tuple[Body, list[Diagnostic]]:
    """The body's blocks and footnotes; `first_line` is the body's first line in the file."""
    environment: dict[str, Any] = {}
    # Blank lines in front make the tokens' lines the file's own.
    whole = "\n" * (first_line - 1) + text
    tokens = parser().parse(whole, environment)
    builder = _Builder(whole.split("\n"), path, environment)
    if (line := too_deep(tokens)) is not None:
        message = say("the text is nested too deep; what stands deepest would be lost")
        builder.refuse("nesting", message, line)
        return Body(), builder.faults
    blocks: list[Element] = []
    notes: list[Element] = []
    for node in SyntaxTreeNode(tokens).children:
        if node.type == "footnote_block":
            notes = [Element("li", builder.blocks(note)) for note in node.children]
        else:
            blocks += [each for each in builder.block(node) if isinstance(each, Element)]
    for code, line, message, hint in find_silent(tokens, environment, builder.lines):
        builder.refuse(code, message, line, hint)
    for code, line, message, hint in find_unlikely(tokens, builder.lines):
        builder.faults.append(warning(code, message, builder.place(line), hint))
    return Body(tuple(blocks), tuple(notes)), builder.faults


class _Builder:
    def __init__(self, lines: list[str], path: str, environment: Mapping[str, Any]) -> None:
        self.lines, self.path = lines, path
        self.notes = {
            label.removeprefix(":") for label in environment.get("footnotes", {}).get("refs", {})
        }
        self.faults: list[Diagnostic] = []
        self.line = 0
        """The line, from 0, that inline content has come to."""

    def place(self, line: int, needle: str = "") -> Location:
        """The place of `needle` on a line, else of the line's first character."""
        text = self.lines[line] if line < len(self.lines) else ""
        column = text.find(needle) if needle else -1
        if column < 0:
            column = len(text) - len(text.lstrip())
        elif needle.startswith("]("):
            column += 2
        return Location(self.path, line + 1, column + 1)

    def refuse(
        self, code: str, what: Message, line: int, hint: Message | None = None, needle: str = ""
    ) -> None:
        self.faults.append(error(code, what, self.place(line, needle), hint))

    def blocks(self, node: SyntaxTreeNode) -> tuple[Node, ...]:
        return tuple(each for child in node.children for each in self.block(child))

    def block(self, node: SyntaxTreeNode) -> tuple[Node, ...]:
        line = node.map[0] if node.map else self.line
        at = self.place(line)
        match node.type:
            case "inline":
                self.line = line
                self.attributes(node)
                return self.inlines(node)
            case "paragraph" if node.hidden:
                return self.blocks(node)
            case "paragraph":
                return (self.paragraph(node, at),)
            case "heading":
                return (self.heading(node, at),)
            case "ordered_list":
                start = str(node.attrs.get("start", 1))
                return (Element("ol", self.blocks(node), (("start", start),), at),)
            case "th" | "td":
                align = str(node.attrs.get("style", "")).removeprefix("text-align:")
                attributes = (("align", align),) if align else ()
                return (Element(node.type, self.blocks(node), attributes, at),)
            case "fence" | "code_block":
                return (Element("pre", (Text(node.content.rstrip("\n")),), (), at),)
            case "hr":
                return (Element("hr", (), (), at),)
            case "html_block":
                self.raw_html(node.content, line)
                return ()
            case "footnote_anchor":
                return ()
            case kind if kind == f"container_{MINORITY}":
                return (self.minority(node, at),)
            case kind:
                return (Element(SAME_NAME[kind], self.blocks(node), (), at),)

    def paragraph(self, node: SyntaxTreeNode, at: Location) -> Element:
        children = self.blocks(node)
        if len(children) == 1 and isinstance(children[0], Element) and children[0].tag == "img":
            return Element("figure", children, (), at)
        if children and isinstance(children[0], Text) and children[0].value.startswith(":::"):
            message = say("this block that begins with ::: is not known")
            hint = say("a minority's remark is written `::: mindretall {{by=…}}` … `:::`")
            self.refuse("unknown-block", message, at.line - 1, hint)
        return Element("p", children, (), at)

    def heading(self, node: SyntaxTreeNode, at: Location) -> Element:
        self.refuse_inside(node, say("a heading can't stand inside a list, a quotation or a note"))
        children = self.blocks(node)
        written = node.children[0].content if node.children else ""
        found = ANSWER_IDS.search(written)
        if not found:
            if re.search(r"(?<!\\)\{[^{}]*\}\s*$", written):
                message = say("what stands in braces is no question's id")
                hint = say("write it as {{#id}}, or with a backslash in front if it is text")
                self.refuse("bad-id", message, at.line - 1, hint, needle="{")
            return Element(node.tag, children, (), at)
        if node.parent and node.parent.type == f"container_{MINORITY}":
            message = say("an answer can't begin inside a minority's remark")
            self.refuse("misplaced", message, at.line - 1)
        ids = " ".join(re.findall(r"#([^\s#{},]+)", found[1]))
        last = children[-1]
        rest = ANSWER_IDS.sub("", last.value).rstrip() if isinstance(last, Text) else ""
        children = (*children[:-1], Text(rest)) if rest else children[:-1]
        return Element(node.tag, children, (("answers", ids),), at)

    def refuse_inside(self, node: SyntaxTreeNode, message: Message) -> None:
        """Refuses a block that must stand at the left margin, or in a minority's remark."""
        parent = node.parent
        if parent and not parent.is_root and parent.type != f"container_{MINORITY}":
            line = node.map[0] if node.map else self.line
            self.refuse("misplaced", message, line)

    def minority(self, node: SyntaxTreeNode, at: Location) -> Element:
        if node.parent is None or not node.parent.is_root:
            message = say("a minority's remark can't stand inside another block")
            self.refuse("misplaced", message, at.line - 1, say("begin it at the left margin"))
        found = MINORITY_BY.fullmatch(node.info.strip())
        if not found:
            message = say("a minority's remark must say whose it is")
            hint = say('write `::: mindretall {{by="…"}}` with the names of its parties or members')
            self.refuse("minority", message, at.line - 1, hint)
            return Element("aside", self.blocks(node), (("by", "?"),), at)
        by = next(group for group in found.groups() if group is not None)
        return Element("aside", self.blocks(node), (("by", by),), at)

    def inlines(self, node: SyntaxTreeNode) -> tuple[Node, ...]:
        merged: list[Node] = []
        for each in (item for child in node.children for item in self.inline(child)):
            if merged and isinstance(each, Text) and isinstance(merged[-1], Text):
                merged[-1] = Text(merged[-1].value + each.value)
            elif each != Text(""):
                merged.append(each)
        return tuple(merged)

    def inline(self, node: SyntaxTreeNode) -> tuple[Node, ...]:
        match node.type:
            case "text":
                self.missing_notes(node.content)
                return (Text(node.content),)
            case "softbreak":
                self.line += 1
                return (Text("\n"),)
            case "hardbreak":
                self.line += 1
                return (Element("br"),)
            case "code_inline":
                return (Element("code", (Text(node.content),)),)
            case "link":
                href = str(node.attrs.get("href", ""))
                at = self.place(self.line, f"]({href}")
                attributes: tuple[tuple[str, str], ...] = (("href", href),)
                if title := str(node.attrs.get("title", "")):
                    attributes += (("title", title),)
                return (Element("a", self.inlines(node), attributes, at),)
            case "image":
                return (self.image(node),)
            case "span":
                return (self.span(node),)
            case "footnote_ref":
                attributes = (("note", str(node.meta["id"] + 1)), ("nth", str(node.meta["subId"])))
                return (Element("sup", (), attributes),)
            case "html_inline":
                self.raw_html(node.content, self.line)
                return ()
            case kind:
                return (Element(SAME_NAME[kind], self.inlines(node)),)

    def missing_notes(self, text: str) -> None:
        for found in re.finditer(r"\[\^([^\]\s]+)\]", text):
            line = self.lines[self.line] if self.line < len(self.lines) else ""
            if found[1] in self.notes or f"\\[^{found[1]}" in line:
                continue
            message = say("there is no footnote [^{name}]", name=found[1])
            hint = say("write it below the text as `[^{name}]: …`", name=found[1])
            self.refuse("footnote", message, self.line, hint, needle=found[0])

    def image(self, node: SyntaxTreeNode) -> Element:
        source = str(node.attrs.get("src", ""))
        at = self.place(self.line, f"]({source}")
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

    def attributes(self, node: SyntaxTreeNode) -> None:
        """Refuses braces behind brackets that say anything but a language."""
        if not any(child.type == "span" for child in node.walk()):
            return
        for found in re.finditer(r"(?<!\\)\]\{([^{}]*)\}", node.content):
            if not ONLY_LANGUAGE.fullmatch(found[1]):
                message = say("what stands in the braces would be lost: {text}", text=found[1])
                hint = say("the only thing is lang, as in [ord]{{lang=se}}")
                line = self.line + node.content.count("\n", 0, found.start())
                self.refuse("unknown-attribute", message, line, hint, needle=found[0])

    def span(self, node: SyntaxTreeNode) -> Element:
        language = str(node.attrs.get("lang", ""))
        if language and not LANGUAGE_TAG.fullmatch(language):
            message = say('"{tag}" does not name a language', tag=language)
            hint = say("write nb, nn, en, se …, as BCP 47 has it")
            self.refuse("bad-value", message, self.line, hint, needle=language)
        return Element("span", self.inlines(node), (("lang", language),) if language else ())

    def raw_html(self, content: str, line: int) -> None:
        first = content.strip().split("\n")[0]
        message = say("raw HTML is not used: {html}", html=first[:40])
        hint = say("write it as Markdown, or `\\<` where a less-than sign is meant")
        self.refuse("raw-html", message, line, hint, needle=first)
