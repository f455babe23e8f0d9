"""`innspill verify`: what was tampered with is named."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from repositories import Repo, begun, git
from sites import ANSWERS, ROOT, build_quietly, innspill, project, statement, tree, write

from innspill.rebuild import Unproven
from innspill.render.template_digest import templates_digest
from innspill.store import Store
from innspill.verification import Judgement, Verification, VerifyResult
from innspill.verify import verify_paths

TAG = "sak/eksempel/2024-03-07-vedtatt"
LONG = "\n\n".join(f"Avsnitt {number} er et eksempel. " * 12 for number in range(12))
FRONT = "attach_source: true\nadopted: 2024-03-07\n"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Repo:
    """An adopted statement of some pages, tagged, and corrected later; built."""
    repo = begun(tmp_path_factory.mktemp("verify") / "repo")
    (repo.root / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    repo.commit(statement(ANSWERS + LONG, FRONT), "Vedtatt", "2024-03-07")
    repo.tag(TAG)
    repo.commit(statement(ANSWERS.replace("det ene", "det ENE") + LONG, FRONT), day="2024-04-11")
    built = build_quietly(project(repo.root, store=store))
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return repo


def verified(repo: Repo, path: Path, store: Path, templates: Path | None = None) -> Verification:
    place = project(repo.root, store=store, templates=templates)
    [found] = verify_paths(place, (path,), 600)
    return found


def said(found: Verification | Judgement) -> str:
    return "\n".join(map(str, found.findings))


@pytest.mark.parametrize(
    "name",
    ["uttalelse.pdf", "sammendrag.pdf", "versjon/2024-03-07-vedtatt/uttalelse.pdf"],
)
def test_what_is_untouched_is_the_same_after_later_work(
    published: Repo, tmp_path: Path, store: Path, name: str
) -> None:
    pdf = shutil.copy(published.root / "build/sak/eksempel" / name, tmp_path / "fra pulten.pdf")
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    later = Repo(tmp_path / "clone")
    later.commit(statement("\nNoe helt annet.\n"))
    write(later.root, statement("\nOg mer.\n"))
    before = git(later.root, "status", "--porcelain", "--ignored")
    assert verified(later, Path(pdf), store).answer is VerifyResult.SAME
    assert git(later.root, "status", "--porcelain", "--ignored") == before


def test_nothing_is_kept_of_what_is_made(published: Repo, tmp_path: Path) -> None:
    own = tmp_path / "own"
    before = tree(own)
    pdf = published.root / "build/sak/eksempel/sammendrag.pdf"
    assert verified(published, pdf, own).answer is VerifyResult.SAME
    assert tree(own) == before


def letter(pdf: pikepdf.Pdf) -> None:
    """One glyph of the text is another."""
    page = pdf.pages[1]
    stream = page.Contents.read_bytes()
    start = stream.index(b"/MCID 3>>")
    first, *others = re.findall(rb"<([0-9a-f]{4})", stream[start:])
    other = next(each for each in others if each != first)
    changed = stream[start:].replace(b"<" + first, b"<" + other, 1)
    page.Contents.write(stream[:start] + changed)


def page_gone(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[1]


def day(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.ModDate = pikepdf.String("D:20240101")


def attached(pdf: pikepdf.Pdf) -> None:
    name = "eksempel.md"
    pdf.attachments[name].get_file().obj.write(b"Noe annet.\n")


def program(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Producer = pikepdf.String("WeasyPrint 1")


TAMPERED: dict[str, tuple[Callable[[pikepdf.Pdf], None], VerifyResult, str]] = {
    "letter": (letter, VerifyResult.OTHER, "”; adopted is “"),
    "page": (page_gone, VerifyResult.OTHER, "pages: "),
    "day": (day, VerifyResult.SAYS_SO, "ModDate is “D:20240101”, was “D:20240411”"),
    "attached": (attached, VerifyResult.WORDS, "the files in it are others"),
    "program": (program, VerifyResult.SAYS_SO, "Producer is “WeasyPrint 1”, was “WeasyPrint "),
}


@pytest.mark.parametrize("way", TAMPERED)
def test_a_tampered_pdf(published: Repo, tmp_path: Path, store: Path, way: str) -> None:
    change, answer, finding = TAMPERED[way]
    target = tmp_path / "uttalelse.pdf"
    with pikepdf.open(published.root / "build/sak/eksempel/uttalelse.pdf") as pdf:
        change(pdf)
        pdf.save(target)
    found = verified(published, target, store)
    assert found.answer is answer, said(found)
    assert finding in said(found)


def with_source(published: Repo, target: Path, commit: str, template: str = "") -> Path:
    """The older version's PDF, said to be made from another commit, and with another template."""
    old = published.root / "build/sak/eksempel/versjon/2024-03-07-vedtatt/uttalelse.pdf"
    with pikepdf.open(old) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        xmp = re.sub(rb"@[0-9a-f]{40}", b"@" + commit.encode(), xmp)
        if template:
            own = templates_digest({"print/uttalelse.html": template.encode()}).encode()
            xmp = re.sub(rb"shipped sha256:[0-9a-f]{64}", b"own sha256:" + own, xmp)
        pdf.Root.Metadata.write(xmp)
        pdf.save(target)
    return target


