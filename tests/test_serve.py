"""The preview as a writer has it: the real server in its own process, and a real browser."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from checkers import wrong
from failing import WORD, failing
from playwright.sync_api import Browser, Page
from processes import until
from sites import (
    ANSWERS,
    CASE,
    EXAMPLE,
    HEAD,
    ROOT,
    build_quietly,
    innspill,
    project,
    tree,
    write,
)

from innspill.serve.addresses import content_type, site_path

PAGE = "sak/eksempel/index.html"
LONG = HEAD + ANSWERS + "".join(f"\nAvsnitt nummer {n} i eksempelet.\n" for n in range(120))
FAULTY = HEAD.replace("title:", "titel:") + ANSWERS


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Message
    data: bytes


class Serving:
    """A preview that runs, and what it has printed."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder, self.process = folder, process
        self.lines: list[str] = []
        Thread(target=self._listen, daemon=True).start()
        self.address = self._find(r"http://127\.0\.0\.1:\d+/")
        self.port = urlsplit(self.address).port or 0

    def _listen(self) -> None:
        assert self.process.stdout
        self.lines += iter(self.process.stdout.readline, "")

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def _find(self, pattern: str) -> str:
        until(lambda: re.search(pattern, self.said) is not None or self.process.poll() is not None)
        found = re.search(pattern, self.said)
        assert found, self.said
        return found[0]

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """The answer to a request that is sent as it is written."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with closing(connection):
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in {"Host": f"127.0.0.1:{self.port}", **headers}.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def save(self, name: str, text: str) -> None:
        write(self.folder, {name: text})

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(30)


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Serving]:
    """Runs `innspill serve` on a free port."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "innspill", "serve", "--port", "0", *options],
        cwd=folder,
        env=clean | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield Serving(folder, process)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Serving]:
    """The example site in a preview, its statement long enough to scroll."""
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": LONG})
    with serving(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """The same in one preview for all who only ask it something."""
    with serving(write(tmp_path_factory.mktemp("preview"), EXAMPLE)) as running:
        yield running


@pytest.fixture
def page(served: Serving, tab: Page) -> Page:
    """The statement's page in a browser."""
    tab.goto(served.address + PAGE)
    heard(tab)
    return tab


def heard(page: Page) -> None:
    """Waits until the page has had its first news, and its fonts."""
    page.wait_for_selector("#innspill-preview", state="attached")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(200)


def test_a_save_is_seen_where_one_was_reading(served: Serving, page: Page) -> None:
    page.evaluate("scrollTo(0, 1500)")
    served.save("sak/eksempel.md", LONG.replace("nummer 70 i", "som er rettet i"))
    page.wait_for_selector("text=Avsnitt som er rettet i eksempelet.")
    heard(page)
    assert page.evaluate("scrollY") == 1500
    # As editors save that write a new file first.
    fresh = served.folder / "content/sak/.eksempel.md.swp"
    fresh.write_text(LONG.replace("nummer 70 i", "som er flyttet i"), encoding="utf-8")
    fresh.replace(served.folder / "content/sak/eksempel.md")
    page.wait_for_selector("text=Avsnitt som er flyttet i eksempelet.")
    heard(page)
    assert page.evaluate("scrollY") == 1500
    assert not (served.folder / "build").exists()
    assert "saved: content/sak/eksempel.md · " in served.said


def test_new_words_are_put_in_without_loading_the_page(served: Serving, page: Page) -> None:
    page.evaluate("window.same = true")
    served.save("sak/eksempel.md", LONG.replace("nummer 70 i", "med \\<b> & «mer» i"))
    page.wait_for_selector("text=Avsnitt med <b> & «mer» i eksempelet.")
    served.save("sak/eksempel.md", LONG.replace("svaret på det ene", "et annet svar"))
    page.wait_for_selector("text=Dette er et annet svar.")
    assert page.evaluate("window.same")
    shown = page.inner_text("main")
    assert "Avsnitt nummer 70 i eksempelet." in shown
    page.reload()
    heard(page)
    assert page.inner_text("main") == shown


def test_more_than_words_is_put_in_and_works_as_if_loaded(served: Serving, page: Page) -> None:
    page.evaluate("window.same = true")
    page.evaluate("scrollTo(0, 1500)")
    for text in ("Et *nytt* avsnitt.", "Et *nytt* avsnitt.\n\n- Et punkt."):
        served.save("sak/eksempel.md", f"{LONG}\n{text}\n")
        page.wait_for_selector(f"text={text.split('- ')[-1].replace('*', '')}")
    assert page.evaluate("window.same")
    assert page.evaluate("scrollY") == 1500
    served.save("sak/eksempel.md", f"{LONG}\nEt *nyere* avsnitt.\n\n- Et punkt.\n")
    page.wait_for_selector("text=Et nyere avsnitt.")
    assert page.evaluate("window.same")
    shown = page.inner_text("main")
    numbers = page.locator("main a.number[title]").count()
    page.locator("main a.number[title]").last.click()
    page.wait_for_function("() => document.querySelector('#copied').textContent")
    page.reload()
    heard(page)
    assert page.inner_text("main") == shown
    assert page.locator("main a.number[title]").count() == numbers


def test_a_page_at_a_place_is_loaded_anew_and_keeps_it(served: Serving, page: Page) -> None:
    page.evaluate("window.same = true")
    page.evaluate("location.hash = 'p1-1'")
    page.evaluate("scrollTo(0, 1500)")
    served.save("sak/eksempel.md", LONG + "\nEt nytt avsnitt.\n")
    page.wait_for_selector("text=Et nytt avsnitt.")
    heard(page)
    assert not page.evaluate("window.same")
    assert page.evaluate("scrollY") == 1500
    assert page.evaluate("document.querySelector(':target').id") == "p1-1"


def test_scripts_that_know_nothing_of_it_see_a_page_loaded_anew(
    served: Serving, page: Page
) -> None:
    own = served.folder / "templates/assets"
    own.mkdir(parents=True)
    (own / "site.js").write_text("window.own = true;\n", encoding="utf-8")
    page.wait_for_function("() => window.own")
    heard(page)
    page.evaluate("window.same = true")
    served.save("sak/eksempel.md", LONG + "\nEt nytt avsnitt.\n")
    page.wait_for_selector("text=Et nytt avsnitt.")
    heard(page)
    assert not page.evaluate("window.same")


def test_words_come_where_they_belong_in_a_table_that_was_sorted(
    served: Serving, page: Page
) -> None:
    rows = "".join(
        f"  - what: Oppgave {name}\n    move: {move}\n    force: bør\n"
        f"    quote: Oppgave {name} bør flyttes\n"
        for name, move in (("A", "to_district"), ("B", "to_city"), ("C", "other"))
    )
    told = "\nOppgave A bør flyttes.\n\nOppgave B bør flyttes.\n\nOppgave C bør flyttes.\n"
    text = HEAD.removesuffix("---\n") + "proposals:\n" + rows + "---\n" + ANSWERS + told
    served.save("sak/eksempel.md", text)
    page.wait_for_selector("#proposals")
    heard(page)
    page.evaluate("window.same = true")
    page.evaluate(
        """() => {  // as a script of one's own may
          const table = document.querySelector("table.proposals");
          table.append(...[...table.tBodies].reverse());
        }"""
    )
    before = page.locator(".all-proposals").inner_text()
    served.save("sak/eksempel.md", text.replace("what: Oppgave B", "what: Noe annet"))
    page.wait_for_selector(".all-proposals >> text=Noe annet")
    assert page.evaluate("window.same")
    assert page.locator(".all-proposals").inner_text() == before.replace("Oppgave B", "Noe annet")


def test_words_that_search_has_loaded_already_are_loaded_anew(served: Serving, page: Page) -> None:
    page.evaluate("window.same = true; window.innspillIndex = {}")
    served.save("sak/eksempel.md", LONG.replace("nummer 70 i", "nummer sytti i"))
    page.wait_for_selector("text=Avsnitt nummer sytti i eksempelet.")
    assert not page.evaluate("window.same")


def test_only_the_page_that_changed_is_loaded_anew(served: Serving, page: Page) -> None:
    page.evaluate("window.same = true")
    served.save("ny/index.md", CASE)
    served.save("ny/eksempel.md", HEAD.replace("Eksempel på", "Eksempel to på") + ANSWERS)
    until(lambda: served.ask("/ny/eksempel/").status == 200)
    page.wait_for_timeout(500)
    assert page.evaluate("window.same")
    # The folder came after the preview was started, and is watched as the others are.
    page.goto(served.address + "ny/eksempel/")
    served.save("ny/eksempel.md", HEAD + ANSWERS.replace("det ene", "noe nytt"))
    page.wait_for_selector("text=Dette er svaret på noe nytt.")


def test_a_name_that_is_no_text_does_not_end_the_preview(served: Serving) -> None:
    for name in (b"content/sak/bl\xe5b\xe6r.jpg", b"content/\xff\xfe.md", b"\xff"):
        bad = Path(os.fsdecode(os.fsencode(served.folder) + b"/" + name))
        bad.write_bytes(b"")
        time.sleep(0.5)
        bad.unlink()
        time.sleep(1)
        assert served.process.poll() is None, served.said
    served.save("sak/eksempel.md", HEAD + ANSWERS.replace("det ene", "noe nytt"))
    until(lambda: "svaret på noe nytt" in served.ask("/sak/eksempel/").data.decode())


def test_new_colours_come_without_loading_the_page(served: Serving, page: Page) -> None:
    page.evaluate("window.same = true")
    tokens = (ROOT / "templates/assets/css/tokens.css").read_text(encoding="utf-8")
    own = served.folder / "templates/assets/css"
    own.mkdir(parents=True)
    for colour, seen in (("#fff0e0", "rgb(255, 240, 224)"), ("#e0f0ff", "rgb(224, 240, 255)")):
        ours = re.sub(r"--paper: [^;]+;", f"--paper: {colour};", tokens)
        (own / "tokens.css").write_text(ours, encoding="utf-8")
        page.wait_for_function(
            "seen => getComputedStyle(document.documentElement).backgroundColor == seen", arg=seen
        )
    assert page.evaluate("window.same")
    assert page.locator("head link[rel=stylesheet]").count() == 1


def test_a_fault_lies_over_the_last_good_page_until_it_is_mended(
    served: Serving, page: Page
) -> None:
    served.save("sak/eksempel.md", FAULTY + "\n<b onclick=alert(1)>\n")
    panel = page.get_by_role("alert")
    panel.get_by_text("content/sak/eksempel.md, linje 2", exact=False).first.wait_for()
    text = panel.inner_text()
    # It leaves two thirds of the page in sight.
    box, size = panel.locator(".panel").bounding_box(), page.viewport_size
    assert box
    assert size
    assert box["height"] <= size["height"] / 3
    # In the language of the page, however the terminal speaks, the words at fault marked.
    assert 'feil: ukjent nøkkel "titel"' in text
    assert panel.locator("mark").all_inner_texts()[:1] == ["titel"]
    assert 'mente du "title"?' in text
    assert "titel: Eksempel på uttalelse" in text
    assert "HTML-kode kan ikke brukes: <b onclick=alert(1)>" in text
    assert page.locator("#innspill-preview b[onclick]").count() == 0
    assert "Avsnitt nummer 70 i eksempelet." in page.inner_text("main")
    # Folded with the keyboard, it stays folded while the next fault comes.
    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    assert not panel.locator("ol").is_visible()
    served.save("sak/eksempel.md", FAULTY.replace("status:", "staus:"))
    panel.get_by_text("staus: adopted").wait_for(state="attached")
    assert not panel.locator("ol").is_visible()
    served.save("sak/eksempel.md", LONG)
    until(lambda: panel.inner_text() == "")
    page.wait_for_timeout(300)
    assert "nothing is wrong any more" in served.said
    served.save("sak/eksempel.md", FAULTY)
    panel.locator("ol").wait_for()
    assert not (served.folder / "build").exists()


def test_a_warning_is_folded_and_stops_nothing(served: Serving, page: Page) -> None:
    served.save("sak/eksempel.md", HEAD + ANSWERS.split("## Svar {#to}")[0] + "\nNytt.\n")
    page.wait_for_selector("text=Nytt.")
    status = page.locator("#innspill-preview").get_by_role("status")
    status.get_by_text("advarsler: 1").wait_for()
    assert not status.locator("ol").is_visible()
    status.locator("summary").click()
    assert 'spørsmål 2, "to", er ikke besvart' in status.inner_text()


def test_axe_finds_nothing_in_what_the_preview_says(tmp_path: Path, chromium: Browser) -> None:
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": FAULTY})
    # The preview's strict policy would not let axe-core in.
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    with serving(tmp_path) as served:
        page.goto(served.address + PAGE)
        page.wait_for_selector("main .panel ol")
        assert wrong(page) == {}, "a page of its own"
        page.emulate_media(color_scheme="dark")
        assert wrong(page) == {}, "a page of its own, dark"
        page.emulate_media(color_scheme="light")
        served.save("sak/eksempel.md", LONG)
        page.wait_for_selector("text=Avsnitt nummer 70 i eksempelet.")
        heard(page)
        served.save("sak/eksempel.md", FAULTY)
        page.get_by_role("alert").locator("ol").wait_for()
        # The page lies beneath, where no one can tell its colours from the panel's.
        assert wrong(page, "#innspill-preview") == {}, "the panel"
    context.close()


def test_what_is_wrong_from_the_start_is_shown_until_there_is_a_page(
    tmp_path: Path, chromium: Browser
) -> None:
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": FAULTY})
    with serving(tmp_path) as served:
        page = chromium.new_page(java_script_enabled=False)
        answer = page.goto(served.address + PAGE)
        assert answer
        assert answer.status == 503
        assert 'unknown key "titel"' in page.inner_text("main")
        page.close()
        page = chromium.new_page()
        page.goto(served.address + PAGE)
        # Told once, and nothing is said of a page that is not there.
        page.get_by_role("alert").locator("ol").wait_for()
        assert page.locator(".panel").count() == 1
        assert "shows what was last" not in page.inner_text(".panel summary")
        served.save("sak/eksempel.md", HEAD + ANSWERS)
        page.wait_for_selector("text=Dette er svaret på det ene.")
        page.close()


def test_a_template_that_fails_leaves_the_page(served: Serving, page: Page) -> None:
    own = served.folder / "templates/components"
    own.mkdir(parents=True)
    shipped = (ROOT / "templates/components/facts.html").read_text(encoding="utf-8")
    (own / "facts.html").write_text(shipped + "\n{% if %}\n", encoding="utf-8")
    page.get_by_role("alert").get_by_text("templates/components/facts.html, linje").wait_for()
    assert page.get_by_role("alert").locator("pre").inner_text() == "{% if %}"
    assert "Avsnitt nummer 70 i eksempelet." in page.inner_text("main")
    until(lambda: "templates/components/facts.html:" in served.said)
    assert " | {% if %}\n" in served.said
    shutil.rmtree(own.parent)
    until(lambda: page.get_by_role("alert").inner_text() == "")


def test_a_page_that_goes_and_comes_again(served: Serving, page: Page) -> None:
    path = served.folder / "content/sak/eksempel.md"
    path.rename(path.with_suffix(".bort"))
    page.wait_for_selector("h1:has-text('Not found')")
    path.with_suffix(".bort").rename(path)
    page.wait_for_selector("text=Avsnitt nummer 70 i eksempelet.")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST"])
def test_this_machines_names_are_answered(preview: Serving, name: str) -> None:
    assert preview.ask("/", Host=f"{name}:{preview.port}").status == 200


@pytest.mark.parametrize(
    "host",
    ["example.org", "example.org:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.:{port}", ""],
)
def test_another_host_is_turned_away(preview: Serving, host: str) -> None:
    for path in ("/", "/.preview/events", "/.preview/preview.js", "/" + PAGE):
        answer = preview.ask(path, Host=host.format(port=preview.port))
        assert answer.status == 421
        assert b"Eksempel" not in answer.data


def test_it_listens_to_this_machine_alone(preview: Serving) -> None:
    with socket.socket() as other, pytest.raises(OSError, match=r"refused|unreachable"):
        other.connect(("127.0.0.2", preview.port))


def test_tricks_with_paths_lead_nowhere(served: Serving) -> None:
    secret = served.folder / "hemmelig.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    content = served.folder / "content"
    (content / "sak/ut.txt").symlink_to(secret)
    (content / ".skjult.txt").write_text("hemmelig", encoding="utf-8")
    (content / "sak/.skjult.md").write_text(HEAD + "hemmelig", encoding="utf-8")
    links = "\n[ut](ut.txt) [skjult](../.skjult.txt)\n"
    served.save("sak/eksempel.md", LONG + links)
    until(lambda: "saved: content/sak/eksempel.md" in served.said)
    for path in (
        "/../hemmelig.txt",
        "/sak/../../hemmelig.txt",
        "/%2e%2e/hemmelig.txt",
        "/sak/%2E%2e/%2e%2e/hemmelig.txt",
        "/..%2fhemmelig.txt",
        "/..%5chemmelig.txt",
        "/%252e%252e/hemmelig.txt",
        "//etc/passwd",
        "/etc/passwd",
        "/sak//eksempel/",
        "/./index.html",
        "/index.html%00.txt",
        "/%ff",
        "/sak/ut.txt",
        "/.skjult.txt",
        "/sak/.skjult/",
        "/.innspill/memo",
        "/content/index.md",
        "/sak/eksempel.md",
        "/.preview/",
        "/.preview/app.py",
        "/.preview/../index.html",
    ):
        answer = served.ask(path)
        assert answer.status == 404, path
        assert b"hemmelig" not in answer.data, path
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        assert served.ask("/", method).status == 405


def test_what_an_answer_says_of_itself(preview: Serving) -> None:
    for path, kind in (
        ("/", "text/html; charset=utf-8"),
        ("/" + PAGE, "text/html; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/assets/fonts/HankenGrotesk-Medium.woff2", "font/woff2"),
        ("/.preview/preview.js", "text/javascript; charset=utf-8"),
        ("/ingen", "text/html; charset=utf-8"),
    ):
        answer = preview.ask(path)
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["ETag"] is None
        assert answer.headers["Last-Modified"] is None
        strict = answer.headers["Content-Security-Policy"] or ""
        assert strict.startswith("default-src 'none'") == kind.startswith("text/html")
    moved = preview.ask("/sak/eksempel")
    assert (moved.status, moved.headers["Location"]) == (302, "/sak/eksempel/")
    assert preview.ask("/", "HEAD").data == b""


def test_the_browser_complains_of_nothing(served: Serving, chromium: Browser) -> None:
    page = chromium.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda fault: said.append(str(fault)))
    page.on("request", lambda each: asked.append(each.url))
    page.goto(served.address + PAGE)
    heard(page)
    served.save("sak/eksempel.md", FAULTY)
    page.get_by_role("alert").locator("ol").wait_for()
    served.save("sak/eksempel.md", LONG + "\nNytt.\n")
    page.wait_for_selector("text=Nytt.")
    page.close()
    assert said == []
    assert {url for url in asked if not url.startswith(served.address)} == set()


