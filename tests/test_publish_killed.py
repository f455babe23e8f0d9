"""A run killed at any moment leaves one site or the other, and the next run tidies up."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from publish_child import refuse
from publish_sites import (
    BY_HAND,
    NEW,
    environment,
    files_seen,
    kept,
    leftovers,
    old_site,
    publish_now,
    recover_now,
    seen,
)

from innspill.manifest import verify
from innspill.own_folders import mark_made_here
from innspill.publish import libc

CHILD = Path(__file__).with_name("publish_child.py")
MOUNTED = ["unshare", "-rm", "sh", "-c", 'mount --bind "$0" "$0" && exec "$@"']
MOMENTS = 20


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a run takes place, and how it goes."""

    folder: Path
    way: str

    def run(self, what: str, moment: int = 0) -> subprocess.CompletedProcess[str]:
        """One run in a process of its own."""
        prefix = [*MOUNTED, str(self.folder)] if self.way == "mounted" else []
        way = "refused" if self.way == "refused" else "exchange"
        script = [sys.executable, str(CHILD), str(self.folder), what, way, str(moment)]
        return subprocess.run(
            [*prefix, *script], env=environment(), capture_output=True, text=True, check=False
        )

    def run_again(self, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """The next run: in this process, unless the folder is mounted only in another."""
        if self.way == "mounted":
            run = self.run(what)
            assert run.returncode == 0, run.stderr
            return
        if self.way == "refused":
            monkeypatch.setattr(libc, "exchange", refuse)
        if what == "new":
            publish_now(NEW, self.folder)
        else:
            recover_now(self.folder)

    def moved_to(self, base: Path) -> Stage:
        """The same, on a copy of all that is there."""
        subprocess.run(["cp", "-a", str(self.folder.parent), str(base)], check=True)
        # A copy's state is not believed; here it stands for the very place, as it was.
        for work in base.glob(".innspill/publish/*"):
            mark_made_here(work)
        return Stage(base / self.folder.name, self.way)


@pytest.fixture(scope="module", params=["exchange", "refused", "mounted", "first"])
def way(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    name = str(request.param)
    if name == "mounted":
        trial = tmp_path_factory.mktemp("trial")
        command = [*MOUNTED, str(trial), "true"]
        if shutil.which("unshare") is None or subprocess.run(command, check=False).returncode:
            pytest.skip("this machine does not let us mount")
    return name


@pytest.fixture(scope="module")
def before(way: str, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = Stage(tmp_path_factory.mktemp(f"before-{way}") / "build", way)
    if way != "first":
        old_site(stage.folder)
    return stage


@pytest.fixture(scope="module")
def after(before: Stage, tmp_path_factory: pytest.TempPathFactory) -> tuple[Stage, int]:
    """The same once a run has gone through, and the number of its changes."""
    stage = before.moved_to(tmp_path_factory.mktemp("after") / "base")
    run = stage.run("new")
    assert run.returncode == 0, run.stderr
    assert verify(stage.folder) == ()
    return stage, int(run.stdout)


@pytest.mark.parametrize("share", range(MOMENTS))
def test_killed(
    before: Stage,
    after: tuple[Stage, int],
    share: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    finished, changes = after
    assert changes >= MOMENTS
    moment = 1 + share * (changes - 1) // (MOMENTS - 1)
    stage = before.moved_to(tmp_path / "base")

    run = stage.run("new", moment)

    assert run.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), run.stderr
    old, new = seen(before.folder), seen(finished.folder)
    if stage.way in ("exchange", "first"):
        assert seen(stage.folder) in (old, new)
    else:
        assert_whole_files(stage, old, new)
    again = stage.moved_to(tmp_path / "again")

    assert_tidy_after_recovery(stage, old, new, monkeypatch)

    again.run_again("new", monkeypatch)
    assert seen(again.folder) == new
    assert leftovers(again.folder) == []
    if stage.way != "first":
        assert set(BY_HAND.values()) <= kept(again.folder)


def assert_whole_files(
    stage: Stage, old: dict[str, bytes | str], new: dict[str, bytes | str]
) -> None:
    found = files_seen(stage.folder)
    for path, data in found.items():
        assert data in (old.get(path), new.get(path)), path
    stays = {path for path in old.keys() & new.keys() if "folder" not in (old[path], new[path])}
    assert stays <= found.keys()


def assert_tidy_after_recovery(
    stage: Stage,
    old: dict[str, bytes | str],
    new: dict[str, bytes | str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage.run_again("recover", monkeypatch)
    assert seen(stage.folder) in (old, new)
    assert leftovers(stage.folder) == []
    if seen(stage.folder) == new and stage.way != "first":
        assert verify(stage.folder) == ()
        assert set(BY_HAND.values()) <= kept(stage.folder)


def test_recovery_looks_only_where_nothing_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    publish_now(NEW, folder)
    before = seen(tmp_path)
    recover_now(folder)
    assert seen(tmp_path) == before
