"""Compiled templates, kept for the next run in the user's own cache folder.

Compiling takes about 0.2 s of a build of pages that takes 1 s. What is kept is run as code, so
it lies in no project, and only where nobody else can write (`innspill.own_folders.cache_folder`).
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class TemplateCache(FileSystemBytecodeCache):
    """Jinja's cache, for templates in one language; where it can't be used, it only costs time."""

    def __init__(self, folder: Path, language: str, made_by: str) -> None:
        """Takes what the code depends on besides the template's text."""
        super().__init__(str(folder), f"template-{language}-%s")
        self.made_by = made_by

    def get_source_checksum(self, source: str) -> str:
        """Of the text, and of what compiles it."""
        return super().get_source_checksum(f"{self.made_by}\n{source}")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what is kept, unless it is damaged."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # what pickle and the disk may raise has no common name
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled, where the folder can be written to."""
        with suppress(OSError):
            super().dump_bytecode(bucket)
