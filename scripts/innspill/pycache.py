"""Where the program keeps what it has made of its own files: with its compiled modules.

What lies there is trusted as those are: whoever can write there can write the program.
"""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path


def beside_modules(name: str) -> Path:
    """The path of something in `__pycache__/`, wherever Python has that (PEP 3147)."""
    return Path(cache_from_source(__file__)).parent / name


def keep(path: Path, data: bytes) -> None:
    """Writes a file whole, where the folder can be written to; else it only costs time."""
    import tempfile  # what is kept is mostly read

    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(temporary).replace(path)
