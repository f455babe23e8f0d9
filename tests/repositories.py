"""Repositories for tests: made with git itself, the same commits on every machine."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sites import write

WHO = "Eksempel Sekretær"


def git(folder: Path, *arguments: str | Path, day: str = "2024-03-14") -> str:
    """Runs git in a folder, with no configuration but the folder's own; gives what it prints."""
    clean = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": WHO,
        "GIT_AUTHOR_EMAIL": "sekretaer@example.org",
        "GIT_COMMITTER_NAME": WHO,
        "GIT_COMMITTER_EMAIL": "sekretaer@example.org",
        "GIT_AUTHOR_DATE": f"{day}T12:00:00+0100",
        "GIT_COMMITTER_DATE": f"{day}T12:00:00+0100",
        "GIT_ALLOW_PROTOCOL": "file",
    }
    ran = subprocess.run(
        ["git", *map(str, arguments)],
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@dataclass(frozen=True, slots=True)
class Repo:
    """A repository whose root holds `content/`."""

    root: Path

    @property
    def content(self) -> Path:
        return self.root / "content"

    def commit(
        self, files: Mapping[str, str | bytes], subject: str = "Endring", day: str = "2024-03-14"
    ) -> str:
        """Writes files below `content/`, commits all there is, and gives the commit's name."""
        write(self.root, files)
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--allow-empty", "-m", subject, day=day)
        return git(self.root, "rev-parse", "HEAD")

    def tag(self, name: str) -> None:
        git(self.root, "tag", name)


def begun(root: Path) -> Repo:
    """An empty repository."""
    root.mkdir(parents=True, exist_ok=True)
    git(root, "init", "--quiet", "--initial-branch=main")
    return Repo(root)
