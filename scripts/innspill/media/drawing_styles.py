"""Styles in a drawing: properties in attributes and style sheets, those that are published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from innspill.media.drawing_values import FONT, NEUTRAL, OWN, PLACE, STYLES
from innspill.media.shapes import FlawKind, Shape, Sketch, short
from innspill.messages import say

COMPOUND = r"(?:\*|[A-Za-z][\w-]*|[.#][A-Za-z_][\w-]*)(?:[.#][A-Za-z_][\w-]*)*"
SELECTOR = rf"{COMPOUND}(?:(?:\s+|\s*>\s*){COMPOUND})?"
RULE = re.compile(rf"\s*({SELECTOR}(?:\s*,\s*{SELECTOR})*)\s*\{{([^{{}}]*)\}}\s*")
"""A rule of a style sheet, of the kinds that both browsers and WeasyPrint follow."""
OWN_FONTS = {FONT.casefold(), "sans-serif", ""}
"""Names of fonts that ask for nothing else than what is given."""
MOST_RULES = 300
"""Each is held against each element."""
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def set_style(sketch: Sketch, shape: Shape, text: str, line: int) -> None:
    """Takes over an element's `style`."""
    for name, value in _declared(sketch, COMMENT.sub(" ", text), line):
        set_property(sketch, shape, name, value, line)


def set_property(sketch: Sketch, shape: Shape, name: str, value: str, line: int) -> None:
    """Takes over a property of an element, if it is one that is published."""
    is_own = OWN[shape.tag].get(name) if name in NEUTRAL else None
    if is_own and is_own(value):  # a marker alone has an `overflow` that changes what is drawn
        shape.attributes[name] = value
    elif _is_published(sketch, name, value, line):
        shape.attributes[name] = _written(sketch, name, value, line)
        if place := PLACE.fullmatch(value):
            sketch.used.append((shape, name, place["id"]))


def write_sheet(sketch: Sketch, css: str, line: int) -> str:
    """A style sheet's rules, written anew; `line` is where it begins."""
    # Comments keep their line breaks, so that lines are those of the file.
    css = COMMENT.sub(lambda each: "\n" * each[0].count("\n") or " ", css)
    rules, at = list[str](), len(css) - len(css.lstrip())
    while len(rules) < MOST_RULES and (rule := RULE.match(css, at)):
        here = line + css.count("\n", 0, rule.start(1))
        said = list(_of_rule(sketch, rule[2], here))
        selector = re.sub(r"\s*([>,])\s*", r"\1", " ".join(rule[1].split()))
        rules += [f"{selector}{{{';'.join(said)}}}"] if said else []
        at = rule.end()
    if rest := css[at:].strip():
        here = line + css.count("\n", 0, at)
        message = say("its style sheet says “{text}”", text=short(rest))
        sketch.flaw(message, here, FlawKind.UNLIKE)
    return "".join(rules)


def _of_rule(sketch: Sketch, text: str, line: int) -> Iterator[str]:
    for name, value in _declared(sketch, text, line):
        if _is_published(sketch, name, value, line):
            yield f"{name}:{_written(sketch, name, value, line)}"
            if (name, value) == ("clip-rule", "evenodd"):
                sketch.clip_rules.append(line)
            if place := PLACE.fullmatch(value):
                sketch.styled.append((line, place["id"]))


def _declared(sketch: Sketch, text: str, line: int) -> Iterator[tuple[str, str]]:
    """What a style says, property by property."""
    for each in text.split(";"):
        name, colon, value = each.partition(":")
        value = re.sub(r"\s*!\s*important$", "", value.strip(), flags=re.IGNORECASE)
        if not each.strip():
            continue
        if not colon or re.search(r"[\\{}@<>]", value):
            sketch.otherwise("style", each, line)
        elif "script:" in value.lower():
            sketch.elsewhere(value, line)
        else:
            yield name.strip().lower(), " ".join(value.split())


def _written(sketch: Sketch, name: str, value: str, line: int) -> str:
    """A property's value as it is published: all text is in one font."""
    if name != "font-family" or value == "inherit":
        return value
    first = value.split(",", maxsplit=1)[0].strip(" '\"")
    if first.casefold() not in OWN_FONTS:
        sketch.fonts.setdefault(first, line)
    return FONT


def _is_published(sketch: Sketch, name: str, value: str, line: int) -> bool:
    """Whether a property is published; where it is neither that nor idle, it is a flaw."""
    allowed, idle = STYLES.get(name), NEUTRAL.get(name)
    if allowed and (value == "inherit" or allowed(value)):
        return True
    if "url" in value.lower() and not PLACE.search(value):
        sketch.elsewhere(value, line)
    elif not (name.startswith("-") or (idle and idle(value))):
        sketch.otherwise(name, value, line)
    return False
