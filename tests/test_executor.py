"""One function over many values: in this process, or in several, with the same to show for it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from executor_child import die, double, fail, process, surroundings
from processes import until
from sites import ROOT

from innspill.executor import AHEAD, Executor
from innspill.failure import MachineFault

PACKAGE = ROOT / "scripts" / "innspill"


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_order(jobs: int) -> None:
    with Executor(jobs) as executor:
        assert list(executor.map(double, range(20), str)) == [each * 2 for each in range(20)]
        assert list(executor.map(fail, range(3), str)) == [0, 1, 2]
        assert list(executor.map(double, (), str)) == []


def test_one_value_starts_no_process() -> None:
    with Executor(2) as executor:
        assert list(executor.map(process, [1], str)) == [os.getpid()]
        assert not multiprocessing.active_children()
        assert os.getpid() not in executor.map(process, [1, 2], str)


def test_few_values_are_under_way_at_once() -> None:
    taken = 0

    def values() -> Iterator[int]:
        nonlocal taken
        for each in range(100):
            taken = each
            yield each

    with Executor(2) as executor:
        results = executor.map(double, values(), str)
        for done in range(50):
            assert next(results) == done * 2
            assert taken < done + 2 * AHEAD + 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_is_raised_with_its_place(jobs: int) -> None:
    with Executor(jobs) as executor, pytest.raises(ValueError, match="3") as raised:
        list(executor.map(fail, range(10), str))
    assert jobs == 1 or "in fail\n" in raised.value.__dict__["traced"]


def test_a_value_that_a_process_ended_over_is_tried_once_more(tmp_path: Path) -> None:
    with Executor(2) as executor:
        assert list(executor.map(partial(die, tmp_path, 1), range(30), str)) == list(range(30))
        assert list(executor.map(double, range(9), str)) == [each * 2 for each in range(9)]


def test_a_value_that_ends_it_again_is_named(tmp_path: Path) -> None:
    def describe(value: int) -> str:
        return f"tall-{value}"

    with Executor(2) as executor:
        results = executor.map(partial(die, tmp_path, 2), range(30), describe)
        assert [next(results) for _ in range(3)] == [0, 1, 2]
        with pytest.raises(MachineFault, match="a process ended while it made tall-3;"):
            next(results)


def test_processes_that_were_killed_while_they_waited_are_replaced() -> None:
    with Executor(2) as executor:
        assert list(executor.map(double, [1, 2], str)) == [2, 4]
        for each in multiprocessing.active_children():
            each.kill()
            each.join()
        assert list(executor.map(double, range(9), str)) == [each * 2 for each in range(9)]


def test_processes_leave_nothing_and_are_not_interrupted() -> None:
    with Executor(2) as executor:
        ((folder, is_calm), *_) = executor.map(surroundings, range(4), str)
        assert is_calm
        assert Path(folder).parent == Path(tempfile.gettempdir())
        assert Path(folder).is_dir()
    assert not Path(folder).exists()
    assert not multiprocessing.active_children()


KILLED = """
import os, signal, sys, time
sys.path.insert(0, {tests!r})
from innspill.executor import Executor
from executor_child import process
if __name__ == "__main__":
    with Executor(2) as executor:
        print(*set(executor.map(process, range(20), str)), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def test_processes_end_with_one_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(KILLED.format(tests=str(Path(__file__).parent)), encoding="utf-8")
    ran = run(script, {"PYTHONPATH": str(PACKAGE.parent)})
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    pids = [int(each) for each in ran.stdout.split()]
    assert pids
    until(lambda: not any(Path(f"/proc/{each}").exists() for each in pids), 20)


OTHER = """
import sys
sys.path.insert(0, {checkout!r})
import innspill
from innspill.executor import Executor
from innspill.where import where
if __name__ == "__main__":
    with Executor(2) as executor:
        print(innspill.__file__, *executor.map(where, range(4), str), sep="\\n")
"""
WHERE = """
import innspill
def where(_):
    return innspill.__file__
"""


def test_a_process_runs_the_same_program(tmp_path: Path) -> None:
    """Though another is installed, and one more stands in the folder where it is run."""
    checkout, folder = tmp_path / "checkout", tmp_path / "folder"
    (checkout / "innspill").mkdir(parents=True)
    for each in PACKAGE.iterdir():
        (checkout / "innspill" / each.name).symlink_to(each)
    (checkout / "innspill" / "where.py").write_text(WHERE, encoding="utf-8")
    (folder / "innspill").mkdir(parents=True)
    (folder / "innspill" / "__init__.py").write_text("raise SystemExit", encoding="utf-8")
    script = tmp_path / "other.py"
    script.write_text(OTHER.format(checkout=str(checkout)), encoding="utf-8")
    ran = run(script, {"PYTHONPATH": str(PACKAGE.parent)}, folder)
    assert set(ran.stdout.split()) == {str(checkout / "innspill" / "__init__.py")}, ran.stderr


def run(
    script: Path, environment: dict[str, str], folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, script],
        env={**os.environ, **environment},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
