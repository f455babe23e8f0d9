"""Attachments: nothing that runs, and no name or place that the site doesn't mean to tell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin
from sites import ANSWERS, EXAMPLE, build_quietly, faults, project, statement, tree, write

from innspill.diagnostics import Diagnostic

FRONT = "attachments:\n  - file: {}\n    title: Vedlegget\n"
LINE = 6


def attached(folder: Path, name: str, data: bytes, more: str = "") -> list[Diagnostic]:
    """What is wrong where a statement has one attachment."""
    files: dict[str, str | bytes] = {**statement(ANSWERS, FRONT.format(name))}
    if more:
        files["index.md"] = EXAMPLE["index.md"].replace("publisher", f"{more}\npublisher", 1)
    return faults(folder, {**files, f"sak/{name}": data})


def zipped(parts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def pdf(**info: str) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    for key, value in info.items():
        made.docinfo[f"/{key}"] = value
    return _saved(made)


def _saved(made: pikepdf.Pdf) -> bytes:
    data = io.BytesIO()
    made.save(data, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return data.getvalue()


def pdf_with_xmp() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = ["Ola Nordmann"]
    return _saved(made)


def pdf_with_comment() -> bytes:
    made = pikepdf.new()
    page = made.add_blank_page()
    comment = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], T="Ola Nordmann")
    page.Annots = Array([comment])
    return _saved(made)


def pdf_that_runs(*, on_page: bool = False, kind: str = "JavaScript") -> bytes:
    made = pikepdf.new()
    page = made.add_blank_page()
    action = Dictionary(S=Name(f"/{kind}"), JS=String("app.alert(1)"))
    if on_page:
        page.AA = Dictionary(O=action)
    else:
        made.Root.OpenAction = action
    return _saved(made)


def locked_pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    data = io.BytesIO()
    made.save(data, encryption=pikepdf.Encryption(owner="a", user="b"))
    return data.getvalue()


def image(form: str) -> bytes:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", "Ola Nordmann")
    exif = Image.Exif()
    exif[0x013B] = "Ola Nordmann"
    options = {"pnginfo": texts} if form == "PNG" else {"exif": exif}
    data = io.BytesIO()
    Image.new("RGB", (9, 9)).save(data, form, **options)
    return data.getvalue()


CORE = (
    '<p:c xmlns:p="p" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<dc:creator>Ola Nordmann</dc:creator><p:lastModifiedBy>Ola Nordmann</p:lastModifiedBy></p:c>"
)
AUTHOR = '<w:d xmlns:w="w"><w:ins w:author="Ola Nordmann"/></w:d>'
TELLING = {
    "egenskap.pdf": pdf(Author="Ola Nordmann"),
    "xmp.pdf": pdf_with_xmp(),
    "merknad.pdf": pdf_with_comment(),
    "brev.docx": zipped({"docProps/core.xml": CORE}),
    "endringer.docx": zipped({"word/document.xml": AUTHOR}),
    "merknader.docx": zipped({"word/comments.xml": AUTHOR}),
    "tall.xlsx": zipped({"xl/persons/person.xml": '<p><person displayName="Ola Nordmann"/></p>'}),
    "merket.xlsx": zipped({"xl/comments1.xml": "<c><author>Ola Nordmann</author></c>"}),
    "lysark.pptx": zipped({"ppt/commentAuthors.xml": '<c><cmAuthor name="Ola Nordmann"/></c>'}),
    "brev.odt": zipped({"meta.xml": '<o xmlns:m="m"><m:initial-creator>Ola Nordmann'
                                    "</m:initial-creator></o>"}),
    "brev.rtf": b"{\\rtf1{\\info{\\author Ola Nordmann}}}",
    "kart.png": image("PNG"),
    "foto.jpg": image("JPEG"),
}  # fmt: skip


@pytest.mark.parametrize("name", TELLING)
def test_a_name_is_told_unless_it_is_meant(tmp_path: Path, name: str) -> None:
    found = attached(tmp_path / "a", name, TELLING[name])
    assert [(each.code, each.severity.value, each.at.line) for each in found] == [
        ("author", "warning", LINE)
    ]
    assert str(found[0].message) == f'"sak/{name}" tells who wrote it: Ola Nordmann'
    meant = "may_be_published: [ola  nordmann]"
    assert attached(tmp_path / "b", name, TELLING[name], meant) == []


def test_the_committee_and_the_publisher_are_no_secret(tmp_path: Path) -> None:
    assert attached(tmp_path, "brev.pdf", pdf(Author="Eksempel bydelsutvalg")) == []


def test_a_position_is_told_of_an_image_that_is_only_linked_to(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    data = io.BytesIO()
    Image.new("RGB", (9, 9)).save(data, "JPEG", exif=exif)
    linked = statement(ANSWERS + "\nSe [bildet](foto.jpg).\n")
    found = faults(tmp_path / "a", {**linked, "sak/foto.jpg": data.getvalue()})
    assert [each.code for each in found] == ["position"]
    shown = statement(ANSWERS + "\nSe [bildet](foto.jpg).\n\n![Et bilde](foto.jpg)\n")
    assert faults(tmp_path / "b", {**shown, "sak/foto.jpg": data.getvalue()}) == []


UNREAD = {
    "laast.pdf": locked_pdf(),
    "skadd.pdf": b"%PDF-1.7\n" + b"x" * 50,
    "skadd.docx": b"PK\x03\x04" + b"x" * 50,
    "bombe.docx": zipped({"docProps/core.xml": "<x>" + " " * 60_000_000}),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_looked_into_is_told(tmp_path: Path, name: str) -> None:
    found = attached(tmp_path, name, UNREAD[name])
    assert [(each.code, each.severity.value) for each in found] == [("file-unread", "warning")]


def test_entities_unfold_nowhere(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "' + "a" * 9 + '"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    assert attached(tmp_path, "brev.docx", zipped({"docProps/core.xml": bomb})) == []


ACTIVE = {
    "side.html": b"<script>1</script>", "side.HTM": b"x", "side.xhtml": b"<x/>",
    "data.xml": b"<x/>", "side.mht": b"x", "kart.svgz": b"\x1f\x8b", "kode.js": b"1",
    "kode.mjs": b"1", "film.swf": b"FWS", "brev.docm": zipped({"x": "1"}), "program.exe": b"MZ",
    "brev.pdf.exe": b"MZ", "lenke.url": b"x", "side.php": b"x", "stil.css": b"x", "uten": b"<html>",
    "makro.docx": zipped({"word/vbaProject.bin": "1"}), "skript.pdf": pdf_that_runs(),
    "paaside.pdf": pdf_that_runs(on_page=True), "start.pdf": pdf_that_runs(kind="Launch"),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTIVE)
def test_what_runs_is_refused_as_attachment_and_as_link(tmp_path: Path, name: str) -> None:
    found = attached(tmp_path / "a", name, ACTIVE[name])
    assert [(each.code, each.at.line) for each in found] == [("active-file", LINE)]
    linked = statement(f"{ANSWERS}\nSe [filen]({name}).\n")
    found = faults(tmp_path / "b", {**linked, f"sak/{name}": ACTIVE[name]})
    assert [(each.code, each.at.line) for each in found] == [("active-file", 15)]


def test_documents_and_recordings_are_published_as_they_are(tmp_path: Path, store: Path) -> None:
    files = {
        "brev.pdf": pdf(), "tall.csv": b"a;b\n", "opptak.mp3": b"ID3", "alt.zip": zipped({}),
        "kart.sos": b".HODE", "stort.png": TELLING["kart.png"],
    }  # fmt: skip
    listed = "attachments:\n" + "".join(f"  - {{file: {name}, title: Fil}}\n" for name in files)
    site: dict[str, str | bytes] = {**statement(ANSWERS, listed)}
    site |= {f"sak/{name}": data for name, data in files.items()}
    built = build_quietly(project(write(tmp_path, site), store=store), with_pdf=False)
    assert [each.code for each in built.checked.diagnostics] == ["author"]
    published = tree(tmp_path / "build")
    assert {name: published[f"sak/{name}"] for name in files} == files
