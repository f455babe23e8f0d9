"""What every page's template is given."""

from __future__ import annotations

from typing import Any

from innspill.compose.addresses import CONTENTS
from innspill.render.answers import HELPERS as ANSWERS
from innspill.render.headings import HELPERS as OUTLINES
from innspill.render.proposals import HELPERS as PROPOSALS
from innspill.render.views import HELPERS, View

SHARED_PICTURE = "assets/share.png"
"""What is shown of the site where a link to it is shared; only of one with an address."""
FIRST = "theme.js"
"""The script that runs before anything is drawn."""
SCRIPTS: tuple[str, ...] = ("site.js", "search.js")
"""The scripts that every page loads, in order: `templates/assets/`. None is needed to read."""
WHEN_USED = ("answers.js", "find.js", "proposals.js")
"""The scripts that those load when first needed, and that one kind of page loads itself."""


def page_values(view: View, *, with_pdf: bool, has_feed: bool) -> dict[str, Any]:
    """The values that every page's template may use; `with_pdf` tells whether there are PDFs."""
    own = {
        "site": view.site,
        "view": view,
        "has_feed": has_feed,
        "scripts": SCRIPTS,
        "contents_url": CONTENTS,
        "SHARED_PICTURE": SHARED_PICTURE,
        "ways_back": {},
        "with_pdf": with_pdf,
    }
    return HELPERS | ANSWERS | OUTLINES | PROPOSALS | own
