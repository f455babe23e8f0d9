"""The Norwegian manual is a site like any other: it builds, and nothing in it is odd."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from sites import ROOT, innspill
from test_readme import COMMANDS

MANUAL = ROOT / "scripts" / "manual" / "content"


@pytest.mark.usefixtures("own_store")
def test_the_manual_builds_without_a_warning(tmp_path: Path) -> None:
    shutil.copytree(MANUAL, tmp_path / "content")
    assert innspill("check", "--strict", cwd=tmp_path).stderr == ""
    innspill("build", "--strict", "--no-pdf", cwd=tmp_path)
    assert (tmp_path / "build/kom-i-gang/index.html").is_file()


def test_the_manual_shows_every_command() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in MANUAL.glob("*.md"))
    shown = set(re.findall(r"innspill ([a-z]+)", text))
    assert set(COMMANDS) - {"clean"} <= shown
