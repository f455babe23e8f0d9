"""Each PDF is archival and accessible at once, says veraPDF: PDF/A-2a or 3a, and PDF/UA-1.

The files of all tests are judged in one run, by whichever worker comes first.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import msgspec
import pikepdf
import pytest
from broken import WAYS, break_it
from everything import WHOLE, picture
from sites import ANSWERS, HEAD, STATEMENT, build_quietly, project, statement, write
from verapdf import Verdict, judge

from innspill.project import BuildResult
from innspill.render.data_schema import Hoering
from innspill.render.fonts import coverage

BOTH = ("PDF/A-2A", "PDF/UA-1")
GOOD = ("real-sammendrag", "real-uttalelse", "all-sammendrag", "all-uttalelse")
SMALL = ANSWERS + "\n![Et kart](kart.png)\n"
SMALL_PDF = "build/sak/eksempel/uttalelse.pdf"
LETTERS = " ".join(
    chr(point)
    for point in sorted(coverage())
    if point > 0xA1
    and chr(point).isprintable()
    and not unicodedata.combining(chr(point))
    and unicodedata.is_normalized("NFC", chr(point))
)
"""Every character that the fonts have, also those that only the fallback draws."""
ATTACHING: Mapping[str, str | bytes] = {
    **statement(f"{SMALL}\n{LETTERS}\n", "attach_source: true\ndated: 2026-02-12\n"),
    "sak/annen.md": HEAD.replace("Eksempel b", "Annet b") + ANSWERS,
    "sak/kart.png": picture("PNG"),
}
BROKEN_BY = {
    "untagged": "PDF/UA-1",
    "no_language": "PDF/UA-1",
    "no_title": "PDF/UA-1",
    "no_alternative": "PDF/UA-1",
    "font_not_embedded": "PDF/A-2A",
    "header_not_artifact": "PDF/UA-1",
    "broken_metadata": "PDF/A-2A",
    "wrong_claim": "PDF/A-1A",
}
"""Which profile tells of which damage."""


@pytest.fixture(scope="session")
def judged(
    tmp_path_factory: pytest.TempPathFactory,
    testrun_uid: str,
    real: tuple[Path, BuildResult],
    whole: tuple[Path, BuildResult],
    store: Path,
) -> tuple[Path, dict[str, Verdict]]:
    """The folder of all PDFs, good and broken, and what veraPDF says of each."""
    folder = tmp_path_factory.getbasetemp().parent / f"verapdf-{testrun_uid}"
    folder.mkdir(exist_ok=True)
    report = folder / "report.json"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not report.exists():
            _gather(folder, real[0] / STATEMENT, whole[0] / WHOLE)
            _make_small(folder, tmp_path_factory.mktemp("small"), store)
            verdicts = judge(sorted(folder.glob("*.pdf")))
            report.write_text(json.dumps({key: asdict(each) for key, each in verdicts.items()}))
    rows = json.loads(report.read_text())
    return folder, {
        key.removesuffix(".pdf"): Verdict(tuple(row["passed"]), row["failed"])
        for key, row in rows.items()
    }


def _gather(folder: Path, real: Path, whole: Path) -> None:
    for name in ("sammendrag", "uttalelse"):
        shutil.copy(real / f"{name}.pdf", folder / f"real-{name}.pdf")
        shutil.copy(whole / f"{name}.pdf", folder / f"all-{name}.pdf")


def _make_small(folder: Path, place: Path, store: Path) -> None:
    write(place / "plain", {**statement(SMALL), "sak/kart.png": picture("PNG")})
    build_quietly(project(place / "plain", store=store))
    for way in WAYS:
        break_it(place / "plain" / SMALL_PDF, way, folder / f"{way}.pdf")
    write(place / "attached", ATTACHING)
    built = build_quietly(project(place / "attached", store=store))
    assert built.checked.diagnostics == ()
    shutil.copy(place / "attached" / SMALL_PDF, folder / "attached.pdf")


@pytest.mark.parametrize("name", GOOD)
def test_no_rule_of_either_standard_is_broken(
    judged: tuple[Path, dict[str, Verdict]], name: str
) -> None:
    assert judged[1][name] == Verdict(BOTH, {})


@pytest.mark.parametrize("way", WAYS)
def test_what_is_broken_is_seen(judged: tuple[Path, dict[str, Verdict]], way: str) -> None:
    assert judged[1][way].failed[BROKEN_BY[way]]


@pytest.mark.parametrize("name", GOOD)
def test_well_formed_says_qpdf(judged: tuple[Path, dict[str, Verdict]], name: str) -> None:
    with pikepdf.open(judged[0] / f"{name}.pdf") as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.pdf_version == "1.7"


@pytest.mark.parametrize("name", GOOD)
def test_what_it_says_of_itself_agrees(judged: tuple[Path, dict[str, Verdict]], name: str) -> None:
    with pikepdf.open(judged[0] / f"{name}.pdf") as pdf:
        assert pdf.Root.Metadata.read_bytes().count(b"<rdf:RDF") == 1
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            day = "2024-03-30" if name.startswith("real") else "2026-02-12"
            assert xmp["xmp:CreateDate"] == day
            assert xmp["xmp:ModifyDate"] == day or name.startswith("real"), "the commit's day"
            assert str(pdf.docinfo.CreationDate) == "D:" + day.replace("-", "")
            assert str(pdf.docinfo.ModDate) == "D:" + xmp["xmp:ModifyDate"].replace("-", "")
            assert xmp["dc:title"] == str(pdf.docinfo.Title)
            assert xmp["dc:creator"] == [str(pdf.docinfo.Author)]
            assert xmp["xmp:CreatorTool"] == str(pdf.docinfo.Creator)
            assert xmp["pdf:Producer"] == str(pdf.docinfo.Producer)
            assert xmp["dc:language"] == {"nb"}


def test_with_its_source_in_it_a_pdf_is_archival_too(
    judged: tuple[Path, dict[str, Verdict]],
) -> None:
    assert judged[1]["attached"] == Verdict(("PDF/A-3A", "PDF/UA-1"), {})


def test_the_source_and_the_data_come_out_as_they_went_in(
    judged: tuple[Path, dict[str, Verdict]],
) -> None:
    with pikepdf.open(judged[0] / "attached.pdf") as pdf:
        files = {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()}
        relations = {str(each.UF): str(each.AFRelationship) for each in pdf.Root.AF}
    assert relations == {"eksempel.json": "/Data", "eksempel.md": "/Source"}
    assert files["eksempel.md"] == str(ATTACHING["sak/eksempel.md"]).encode()
    data = msgspec.json.decode(files["eksempel.json"], type=Hoering)
    assert [each.utvalg for each in data.moetesak] == ["Eksempel bydelsutvalg"]
    assert data.moetesak[0].kilde.sjekksum == hashlib.sha256(files["eksempel.md"]).hexdigest()
    assert len(data.spoersmaal) == 2


def test_other_pdfs_hold_no_files(judged: tuple[Path, dict[str, Verdict]]) -> None:
    for name in GOOD:
        with pikepdf.open(judged[0] / f"{name}.pdf") as pdf:
            assert len(pdf.attachments) == 0
