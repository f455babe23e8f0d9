"""The memo store `.innspill/`: what was made before, by what it was made from.

An entry is named by the digest of its key and begins with the digest of its content, so
that a damaged one is seen and made anew. It is written whole, shared by concurrent
processes, and safe to delete at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

DIGEST_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of memos."""

    folder: Path

    def get(self, key: tuple[str, ...]) -> bytes | None:
        """What was put under the key, None where there is nothing whole."""
        try:
            data = self._path(key).read_bytes()
        except OSError:
            return None
        digest, content = data[:DIGEST_LENGTH], data[DIGEST_LENGTH:]
        whole = hashlib.sha256(content).hexdigest().encode() == digest
        return content if whole else None

    def put(self, key: tuple[str, ...], content: bytes) -> None:
        """Keep `content` under the key. A store that can't be written only costs time."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).hexdigest().encode() + content)
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def remember(self, key: tuple[str, ...], make: Callable[[], bytes]) -> bytes:
        """What is kept under the key, made and kept where there is nothing yet."""
        content = self.get(key)
        if content is None:
            content = make()
            self.put(key, content)
        return content

    def _path(self, key: tuple[str, ...]) -> Path:
        digest = hashlib.sha256("\0".join(key).encode()).hexdigest()
        return self.folder / "memo" / digest[:2] / digest[2:]

    def clear(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder / "memo", ignore_errors=True)
