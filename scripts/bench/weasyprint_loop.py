"""A warm loop of plain WeasyPrint, with tags, over the HTML that a build lays out.

Run in a project: it builds in this process, with an empty store, and keeps the HTML and the files
that WeasyPrint is given; then it lays all out again, one after another, and writes a JSON array:
the seconds on the clock, of the processor, and how many there were.
"""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from innspill.cli import main as innspill

OPTIONS = {"pdf_version": "1.7", "pdf_tags": True, "full_fonts": True}
RECORDED: list[dict[str, Any]] = []
"""What WeasyPrint was given: each text, and the address that its links begin with."""
FILES: dict[str, tuple[bytes, dict[str, str]]] = {}
"""By address: the bytes and headers of what was read."""
HTML: Any = weasyprint.HTML


class Recorded(HTML):  # type: ignore[misc]  # WeasyPrint is untyped
    """Keeps what a build lays out."""

    def __init__(self, **options: Any) -> None:
        """Takes what the build gives."""
        RECORDED.append(options)
        super().__init__(**options)


class Recording(URLFetcherResponse):  # type: ignore[misc]
    """Keeps what a build's files hold."""

    def __init__(self, url: str, body: bytes, headers: dict[str, str]) -> None:
        """Takes what the build gives."""
        FILES[url] = (body, headers)
        super().__init__(url, body, headers)


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives what was kept."""

    def __init__(self) -> None:
        """Nothing is read from elsewhere."""
        super().__init__(allowed_protocols=())

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The file behind an address."""
        return URLFetcherResponse(url, *FILES[url])


def record() -> None:
    """Builds, and keeps what WeasyPrint is given."""
    weasyprint.HTML, weasyprint.urls.URLFetcherResponse = Recorded, Recording
    with tempfile.TemporaryDirectory() as folder:
        aside = ("--store", str(Path(folder, "store")), "--output", str(Path(folder, "out")))
        sys.argv = ["innspill", "build", "--quiet", "--jobs", "1", "--drafts", *aside]
        with contextlib.suppress(SystemExit):
            innspill()
    weasyprint.HTML, weasyprint.urls.URLFetcherResponse = HTML, URLFetcherResponse


def main() -> None:
    """Lays all out, the first once more before the clock runs."""
    record()
    fetcher = Fetcher()

    def lay_out(options: dict[str, Any]) -> None:
        HTML(**options | {"url_fetcher": fetcher}).write_pdf(**OPTIONS)

    lay_out(RECORDED[0])
    wall, cpu = time.perf_counter(), time.process_time()
    for each in RECORDED:
        lay_out(each)
    taken = (time.perf_counter() - wall, time.process_time() - cpu, len(RECORDED))
    sys.stdout.write(json.dumps(taken))


if __name__ == "__main__":
    main()
