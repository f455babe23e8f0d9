"""Other machines, for tests: a server that speaks S3, and workers that see none of our files."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from processes import free_port, until
from sites import ROOT

KEY = "0123456789abcdef" * 4
PATIENCE = 120
"""How many seconds such a process has to answer."""
BIN = Path(sys.executable).parent
Command = list[str | Path]
PROGRAM = (ROOT / "scripts", ROOT / "tests")
HIDE = 'mount -t tmpfs none "$0" && mkdir -p "$1" && cd "$1" && shift && exec "$@"'
"""For what runs so, the folder that all tests write below is empty, but for one of its own."""
BESIDE = 'mkdir -p "$1" && cd "$1" && shift && exec "$@"'
"""The same where a machine does not let us mount: it only begins in a folder of its own."""


@cache
def unshare() -> tuple[str, ...]:
    """What a command begins with that mounts for itself alone; nothing where it may not."""
    maps = () if os.geteuid() == 0 else ("--map-root-user",)
    command = ("unshare", "--mount", *maps)
    if which("unshare") is None:
        return ()
    with TemporaryDirectory() as folder:
        tried = (*command, "sh", "-c", 'mount -t tmpfs none "$0"', folder)
        return () if subprocess.run(tried, capture_output=True, check=False).returncode else command


def answers(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def s3() -> Iterator[dict[str, str]]:
    """A server with a bucket; gives what a process needs in its environment to reach it."""
    port = free_port()
    command: Command = [BIN / "moto_server", "--host", "127.0.0.1", "--port", str(port)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdout=quiet, stderr=quiet) as server:
        try:
            until(lambda: answers(port), PATIENCE)
            yield {
                "AWS_ACCESS_KEY_ID": "eksempel",
                "AWS_SECRET_ACCESS_KEY": "eksempel",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
                "INNSPILL_STORE_KEY": KEY,
            }
        finally:
            server.kill()


@dataclass(frozen=True)
class Machines:
    """A scheduler, and workers each on a machine of its own as far as files go."""

    hidden: Path
    """What the workers do not see."""
    environment: dict[str, str]
    scheduler: str
    started: list[subprocess.Popen[bytes]]

    def worker(self, *program: Path, is_replaced: bool = False) -> None:
        """Starts one, with these folders to find the program in; perhaps replaced if it ends."""
        own = self.hidden / f"worker-{len(self.started)}"
        nanny = "--nanny" if is_replaced else "--no-nanny"
        way = HIDE if unshare() else BESIDE
        command: Command = [*unshare(), "sh", "-c", way, self.hidden, own]
        command += [
            *(BIN / "dask", "worker", self.scheduler, nanny, "--nthreads", "1"),
            "--no-dashboard",
        ]
        environment = {
            **self.environment,
            "HOME": str(own),
            "PYTHONPATH": ":".join(map(str, program or PROGRAM)),
        }
        self.started.append(start(command, environment))


def start(command: Command, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet)


@contextmanager
def machines(folder: Path, environment: dict[str, str]) -> Iterator[Machines]:
    """A scheduler without workers; `folder` is what they will not see."""
    told = folder / f"scheduler-{time.time_ns()}.json"
    command: Command = [
        *(BIN / "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"),
        *("--scheduler-file", told),
    ]
    once = {
        "PYTHONPATH": ":".join(map(str, PROGRAM)),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
    }
    scheduler = start(command, environment | once)
    started = [scheduler]
    try:
        until(lambda: told.exists() and told.read_text().strip(), PATIENCE)
        yield Machines(folder, environment, json.loads(told.read_text())["address"], started)
    finally:
        for each in reversed(started):
            each.kill()
            each.wait()
