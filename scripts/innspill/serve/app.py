"""The preview's web application: the site's files from memory, and news of what changed.

1. Who asks by a name that is not this machine's own is turned away (a page elsewhere could
   point its name here). 2. A path is looked up among the files of the site in memory, and
   nowhere else. 3. `events` tells an open page the state whenever it may have changed.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

from markupsafe import Markup
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from innspill.blob import Blob
from innspill.diagnostics import Diagnostic
from innspill.failure import MachineFault
from innspill.kept_texts import LostText
from innspill.messages import Message, say
from innspill.render.pdf import PrintLibraryMissing
from innspill.serve.addresses import OWN, content_type, site_path
from innspill.serve.panel import PanelWords, own_page, panel, with_script
from innspill.serve.state import NOTHING, Preview

HERE = Path(__file__).parent
LANGUAGE = re.compile(rb'<html lang="([\w-]+)"')
STILL_THERE = 15.0
"""Seconds after which a silent connection is given a sign of life."""

OnFaults = Callable[[tuple[Diagnostic, ...]], None]
"""Told what is wrong with a page that is looked at."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("style", "script", "font", "img", "connect")),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""What a strict server would send: what breaks under it is seen while one writes."""


class News:
    """Wakes the open connections when something may have changed, and when all ends."""

    def __init__(self) -> None:
        self.ended = False
        self.changed = asyncio.Event()

    def tell(self) -> None:
        """Something may have changed."""
        before, self.changed = self.changed, asyncio.Event()
        before.set()

    def end(self) -> None:
        """No more news."""
        self.ended = True
        self.tell()


class OnlyThisMachine:
    """Answers requests whose Host is this machine by one of its own names."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        names = ("127.0.0.1", "localhost", "[::1]")
        self.hosts = {f"{name}:{port}".encode() for name in names}
        if port == 80:  # which browsers leave out
            self.hosts |= {name.encode() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes the request on, or turns it away."""
        if scope["type"] == "http":
            hosts = [value.lower() for name, value in scope["headers"] if name == b"host"]
            if len(hosts) != 1 or hosts[0] not in self.hosts:
                text = "This is a preview, for the machine it runs on.\n"
                await Response(text, 421, _headers("text/plain; charset=utf-8"))(
                    scope, receive, send
                )
                return
        await self.app(scope, receive, send)


def make_app(
    preview: Preview, news: News, words: PanelWords, port: int, on_faults: OnFaults
) -> ASGIApp:
    """The application for one preview."""
    served = _Served(preview, news, words, on_faults)
    routes = [
        Route(f"{OWN}events", served.events),
        Route(f"{OWN}preview.js", served.own_file),
        Route(f"{OWN}preview.css", served.own_file),
        Route("/{path:path}", served.file),
    ]
    return OnlyThisMachine(Starlette(routes=routes), port)


