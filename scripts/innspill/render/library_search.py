"""How WeasyPrint finds the system's libraries that it depends on."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_library_search() -> Iterator[None]:
    """Takes libraries by the names that Linux has them under, and looks for no others.

    WeasyPrint tries the names of all systems. For each that the linker doesn't know, cffi asks
    the compiler and the linker, in processes of their own: a quarter of a second in all.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = _found_nothing
    try:
        yield
    finally:
        ctypes.util.find_library = search


def _found_nothing(name: str) -> str | None:  # noqa: ARG001
    return None
