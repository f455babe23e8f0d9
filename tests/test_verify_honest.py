"""`innspill verify` accuses no honest publisher: each road with its verdict."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from repositories import Repo, begun, git
from sites import ANSWERS, CASE, ROOT, project, statement, write
from test_verify import said, verified

from innspill.build import build
from innspill.project import BuildOptions
from innspill.verification import VerifyResult

IGNORED = "build/\n.innspill/\n"


def made(repo: Repo, store: Path, templates: Path | None = None, *prints: str) -> Path:
    """The statement's folder of a build."""
    place = project(repo.root, store=store, templates=templates)
    built = build(place, BuildOptions(prints=prints), lambda *_: None)
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return repo.root / "build/sak/eksempel"


def begun_here(root: Path) -> Repo:
    repo = begun(root)
    (repo.root / ".gitignore").write_text(IGNORED, encoding="utf-8")
    return repo


def own_templates(word: str) -> dict[str, str]:
    """The program's own for the whole statement, with another word before it."""
    text = (ROOT / "templates/print/uttalelse.html").read_text(encoding="utf-8")
    marked = text.replace("{% block main %}", "{% block main %}\n<p>" + word + "</p>", 1)
    assert marked != text
    return {"../templates/print/uttalelse.html": marked}


def test_templates_committed_after_the_content(tmp_path: Path, store: Path) -> None:
    repo = begun_here(tmp_path / "repo")
    repo.commit(statement(ANSWERS))
    repo.commit(own_templates("Vår egen side"))
    pdf = made(repo, store, repo.root / "templates") / "uttalelse.pdf"
    kept = shutil.copy(pdf, tmp_path / "uttalelse.pdf")
    later = repo.commit(own_templates("En annen side"))
    found = verified(repo, Path(kept), store, repo.root / "templates")
    assert found.answer is VerifyResult.SAME_WITH, said(found)
    assert "made with the templates of the commit" in said(found)
    assert later[:12] not in said(found)


def test_templates_outside_of_the_repository(tmp_path: Path, store: Path) -> None:
    root = tmp_path / "repo"
    write(root, {**statement(ANSWERS), **own_templates("Vår egen side")})
    inner = begun(root / "content")
    git(inner.root, "add", "--all")
    git(inner.root, "commit", "--quiet", "-m", "Vedtatt")
    repo = Repo(root)
    pdf = made(repo, store, root / "templates") / "uttalelse.pdf"
    for path in (pdf, root / "build"):
        found = verified(repo, path, store, root / "templates")
        assert found.answer is VerifyResult.SAME_WITH, said(found)
        assert said(found) == "made with the templates that stand in the project now"
    found = verified(repo, pdf, store)  # where they are not at hand, nothing is said against it
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "the templates that it was made with are not here" in said(found)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Repo:
    """A statement compared with the commit before, in a meeting folder, with further prints."""
    repo = begun_here(tmp_path_factory.mktemp("honest") / "repo")
    front = "compare_with: HEAD~1\n"
    agenda = {"sak/index.md": CASE.replace("asked_by", "agenda: [eksempel]\nasked_by")}
    repo.commit({**statement(ANSWERS, front), **agenda}, day="2024-03-07")
    changed = statement(ANSWERS.replace("det ene", "det ENE"), front)
    repo.commit({**changed, **agenda}, day="2024-04-11")
    made(repo, store, None, "large", "booklet")
    return repo


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("eksempel/uttalelse.pdf", VerifyResult.SAME),
        ("eksempel/sammendrag.pdf", VerifyResult.SAME),
        ("eksempel/endringer.pdf", VerifyResult.SAME),
        ("moetemappe.pdf", VerifyResult.SAME),
        ("eksempel/uttalelse-stor-skrift.pdf", VerifyResult.SAME_WITH),
        ("eksempel/uttalelse-hefte.pdf", VerifyResult.SAME_WITH),
        ("eksempel/uttalelse-hefte-utskrift.pdf", VerifyResult.SAME_WITH),
    ],
)
def test_every_form_one_commit_later(
    published: Repo, tmp_path: Path, store: Path, name: str, answer: VerifyResult
) -> None:
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    later = Repo(tmp_path / "clone")
    later.commit({"om.md": "---\ntitle: Om\nkind: page\n---\n\nNoe.\n"})
    found = verified(later, published.root / "build/sak" / name, store)
    assert found.answer is answer, said(found)
    if answer is VerifyResult.SAME_WITH:
        assert "made with --print" in said(found)


def test_a_folder_with_a_servers_own_settings(published: Repo, tmp_path: Path, store: Path) -> None:
    site = Path(shutil.copytree(published.root / "build", tmp_path / "site"))
    (site / "web.config").write_text("<configuration/>", encoding="utf-8")
    found = verified(published, site, store)
    assert found.answer is VerifyResult.SAME, said(found)
    assert said(found) == "not made by Innspill, and not looked into: web.config"


