"""Other processes, for tests: waiting for them, and a port for them to listen at."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable


def until(holds: Callable[[], object], seconds: float = 30) -> None:
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
