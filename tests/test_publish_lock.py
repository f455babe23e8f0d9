"""Only one run at a time works on an output folder."""

from __future__ import annotations

import errno
import fcntl
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from publish_sites import (
    GENERATOR,
    NEW,
    OLD,
    environment,
    files_seen,
    leftovers,
    publish_now,
    state_in,
)

from innspill.manifest import verify
from innspill.publish import PublishError, locked, publish
from innspill.system_words import why

CHILD = Path(__file__).with_name("publish_child.py")


def start(folder: Path, what: str, moment: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(folder), what, "exchange", str(moment)],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
    )


def is_waiting(run: subprocess.Popen[str]) -> bool:
    assert run.stdout is not None
    # Not for ever: it may be waiting without a word, for the lock that we hold.
    ready, _, _ = select.select([run.stdout], [], [], 20)
    if not ready:
        run.kill()
    return bool(ready) and run.stdout.readline() == "waiting\n"


def test_the_second_waits_for_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    state = state_in(folder)
    with locked(state, on_wait=lambda: pytest.fail("nobody is before us")):
        second = start(folder, "new")
        assert is_waiting(second)
        assert not folder.exists()
        publish(OLD, state, generator=GENERATOR)
        assert verify(folder) == ()
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 0
    assert "waiting" not in output
    assert files_seen(folder)["index.html"] == b"<p>new"
    assert verify(folder) == ()


def test_many_at_once_all_end_well(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    runs = [start(folder, what) for what in ("old", "new", "old", "new", "recover", "new")]
    for run in runs:
        run.communicate(timeout=30)
    assert [run.returncode for run in runs] == [0] * len(runs)
    assert verify(folder) == ()
    assert files_seen(folder)["index.html"] in (b"<p>old", b"<p>new")
    assert leftovers(folder) == []


def test_a_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    run = start(tmp_path / "build", "new", moment=5)
    run.communicate(timeout=30)
    assert run.returncode == -signal.SIGKILL
    publish_now(NEW, tmp_path / "build")


def test_folders_beside_each_other_do_not_wait(tmp_path: Path) -> None:
    with locked(state_in(tmp_path / "one"), on_wait=lambda: pytest.fail("nobody is before us")):
        publish_now(NEW, tmp_path / "two")


def test_a_link_to_the_folder_shares_its_lock(tmp_path: Path) -> None:
    (tmp_path / "build").mkdir()
    (tmp_path / "link").symlink_to("build")
    with locked(state_in(tmp_path / "link"), on_wait=lambda: pytest.fail("nobody is before us")):
        second = start(tmp_path / "build", "new")
        assert is_waiting(second)
    second.communicate(timeout=30)


def test_the_lock_is_given_back_after_a_fault(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError),
        locked(state_in(tmp_path / "build"), on_wait=lambda: pytest.fail("nobody is before us")),
    ):
        raise RuntimeError
    publish_now(NEW, tmp_path / "build")


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS])
def test_a_disk_without_locks(tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(descriptor: int, how: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(PublishError) as caught:
        publish_now(NEW, tmp_path / "build")
    assert str(caught.value.message) == (
        f"The output folder could not be locked: {tmp_path}/.innspill/publish/build: "
        f"{why(OSError(number, ''))}. What is published is as it was. "
        "Choose a folder on a disk where files can be locked."
    )
    assert not (tmp_path / "build").exists()
