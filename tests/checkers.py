"""What pages are held against: axe-core, the Nu HTML checker, and a browser that came to rest."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss2m")
"""For programs that run for seconds: the whole of Java's compiler costs more than it gains."""
MODULES = Path(sys.prefix) / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"

RUN = """([within, rules]) => axe.run(within ? document.querySelector(within) : document, {
  resultTypes: ["violations", "incomplete"], runOnly: rules})"""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that ask for colours."""
PLAIN = {"color_scheme": "light", "forced_colors": "none", "contrast": "no-preference"}
LOOKS: dict[str, dict[str, Any]] = {
    "light": PLAIN,
    "dark": PLAIN | {"color_scheme": "dark"},
    "forced": PLAIN | {"forced_colors": "active"},
    "contrast": PLAIN | {"contrast": "more"},
}
WIDTHS = (320, 768, 1280)
LOOKED_AT = {
    # It does not count a row group's heading (`scope="rowgroup"`), which the proposals'
    # directions are: each has the rows of its own `tbody`, as HTML has it (4.9.10).
    ("th-has-data-cells", ""),
    # The matrix where it is wider than the window: cells that scrolled out of sight. Their
    # colours are those of the cells in sight, and of the same cells in a wider window.
    ("color-contrast", "elmPartiallyObscured"),
    # Text of one character: a question's number, an arrow. Its colour is that of a link.
    ("color-contrast", "shortTextContent"),
    ("color-contrast", "nonBmp"),
}
"""What axe-core leaves to a human, and why, and what a human found."""


def nu(files: Iterable[Path], *options: str) -> list[str]:
    """What the Nu HTML checker has to say of files: each with its place, errors and warnings."""
    ran = subprocess.run(
        [
            *JAVA,
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


def empty(tab: Page) -> None:
    """Leaves in a tab nothing of what was opened, chosen or remembered there."""
    if tab.url.startswith(("file:", "http:")):
        tab.evaluate("localStorage.clear()")
    tab.goto("about:blank")
    tab.set_viewport_size({"width": 1280, "height": 720})
    tab.emulate_media(
        media="null",
        color_scheme="light",
        reduced_motion="no-preference",
        forced_colors="none",
        contrast="no-preference",
    )


def has_own_font(page: Page) -> bool:
    """Whether a part of the project's font has come. `fonts.check` asks for all its parts."""
    loaded = "[...document.fonts].filter(each => each.status == 'loaded').map(each => each.family)"
    return any("Hanken Grotesk" in family for family in page.evaluate(loaded))


def settled(page: Page) -> None:
    """Waits until a page has its fonts and its scripts have nothing left to do.

    Not for a silent network: Chromium does not always tell the end of what it reads from a disk.
    """
    page.evaluate("document.fonts.ready.then(() => new Promise(requestIdleCallback)).then(() => 0)")
    page.wait_for_timeout(200)


def wrong(page: Page, within: str = "", rules: Sequence[str] = RULES) -> dict[str, list[str]]:
    """What axe-core finds, and what it can't decide: rules, each with its places.

    `within` is a selector, where only a part of the page is asked about.
    """
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(path=AXE)
    found = page.evaluate(RUN, [within, rules])
    return {
        f"{kind} {rule['id']}": places
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        if (
            places := [
                _place(node)
                for node in rule["nodes"]
                if kind == "violations" or not _looked_at(rule, node)
            ]
        )
    }


def wrong_in_any_look(tab: Page, url: str) -> dict[str, dict[str, list[str]]]:
    """What is wrong with a page, by look and width, and whether it must be scrolled sideways.

    The looks differ in colours and lines (`@media` in `templates/assets/css`): the first is held
    to all rules at each width, the others to those of colours.
    """
    found = {}
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(url)
    for width, (look, media) in product(WIDTHS, LOOKS.items()):
        tab.set_viewport_size({"width": width, "height": 900})
        tab.emulate_media(**media)
        here = wrong(tab, rules=RULES if media == PLAIN else COLOURS)
        if not tab.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            here["wider than the window"] = []
        if here:
            found[f"{look} {width}"] = here
    return found


def _looked_at(rule: dict[str, Any], node: dict[str, Any]) -> bool:
    data = next((each["data"] for each in node["any"]), None) or {}
    return (rule["id"], data.get("messageKey", "")) in LOOKED_AT


def _place(node: dict[str, Any]) -> str:
    return f"{node['target']} {node['any']}"[:600]
