"""What the tests share: the real site, built once a worker."""

from __future__ import annotations

import os

# The program speaks the language that it is loaded in.
os.environ |= {"LC_ALL": "C.UTF-8", "LANGUAGE": ""}

from collections.abc import Iterator
from pathlib import Path

import pytest
from checkers import empty
from committees import consultation
from everything import everything, with_the_rest_of_a_site
from hypothesis import settings
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright
from sites import CONTENT, build_quietly, project, write

from innspill.project import BuildResult
from innspill.store import open_store

settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")
"""One commit, one verdict; `--hypothesis-profile=default` looks where nobody has looked."""


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, testrun_uid: str) -> Path:
    """A memo store that all workers of a run share."""
    folder = tmp_path_factory.getbasetemp().parent / f"store-{testrun_uid}"
    open_store(project(folder.parent, store=folder))
    return folder


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory, store: Path) -> tuple[Path, BuildResult]:
    """The real content, built with PDFs: the published folder, and what the build says."""
    folder = tmp_path_factory.mktemp("real")
    place = project(folder, content=CONTENT, store=store)
    return folder / "build", build_quietly(place)


@pytest.fixture(scope="session")
def consultations(tmp_path_factory: pytest.TempPathFactory, store: Path) -> dict[int, Path]:
    """The example consultation as published with one, two, three and fifteen committees."""
    built = {}
    for count in (1, 2, 3, 15):
        folder = write(tmp_path_factory.mktemp(f"committees-{count}"), consultation(count))
        assert build_quietly(project(folder, store=store), with_pdf=False).published
        built[count] = folder / "build"
    return built


@pytest.fixture(scope="session")
def full_site(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """The example with everything in it, and the rest of a site, as published without PDFs."""
    folder = write(tmp_path_factory.mktemp("site"), with_the_rest_of_a_site())
    built = build_quietly(project(folder, store=store), with_pdf=False)
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return folder / "build"


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, store: Path) -> tuple[Path, BuildResult]:
    """The example with everything in it: the published folder, and what the build says."""
    folder = write(tmp_path_factory.mktemp("whole"), everything())
    return folder / "build", build_quietly(project(folder, store=store))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers; there can be one in a process."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def kept_tab(chromium: Browser) -> Page:
    """The one tab that `tab` gives out again and again: to open one costs more than two visits."""
    return chromium.new_page()


@pytest.fixture
def tab(kept_tab: Page) -> Iterator[Page]:
    """An empty tab as a new one is; at the end, no script has failed in it.

    What can't be taken back – a listener, an answer in a server's place, a script before the
    page's own – is done in a tab of the test's own.
    """
    failed: list[str] = []

    def told(error: Error) -> None:
        failed.append(str(error))

    kept_tab.on("pageerror", told)
    yield kept_tab
    kept_tab.remove_listener("pageerror", told)
    empty(kept_tab)
    assert failed == []


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--rewrite`: expected outputs are written anew, for review in git."""
    parser.addoption("--rewrite", action="store_true", help="write expected outputs anew")