def test_pdfs_are_made_when_asked_for_and_the_pages_answer_meanwhile(served: Serving) -> None:
    answers: list[tuple[int, bytes]] = []

    def ask() -> None:
        answer = served.ask("/sak/eksempel/uttalelse.pdf")
        answers.append((answer.status, answer.data))

    asking = Thread(target=ask)
    asking.start()
    pages = 0
    while asking.is_alive():
        assert served.ask("/" + PAGE).status == 200
        pages += not answers
    asking.join()
    assert pages > 3
    assert answers[0][0] == 200
    assert answers[0][1].startswith(b"%PDF-")
    started = time.monotonic()
    again = served.ask("/sak/eksempel/uttalelse.pdf")
    assert again.data == answers[0][1]
    assert time.monotonic() - started < 0.5
    assert again.headers["Content-Type"] == "application/pdf"
    served.save("sak/eksempel.md", LONG + "\nNytt.\n")
    until(lambda: b"Nytt." in served.ask("/" + PAGE).data)
    assert served.ask("/sak/eksempel/uttalelse.pdf").data != answers[0][1]
    assert not (served.folder / "build").exists()


def test_a_build_beside_it_is_left_alone_and_has_no_script_of_it(
    served: Serving, page: Page, store: Path
) -> None:
    build_quietly(project(served.folder, store=store), with_pdf=False)
    before = tree(served.folder / "build")
    assert not any(b"preview" in data for data in before.values())
    served.save("sak/eksempel.md", LONG + "\nHalvskrevet.\n")
    page.wait_for_selector("text=Halvskrevet.")
    assert tree(served.folder / "build") == before


