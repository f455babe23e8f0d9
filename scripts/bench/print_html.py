"""Writes the HTML of a project's prints, and what they read, for others to lay out.

`python scripts/bench/print_html.py FOLDER`, in the project, after a build: its PDFs, which the
summaries take page numbers from, come out of the store.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from innspill.blob import Blob
from innspill.build import check_content
from innspill.pdf.attached import Attached
from innspill.project import Project
from innspill.render.pdf import Printed, print_pdf
from innspill.render.press import Press, print_resources
from innspill.render.prints import plan_prints
from innspill.render.templates import Templates
from innspill.store import Store

FILES = "files"
"""The folder with what is read, each below its path behind `innspill:`."""


def main() -> None:
    """Writes `0000.html`, `0001.html` … in the order of printing."""
    target = Path(sys.argv[1])
    project = Project(Path("content"), None, Path("build"), Path(".innspill"))
    store = Store(project.store)
    site = check_content(project, strict=False).site
    templates = Templates(None)
    resources = print_resources(site, templates, store.remember)
    texts: list[str] = []

    def keep(
        html: str, resources: Mapping[str, Blob], *, attached: tuple[Attached, ...] = ()
    ) -> Printed:
        texts.append(html)
        return print_pdf(html, resources, store, attached)

    for job in plan_prints(Press(site, templates, lambda: resources, keep, store.remember)):
        job.make()
    for name, data in resources.items():
        path = target / FILES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.load())
    for number, text in enumerate(texts):
        (target / f"{number:04}.html").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
