"""A PDF of each statement by Pandoc and Typst, with contents; run by the Python that has both.

`python scripts/bench/typst_loop.py CONTENT FOLDER`: Pandoc is started for each, Typst is not.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pypandoc
import typst


def main() -> None:
    """Makes all, one after another."""
    content, folder = map(Path, sys.argv[1:])
    pandoc = (pypandoc.get_pandoc_path(), "--standalone", "--toc", "--metadata", "lang=nb")
    for number, path in enumerate(sorted(content.rglob("eksempel-*.md"))):
        # Numbers of paragraphs are innspill's own: Typst takes no link to what it does not have.
        text = path.read_text(encoding="utf-8").replace("](#p1-1)", "](#q-1)")
        source = folder / f"{number:04}.typ"
        command = (*pandoc, "--from", "markdown", "--to", "typst", "--output", str(source))
        subprocess.run(command, input=text, text=True, check=True)
        typst.compile(str(source), output=str(source.with_suffix(".pdf")))


if __name__ == "__main__":
    main()
