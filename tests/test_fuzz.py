"""The fuzzing script: it sees what it looks for, and finds nothing in ten seconds."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest
from sites import ROOT

SCRIPT = ROOT / "scripts" / "fuzz"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script as a module; it has no suffix, since it is run by its name."""
    spec = spec_from_loader("fuzz", SourceFileLoader("fuzz", str(SCRIPT)))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        '<script src="https://example.org/x.js"></script>',
        "<p onclick=x()>",
        '<a href=" java\nscript:x()">',
        '<img src="//example.org/x.png">',
        '<img src="data:image/png;base64,AA">',
        '<link rel="stylesheet" href="https://example.org/x.css">',
        '<iframe src="x.html"></iframe>',
        '<p style="color: red">',
        "<svg><foreignObject></foreignObject></svg>",
    ],
)
def test_what_is_active_is_seen(script: ModuleType, page: str) -> None:
    assert script.active_in(page)


def test_the_programs_own_is_not_active(script: ModuleType) -> None:
    page = '<script src="../assets/site.js" defer></script><a href="https://example.org/">x</a>'
    assert not script.active_in(page)


def fails(folder: Path, store: object) -> None:
    raise ValueError("a traceback")


def takes_for_ever(folder: Path, store: object) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        pass


def takes_memory(folder: Path, store: object) -> None:
    assert len(bytes(range(256)) * 2_400_000)


@pytest.mark.parametrize(
    ("action", "seconds", "told"),
    [(fails, 60, "a traceback"), (takes_for_ever, 1, "SIGXCPU"), (takes_memory, 60, "MB")],
)
def test_what_goes_wrong_is_told(
    script: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    action: Callable[[Path, object], None],
    seconds: int,
    told: str,
) -> None:
    monkeypatch.setattr(script, "try_site", action)
    monkeypatch.setattr(script, "CPU_SECONDS", seconds)
    # The child begins with all that the tests before it have mapped.
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    mapped = pages * resource.getpagesize()
    monkeypatch.setattr(script, "HARD_LIMIT", script.HARD_LIMIT + mapped)
    process = os.fork()
    if not process:
        script._child(tmp_path, {"index.md": b""}, None)
    _, status, usage = os.wait4(process, 0)
    assert told in script._judge(status, usage, tmp_path)


def test_ten_seconds_find_nothing(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, SCRIPT, "--seconds", "10", "--jobs", "1", "--keep", tmp_path],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert int(ran.stdout.split()[0]) > 10
