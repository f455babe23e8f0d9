"""Writes the HTML of a project's prints, and what they read, for others to lay out.

`python scripts/bench/print_html.py FOLDER`, in the project, after a build: its PDFs, which the
summaries take page numbers from, come out of the store.
"""

from __future__ import annotations

import sys
from pathlib import Path

from innspill.blob import blob_of
from innspill.build import check_content, pages_of
from innspill.project import BuildOptions, Project
from innspill.render.pdf import print_pdf
from innspill.render.print_html import print_resources
from innspill.store import Store

FILES = "files"
"""The folder with what is read, each below its path behind `innspill:`."""


def main() -> None:
    """Writes `0000.html`, `0001.html` … in the order of printing."""
    target = Path(sys.argv[1])
    project = Project(Path("content"), None, Path("build"), Path(".innspill"))
    store = Store(project.store)
    checked = check_content(project, BuildOptions())
    assert checked.templates
    resources = print_resources(checked.site, checked.templates, store.remember)
    planned = pages_of(checked.plan, checked.parts, checked.site, checked.templates, store)
    texts: list[str] = []
    for job in planned.prints():
        first, *_ = job.files
        files = {**resources, first.code[0]: blob_of(first.code[1])} if first.code else resources
        pages = print_pdf(first.filled({}), files, store, first.attached).pages
        texts += (file.filled(pages) for file in job.files)
    for name, data in resources.items():
        path = target / FILES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.load())
    for number, text in enumerate(texts):
        (target / f"{number:04}.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