def test_a_port_that_is_taken_is_told_at_once(preview: Serving) -> None:
    ran = innspill("serve", "--port", str(preview.port), cwd=preview.folder, code=3)
    assert ran.stderr == f"innspill: port {preview.port} is taken; choose another with --port\n"
    assert ran.stdout == ""


def test_without_content_there_is_nothing_to_serve(tmp_path: Path) -> None:
    assert "innspill new" in innspill("serve", cwd=tmp_path, code=2).stderr


def test_ctrl_c_ends_it_cleanly_and_the_page_says_so(served: Serving, page: Page) -> None:
    started = time.monotonic()
    assert served.end() == 0
    assert time.monotonic() - started < 5
    assert served.said == f"The preview is at {served.address} · Ctrl-C ends it\n"
    ended = page.locator("#innspill-preview").get_by_role("status")
    ended.get_by_text("Forhåndsvisningen er avsluttet.").wait_for()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", served.port))


def test_ctrl_c_while_a_pdf_is_made(served: Serving) -> None:
    connection = socket.create_connection(("127.0.0.1", served.port))
    host = f"Host: 127.0.0.1:{served.port}"
    connection.sendall(f"GET /sak/eksempel/uttalelse.pdf HTTP/1.1\r\n{host}\r\n\r\n".encode())
    time.sleep(0.3)
    assert served.end() == 0
    assert "Traceback" not in served.said
    connection.close()