def test_an_old_version_passed_off_as_the_new(published: Repo, tmp_path: Path, store: Path) -> None:
    head = git(published.root, "rev-parse", "HEAD")
    found = verified(published, with_source(published, tmp_path / "uttalelse.pdf", head), store)
    assert found.answer is VerifyResult.OTHER
    assert "ene" in said(found)
    assert "ENE" in said(found)


def test_a_commit_that_git_does_not_know(published: Repo, tmp_path: Path, store: Path) -> None:
    found = verified(published, with_source(published, tmp_path / "a.pdf", "1" * 40), store)
    assert found.answer is VerifyResult.UNKNOWN
    assert "git knows no commit" in said(found)


def test_no_remembered_pdf_is_taken_for_proof(tmp_path: Path) -> None:
    for kind in ("print", "font"):
        Store(tmp_path).put((kind, "x"), b"kept")
    assert Unproven(tmp_path).get(("font", "x")) == b"kept"
    assert Unproven(tmp_path).get(("print", "x")) is None


def test_what_is_not_ours(published: Repo, tmp_path: Path, store: Path) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    assert verified(published, path, store).answer is VerifyResult.NOT_OURS
    whole = (published.root / "build/sak/eksempel/uttalelse.pdf").read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    assert verified(published, path, store).answer is VerifyResult.NOT_OURS
    assert verified(published, tmp_path, store).answer is VerifyResult.NOT_OURS
    path.write_bytes(whole + b"\n% mer\n")
    assert verified(published, path, store).answer is VerifyResult.WORDS
    path.write_bytes(whole + b"\n")
    assert verified(published, path, store).answer is VerifyResult.SAYS_SO


def test_a_folder_beside_its_manifest(published: Repo, tmp_path: Path) -> None:
    site = Path(shutil.copytree(published.root / "build", tmp_path / "site"))
    told = innspill("verify", site, cwd=tmp_path, code=3).stdout
    assert "its files are as its own manifest has them" in told
    (site / "index.html").write_text("Noe annet.", encoding="utf-8")
    (site / "sak/mer.html").write_text("Lagt til.", encoding="utf-8")
    (site / "sak/data.json").unlink()
    ran = innspill("verify", "--format", "json", site, cwd=tmp_path, code=1)
    [found] = json.loads(ran.stdout)
    assert found["answer"] == "other"
    assert found["findings"] == [
        "changed: index.html",
        "missing: sak/data.json",
        "not made by Innspill, and not looked into: sak/mer.html",
        "git was not asked: the content is in no git repository, so it has no earlier revisions",
    ]


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files below a folder, git's own too, with the times that they were written."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def listed_anew(site: Path, path: str) -> None:
    """Makes the manifest say of a file what the file is."""
    manifest = json.loads((site / "manifest.json").read_bytes())
    data = (site / path).read_bytes()
    manifest["files"][path] |= {"sha256": sha256(data).hexdigest(), "size": len(data)}
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    (site / "manifest.json").write_text(f"{text}\n", encoding="utf-8")


