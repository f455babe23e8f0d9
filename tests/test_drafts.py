"""Drafts: no answers, marked wherever they are shown, and not given to readers unasked."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from committees import NAMES, SILENT, consultation, slug
from everything import picture
from paper import page_texts
from repositories import Repo, begun, git
from sites import (
    ANSWERS,
    CASE,
    EXAMPLE,
    HEAD,
    INDEX,
    check_quietly,
    innspill,
    project,
    statement,
    tree,
    write,
)

from innspill.build import build
from innspill.diagnostics import Severity
from innspill.facts import Facts
from innspill.manifest import MANIFEST
from innspill.project import BuildOptions, BuildResult, Project
from innspill.verification import VerifyResult
from innspill.verify import verify_paths

SECRET = "Hemmeligordet"
DRAFT = HEAD.replace("adopted", "draft").replace("Eksempel bydels", "Eksempel utkasts")
OWN = """\
title: Hemmeligordets tittel
aliases: [gammel/utkast/]
attachments:
  - file: vedlegg-til-utkastet.txt
    title: Vedlegg til Hemmeligordet
"""
ADDRESS = "url: https://www.eksempel.example/i/\npublisher"


def with_draft(case: str = "") -> dict[str, str | bytes]:
    """The example with an address, and beside its statement a draft with files of its own."""
    own = DRAFT.replace("title: Eksempel på uttalelse\n", OWN)
    return {
        **EXAMPLE,
        "index.md": INDEX.replace("publisher", ADDRESS),
        "sak/index.md": CASE.replace("questions:", f"{case}questions:"),
        "sak/utkast.md": f"{own}{ANSWERS}\n{SECRET}, se ![{SECRET}](bare-i-utkastet.png)\n",
        "sak/bare-i-utkastet.png": picture("PNG"),
        "sak/vedlegg-til-utkastet.txt": SECRET,
    }


def made(place: Project, wanted: BuildOptions) -> BuildResult:
    return build(place, wanted, lambda *_: None)


def leaks(folder: Path) -> list[str]:
    """The files that tell anything of the draft."""
    return leaks_of(tree(folder))


def leaks_of(files: Mapping[str, bytes]) -> list[str]:
    words = re.compile(rb"hemmelig|utkasts|utkast/|utkast\.md|utkastet\.", re.IGNORECASE)
    return [name for name, data in files.items() if words.search(name.encode() + b" " + data)]


def fourteen_of_sixteen() -> dict[str, str]:
    """Sixteen are asked: fourteen have adopted, one has a draft, one says nothing."""
    files = consultation(15)
    for number in (6, 9, 12, 15):
        name = f"sak/{slug(number)}.md"
        files[name] = files[name].replace("status: draft", "status: adopted\nadopted: 2026-02-10")
    return files


@pytest.mark.parametrize("where", [(), ("--output", "ut"), ("--output", "ut", "--drafts")])
def test_a_draft_is_no_answer(tmp_path: Path, where: tuple[str, ...]) -> None:
    write(tmp_path, fourteen_of_sixteen())
    innspill("build", "--no-pdf", *where, cwd=tmp_path)
    folder = tmp_path / ("ut" if where else "build")
    page = (folder / "sak/index.html").read_text(encoding="utf-8")
    assert re.findall(r"(\d+ av \d+) har svart", page) == [
        f"{n} av 16" for n in (14, 14, 14, 11, 14, 14)
    ]
    is_shown = where != ("--output", "ut")
    silent = " ".join(re.findall('<tr class="silent">.*', page))
    found = [name in silent for name in (NAMES[2], SILENT, NAMES[0])]
    assert found == [not is_shown, True, False]
    assert bool(re.search(f"{NAMES[2]}</a></th><td><span class=.draft", page)) == is_shown
    question = (folder / "sak/sporsmal/q-1/index.html").read_text(encoding="utf-8")
    missing = question.partition('id="missing"')[2]
    assert NAMES[2] in missing
    assert NAMES[0] not in missing
    block = question.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert json.loads(block)["answerCount"] == 14
    assert (f"sak/{slug(3)}/index.html" in tree(folder)) == is_shown


def test_what_is_published_holds_nothing_of_a_draft(tmp_path: Path) -> None:
    write(tmp_path, with_draft())
    innspill("build", cwd=tmp_path)
    written = tree(tmp_path / "build")
    assert "sak/utkast/uttalelse.pdf" in written
    assert b"all-answers" in written["sak/eksempel/index.html"]
    ran = innspill("build", "--output", "ut", cwd=tmp_path)
    assert leaks(tmp_path / "ut") == []
    assert b"all-answers" not in tree(tmp_path / "ut")["sak/eksempel/index.html"], "it is alone"
    assert "drafts held back: 1 (sak/utkast)" in ran.stdout
    assert "`publish_drafts: true`" in ran.stdout
    assert "--drafts" in ran.stdout
    again = innspill("build", "--output", "ut", cwd=tmp_path)
    assert "drafts held back: 1 (sak/utkast)" in again.stdout
    told = innspill("check", "--output", "ut", cwd=tmp_path)
    assert "drafts held back: 1 (sak/utkast)" in told.stdout
    told = innspill("build", "--output", "ut", cwd=tmp_path, LANG="nb_NO.UTF-8", LC_ALL="")
    assert "utkast som er holdt tilbake: 1 (sak/utkast)" in told.stdout


def test_what_pages_are_made_of_has_no_word_of_a_draft(tmp_path: Path) -> None:
    place = project(write(tmp_path, with_draft()), is_published=True)
    (case,) = check_quietly(place, with_pdf=False).site.consultations
    (held,) = case.held
    assert held.source == "sak/utkast.md"
    assert (held.title, held.facts, held.enclosures) == ("", Facts(), ())
    assert not any((held.summary, held.replies, held.references, held.proposals, held.split))


def test_drafts_are_given_where_that_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, with_draft())
    options = ("build", "--no-pdf", "--output", "ut")
    innspill(*options, cwd=tmp_path)
    given = (*options, "--drafts")
    ran = innspill(*given, cwd=tmp_path)  # the shortcut sees that something else is asked for
    assert "held back" not in ran.stdout
    by_option = tree(tmp_path / "ut")
    assert SECRET.encode() in by_option["sak/data.json"]
    assert by_option["sak/vedlegg-til-utkastet.txt"] == SECRET.encode()
    innspill(*options, cwd=tmp_path)
    assert leaks(tmp_path / "ut") == []
    write(tmp_path, with_draft("publish_drafts: true\n"))
    innspill(*options, cwd=tmp_path)
    assert leaks(tmp_path / "ut") == leaks_of(by_option)


@pytest.mark.parametrize(
    "status",
    [
        *('"draft"', "'draft'", '"dr\\x61ft"', "draft # adopted", ">-\n  draft", '"dra\\\n  ft"'),
        *("utkast", "Utkast", ">-\n  utkast"),
    ],
)
def test_however_it_is_written(tmp_path: Path, status: str) -> None:
    files = with_draft()
    draft = str(files["sak/utkast.md"]).replace("status: draft", f"status: {status}")
    write(tmp_path, {**files, "sak/utkast.md": draft.replace("\n", "\r\n")})
    place = project(tmp_path, is_published=True)
    assert made(place, BuildOptions(with_pdf=False)).checked.held == ("sak/utkast",)
    assert leaks(tmp_path / "build") == []


def test_only_a_statements_own_key_makes_a_draft(tmp_path: Path) -> None:
    files = {
        **EXAMPLE,
        "sak/eksempel.md": HEAD.replace("title: ", "title: status draft, ") + ANSWERS,
        "sak/side.md": "---\nkind: page\ntitle: draft\n---\n\nstatus: draft\n",
    }
    place = project(write(tmp_path, files), is_published=True)
    built = made(place, BuildOptions(with_pdf=False))
    assert built.published
    assert built.checked.held == ()
    assert "sak/side/index.html" in tree(tmp_path / "build")


@pytest.mark.parametrize(
    "files",
    [
        {"index.md": INDEX + "\nSe [utkastet](sak/utkast.md).\n"},
        {"side.md": "---\ntitle: Side\n---\n\nSe [utkastet](sak/utkast.md#p1-1).\n"},
        {"sak/eksempel.md": HEAD + ANSWERS + "\nSe [utkastet](utkast.md).\n"},
        {"to/index.md": CASE + "\nSe [utkastet](../sak/utkast.md#summary).\n"},
    ],
)
def test_a_link_to_a_draft_that_is_held_back_is_told(tmp_path: Path, files: dict[str, str]) -> None:
    (path,) = files
    index = files.get("index.md", INDEX).replace("publisher", ADDRESS)
    write(tmp_path, {**with_draft(), **files, "index.md": index})
    innspill("build", "--no-pdf", cwd=tmp_path)
    innspill("check", cwd=tmp_path)
    for command in (("check",), ("build", "--no-pdf")):
        ran = innspill(*command, "--output", "ut", cwd=tmp_path, code=1)
        told = ran.stdout + ran.stderr
        assert told.count("error[") == 1
        assert f"content/{path}:" in told
        assert "error[dead-link]" in told
        assert "`publish_drafts: true` in sak/index.md" in told
    innspill("build", "--no-pdf", "--output", "ut", "--drafts", cwd=tmp_path)


def test_a_remembered_page_notices_that_what_it_links_to_is_a_draft_again(tmp_path: Path) -> None:
    other = {"to/index.md": CASE + "\nSe [den andre](../sak/eksempel.md).\n"}
    write(tmp_path, {**EXAMPLE, **other})
    place = project(tmp_path, is_published=True)
    assert made(place, BuildOptions(with_pdf=False)).published
    write(tmp_path, {"sak/eksempel.md": HEAD.replace("adopted", "draft") + ANSWERS})
    codes = [each.code for each in made(place, BuildOptions(with_pdf=False)).checked.diagnostics]
    assert "dead-link" in codes
    write(tmp_path, {"sak/eksempel.md": HEAD + ANSWERS})
    assert made(place, BuildOptions(with_pdf=False)).checked.is_sound


def test_a_file_that_something_else_names_too_is_published(tmp_path: Path) -> None:
    files = with_draft()
    linked = HEAD + ANSWERS + "\n![Kart](bare-i-utkastet.png)\n"
    write(tmp_path, {**files, "sak/eksempel.md": linked})
    place = project(tmp_path, is_published=True)
    assert made(place, BuildOptions(with_pdf=False)).published
    published = tree(place.output)
    assert "sak/bare-i-utkastet.png" in published
    assert "sak/vedlegg-til-utkastet.txt" not in published


def test_drafts_may_link_to_drafts(tmp_path: Path) -> None:
    files = with_draft()
    other = DRAFT.replace("utkasts", "annet utkasts") + ANSWERS + "\nSe [det](utkast.md#p1-1).\n"
    place = project(write(tmp_path, {**files, "sak/b.md": other}), is_published=True)
    built = made(place, BuildOptions(with_pdf=False))
    assert built.published
    assert built.checked.held == ("sak/b", "sak/utkast")


def agenda() -> dict[str, str | bytes]:
    files = with_draft("agenda:\n  - utkast\n  - eksempel\n")
    files["sak/annet.md"] = DRAFT.replace("utkasts", "annet utkasts") + ANSWERS
    draft = str(files["sak/utkast.md"])
    return {**files, "sak/utkast.md": draft + "\nSe [det andre](annet.md) og [her](#p1-1).\n"}


def test_a_meeting_folder_holds_the_drafts_that_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, agenda())
    ran = innspill("build", "--output", "ut", cwd=tmp_path)
    assert "drafts held back: 2 (sak/annet, sak/utkast)" in ran.stdout
    assert "its meeting folder: sak/moetemappe.pdf" in ran.stdout
    assert set(leaks(tmp_path / "ut")) <= {"sak/moetemappe.pdf", "manifest.json"}
    pages = page_texts(tmp_path / "ut/sak/moetemappe.pdf")
    assert any(SECRET in text for text in pages)
    for text in pages[1:]:
        if "Eksempel utkastsutvalg" in text or SECRET in text:
            assert "UTKAST" in text
    with pikepdf.open(tmp_path / "ut/sak/moetemappe.pdf") as opened:
        links = [
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]
        pictures = [image for page in opened.pages for image in page.get_images()]
    assert not any("annet" in each or "utkast" in each for each in links)
    assert pictures


def test_strictness_spares_what_readers_do_not_see(tmp_path: Path) -> None:
    declared = f"accessibility_declaration: https://uustatus.no/nb/x\n{ADDRESS}"
    index = INDEX.replace("publisher", declared)
    dated = HEAD.replace("status", "dated: 2024-03-22\nstatus")
    files = {
        "index.md": index,
        "sak/index.md": CASE,
        "sak/eksempel.md": dated + ANSWERS,
        "sak/utkast.md": DRAFT + "\nIkke ferdig.\n",
    }
    write(tmp_path, files)
    innspill("check", "--strict", cwd=tmp_path, code=1)
    innspill("build", "--no-pdf", "--strict", "--output", "ut", cwd=tmp_path)
    innspill("build", "--no-pdf", "--strict", "--drafts", "--output", "ut", cwd=tmp_path, code=1)


def adopted_then_draft(root: Path) -> Repo:
    """A statement with a draft as a version, adopted since, that is worked on again."""
    repo = begun(root)
    (repo.root / ".gitignore").write_text("build/\n.innspill/\nut/\n", encoding="utf-8")
    first = HEAD.replace("adopted", "draft") + ANSWERS.replace("svaret", SECRET)
    repo.commit({**EXAMPLE, "sak/eksempel.md": first}, day="2024-03-01")
    repo.tag("sak/eksempel/2024-03-01-utkast")
    adopted = HEAD.replace("status: adopted", "status: adopted\nadopted: 2024-03-21")
    repo.commit({"sak/eksempel.md": adopted + ANSWERS}, day="2024-03-21")
    again = first.replace("title: Eksempel", f"title: {SECRET}")
    repo.commit({"sak/eksempel.md": again}, day="2024-04-11")
    return repo


def test_adopted_versions_stay_where_the_statement_is_a_draft_again(tmp_path: Path) -> None:
    repo = adopted_then_draft(tmp_path / "sak")
    ran = innspill("build", "--no-pdf", "--output", "ut", cwd=repo.root)
    assert not [name for name in tree(repo.root / "ut") if name.startswith("sak/eksempel/")]
    git(repo.root, "tag", "sak/eksempel/2024-03-21-vedtatt", "HEAD~")
    ran = innspill("build", "--no-pdf", "--output", "ut", cwd=repo.root)
    assert "held back: 2 (sak/eksempel, sak/eksempel/versjon/2024-03-01-utkast)" in ran.stdout
    files = tree(repo.root / "ut")
    pages = [name for name in files if name.startswith("sak/eksempel/")]
    assert pages == ["sak/eksempel/versjon/2024-03-21-vedtatt/index.html"]
    assert not [name for name, data in files.items() if SECRET.encode() in data]
    page = files[pages[0]].decode()
    assert "Dette er versjonen" in page
    assert "nyere tekst" not in page
    assert "version-gone" not in innspill("check", "--output", "ut", cwd=repo.root).stderr
    again = innspill("build", "--no-pdf", "--output", "ut", cwd=repo.root)
    assert "version-gone" not in again.stderr
    assert pages[0] in tree(repo.root / "ut")
    wanted = BuildOptions(with_pdf=True)
    place = project(repo.root, is_published=True)
    assert made(place, wanted).published
    published = {k: v for k, v in tree(place.output).items() if k != MANIFEST}
    assert "sak/eksempel/versjon/2024-03-21-vedtatt/uttalelse.pdf" in published
    innspill("build", "--no-pdf", "--output", "ut", "--drafts", cwd=repo.root)
    assert "sak/eksempel/versjon/2024-03-01-utkast/index.html" in tree(repo.root / "ut")
    git(repo.root, "tag", "--delete", "sak/eksempel/2024-03-21-vedtatt")
    gone = innspill("build", "--no-pdf", "--output", "ut", cwd=repo.root).stderr
    assert re.search(r"content/sak/eksempel.md:\d+:1: warning\[version-gone\]", gone)
    assert pages[0] in gone


@pytest.mark.parametrize("is_published", [False, True])
def test_what_only_a_version_in_draft_shows_is_held_back(
    tmp_path: Path, is_published: bool
) -> None:
    repo = begun(tmp_path)
    draft = HEAD.replace("adopted", "draft") + ANSWERS + "\n![Et kart](kart.png)\n"
    repo.commit({**EXAMPLE, "sak/eksempel.md": draft, "sak/kart.png": picture("PNG")})
    repo.tag("sak/eksempel/2024-03-01-utkast")
    repo.commit({"sak/eksempel.md": HEAD + ANSWERS})
    place = project(repo.root, is_published=is_published)
    files = [each.url for each in check_quietly(place, with_pdf=False).site.old_files]
    shown = "sak/eksempel/versjon/2024-03-01-utkast/filer/sak/kart.png"
    assert files == ([] if is_published else [shown])


@pytest.mark.parametrize("options", [(), ("--drafts",)])
def test_a_published_folder_is_verified_without_its_drafts(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    repo = begun(tmp_path)
    (repo.root / ".gitignore").write_text("ut/\n.innspill/\n", encoding="utf-8")
    repo.commit(with_draft())
    innspill("build", "--no-pdf", "--output", "ut", *options, cwd=tmp_path)
    (found,) = verify_paths(project(tmp_path), (tmp_path / "ut",), 600)
    assert (found.answer, found.findings) == (VerifyResult.SAME, ())


def packed(folder: Path, *arguments: str) -> dict[str, bytes]:
    innspill("pack", "--no-pdf", "--output", "en.zip", *arguments, cwd=folder)
    with zipfile.ZipFile(folder / "en.zip") as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_draft_is_packed_where_it_is_asked_for(tmp_path: Path) -> None:
    files = with_draft()
    linked = HEAD + ANSWERS + "\nSe [teksten](utkast.md).\n"
    write(tmp_path, {**files, "sak/eksempel.md": linked})
    whole = packed(tmp_path)
    assert leaks_of(whole) == []
    assert b'href="https://www.eksempel.example/i/sak/utkast' not in b"".join(whole.values())
    assert "sak/sak/utkast/index.html" in packed(tmp_path, "--drafts")
    named = packed(tmp_path, "sak/utkast")
    page = named["sak-utkast/sak/utkast/index.html"].decode()
    assert "<title>UTKAST – " in page
    assert SECRET in page
    assert "sak-utkast/sak/bare-i-utkastet.png" in named
    alone = packed(tmp_path, "sak/eksempel")
    assert "sak-eksempel/sak/eksempel/index.html" in alone


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """A draft in every form there is, built into the project's own folder."""
    repo = begun(tmp_path_factory.mktemp("marked"))
    head = "prints: [large, booklet]\ncompare_with: først\n"
    case = CASE.replace("questions:", "agenda: [eksempel]\nquestions:")
    files = {**statement(ANSWERS, head), "sak/index.md": case}
    draft = files["sak/eksempel.md"].replace("status: adopted", "status: draft")
    repo.commit({**files, "sak/eksempel.md": draft})
    repo.tag("først")
    much = "".join(f"\nAvsnitt {number}. {'Ord ' * 90}\n" for number in range(12))
    repo.commit({"sak/eksempel.md": draft + much})
    built = made(project(repo.root, store=store), BuildOptions())
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    return repo.root / "build/sak"


