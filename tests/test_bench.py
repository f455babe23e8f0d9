"""The bench measures what it says: real letters, all processes, and how the cost grows."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from sites import ROOT

BENCH = ROOT / "scripts" / "bench"
BURNING = """
import os, time
def burn():
    while time.process_time() < 0.4:
        pass
if os.fork() == 0:
    os.setsid()  # a worker's server: its parent is gone, and it is of another session
    if os.fork() == 0:
        burn()
    else:
        os.wait()
"""


def asked(code: str, folder: Path) -> Any:
    """What Python says that finds the bench's modules, whose names are no package's."""
    command = [sys.executable, "-c", f"import json, sys\n{code}"]
    done = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(BENCH)}, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def test_copies_are_the_real_letter_and_no_two_are_equal(tmp_path: Path) -> None:
    texts = asked(
        "from letters import *\n"
        "write(Path('content'), copies(Size(3, 2)))\n"
        "json.dump(dict(copies(Size(3, 2))), sys.stdout)",
        tmp_path,
    )
    letters = [text for name, text in texts.items() if "/eksempel-" in name]
    real = (ROOT / "content/oppgavefordeling-2024/alna.md").read_text(encoding="utf-8")
    bodies = [text.partition("\n---\n")[2] for text in letters]
    paragraphs = [{each.strip() for each in body.split("\n\n")} for body in bodies]
    headings = [{each for each in some if each.startswith("#")} for some in paragraphs]
    assert len(letters) == 3
    assert all(text.count("quote:") == real.count("quote:") > 50 for text in letters)
    assert paragraphs[0] & paragraphs[1] <= headings[0] | {""}
    command = [sys.executable, "-m", "innspill", "check", "--project", str(tmp_path)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr


def test_others_get_the_whole_body(tmp_path: Path) -> None:
    text, body = asked(
        "from letters import *\n"
        "json.dump((bare(copy(7, 'Et ord.')), split(copy(7, 'Et ord.'))[1]), sys.stdout)",
        tmp_path,
    )
    assert text.startswith("---\ntitle: ")
    assert text.endswith(f"---\n{body}")
    assert text.count("\n", 0, text.index(body)) == 3


def test_the_seconds_of_what_outlives_its_parent_count(tmp_path: Path) -> None:
    (tmp_path / "burning.py").write_text(BURNING, encoding="utf-8")
    spent = asked(
        "from running import *\n"
        "json.dump(run((sys.executable, 'burning.py'), Path('.')).cpu, sys.stdout)",
        tmp_path,
    )
    assert spent >= 0.4


def test_the_exponent_is_of_what_comes_on_top(tmp_path: Path) -> None:
    slopes = asked(
        "from growth import *\n"
        "def of(power):\n"
        "    return exponent({n: Run(0, 5 + 0.1 * n**power) for n in (0, 10, 20, 40)})\n"
        "noise = exponent({0: Run(0, 5), 10: Run(0, 6), 20: Run(0, 7), 40: Run(0, 5.5)})\n"
        "json.dump([of(1), of(2), noise], sys.stdout)",
        tmp_path,
    )
    assert [slope and round(slope, 6) for slope in slopes] == [1, 2, None]


def test_a_goal_that_was_not_measured_is_told_so(tmp_path: Path) -> None:
    command = [sys.executable, str(BENCH), "--tell", "--folder", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = [line for line in told.splitlines() if line.startswith("| ")]
    assert len(rows) > 20
    assert all(row.endswith("| not measured |") for row in rows[1:])
