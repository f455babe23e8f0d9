"""What a request asks for: its path as a path of the site, and what a browser is told it is."""

from __future__ import annotations

import re
from mimetypes import MimeTypes
from pathlib import PurePosixPath
from urllib.parse import unquote_to_bytes

OWN = "/.preview/"
"""Begins the preview's own addresses. No page can have such a one: hidden files are not read."""

NEVER = re.compile(rb"%2f|%5c|%00|[\\\x00-\x1f\x7f]", re.IGNORECASE)
"""What stands in no address that the site writes."""

# The table that comes with Python, not the machine's, so that every machine says the same.
KINDS = MimeTypes(filenames=())
TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def site_path(raw: bytes) -> str | None:
    """The site's path that a request's path means, a folder's with its `index.html`.

    None where no file of the site can be meant: what climbs, hides or is encoded twice.
    """
    if not raw.startswith(b"/") or NEVER.search(raw):
        return None
    try:
        path = unquote_to_bytes(raw).decode()[1:]
    except UnicodeDecodeError:
        return None
    if path == "" or path.endswith("/"):
        path += "index.html"
    # A name that begins with a dot is hidden, or leads up.
    if any(not name or name.startswith(".") for name in path.split("/")):
        return None
    return path


def content_type(path: str) -> str:
    """The value of `Content-Type` for a file of the site."""
    ending = PurePosixPath(path).suffix.lower()
    kind = TYPES.get(ending) or KINDS.guess_type(f"file{ending}")[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
