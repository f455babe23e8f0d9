"""The HTML of prints, and the files that they read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unicodedata import category
from urllib.parse import quote

from innspill.blob import Blob, blob_of
from innspill.diagnostics import Location
from innspill.forms import FORMS
from innspill.media.published import Memo
from innspill.model import Reference, Site
from innspill.pdf.made_from import MadeFrom
from innspill.render.attachments import for_prints
from innspill.render.fonts import FACES, coverage, font_file, font_rule
from innspill.render.print_job import EVEN_COLUMNS, PrintFile
from innspill.render.qr import way_to
from innspill.render.templates import Templates
from innspill.render.views import HELPERS, View
from innspill.slots import MARK, slot

STYLESHEETS = (
    *("paper", "uttalelse", "sammendrag", "moetemappe", "endringer"),
    *(form.stylesheet for form in FORMS.values()),
)
"""Those in `templates/print/`."""
INVISIBLE = {"Cf", "Cc"}
"""Unicode's categories of what controls the text around it."""


def render_print(templates: Templates, name: str, view: View, **values: Any) -> str:
    """The text of a print's template, in the language of the view. Raises TemplateFault."""
    given = HELPERS | {"site": view.site, "view": view, **values}
    return templates.render(f"print/{name}.html", view.lang, given)


def print_file(
    path: str,
    templates: Templates,
    name: str,
    stylesheets: tuple[str, ...],
    view: View,
    made_from: MadeFrom,
    **values: Any,
) -> PrintFile:
    """The PDF at `path` that a template makes, styled by `stylesheets` in their order.

    Raises TemplateFault.
    """
    web = way_to(view.site, view.url)

    given = values | {"sheets": stylesheets, "web": web, "even_columns": slot(EVEN_COLUMNS)}
    html = drawable(render_print(templates, name, view, **given))
    code = (web.path, web.svg) if web else None
    return PrintFile(path, html, code=code, made_from=made_from)


def drawable(html: str) -> str:
    """HTML with the code in place of each character that the project's fonts lack: `[U+4E2D]`.

    Only old texts have such, since today's are refused: a font of the machine would draw it or
    not, and make other bytes on another. What is invisible is left out; slots stay.
    """
    for each in set(html) - {MARK}:
        if ord(each) not in coverage() and not each.isspace():
            told = "" if category(each) in INVISIBLE else f"[U+{ord(each):04X}]"
            html = html.replace(each, told)
    return html


def images_of(references: Iterable[Reference]) -> tuple[tuple[str, Location], ...]:
    """The images of texts, as their HTML names them, and where they stand."""
    images = {f"innspill:{quote(e.url)}": e.at for e in references if e.is_image}
    return tuple(images.items())


def print_resources(site: Site, templates: Templates, memo: Memo) -> dict[str, Blob]:
    """All that any print may read besides QR codes, by its path behind `innspill:`.

    Raises TemplateFault.
    """
    rules = "".join(font_rule(e, f"innspill:fonts/{e.printed}", "truetype") for e in FACES)
    resources = for_prints((*site.attachments, *site.print_only, *site.old_files), memo)
    resources["print/fonts.css"] = blob_of(rules.encode())
    for name in STYLESHEETS:
        resources[f"print/{name}.css"] = blob_of(templates.file(f"print/{name}.css").encode())
    for face in FACES:
        resources[f"fonts/{face.printed}"] = blob_of(font_file(face.printed))
    return resources
