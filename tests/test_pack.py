"""One zip of a statement or a consultation, unpacked and opened by a double click."""

from __future__ import annotations

import io
import json
import zipfile
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser
from repositories import begun
from sites import ANSWERS, EXAMPLE, HEAD, INDEX, innspill, load, project, write

from innspill.build import ZipToWrite, pack_content
from innspill.manifest import verify
from innspill.pack import NothingToPack, find_pack_target
from innspill.project import BuildOptions

ADDRESS = "https://www.example.org/innspill/"
LINKS = """
Se [den andre](annen.md#p1-1), [den andre saken](../sak-to/index.md), [siden](../om.md) og
[vedlegget](tall.csv).
"""
FILES: dict[str, str | bytes] = {
    **EXAMPLE,
    "sak/eksempel.md": HEAD + LINKS + ANSWERS,
    "sak/annen.md": HEAD.replace("Eksempel bydelsutvalg", "Annet eksempelutvalg")
    + "\n[Bare her](bare-annen.csv)\n"
    + ANSWERS,
    "sak/tall.csv": b"a;b\n",
    "sak/bare-annen.csv": b"c;d\n",
    "sak-to/index.md": EXAMPLE["sak/index.md"],
    "om.md": "---\ntitle: Om eksempelet\n---\n\n[Saken](sak/index.md)\n",
}


def packed(folder: Path, store: Path, wanted: str | None, address: str = "") -> ZipToWrite:
    """The zip of a project that holds two consultations."""
    index = INDEX.replace("publisher", f"url: {address}\npublisher") if address else INDEX
    place = project(write(folder, {**FILES, "index.md": index}), store=store)
    built, zipped = pack_content(place, wanted, BuildOptions(with_pdf=False), lambda *_: None)
    assert zipped, [str(each.message) for each in built.checked.diagnostics]
    return zipped


def bytes_of(zipped: ZipToWrite) -> bytes:
    """The zip as it is written."""
    written = io.BytesIO()
    zipped.write(written)
    return written.getvalue()


def unpacked(zipped: ZipToWrite, folder: Path) -> Path:
    """The one folder that a zip unpacks to."""
    with zipfile.ZipFile(io.BytesIO(bytes_of(zipped))) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    assert f"{top.name}.zip" == zipped.name
    return top


