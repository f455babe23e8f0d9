"""`innspill verify` of a folder whose PDFs were laid out otherwise, as it was published to."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from repositories import Repo, begun
from sites import ANSWERS, project, statement
from test_verify import listed_anew, said
from test_verify_otherwise import broken_elsewhere

from innspill import verify_folder
from innspill.build import build
from innspill.limits import Limit
from innspill.project import BuildOptions
from innspill.verification import Verification, VerifyResult
from innspill.verify import verify_paths

SAME_WORDS = "at en bør vurdere det andre. "
TEXT = ANSWERS + "\n\n".join("Et eksempel er " + SAME_WORDS * 9 for _ in range(8))
PAGE, PDF = "sak/eksempel/index.html", "sak/eksempel/uttalelse.pdf"
PROPOSALS = "proposals:\n  - what: Det andre\n    move: other\n    force: må\n    quote: må bli\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Repo:
    """A project, whose site was built with templates that nobody has any more."""
    return made(tmp_path_factory.mktemp("folder"), store)


@pytest.fixture(scope="module")
def with_booklets(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Repo:
    """The same with a form more of each PDF."""
    return made(tmp_path_factory.mktemp("booklets"), store, "booklet")


def made(folder: Path, store: Path, *prints: str) -> Repo:
    repo = begun(folder / "repo")
    (repo.root / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    answers = TEXT.replace("det ene", "det ene må bli", 1)
    repo.commit(statement(answers, PROPOSALS), "Vedtatt", "2024-03-07")
    templates = broken_elsewhere(folder / "lost")
    place = project(repo.root, store=store, templates=templates)
    built = build(place, BuildOptions(prints=prints), lambda *_: None)
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return repo


def verified(repo: Repo, folder: Path, store: Path) -> Verification:
    [found] = verify_paths(project(repo.root, store=store), (folder,), 600)
    return found


def page_says(site: Path) -> None:
    """One page of many says another word of the statement."""
    page = site / PAGE
    text = page.read_text(encoding="utf-8")
    assert SAME_WORDS in text
    page.write_text(text.replace("bør", "må", 1), encoding="utf-8")
    listed_anew(site, PAGE)


def page_hides(site: Path) -> None:
    """As a page that says another word; all that it said is left in a style."""
    page = site / PAGE
    before = re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))
    page_says(site)
    after = page.read_text(encoding="utf-8")
    page.write_text(after.replace("</body>", f"<style>{before}</style></body>"), encoding="utf-8")
    listed_anew(site, PAGE)


def page_runs(site: Path) -> None:
    page = site / PAGE
    page.write_bytes(page.read_bytes().replace(b"<body", b'<body onload="x()"', 1))
    listed_anew(site, PAGE)


def page_changed(site: Path) -> None:
    """As a page that runs something, but the manifest still tells its digest."""
    page = site / PAGE
    page.write_bytes(page.read_bytes().replace(b"<body", b'<body onload="x()"', 1))


def pdf_covered(site: Path) -> None:
    with pikepdf.open(site / PDF, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"/Artifact BMC q 1 1 1 rg 0 0 595 700 re f Q EMC")
        pdf.save()
    listed_anew(site, PDF)


def sheets_of_another(site: Path) -> None:
    """The printer's sheets have a page less than their booklet."""
    path = "sak/eksempel/uttalelse-hefte-utskrift.pdf"
    with pikepdf.open(site / path, allow_overwriting_input=True) as pdf:
        del pdf.pages[-1]
        pdf.save()
    listed_anew(site, path)


def file_gone(site: Path) -> None:
    (site / PDF).unlink()


def votes(site: Path) -> None:
    path = site / "sak/data.json"
    path.write_bytes(path.read_bytes().replace(b'"status":"vedtatt"', b'"status":"utkast"'))
    assert b"utkast" in path.read_bytes()
    listed_anew(site, "sak/data.json")


def nothing(site: Path) -> None:
    (site / "web.config").write_text("<configuration/>", encoding="utf-8")
    (site / "sak/notat.txt").write_text("Ikke vårt.", encoding="utf-8")


FOLDERS: dict[str, tuple[Callable[[Path], None], VerifyResult, str]] = {
    "another word": (page_says, VerifyResult.OTHER, f"{PAGE}: it says “"),
    "another word, and the old ones in a style": (
        page_hides,
        VerifyResult.OTHER,
        f"{PAGE}: it says “",
    ),
    "a script": (page_runs, VerifyResult.UNKNOWN, f"{PAGE}: it says “onload=x()”"),
    "a script, and the old manifest": (page_changed, VerifyResult.OTHER, f"{PAGE}: it says “onl"),
    "a white box": (pdf_covered, VerifyResult.OTHER, f"{PDF}: page 1: something is drawn over"),
    "a file that is gone": (file_gone, VerifyResult.OTHER, f"missing: {PDF}"),
    "other data": (votes, VerifyResult.UNKNOWN, "sak/data.json: not as that commit makes it"),
}


WITH_BOOKLETS: dict[str, tuple[Callable[[Path], None], VerifyResult, str]] = {
    "files that are not ours": (nothing, VerifyResult.SAYS_SO, "not looked into: sak/notat.txt"),
    "other sheets": (sheets_of_another, VerifyResult.UNKNOWN, "hefte-utskrift.pdf: pages: "),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_laid_out_otherwise(
    published: Repo, tmp_path: Path, store: Path, name: str
) -> None:
    is_found(published, tmp_path, store, *FOLDERS[name])


@pytest.mark.parametrize("name", WITH_BOOKLETS)
def test_a_folder_with_booklets(
    with_booklets: Repo, tmp_path: Path, store: Path, name: str
) -> None:
    is_found(with_booklets, tmp_path, store, *WITH_BOOKLETS[name])


def is_found(
    repo: Repo,
    folder: Path,
    store: Path,
    change: Callable[[Path], None],
    answer: VerifyResult,
    words: str,
) -> None:
    site = Path(shutil.copytree(repo.root / "build", folder / "site"))
    change(site)
    found = verified(repo, site, store)
    assert words in said(found)
    assert found.answer is answer, said(found)
    assert sum(PAGE in str(each) for each in found.findings) <= 1


def test_a_page_that_is_made_to_harm(
    published: Repo, tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Path(shutil.copytree(published.root / "build", tmp_path / "site"))
    (site / PAGE).write_bytes(b"<a " * 300_000)
    listed_anew(site, PAGE)
    monkeypatch.setattr(verify_folder, "COMPARING", Limit(3, 2000))
    found = verified(published, site, store)
    assert f"{PAGE}: reading it took longer than 3 seconds: see --timeout" in said(found)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
