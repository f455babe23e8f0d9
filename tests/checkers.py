"""What pages are held against: axe-core, the Nu HTML checker, and a browser that came to rest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

MODULES = Path(sys.prefix) / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def nu(files: Iterable[Path], *options: str) -> list[str]:
    """What the Nu HTML checker has to say of files: each with its place, errors and warnings."""
    ran = subprocess.run(
        [
            "java",
            "-jar",
            NU,
            "--format",
            "json",
            "--stdout",
            "--exit-zero-always",
            *options,
            *files,
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    return [
        f"{each['url']}:{each.get('lastLine', 0)}: {each['message']}"
        for each in json.loads(ran.stdout)["messages"]
    ]


def settled(page: Page) -> None:
    """Waits until a page has its fonts and its scripts have nothing left to do.

    Not for a silent network: Chromium does not always tell the end of what it reads from a disk.
    """
    page.evaluate("document.fonts.ready.then(() => new Promise(requestIdleCallback)).then(() => 0)")
    page.wait_for_timeout(200)
