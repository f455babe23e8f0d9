"""The shipped templates as Jinja has compiled them, kept for the next process.

They hang on the template's text, on Python and on Jinja, and on the kind of environment that they
are for; a user's own templates are compiled each time.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache

from innspill.installed import version
from innspill.pycache import beside_modules

OWN = ""
"""The key of a template that is not kept."""


class Compiled(FileSystemBytecodeCache):
    """Keeps what is compiled of the templates in one folder."""

    def __init__(self, templates: Path, kind: str) -> None:
        super().__init__(_folder(kind), "%s")
        self.templates = templates

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of the file that it is kept in."""
        is_shipped = filename and Path(filename).is_relative_to(self.templates)
        return super().get_cache_key(name, filename) if is_shipped else OWN

    def load_bytecode(self, bucket: Bucket) -> None:
        """Takes what is kept, if it is whole and of this text."""
        if bucket.key != OWN:
            try:
                super().load_bytecode(bucket)
            except Exception:
                bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled, where the folder can be written to."""
        if bucket.key != OWN:
            with suppress(OSError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                super().dump_bytecode(bucket)


@cache
def _folder(kind: str) -> str:
    return str(beside_modules(f"jinja2-{version('jinja2')}-{kind}"))
