"""The least that pages can cost in Python: YAML, markdown-it-py and one template, on all cores.

Run in a folder with `content/`; it makes `public/`.
"""

from __future__ import annotations

import os
from multiprocessing import get_context
from pathlib import Path

import jinja2
import yaml
from markdown_it import MarkdownIt

PARSER = MarkdownIt("commonmark").enable("table")
PAGE = jinja2.Environment(autoescape=True).from_string(
    "<!doctype html><title>{{ title }}</title><h1>{{ title }}</h1>{{ text | safe }}"
)
CHUNK = 20
"""Files that a process takes at a time."""


def make(path: Path) -> None:
    """One page."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    title = yaml.load(front, yaml.CSafeLoader)["title"]
    target = Path("public", path.relative_to("content").with_suffix(".html"))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(PAGE.render(title=title, text=PARSER.render(body)), encoding="utf-8")


def main() -> None:
    """All pages."""
    paths = list(Path("content").rglob("*.md"))
    cores = min(len(os.sched_getaffinity(0)), -(-len(paths) // CHUNK))
    if cores == 1:
        for path in paths:
            make(path)
        return
    with get_context("fork").Pool(cores) as pool:
        pool.map(make, paths, CHUNK)


if __name__ == "__main__":
    main()