def test_a_browser_is_opened_where_one_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    browser = tmp_path / "browser"
    browser.write_text('#!/bin/sh\necho "$1" >opened\n', encoding="utf-8")
    browser.chmod(0o755)
    with serving(tmp_path, "--open", BROWSER=f"{browser} %s") as served:
        opened = tmp_path / "opened"
        until(lambda: opened.exists() and opened.read_text(encoding="utf-8"))
        assert opened.read_text(encoding="utf-8").strip() == served.address


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        (b"/", "index.html"),
        (b"/sak/", "sak/index.html"),
        (b"/sak/%C3%B8.png", "sak/ø.png"),
        (b"/a%20b.pdf", "a b.pdf"),
        (b"/100%25.html", "100%.html"),
        (b"/..", None),
        (b"/a/..", None),
        (b"/a\\b", None),
        (b"", None),
        (b"*", None),
    ],
)
def test_paths(raw: bytes, path: str | None) -> None:
    assert site_path(raw) == path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.PDF", "application/pdf"),
        ("a.svg", "image/svg+xml"),
        ("a.png", "image/png"),
        ("data.json", "application/json"),
        ("forslag.csv", "text/csv; charset=utf-8"),
        ("a.tar.gz", "application/octet-stream"),
        ("a", "application/octet-stream"),
    ],
)
def test_content_types(name: str, kind: str) -> None:
    assert content_type(name) == kind


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        ("raise KeyError('{x}')", "KeyError"),
        ("raise RecursionError", "RecursionError"),
        ("raise MemoryError", "there is too little memory"),
        ("raise SystemError('<b>')", "SystemError"),
    ],
)
def test_a_failure_of_the_program_ends_nothing(tmp_path: Path, failure: str, said: str) -> None:
    write(tmp_path, EXAMPLE)
    environment = failing(tmp_path / "failing", failure)
    with serving(tmp_path, **environment) as preview:
        for text in (WORD, "Bedre tekst."):
            preview.save("sak/eksempel.md", f"{HEAD}{ANSWERS}\n{text}\n")
            if text == WORD:
                until(lambda: said in preview.said)
                assert "content/sak/eksempel.md:1:1: error[program-failed]" in preview.said
                page = preview.ask(f"/{PAGE}")
                assert page.status == 200, "the last good state stays"
                assert said.encode() in state(preview)
                continue
            until(lambda: "nothing is wrong any more" in preview.said)
            until(lambda: b"Bedre tekst." in preview.ask(f"/{PAGE}").data)
        assert preview.end() == 0
        assert "Traceback" not in preview.said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sak/eksempel.md", HEAD.replace("status", "vote: {result: unanimous\nstatus") + ANSWERS),
        ("index.md", "---\ntitle: a\npublisher: b\nversion_tags: '{x}'\n---\n"),
    ],
)
def test_braces_end_nothing(tmp_path: Path, name: str, text: str) -> None:
    write(tmp_path, EXAMPLE)
    with serving(tmp_path) as preview:
        preview.save(name, text)
        until(lambda: "error[" in preview.said)
        preview.save(name, EXAMPLE[name])
        until(lambda: "nothing is wrong any more" in preview.said)
        assert preview.end() == 0


def state(preview: Serving) -> bytes:
    """What an open page is told first."""
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=60)
    with closing(connection):
        connection.request("GET", f"/.preview/events?path=/{PAGE}")
        return connection.getresponse().readline()
