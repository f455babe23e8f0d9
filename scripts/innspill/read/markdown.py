"""The Markdown dialect, set up in this one place: CommonMark 0.31 and four additions.

Tables, footnotes, `[word]{lang=se}` for a passage in another language, and
`::: mindretall {by=…}` for a minority's remark. Raw HTML is parsed, so that it can be
refused by line; links of every scheme too. Quotation marks and dashes stay as written.
"""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

MINORITY = "mindretall"
NOTED = "noted_footnotes"
"""The key in a parser's `env` under which each footnote's label and line stand, in order."""
DEEPEST = 60
"""How deep blocks and inlines may nest; beyond it markdown-it drops text in silence."""


@cache
def parser() -> MarkdownIt:
    """The parser for a file's body: one for all, since it keeps nothing of what it has parsed."""
    options = {
        "html": True,
        "typographer": False,
        "linkify": False,
        "maxNesting": DEEPEST,
        "store_labels": True,
    }
    markdown = MarkdownIt("commonmark", options).enable("table")
    markdown.use(footnote_plugin, inline=False, move_to_end=True)
    markdown.use(attrs_plugin, spans=True, after=["span_close"], allowed=["lang"])
    markdown.use(container_plugin, MINORITY, validate=_is_minority)
    markdown.block.ruler.at("footnote_def", _noted_footnote, {"alt": ["paragraph", "reference"]})
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    return markdown


def _noted_footnote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The footnote's rule, which keeps the last of two alike; both are noted in `env`."""
    found = footnote_def(state, start, end, silent)
    if found and not silent:
        label = state.src[state.bMarks[start] + state.tShift[start] :].partition("]")[0]
        state.env.setdefault(NOTED, []).append((label.removeprefix("[^"), start))
    return found


def _is_minority(info: str, _marker: str) -> bool:
    return info.partition("{")[0].strip() == MINORITY
