"""Binds the port, runs the preview until it is ended, and ends it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer

import uvicorn

from innspill.diagnostics import Diagnostic
from innspill.errors import CommandError
from innspill.messages import say
from innspill.project import Project
from innspill.serve.app import News, make_app
from innspill.serve.panel import PanelWords
from innspill.serve.state import Preview
from innspill.serve.watch import watch
from innspill.system_words import why

HOST = "127.0.0.1"
PATIENCE = 2
"""Seconds that open connections have to end."""

Ready = Callable[[str], None]
"""Told the preview's address when it answers."""
Seen = Callable[[Preview, tuple[Diagnostic, ...], frozenset[Path], float], None]
"""Told what is wrong after a change, which files it was in, and how long reading took."""


class ServeError(CommandError):
    """The preview can't be started."""


def serve(project: Project, port: int, words: PanelWords, on_ready: Ready, on_seen: Seen) -> None:
    """Serves the preview until the process is told to end (SIGINT, SIGTERM).

    Raises ServeError where the port can't be had.
    """
    with _bound(port) as listening:
        asyncio.run(_serve(Preview(project), listening, words, on_ready, on_seen))


def _bound(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # A port that the last run let go of is free at once; one that is listened on is not.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen(128)
    except OSError as fault:
        listening.close()
        if fault.errno == errno.EADDRINUSE:
            raise ServeError(
                say("port {port} is taken; choose another with --port", port=port)
            ) from fault
        message = say("port {port} can't be used: {why}", port=port, why=why(fault))
        raise ServeError(message) from fault
    return listening


async def _serve(
    preview: Preview, listening: socket.socket, words: PanelWords, on_ready: Ready, on_seen: Seen
) -> None:
    port = listening.getsockname()[1]
    news = News()

    def shown(faults: tuple[Diagnostic, ...]) -> None:
        on_seen(preview, faults, frozenset(), 0.0)

    server = _Server(
        uvicorn.Config(
            make_app(preview, news, words, port, shown),
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=PATIENCE,
        )
    )

    one_at_a_time, begun = asyncio.Lock(), asyncio.Event()

    async def told(paths: frozenset[Path]) -> None:
        async with one_at_a_time:
            if begun.is_set():
                await asyncio.to_thread(_update, preview, paths, on_seen)
            else:
                await asyncio.to_thread(_first_look, preview, on_seen)
        begun.set()
        news.tell()

    def end() -> None:
        server.should_exit = True
        begun.set()
        # A PDF in the making can't be told to stop, and is not waited for. What it would
        # remember is written whole or not at all.
        leave = Timer(PATIENCE + 1, os._exit, (0,))
        leave.daemon = True
        leave.start()
        news.end()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, end)
    roots = (preview.project.content, preview.templates_folder)
    watching = asyncio.create_task(watch(roots, told))
    watching.add_done_callback(lambda _: end())
    await begun.wait()
    on_ready(f"http://{HOST}:{port}/")
    await server.serve([listening])
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching


def _first_look(preview: Preview, on_seen: Seen) -> None:
    """Reads all there is, and keeps the garbage collector from going through it.

    Next to nothing of it is garbage, and of a thousand statements it would hold up each
    save for a third of a second.
    """
    gc.disable()
    try:
        _update(preview, frozenset(), on_seen)
    finally:
        gc.freeze()
        gc.enable()


def _update(preview: Preview, paths: frozenset[Path], on_seen: Seen) -> None:
    started = time.perf_counter()
    folder = preview.templates_folder
    with_templates = any(path.is_relative_to(folder) for path in paths)
    faults = preview.update(with_templates=with_templates)
    on_seen(preview, faults, paths, time.perf_counter() - started)


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves signals to the program: uvicorn would raise them again when all has ended."""
        yield
