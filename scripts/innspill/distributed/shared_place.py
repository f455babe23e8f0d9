"""A place that machines share, by its address: S3 (fsspec, s3fs). Entries are written once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from fsspec.core import url_to_fs

from innspill.errors import CommandError
from innspill.failure import MachineFault, from_extra
from innspill.messages import say
from innspill.store_folder import SEAL_LENGTH


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """Entries under an address. Each method raises MachineFault where that can't be reached."""

    shown: str
    """The address."""
    key: bytes = field(repr=False)
    """What entries are sealed with."""

    def has(self, name: str) -> bool:
        """Whether there is an entry of this name."""
        with self._entry(name) as (files, path):
            return bool(files.exists(path))

    def read(self, name: str) -> tuple[bytes, bytes] | None:
        """An entry's seal and its content, None where there is none."""
        with self._entry(name) as (files, path):
            try:
                data = files.cat_file(path)
            except FileNotFoundError:
                return None
            return data[:SEAL_LENGTH], data[SEAL_LENGTH:]

    def write(self, name: str, seal: bytes, content: bytes) -> None:
        """Keeps an entry, unless there is one: who was first wrote the same."""
        with self._entry(name) as (files, path), suppress(FileExistsError):
            files.pipe_file(path, seal + content, mode="create")

    @contextmanager
    def _entry(self, name: str) -> Iterator[tuple[Any, str]]:
        """What knows the files, and the path of one of them."""
        try:
            with from_extra("distributed"):
                files, root = url_to_fs(self.shown)
            yield files, f"{root}/{name[:2]}/{name[2:]}"
        except CommandError:
            raise
        except Exception as fault:  # each kind of place has its own
            message = say("the store {path}: {why}", path=self.shown, why=str(fault) or repr(fault))
            raise MachineFault(message) from fault