def test_a_folder_beside_what_its_commit_makes(published: Repo, tmp_path: Path) -> None:
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    later = Repo(tmp_path / "clone")
    later.tag("sak/eksempel/2024-05-02-senere")
    before, kept = contents(later.root), contents(tmp_path / ".innspill")
    found = verified(later, published.root / "build", tmp_path / ".innspill")
    assert found.answer is VerifyResult.SAME, said(found)
    assert found.commit == git(published.root, "rev-parse", "HEAD")

    site = Path(shutil.copytree(published.root / "build", tmp_path / "site"))
    page = site / "sak/eksempel/index.html"
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"det ENE", b"det andre", 1))
    with pikepdf.open(site / "sak/eksempel/uttalelse.pdf", allow_overwriting_input=True) as pdf:
        letter(pdf)
        pdf.save()
    home = site / "index.html"
    home.write_bytes(home.read_bytes().replace(b"</body>", b"\n</body>"))
    for path in ("sak/eksempel/index.html", "sak/eksempel/uttalelse.pdf", "index.html"):
        listed_anew(site, path)
    found = verified(later, site, tmp_path / ".innspill")
    assert found.answer is VerifyResult.OTHER
    first, *others = map(str, found.findings)
    assert first == "index.html: the same in other bytes"
    assert [each.partition(":")[0] for each in others] == [
        "manifest.json",
        "sak/eksempel/index.html",
        "sak/eksempel/uttalelse.pdf",
    ]
    assert "det andre" in others[1]
    assert "det ENE" in others[1]

    page.write_bytes(whole)
    shutil.copy(published.root / "build/sak/eksempel/uttalelse.pdf", site / "sak/eksempel")
    for path in ("sak/eksempel/index.html", "sak/eksempel/uttalelse.pdf"):
        listed_anew(site, path)
    assert verified(later, site, tmp_path / ".innspill").answer is VerifyResult.SAYS_SO
    assert contents(later.root) == before
    assert contents(tmp_path / ".innspill") == kept


def test_a_template_that_goes_on_for_ever_is_given_up(
    published: Repo, tmp_path: Path, store: Path
) -> None:
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    repo = Repo(tmp_path / "clone")
    loop = "{% for a in range(99999) %}" * 3 + "{% endfor %}" * 3
    endless = {"../templates/print/uttalelse.html": loop}
    commit = repo.commit(endless)
    pdf = with_source(published, tmp_path / "uttalelse.pdf", commit, loop)
    ran = innspill("verify", "--timeout", "3", "--project", repo.root, pdf, cwd=tmp_path, code=3)
    assert "took longer than 3 seconds: see --timeout" in ran.stdout
    assert ran.stderr == ""
    faulty = "\n{{ nothing }}"
    broken = repo.commit({"../templates/print/uttalelse.html": faulty})
    found = verified(repo, with_source(published, pdf, broken, faulty), store)
    assert found.answer is VerifyResult.UNKNOWN
    assert f"{broken[:12]}:templates/print/uttalelse.html:2: the template fails" in said(found)


def test_this_programs_own_site_is_verified_by_its_own_templates(tmp_path: Path) -> None:
    """In a checkout of the program `templates/` is the program's, of whatever commit."""
    repo = begun(tmp_path)
    (repo.root / ".gitignore").write_text("build/\n.innspill/\n__pycache__/\n", encoding="utf-8")
    for folder in ("content", "scripts/innspill", "templates"):
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, repo.root / folder, ignore=unwanted)
    base = (repo.root / "templates/base.html").read_text(encoding="utf-8")
    repo.commit({"../templates/base.html": base + "{{ of_an_older_program() }}"})
    repo.commit({"../templates/base.html": base})
    program = str(repo.root / "scripts")
    innspill("build", cwd=repo.root, PYTHONPATH=program)
    pdfs = sorted((repo.root / "build").rglob("*.pdf"))
    assert {"sammendrag.pdf", "uttalelse.pdf"} <= {each.name for each in pdfs}
    told = innspill("verify", *pdfs, repo.root / "build", cwd=repo.root, PYTHONPATH=program).stdout
    assert told.count("the same, byte for byte") == len(pdfs) + 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"root:x:0:0:root\n", "it is no PDF"),
        (b"%PDF-1.7\nnei", "it is a damaged PDF, or a locked one"),
    ],
)
def test_what_is_no_pdf_is_said_to_be_none(
    published: Repo, tmp_path: Path, store: Path, data: bytes, why: str
) -> None:
    (tmp_path / "brev.pdf").write_bytes(data)
    found = verified(published, tmp_path / "brev.pdf", store)
    assert [str(each) for each in found.findings] == [why]


def test_a_working_draft_is_said_to_be_one(published: Repo, tmp_path: Path, store: Path) -> None:
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    write(tmp_path / "clone", statement(ANSWERS))
    build_quietly(project(tmp_path / "clone", store=store))
    found = verified(published, tmp_path / "clone/build/sak/eksempel/uttalelse.pdf", store)
    assert found.answer is VerifyResult.UNKNOWN
    assert "working draft" in said(found)
