"""The pages' one stylesheet: the fonts, the templates' parts, and what the site itself asks for."""

from __future__ import annotations

import json
import re

from innspill.messages import catalogue
from innspill.model import Card, Site
from innspill.render.fonts import FACES, basic_rule, font_rule
from innspill.render.passages import marks_of_split_passages
from innspill.render.templates import Templates

SHEETS = (
    "fallback",
    "tokens",
    "page",
    "consultation",
    "grid",
    "proposals",
    "statement",
    "redline",
    "files",
    "reading",
    "search",
    "modes",
    "print",
)
"""The parts of the pages' one stylesheet, in order: `templates/assets/css/`."""
COMMENT = re.compile(r"^\s*/\*(?:(?!\*/).)*\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
"""A comment on lines of its own: a seventh of what a reader would have to load."""


def stylesheet(site: Site, templates: Templates) -> bytes:
    """The stylesheet's bytes, without comments. Raises TemplateFault."""
    rules = "".join(
        [font_rule(face, f"fonts/{face.whole}", "woff2") for face in FACES]
        + [
            basic_rule(face, f"fonts/{face.basic}", "woff2")
            for face in FACES
            if not face.is_fallback
        ]
    )
    parts = (templates.file(f"assets/css/{name}.css") for name in SHEETS)
    split = {name for card in site.statements for name in card.split}
    own = (marks_of_split_passages(split), draft_sheets(site))
    return COMMENT.sub("", "\n".join((rules, *parts, *own))).encode()


def draft_sheets(site: Site) -> str:
    """The rules by which each sheet of a printed draft says so.

    On a question's page a draft's answer begins on a sheet of its own, so that no other answer
    is marked. A margin box can take no text from the page (css-gcpm's `string()` is in no
    browser), so each language has its rule.
    """
    drafts = {
        lang
        for case in site.consultations
        for card in case.statements
        for each in _drafts_of(card)
        for lang in (each, case.lang)
    }
    rules = "".join(_draft_sheet(lang) for lang in sorted(drafts))
    return f"@media print {{\n{rules}}}\n" if rules else ""


def _drafts_of(card: Card) -> list[str]:
    """The languages of a statement and its versions, as far as they are drafts."""
    versions = [each.lang for each in card.versions if each.is_draft]
    return [card.lang, *versions] if card.is_draft else versions


def _draft_sheet(lang: str) -> str:
    word = json.dumps(catalogue(lang).gettext("Draft").upper(), ensure_ascii=False)
    return (
        f"  @page draft-{lang} {{\n"
        f'    @top-right {{ content: {word}; font: 700 9pt "Hanken Grotesk", sans-serif; }}\n'
        "  }\n"
        f"  .draft-sheet:lang({lang}) {{ page: draft-{lang}; }}\n"
    )
