"""The site as its readers get it: from a disk, from a plain web server, from a strict nginx."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urldefrag

import pytest
from checkers import has_own_font, settled
from playwright.sync_api import Browser, Page, Playwright
from processes import free_port
from sites import ROOT, STATEMENT

from innspill.project import BuildResult

SERVERS = ROOT / "scripts" / "manual" / "content" / "en" / "servers.md"
HOST = "intranett.eksempel.kommune"
"""A name that is not localhost: to Chromium no secure context, as on many an intranet."""
DEEP = "/avdeling/bydel%20%C3%B8st/innspill/"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a published folder is read."""

    root: str
    folder: Path


class Silent(SimpleHTTPRequestHandler):
    """Python's own file server, which tells no one what it is asked for."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def reader(playwright: Playwright) -> Iterator[Browser]:
    """Chromium on a machine where the intranet's name leads to this machine."""
    browser = playwright.chromium.launch(
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"],
    )
    yield browser
    browser.close()


@pytest.fixture(params=["disk", "http", "nginx"])
def place(
    request: pytest.FixtureRequest, real: tuple[Path, BuildResult], tmp_path: Path
) -> Iterator[Place]:
    """The real site, three ways."""
    folder = real[0]
    if request.param == "disk":
        yield Place(folder.as_uri() + "/", folder)
    elif request.param == "http":
        serve = partial(Silent, directory=folder)
        with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
            Thread(target=server.serve_forever, daemon=True).start()
            yield Place(f"http://{HOST}:{server.server_port}/", folder)
            server.shutdown()
    else:
        with nginx(folder, tmp_path) as port:
            yield Place(f"http://{HOST}:{port}{DEEP}", folder)


@contextmanager
def nginx(folder: Path, work: Path) -> Iterator[int]:
    """Debian's nginx with the manual's own lines, deep below another path; gives its port."""
    lines = re.search(r"## nginx\n\n```\n(.+?)```", SERVERS.read_text(), re.DOTALL)
    assert lines
    location = (
        lines[1]
        .replace("location /innspill/", f'location "{unquote(DEEP)}"')
        .replace("/srv/intranet/innspill/", f"{folder}/")
    )
    port = free_port()
    (work / "nginx.conf").write_text(
        f"daemon off; pid nginx.pid; error_log stderr; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off;\n"
        f"client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;\n"
        f"uwsgi_temp_path uwsgi; scgi_temp_path scgi;\n"
        f"server {{ listen 127.0.0.1:{port}; {location} }} }}\n"
    )
    # The workers of a root's nginx are nobody's, who may not look into the tests' folders.
    user = ["-g", "user root;"] if Path("/root").owner() == Path.home().owner() else []
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    running = subprocess.Popen(
        [program, "-p", work, "-c", "nginx.conf", *user], stderr=subprocess.PIPE
    )
    try:
        end = time.monotonic() + 30
        while not answers(port):
            assert running.poll() is None, running.stderr and running.stderr.read()
            assert time.monotonic() < end, "nginx does not answer"
            time.sleep(0.05)
        yield port
    finally:
        running.terminate()
        running.communicate()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def test_every_page_asks_no_one_else_and_every_link_resolves(place: Place, reader: Browser) -> None:
    page = reader.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("requestfailed", lambda request: said.append(request.url))
    ids: dict[str, set[str]] = {}
    links: dict[str, str] = {}
    pages = sorted(path for path in place.folder.rglob("*.html"))
    for path in pages:
        address = place.root + path.relative_to(place.folder).as_posix()
        page.goto(address)
        settled(page)
        assert has_own_font(page)
        ids[address] = set(page.eval_on_selector_all("[id]", "all => all.map(each => each.id)"))
        for href in page.eval_on_selector_all("[href]", "all => all.map(each => each.href)"):
            links.setdefault(href, address)
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith(place.root)] == []
    assert len(links) > 200
    files = {each.relative_to(place.folder).as_posix() for each in place.folder.rglob("*.*")}
    for link, address in links.items():
        target, fragment = urldefrag(link)
        if not target.startswith(place.root):
            assert link.startswith("https://www.uutilsynet.no/"), f"{address} links to {link}"
        elif target in ids:
            assert not fragment or unquote(fragment) in ids[target], f"{address}: {link}"
        else:
            assert unquote(target.removeprefix(place.root)) in files, f"{address}: {link}"


def test_a_reference_is_copied_and_search_finds(place: Place, reader: Browser) -> None:
    context = reader.new_context()
    page = context.new_page()
    page.goto(f"{place.root}{STATEMENT}index.html")
    page.locator("#p5-2 > .number").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('#copied').textContent.includes('5.2')")
    page.keyboard.press("/")
    page.keyboard.insert_text("omsorg")
    page.wait_for_selector(".search-hits a")
    pasted = paste(page)
    assert pasted.startswith("Alna bydelsutvalg, 24/7516 - 3, punkt 5.2")
    assert pasted.endswith(f"{place.root}{STATEMENT}index.html#p5-2")
    context.close()


def paste(page: Page) -> str:
    """What the clipboard holds, pasted by hand into the page's own field."""
    field = page.locator("#search-field")
    field.fill("")
    field.focus()
    page.keyboard.press("Control+V")
    return field.input_value()


def test_nginx_sends_the_policy_and_compresses(
    real: tuple[Path, BuildResult], tmp_path: Path
) -> None:
    with nginx(real[0], tmp_path) as port:
        for path in (f"{STATEMENT}index.html", "assets/site.css", "mangler.html"):
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}{DEEP}{path}", headers={"Accept-Encoding": "gzip"}
            )
            try:
                answer = urllib.request.urlopen(request)
            except urllib.error.HTTPError as missing:
                answer = missing
            with answer:
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
                if answer.status == 200:
                    assert answer.headers["Content-Encoding"] == "gzip", path


def test_the_manual_gives_each_server_the_same_policy() -> None:
    manual = SERVERS.read_text()
    policies = set(re.findall(r'"(default-src [^"]+)"', manual))
    assert len(policies) == 1
    assert manual.count(policies.pop()) == 3