class _Served:
    def __init__(
        self, preview: Preview, news: News, words: PanelWords, on_faults: OnFaults
    ) -> None:
        self.preview, self.news, self.words, self.on_faults = preview, news, words, on_faults

    async def own_file(self, request: Request) -> Response:
        name = request.url.path.removeprefix(OWN)
        return Response((HERE / name).read_bytes(), 200, _headers(content_type(name)))

    async def events(self, request: Request) -> Response:
        path = site_path(request.query_params.get("path", "/").encode())
        words = self.words.of_page(request.query_params.get("lang", ""))
        return StreamingResponse(self._news_of(path, words), 200, _headers("text/event-stream"))

    async def _news_of(self, path: str | None, words: PanelWords) -> AsyncIterator[str]:
        last = ""
        while not self.news.ended:
            changed = self.news.changed
            state = await run_in_threadpool(self._state, path, words)
            if state != last:
                yield f"data: {state}\n\n"
                last = state
            try:
                await asyncio.wait_for(changed.wait(), STILL_THERE)
            except TimeoutError:
                yield ":\n\n"

    def _state(self, path: str | None, words: PanelWords) -> str:
        view = self.preview.view(path)
        shown = self._panel(self.preview.faults(view), words, over_page=view.html is not None)
        marks = {"page": view.mark, "around": self.preview.around, "look": self.preview.look}
        return json.dumps({**marks, "panel": shown})

    async def file(self, request: Request) -> Response:
        raw: bytes = request.scope["raw_path"]
        path = site_path(raw)
        if path is None:
            return self._missing()
        response = await run_in_threadpool(self._answer, path, raw)
        if path.endswith(".pdf"):
            self.news.tell()  # making it may have shown that a summary is too long
        return response

    def _answer(self, path: str, raw: bytes) -> Response:
        try:
            return self._found(path, raw)
        except LostText:  # the store was emptied meanwhile
            self.preview.update(with_templates=False)
            return self._found(path, raw)

    def _found(self, path: str, raw: bytes) -> Response:
        snapshot = self.preview.snapshot
        if snapshot is None:
            return self._faulty()
        if snapshot.has_page(path):
            return self._page(path)
        if snapshot.has_page(f"{path}/index.html"):
            return RedirectResponse(raw.decode("ascii") + "/", 302, _headers())
        if path == "favicon.ico" and not snapshot.has_asset(path):
            return Response(status_code=204, headers=_headers())  # which browsers ask for unasked
        try:
            if file := snapshot.attachment(path):
                return self._piece_by_piece(file, path)
            data = snapshot.file(path)
            if data is None:
                data = snapshot.print(path)
        except PrintLibraryMissing as fault:
            why = say(
                "{why}. Install Pango (Debian, Ubuntu: apt install libpango-1.0-0 "
                "libpangoft2-1.0-0).",
                why=fault.message,
            )
            return self._own(say("The PDFs can't be made"), why, 503)
        except LostText:
            raise
        except Exception as fault:
            return self._faulty((self.preview.noted(fault),))
        if data is None:
            return self._missing()
        return Response(data, 200, _headers(content_type(path)))

    def _piece_by_piece(self, file: Blob, path: str) -> Response:
        """A file of the content; what is no more as it was read is soon read anew."""
        pieces = iter(file.pieces())
        try:
            first = next(pieces, b"")
        except (OSError, MachineFault):
            return self._missing()
        headers = {**_headers(content_type(path)), "Content-Length": str(file.size)}
        return StreamingResponse(_while_it_lasts(first, pieces), 200, headers)

    def _page(self, path: str) -> Response:
        view = self.preview.view(path)
        if view.html is None:
            return self._faulty(view.faults)
        found = LANGUAGE.search(view.html, 0, 200)
        words = self.words.of_page(found[1].decode() if found else "")
        html = self._with_script(view.html, view.mark, words)
        return Response(html, 200, _headers(content_type(path)))

    def _missing(self) -> Response:
        why = self.words.tell(say("The site has no page at this address."))
        home = self.words.tell(say("To the first page"))
        inside = Markup('<p>{}</p>\n<p><a href="/">{}</a></p>').format(why, home)
        return self._own(say("Not found"), inside, 404)

    def _faulty(self, more: tuple[Diagnostic, ...] = ()) -> Response:
        shown = self._panel((*self.preview.faults(), *more), self.words, over_page=False)
        return self._own(say("There is no page to show yet"), shown, 503)

    def _panel(
        self, faults: tuple[Diagnostic, ...], words: PanelWords, *, over_page: bool
    ) -> Markup:
        """What is wrong, for the page; who looks at the terminal is told the same."""
        if faults:
            self.on_faults(faults)
        return panel(faults, self.preview.texts, words, over_page=over_page)

    def _own(self, title: Message, inside: Markup | Message, status: int) -> Response:
        html = own_page(title, inside, self.words)
        with_news = self._with_script(html, NOTHING, self.words)
        return Response(with_news, status, _headers(content_type("own.html")))

    def _with_script(self, html: bytes, mark: str, words: PanelWords) -> bytes:
        return with_script(html, mark, self.preview.around, self.preview.look, words)


def _while_it_lasts(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces of a file, up to where it turns out to be another."""
    yield first
    with suppress(OSError, MachineFault):
        yield from pieces


def _headers(kind: str = "") -> dict[str, str]:
    """What every answer says: keep nothing, guess nothing, show it nowhere else."""
    headers = {
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if kind:
        headers["Content-Type"] = kind
    if kind.startswith(("text/html", "image/svg")):
        headers["Content-Security-Policy"] = POLICY
    return headers
