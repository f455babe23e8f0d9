"""A warm loop of plain WeasyPrint, with tags, over the HTML that `print_html.py` has written.

`python scripts/bench/plain_loop.py FOLDER` writes a JSON array: for each file its seconds on the
clock and of the processor. One file is laid out before, and not counted.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.urls import URLFetcher, URLFetcherResponse

from innspill.render.pdf import OPTIONS, SCHEME

TYPES = {".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}


class Fetcher(URLFetcher):
    """Reads from a folder."""

    def __init__(self, folder: Path) -> None:
        """Takes the folder."""
        super().__init__(allowed_protocols=())
        self.folder = folder

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """The file behind an address."""
        path = self.folder / url.removeprefix(SCHEME)
        kind = TYPES.get(path.suffix, "application/octet-stream")
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


def main() -> None:
    """Lays all out, one after another."""
    folder = Path(sys.argv[1])
    fetcher = Fetcher(folder / "files")

    def lay_out(path: Path) -> None:
        html = weasyprint.HTML(
            string=path.read_text(encoding="utf-8"), base_url=SCHEME, url_fetcher=fetcher
        )
        html.write_pdf(path.with_suffix(".pdf"), pdf_tags=True, **OPTIONS)

    paths = sorted(folder.glob("*.html"))
    lay_out(paths[0])
    taken = []
    for path in paths:
        wall, cpu = time.perf_counter(), time.process_time()
        lay_out(path)
        taken.append((time.perf_counter() - wall, time.process_time() - cpu))
    sys.stdout.write(json.dumps(taken))


if __name__ == "__main__":
    main()