class Page(HTMLParser):
    """The addresses on a page, and the ids."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value for name, value in attrs if name in {"href", "src"} and value]
        self.ids |= {value for name, value in attrs if name == "id" and value}


def paths(top: Path) -> set[str]:
    return {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}


@pytest.mark.parametrize("address", ["", ADDRESS])
@pytest.mark.parametrize("wanted", ["sak/eksempel", "sak"])
def test_every_link_inside_resolves_or_is_whole(
    tmp_path: Path, store: Path, wanted: str, address: str
) -> None:
    zipped = packed(tmp_path / "site", store, wanted, address)
    top = unpacked(zipped, tmp_path / "unpacked")
    outside = []
    for path in top.rglob("*.html"):
        for link in Page(path).links:
            parts = urlsplit(link)
            if parts.scheme:
                outside.append(link)
                continue
            target = path.parent / unquote(parts.path) if parts.path else path
            assert target.is_file(), f"{path}: {link}"
            assert not parts.fragment or unquote(parts.fragment) in Page(target).ids, link
    assert verify(top) == ()
    gone = f"{ADDRESS}sak/annen/index.html#p1-1"
    assert (gone in outside) == bool(address and wanted == "sak/eksempel")
    assert (f"{ADDRESS}sak-to/index.html" in outside) == bool(address)


def test_a_statement_takes_its_own_and_nothing_of_others(tmp_path: Path, store: Path) -> None:
    top = unpacked(packed(tmp_path / "site", store, "sak/eksempel"), tmp_path / "unpacked")
    held = paths(top)
    assert {"index.html", "om/index.html", "sak/eksempel/index.html", "sak/tall.csv"} <= held
    assert {"sak/data.json", "sak/forslag.csv", "manifest.json", "assets/site.css"} <= held
    others = ("sak/annen/", "sak/bare-annen.csv", "sak/index.html", "sak-to/")
    assert not [path for path in held if path.startswith(others)]
    data = json.loads((top / "sak/data.json").read_bytes())
    assert [each["utvalg"] for each in data["moetesak"]] == ["Eksempel bydelsutvalg"]
    text = (top / "sak/eksempel/index.html").read_text(encoding="utf-8")
    assert "<span>den andre</span>" in text
    assert ">vedlegget</a>" in text


@pytest.mark.parametrize(
    ("wanted", "taken"),
    [("sak/eksempel", []), ("sak-to", []), ("sak", ["tall.csv"]), ("sak/annen", ["tall.csv"])],
)
def test_files_of_versions_go_along_with_their_statement(
    tmp_path: Path, store: Path, wanted: str, taken: list[str]
) -> None:
    repo = begun(tmp_path / "site")
    listed = HEAD.replace("Eksempel bydelsutvalg", "Annet eksempelutvalg") + LINKS + ANSWERS
    repo.commit({**FILES, "sak/annen.md": listed, "sak-to/eksempel.md": HEAD + ANSWERS})
    repo.tag("sak/annen/2024-03-21-vedtatt")
    place = project(repo.root, store=store)
    _, zipped = pack_content(place, wanted, BuildOptions(with_pdf=False), lambda *_: None)
    assert zipped
    held = paths(unpacked(zipped, tmp_path / "unpacked"))
    assert [Path(each).name for each in held if "/versjon/" in each and "/filer/" in each] == taken


def test_a_consultation_takes_all_its_statements(tmp_path: Path, store: Path) -> None:
    held = paths(unpacked(packed(tmp_path / "site", store, "sak"), tmp_path / "unpacked"))
    assert {"sak/index.html", "sak/annen/index.html", "sak/bare-annen.csv"} <= held
    assert not [path for path in held if path.startswith("sak-to")]


def test_the_bytes_repeat(tmp_path: Path, store: Path) -> None:
    one = packed(tmp_path / "a", store, "content/sak/eksempel.md")
    two = packed(tmp_path / "b", store, "sak/eksempel/")
    assert bytes_of(one) == bytes_of(two)
    with zipfile.ZipFile(io.BytesIO(bytes_of(one))) as archive:
        infos = archive.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    names = [info.filename for info in infos]
    assert names == sorted(names)
    assert {PurePosixPath(name).parts[0] for name in names} == {"sak-eksempel"}


def test_the_unpacked_page_opens_and_asks_no_one(
    tmp_path: Path, store: Path, chromium: Browser
) -> None:
    top = unpacked(packed(tmp_path / "site", store, "sak/eksempel"), tmp_path / "unpacked")
    page = chromium.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((top / "index.html").as_uri())
    page.locator(".statements a").first.click()
    page.wait_for_url("**/sak/eksempel/index.html")
    assert page.locator("h1").inner_text() == "Uttalelse fra Eksempel bydelsutvalg"
    page.close()
    assert all(url.startswith(top.as_uri()) for url in asked)
    assert said == []


def test_what_is_not_there_is_not_packed(tmp_path: Path) -> None:
    _, site = load(write(tmp_path, FILES))
    with pytest.raises(
        NothingToPack, match='no "nei" to pack; there is: sak-to, sak, sak/annen, sak/eksempel'
    ):
        find_pack_target(site.site, "nei")
    with pytest.raises(NothingToPack, match="say what to pack"):
        find_pack_target(site.site, None)


def test_the_command_writes_one_file_and_leaves_the_site_alone(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    ran = innspill("pack", "--no-pdf", "--output", "ut.zip", cwd=tmp_path)
    assert ran.stdout.startswith("packed ut.zip: ")
    assert zipfile.is_zipfile(tmp_path / "ut.zip")
    assert not (tmp_path / "build").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"content", "ut.zip", ".innspill"}
    innspill("pack", "nei", cwd=tmp_path, code=2)
    write(tmp_path, {"sak/eksempel.md": HEAD + "\n[x](y.md)\n" + ANSWERS})
    innspill("pack", "--no-pdf", "--output", "to.zip", cwd=tmp_path, code=1)
    assert not (tmp_path / "to.zip").exists()
