"""`innspill pack --arkiv`: what is delivered to a case system, held to the schemas of both."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from certificates import PASSWORD, issued
from everything import everything
from letter import pieces, spaceless
from lxml import etree
from repositories import begun
from sites import ANSWERS, EXAMPLE, ROOT, innspill, project, statement, write

from innspill.archive.delivery import pack_for_archive
from innspill.build import ZipToWrite
from innspill.pack import NothingToPack
from innspill.project import BuildOptions, BuildResult, SealRequest

SCHEMAS = Path(__file__).parent / "schemas"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
FIKS = "{https://ks-no.github.io/standarder/fiks-protokoll/fiks-arkiv/arkivmelding/opprett/v1}"
IN_A_CASE = "arkiv:\n  journalposttype: U\n  saksaar: 2024\n  sakssekvensnummer: 7516\n"
NEW_CASE = """\
arkiv:
  journalposttype: I
  arkivdel: EKSEMPEL
  administrativEnhet: Eksempel bydel
  saksansvarlig: Kari Eksempel
  journalenhet: EKS
  klassifikasjon:
    - klassifikasjonssystemID: K-koder
      klasseID: "000"
      tittel: Eksempelklasse
"""
NO_DAY = "the archive asks for the statement's day, and neither dated nor adopted is there"
FACTS = """\
adopted: 2024-03-07
dated: 2024-03-11
our_reference: 24/1 - 2
your_reference: 24/7516 - 3
case_officer: Ola Eksempel
recipient: Eksempel byrådsavdeling
"""


@cache
def schema(folder: str) -> Any:
    (path,) = SCHEMAS.joinpath(folder).glob("[an][ko]*.xsd")
    return etree.XMLSchema(etree.parse(path))


def valid(folder: str, data: bytes) -> Any:
    document = etree.fromstring(data)
    schema(folder).assertValid(document)
    return document


def packed(
    folder: Path, files: dict[str, str | bytes], store: Path, what: str, **options: Any
) -> tuple[BuildResult, ZipToWrite | None]:
    place = project(write(folder, files), store=store)
    return pack_for_archive(place, what, BuildOptions(**options), lambda _: None)


def contents(made: ZipToWrite | None) -> dict[str, bytes]:
    assert made is not None
    to = io.BytesIO()
    made.write(to)
    with zipfile.ZipFile(to) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def files(front: str = FACTS + IN_A_CASE) -> dict[str, str | bytes]:
    return {**statement(ANSWERS, front)}


def words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def test_every_file_stands_in_the_message_with_its_digest(tmp_path: Path, store: Path) -> None:
    _, made = packed(tmp_path, files(), store, "sak/eksempel")
    held = contents(made)
    assert list(held) == sorted(held)
    message = valid("fiks-arkiv", held.pop("arkivmelding.xml"))
    told = {}
    for each in message.iter(f"{FIKS}dokumentobjekt"):
        row = {part.tag.removeprefix(FIKS): part.text for part in each}
        assert row["sjekksumAlgoritme"] == "SHA256"
        assert row["referanseDokumentfil"] == row["filnavn"]
        told[row["filnavn"]] = (row["sjekksum"], int(row["filstoerrelse"]))
    assert told == {name: (sha256(data).hexdigest(), len(data)) for name, data in held.items()}
    assert set(held) == {
        "uttalelse.pdf", "eksempel.md", "uttalelse.akn.xml", "sammendrag.pdf", "data.json",
    }  # fmt: skip
    assert message.findtext(f"{FIKS}antallFiler") == "5"
    documents = message.findall(".//{*}dokumentbeskrivelse")
    titles = [each.findtext("{*}tittel") for each in documents]
    assert titles == ["Eksempel på uttalelse", "Sammendrag", "Data"]
    assert held["eksempel.md"] == (tmp_path / "content/sak/eksempel.md").read_bytes()
    codes = [each.findtext("{*}kode") for each in message.iter(f"{FIKS}variantformat")]
    assert codes == ["A", "P", "P", "A", "P"]


def test_what_the_letter_says_of_itself_stands_in_the_message(tmp_path: Path, store: Path) -> None:
    _, made = packed(tmp_path / "a", files(), store, "sak/eksempel")
    message = valid("fiks-arkiv", contents(made)["arkivmelding.xml"])
    assert message.find(f"{FIKS}mappe") is None
    case = message.find(".//{*}referanseForelderMappe/{*}saksnummer")
    assert [each.text for each in case] == ["2024", "7516"]
    assert message.findtext(".//{*}dokumentetsDato") == "2024-03-11"
    parties = message.findall(".//{*}korrespondansepart")
    assert [each.findtext("{*}korrespondansepartNavn") for each in parties] == [
        "Eksempel bydelsutvalg", "Eksempel byrådsavdeling",
    ]  # fmt: skip
    assert [each.findtext("{*}deresReferanse") for each in parties] == [None, "24/7516 - 3"]
    assert parties[0].findtext("{*}saksbehandler/{*}navn") == "Ola Eksempel"

    _, made = packed(tmp_path / "b", files(FACTS + NEW_CASE), store, "sak/eksempel")
    message = valid("fiks-arkiv", contents(made)["arkivmelding.xml"])
    case = message.find(f"{FIKS}mappe")
    assert case.findtext("{*}arkivdel/{*}kode") == "EKSEMPEL"
    assert case.findtext("{*}klassifikasjon/{*}klasseID") == "000"
    assert case.findtext("{*}saksansvarlig/{*}navn") == "Kari Eksempel"
    assert message.find(".//{*}referanseForelderMappe") is None
    parties = message.findall(".//{*}korrespondansepart")
    assert [each.findtext("{*}deresReferanse") for each in parties] == ["24/1 - 2", None]


def test_the_consultation_says_it_for_all_and_a_statement_for_itself(
    tmp_path: Path, store: Path
) -> None:
    index = EXAMPLE["sak/index.md"]
    assert isinstance(index, str)
    both = files(FACTS + "arkiv:\n  sakssekvensnummer: 8\n")
    both["sak/index.md"] = index.replace("title:", IN_A_CASE + "title:", 1)
    _, made = packed(tmp_path, both, store, "sak/eksempel")
    message = valid("fiks-arkiv", contents(made)["arkivmelding.xml"])
    case = message.find(".//{*}saksnummer")
    assert [each.text for each in case] == ["2024", "8"]


@pytest.mark.parametrize(
    ("front", "status", "told"),
    [
        ("adopted: 2024-03-07\n", "adopted",
         ["arkiv lacks arkivdel, administrativEnhet, saksansvarlig",
          "arkiv lacks journalposttype"]),
        (FACTS + "arkiv:\n  journalposttype: U\n  saksaar: 2024\n", "adopted",
         ["arkiv lacks sakssekvensnummer"]),
        (IN_A_CASE, "adopted", [NO_DAY]),
        ("dated: 2024-03-11\n" + IN_A_CASE, "draft", ["a draft is not for the archive"]),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_with_its_place(
    tmp_path: Path, store: Path, front: str, status: str, told: list[str]
) -> None:
    given = files(front)
    text = given["sak/eksempel.md"]
    assert isinstance(text, str)
    given["sak/eksempel.md"] = text.replace("status: adopted", f"status: {status}")
    built, made = packed(tmp_path, given, store, "sak/eksempel")
    assert made is None
    found = [each for each in built.checked.diagnostics if each.code == "archive"]
    assert [str(each.message) for each in found] == told
    assert {each.at.path.rpartition("content/")[2] for each in found} == {"sak/eksempel.md"}
    assert all(each.at.line > 1 for each in found)


def test_one_statement_at_a_time(tmp_path: Path, store: Path) -> None:
    with pytest.raises(NothingToPack, match=r"one statement at a time; there is: sak/eksempel$"):
        packed(tmp_path, files(), store, "sak")


def test_the_command_writes_a_zip_and_tells_of_what_is_missing(tmp_path: Path) -> None:
    folder = write(tmp_path, files())
    innspill("pack", "sak/eksempel", "--arkiv", cwd=folder)
    assert zipfile.is_zipfile(folder / "sak-eksempel-arkiv.zip")
    write(folder, files(FACTS))
    ran = innspill("pack", "sak/eksempel", "--arkiv", "--output", "x.zip", cwd=folder, code=1)
    assert "content/sak/eksempel.md:" in ran.stderr
    assert "arkiv lacks journalposttype" in ran.stderr
    assert not (folder / "x.zip").exists()
    ran = innspill("pack", "sak/eksempel", "--arkiv", "--no-pdf", cwd=folder, code=2)
    assert "leave out --no-pdf" in ran.stderr


def test_the_bytes_repeat(tmp_path: Path, store: Path) -> None:
    _, one = packed(tmp_path / "a", files(), store, "sak/eksempel")
    _, two = packed(tmp_path / "b", files(), store, "content/sak/eksempel.md")
    assert contents(one) == contents(two)


def test_sealed_pdfs_are_told_as_such(tmp_path: Path, store: Path) -> None:
    path = issued("Eksempel kommune").p12(tmp_path / "segl.p12")
    seal = SealRequest(path, "digest", "", lambda: PASSWORD)
    _, made = packed(tmp_path / "a", files(), store, "sak/eksempel", seal=seal)
    held = contents(made)
    message = valid("fiks-arkiv", held["arkivmelding.xml"])
    codes = [each.findtext("{*}kode") for each in message.iter(f"{FIKS}variantformat")]
    assert codes == ["S", "P", "P", "S", "P"]
    assert b"/ByteRange" in held["uttalelse.pdf"]


def numbered(document: Any) -> Iterator[tuple[str, str, str]]:
    """Each numbered paragraph: its id, its number, its words."""
    for each in document.iter(f"{AKN}paragraph", f"{AKN}point"):
        yield each.get("eId"), each.findtext(f"{AKN}num"), words(each.find(f"{AKN}content"))


def test_akoma_ntoso_has_every_paragraph_with_its_number(tmp_path: Path, store: Path) -> None:
    """Of the example with everything in it: lists in lists, tables, quotations, notes, code."""
    path, given = "sak/alt.md", everything(IN_A_CASE)
    built, made = packed(tmp_path, given, store, path)
    assert made, [str(each.message) for each in built.checked.diagnostics]
    held = contents(made)
    document = valid("akoma-ntoso", held["uttalelse.akn.xml"])
    found = list(numbered(document))
    (told,) = json.loads(held["data.json"])["moetesak"]
    assert [each["nummer"] for each in told["punkt"]] == [number for _, number, _ in found]
    for each, (eid, _, text) in zip(told["punkt"], found, strict=True):
        assert spaceless(each["tekst"]) in spaceless(text), eid
    assert len(found) > 20
    assert len({eid for eid, _, _ in found}) == len(found)
    assert all(eid == f"p{number.replace('.', '-')}" for eid, number, _ in found)
    for kind in ("table", "ul", "embeddedStructure", "noteRef", "note", "a", "img", "inline"):
        assert next(document.iter(f"{AKN}{kind}"), None) is not None, kind
    ids = {each.get("eId") for each in document.iter() if each.get("eId")}
    for link in document.iter(f"{AKN}noteRef"):
        assert link.get("href").removeprefix("#") in ids


def test_the_real_letter_word_for_word(tmp_path: Path, store: Path) -> None:
    given = {
        path.relative_to(ROOT / "content").as_posix(): path.read_bytes()
        for path in (ROOT / "content").rglob("*")
        if path.is_file()
    }
    (path,) = [name for name in given if name.endswith("/alna.md")]
    given[path] = given[path].replace(b"---\n", b"---\n" + IN_A_CASE.encode(), 1)
    built, made = packed(tmp_path, {**given}, store, path)
    assert made, [str(each.message) for each in built.checked.diagnostics]
    held = contents(made)
    valid("fiks-arkiv", held["arkivmelding.xml"])
    document = valid("akoma-ntoso", held["uttalelse.akn.xml"])
    said = spaceless(words(document))
    index = path.replace("alna.md", "index.md")
    asked = spaceless(given[index].decode())  # the questions stand once, in the consultation
    missing = [each for each in pieces() if spaceless(each) not in said]
    assert [each for each in missing if spaceless(each.lstrip("0123456789. ")) not in asked] == []
    assert len(missing) < len(pieces()) / 2


def test_the_dates_are_the_content_s(tmp_path: Path, store: Path) -> None:
    repo = begun(tmp_path / "repo")
    repo.commit(files(), "Vedtatt", "2024-04-02")
    place = project(repo.root, store=store)
    _, made = pack_for_archive(place, "sak/eksempel", BuildOptions(), lambda _: None)
    held = contents(made)
    document = valid("akoma-ntoso", held["uttalelse.akn.xml"])
    days = [(each.get("name"), each.get("date")) for each in document.iter(f"{AKN}FRBRdate")]
    own = [("vedtatt", "2024-03-07"), ("datert", "2024-03-11")]
    assert days == [*own, *own, ("laget", "2024-04-02")]
    message = valid("fiks-arkiv", held["arkivmelding.xml"])
    key = message.findtext(".//{*}referanseEksternNoekkel/{*}noekkel")
    assert key.startswith("sak/eksempel.md@")
    assert len(key.rpartition("@")[2]) == 40