def test_every_page_of_a_draft_is_marked(marked: Path) -> None:
    for name in ("eksempel/index.html", "eksempel/endringer.html", "sporsmal/en/index.html"):
        page = (marked / name).read_text(encoding="utf-8")
        assert "<title>UTKAST – " in page
        assert '<body class="draft-sheet">' in page
        body = page.partition("<main")[2].partition("</main>")[0]
        assert re.search(r">Utkast</(?:span|p|li)>", body), name


@pytest.mark.parametrize(
    "name",
    [
        "uttalelse.pdf",
        "sammendrag.pdf",
        "uttalelse-stor-skrift.pdf",
        "uttalelse-hefte.pdf",
        "uttalelse-hefte-utskrift.pdf",
        "endringer.pdf",
    ],
)
def test_every_sheet_of_a_draft_is_marked(marked: Path, name: str) -> None:
    pages = page_texts(marked / "eksempel" / name)
    assert all("UTKAST" in text for text in pages)
    with pikepdf.open(marked / "eksempel" / name) as opened:
        assert str(opened.docinfo.Title).startswith("UTKAST – ")


def test_what_is_begun_is_shown_at_once(tmp_path: Path) -> None:
    innspill("new", "hoering-2026", cwd=tmp_path)
    git(tmp_path, "init", "--quiet")
    innspill("build", cwd=tmp_path)
    files = tree(tmp_path / "build")
    for name in ("index.html", "uttalelse.pdf", "sammendrag.pdf"):
        assert f"hoering-2026/eksempel/{name}" in files
    assert b"hoering-2026/eksempel/index.html" in files["index.html"]


def test_placeholders_of_a_draft_that_is_held_back_stop_nothing(tmp_path: Path) -> None:
    left = f"{DRAFT}{ANSWERS}\nDette er en eksempeltekst.\n"
    place = project(write(tmp_path, {**EXAMPLE, "sak/utkast.md": left}), is_published=True)
    found = [
        e for e in made(place, BuildOptions(False)).checked.diagnostics if e.code == "placeholder"
    ]
    assert [each.severity for each in found] == [Severity.WARNING]
    write(tmp_path, {"sak/index.md": CASE.replace("questions:", "agenda: [utkast]\nquestions:")})
    found = [
        e for e in made(place, BuildOptions(False)).checked.diagnostics if e.code == "placeholder"
    ]
    assert [each.severity for each in found] == [Severity.ERROR]