def test_content_that_was_moved_since(published: Repo, tmp_path: Path, store: Path) -> None:
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    moved = Repo(tmp_path / "clone/arkiv")
    moved.root.mkdir()
    git(tmp_path / "clone", "mv", "content", "arkiv/content")
    git(tmp_path / "clone", "commit", "--quiet", "-m", "Flyttet")
    found = verified(moved, published.root / "build/sak/eksempel/uttalelse.pdf", store)
    assert found.answer is VerifyResult.SAME, said(found)


def test_a_checkout_with_other_line_ends(published: Repo, tmp_path: Path, store: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--config", "core.autocrlf=true", published.root, "clone")
    repo = Repo(tmp_path / "clone")
    assert b"\r\n" in (repo.content / "sak/eksempel.md").read_bytes()
    folder = made(repo, store)
    for name in ("uttalelse.pdf", "sammendrag.pdf", "endringer.pdf"):
        assert (folder / name).read_bytes() == (
            published.root / "build/sak/eksempel" / name
        ).read_bytes()
    assert verified(published, folder / "uttalelse.pdf", store).answer is VerifyResult.SAME
    site = verified(published, repo.root / "build", store)
    assert site.answer is VerifyResult.SAME, said(site)


def test_a_folder_of_text_that_is_not_committed(tmp_path: Path, store: Path) -> None:
    repo = begun_here(tmp_path / "repo")
    repo.commit(statement(ANSWERS))
    write(repo.root, statement(ANSWERS + "\nMer.\n"))
    folder = made(repo, store)
    for path in (folder / "uttalelse.pdf", repo.root / "build"):
        found = verified(repo, path, store)
        assert found.answer is VerifyResult.UNKNOWN, said(found)
        assert "it is a working draft" in said(found)
        assert "commit all that it shows, and build again" in said(found)


def test_a_tag_that_was_deleted_since(tmp_path: Path, store: Path) -> None:
    repo = begun_here(tmp_path / "repo")
    repo.commit(statement(ANSWERS))
    repo.tag("sak/eksempel/2024-03-07-vedtatt")
    repo.commit(statement(ANSWERS + "\nMer.\n"))
    pdf = made(repo, store) / "versjon/2024-03-07-vedtatt/uttalelse.pdf"
    assert verified(repo, pdf, store).answer is VerifyResult.SAME
    git(repo.root, "tag", "--delete", "sak/eksempel/2024-03-07-vedtatt")
    found = verified(repo, pdf, store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert 'git has no tag "sak/eksempel/2024-03-07-vedtatt" on that commit' in said(found)
    assert "git fetch --tags" in said(found)


def test_images_in_a_submodule(tmp_path: Path, store: Path) -> None:
    images = begun(tmp_path / "images")
    (images.root / "kart.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/>'
        "</svg>",
        encoding="utf-8",
    )
    git(images.root, "add", "--all")
    git(images.root, "commit", "--quiet", "-m", "Kart")
    repo = begun_here(tmp_path / "repo")
    write(repo.root, statement(ANSWERS + "\n![Et kart](bilder/kart.svg)\n"))
    git(repo.root, "submodule", "--quiet", "add", str(images.root), "content/sak/bilder")
    repo.commit({})
    found = verified(repo, made(repo, store) / "uttalelse.pdf", store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "shows a file that git does not keep" in said(found)


def by_another_program(pdf: Path, target: Path, *, draws: bytes = b"") -> Path:
    """The PDF as another program of the same version may have made it."""
    with pikepdf.open(pdf) as given:
        xmp = given.Root.Metadata.read_bytes()
        named = re.sub(rb"(0\.\S+ sha256:)[0-9a-f]{64}", rb"\g<1>" + b"1" * 64, xmp)
        assert named != xmp
        given.Root.Metadata.write(named)
        if draws:
            given.pages[0].contents_add(draws)
        given.save(target)
    return target


def test_another_program_of_the_same_version(published: Repo, tmp_path: Path, store: Path) -> None:
    pdf = published.root / "build/sak/eksempel/uttalelse.pdf"
    found = verified(published, by_another_program(pdf, tmp_path / "a.pdf"), store)
    assert found.answer is VerifyResult.SAYS_SO, said(found)
    other = by_another_program(pdf, tmp_path / "b.pdf", draws=b"q 0 0 5 1 re f Q")
    found = verified(published, other, store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "it was made by another program" in said(found)


def test_a_pdf_of_a_program_that_told_less(published: Repo, tmp_path: Path, store: Path) -> None:
    """As before there was a word of templates, form and program: the bare source is enough."""
    with pikepdf.open(published.root / "build/sak/eksempel/uttalelse.pdf") as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        bare = re.sub(rb"<innspill:(\w+)>.*?</innspill:\1>", b"", xmp)
        assert bare != xmp
        pdf.Root.Metadata.write(bare)
        pdf.save(tmp_path / "uttalelse.pdf")
    found = verified(published, tmp_path / "uttalelse.pdf", store)
    assert found.answer is VerifyResult.SAYS_SO, said(found)


def test_a_clone_without_the_commit(published: Repo, tmp_path: Path, store: Path) -> None:
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{published.root}", "clone")
    shallow = Repo(tmp_path / "clone")
    shallow.commit(statement("\nNytt.\n"))
    old = published.root / "build/sak/eksempel/uttalelse.pdf"
    with pikepdf.open(old) as pdf:
        xmp = pdf.Root.Metadata.read_bytes()
        first = git(published.root, "rev-parse", "HEAD~1").encode()
        pdf.Root.Metadata.write(re.sub(rb"@[0-9a-f]{40}", b"@" + first, xmp))
        pdf.save(tmp_path / "a.pdf")
    found = verified(shallow, tmp_path / "a.pdf", store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "git fetch --unshallow" in said(found)


def test_no_git_at_all(published: Repo, tmp_path: Path, store: Path) -> None:
    alone = Repo(write(tmp_path / "alone", statement(ANSWERS)))
    pdf = published.root / "build/sak/eksempel/uttalelse.pdf"
    found = verified(alone, pdf, store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "no git repository" in said(found)
    assert verified(alone, published.root / "build", store).answer is VerifyResult.UNKNOWN


def test_from_another_worktree(published: Repo, tmp_path: Path, store: Path) -> None:
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    git(tmp_path / "clone", "worktree", "add", "--quiet", "--detach", tmp_path / "beside")
    pdf = published.root / "build/sak/eksempel/uttalelse.pdf"
    found = verified(Repo(tmp_path / "beside"), pdf, store)
    assert found.answer is VerifyResult.SAME, said(found)


def test_a_history_that_was_squashed_since(published: Repo, tmp_path: Path, store: Path) -> None:
    """The old commits are found as long as git keeps them, though no branch leads to them."""
    git(tmp_path, "clone", "--quiet", published.root, "clone")
    squashed = Repo(tmp_path / "clone")
    git(squashed.root, "checkout", "--quiet", "--orphan", "new")
    squashed.commit({}, "Alt i ett")
    git(squashed.root, "branch", "-D", "main")
    git(squashed.root, "remote", "remove", "origin")
    pdf = published.root / "build/sak/eksempel/uttalelse.pdf"
    found = verified(squashed, pdf, store)
    assert found.answer is VerifyResult.SAME, said(found)
    git(squashed.root, "reflog", "expire", "--expire=now", "--all")
    git(squashed.root, "gc", "--quiet", "--prune=now")
    found = verified(squashed, pdf, store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "git knows no commit" in said(found)


def test_a_clone_that_lacks_objects(published: Repo, tmp_path: Path, store: Path) -> None:
    git(published.root, "config", "uploadpack.allowFilter", "true")
    source = f"file://{published.root}"
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", "--no-checkout", source, "clone")
    pdf = published.root / "build/sak/eksempel/uttalelse.pdf"
    found = verified(Repo(tmp_path / "clone"), pdf, store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "git fetch --refetch --no-filter" in said(found)


def test_an_image_that_git_has_but_a_pointer_of(tmp_path: Path, store: Path) -> None:
    repo = begun_here(tmp_path / "repo")
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0" * 64 + "\nsize 12\n"
    files = statement(ANSWERS + "\n![Et kart](kart.svg)\n")
    repo.commit({**files, "sak/kart.svg": pointer})
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    (repo.content / "sak/kart.svg").write_text(drawing, encoding="utf-8")
    found = verified(repo, made(repo, store) / "uttalelse.pdf", store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "it is a working draft" in said(found)


def test_fonts_that_were_upgraded_since(published: Repo, tmp_path: Path, store: Path) -> None:
    """Other outlines are named, and nobody is accused: the program that it names had them."""
    pdf = by_another_program(published.root / "build/sak/eksempel/uttalelse.pdf", tmp_path / "a")
    with pikepdf.open(pdf) as given:
        for font in given.pages[0].Resources.Font.values():
            file = font.DescendantFonts[0].FontDescriptor.FontFile2
            file.write(file.read_bytes() + b"\0")
        given.save(tmp_path / "b.pdf")
    found = verified(published, tmp_path / "b.pdf", store)
    assert found.answer is VerifyResult.UNKNOWN, said(found)
    assert "letters look otherwise" in said(found)
    assert "it was made by another program" in said(found)
