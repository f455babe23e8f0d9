"""What the preview says in the browser: the panel of faults, and pages of its own.

Everything is escaped here, and the browser puts it in as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from innspill.diagnostics import Diagnostic, Location, Severity
from innspill.messages import Message, catalogue, languages, printable, say
from innspill.serve.addresses import OWN

Tell = Callable[[Message], str]
"""Puts a message into the language of the environment."""

SHOWN = 20
"""How many faults the panel lists."""
WIDEST = 200
"""How much of a line is shown."""
WORD = re.compile(r"[\w-]+|\S[^\s>]*>?")
"""What is marked where a fault begins: a word, else what stands there."""


@dataclass(frozen=True, slots=True)
class PanelWords:
    """The preview's own words, in one language."""

    lang: str
    tell: Tell

    def of_page(self, lang: str) -> PanelWords:
        """The same in the language of a page, where there is a catalogue of it."""
        if lang not in languages():
            return self
        words = catalogue(lang)
        return PanelWords(lang, lambda message: message.shown(words))


def panel(
    faults: Sequence[Diagnostic], texts: Mapping[str, str], words: PanelWords, *, over_page: bool
) -> Markup:
    """A block that folds: open where something must be mended, folded where it may be.

    `over_page` tells that the last page without errors is shown below it.
    """
    if not faults:
        return Markup()
    errors = [each for each in faults if each.severity is Severity.ERROR]
    # Errors first: with them mended, the page shows what is written.
    ordered = [*errors, *(each for each in faults if each.severity is not Severity.ERROR)]
    listed = Markup("").join(_item(each, texts, words) for each in ordered[:SHOWN])
    if len(ordered) > SHOWN:
        more = say("and {n} more", n=len(ordered) - SHOWN)
        listed += Markup('<li class="more">{}</li>').format(words.tell(more))
    return Markup(
        '<details class="panel {}" lang="{}"{}><summary>{}</summary>'
        '<ol tabindex="0">{}</ol></details>'
    ).format(
        "error" if errors else "warning",
        words.lang,
        Markup(" open") if errors else "",
        words.tell(_heading(len(errors), len(faults) - len(errors), over_page)),
        listed,
    )


def _heading(errors: int, warnings: int, over_page: bool) -> Message:
    if not errors:
        return say("warnings: {warnings}", warnings=warnings)
    if not over_page:
        return say("errors: {errors} · warnings: {warnings}", errors=errors, warnings=warnings)
    return say(
        "errors: {errors} · warnings: {warnings} · the page shows what was last without errors",
        errors=errors,
        warnings=warnings,
    )


def _item(each: Diagnostic, texts: Mapping[str, str], words: PanelWords) -> Markup:
    lines = texts.get(each.at.path, "").split("\n")
    line = _marked(lines[each.at.line - 1], each.at) if each.at.line <= len(lines) else ""
    place = words.tell(say("{path}, line {line}", path=each.at.path, line=each.at.line))
    rows = [
        Markup('<p class="place">{}</p>').format(place),
        Markup('<p class="message"><b>{}:</b> {}</p>').format(
            words.tell(each.severity.word), words.tell(each.message)
        ),
    ]
    if line:
        rows.append(Markup('<pre class="line">{}</pre>').format(line))
    if each.hint:
        rows.append(Markup('<p class="hint">{}</p>').format(words.tell(each.hint)))
    return Markup('<li class="{}">{}</li>').format(each.severity.value, Markup("").join(rows))


def _marked(line: str, at: Location) -> Markup:
    """A line of a text, the word that the fault begins with marked; of a long one what is near."""
    start = max(0, min(at.column - 1 - WIDEST // 2, len(line) - WIDEST))
    shown = line[start : start + WIDEST]
    before, behind = shown[: at.column - 1 - start], shown[at.column - 1 - start :]
    found = WORD.match(behind)
    word = found[0] if found else ""
    return Markup("{}{}{}{}{}").format(
        "…" if start else "",
        printable(before.lstrip()),
        Markup("<mark>{}</mark>").format(printable(word)) if word else "",
        printable(behind[len(word) :].rstrip()),
        "…" if start + WIDEST < len(line) else "",
    )


def own_page(title: Message, inside: Markup | Message, words: PanelWords) -> bytes:
    """A page of the preview's own, where the site has none to show."""
    text = Markup("<p>{}</p>").format(words.tell(inside)) if isinstance(inside, Message) else inside
    return (
        Markup(
            '<!doctype html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="color-scheme" content="light dark">\n<title>{title}</title>\n'
            '<link rel="stylesheet" href="{own}preview.css">\n</head>\n'
            '<body class="own">\n<main>\n<h1>{title}</h1>\n{text}\n</main>\n</body>\n</html>\n'
        )
        .format(lang=words.lang, title=words.tell(title), own=OWN, text=text)
        .encode()
    )


def with_script(html: bytes, mark: str, around: str, look: str, words: PanelWords) -> bytes:
    """A page with the preview's script at its end; the site that is built never has it."""
    ended = say("The preview has ended. Start it again with `innspill serve`.")
    script = (
        Markup(
            '<script src="{}preview.js" data-page="{}" data-around="{}" data-look="{}"'
            ' data-ended="{}" data-lang="{}"></script>'
        )
        .format(OWN, mark, around, look, words.tell(ended), words.lang)
        .encode()
    )
    head, end, tail = html.rpartition(b"</body>")
    return head + script + b"\n" + end + tail if end else html + script
