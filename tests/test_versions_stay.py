"""Versions stay where they were published, whatever their statement is called later.

What would go, and a tag that was meant to name a version, is told by `check` and `build` alike.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from repositories import Repo, begun, git
from sites import (
    ANSWERS,
    EXAMPLE,
    HEAD,
    INDEX,
    build_quietly,
    check_quietly,
    innspill,
    project,
    statement,
    texts_of,
    tree,
    write,
)

from innspill.redlines import redlines

TAG = "sak/eksempel/2024-03-21-vedtatt"
VERSION = "sak/eksempel/versjon/2024-03-21-vedtatt/"
LATER = statement(ANSWERS + "\nEt tillegg.\n")


@dataclass(frozen=True, slots=True)
class Stored(Repo):
    """A repository, and what a build of it has at hand."""

    store: Path


@pytest.fixture
def repo(tmp_path: Path, store: Path) -> Stored:
    """A tagged text, and a later one; published."""
    made = Stored(begun(tmp_path / "repo").root, store)
    (made.root / ".gitignore").write_text("build/\n.innspill\n", encoding="utf-8")
    made.commit(EXAMPLE, "Vedtatt", "2024-03-21")
    made.tag(TAG)
    made.commit(LATER, "Tillegg", "2024-04-11")
    assert said(made) == []
    assert VERSION + "index.html" in tree(made.root / "build")
    return made


def said(repo: Stored) -> list[str]:
    """What is said of the site when it is checked, which must be said when it is built too."""
    place = project(repo.root, store=repo.store)
    checked = check_quietly(place).diagnostics
    built = build_quietly(place, with_pdf=False)
    assert built.published
    assert built.checked.diagnostics == checked
    return [f"{each.code}: {each.message}" for each in checked]


def rename_file(repo: Stored) -> None:
    git(repo.root, "mv", "content/sak/eksempel.md", "content/sak/ny.md")


def rename_folder(repo: Stored) -> None:
    git(repo.root, "mv", "content/sak", "content/saken")


def rename_both(repo: Stored) -> None:
    rename_file(repo)
    rename_folder(repo)


def rename_and_edit(repo: Stored) -> None:
    rename_both(repo)
    path = repo.content / "saken/ny.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nOg ett til.\n", encoding="utf-8")


RENAMES: tuple[Callable[[Stored], None], ...] = (
    rename_file,
    rename_folder,
    rename_both,
    rename_and_edit,
)


@pytest.mark.parametrize("is_committed", [False, True], ids=["on-disk", "committed"])
@pytest.mark.parametrize("rename", RENAMES)
def test_a_version_stays_through_renames(
    repo: Stored, rename: Callable[[Stored], None], is_committed: bool
) -> None:
    before = tree(repo.root / "build" / VERSION)
    rename(repo)
    if is_committed:
        repo.commit({}, "Nytt navn", "2024-05-02")
    assert said(repo) == []
    after = tree(repo.root / "build" / VERSION)
    assert after.keys() == before.keys()
    page = after["index.html"].decode()
    assert "Dette er svaret på det ene." in page
    [found] = check_quietly(project(repo.root), strict=True).site.statements
    to_newest = "/".join((*[".."] * VERSION.count("/"), found.url))
    assert f'href="{to_newest}"' in page or 'href="../../../ny/index.html"' in page
    for href in links(page):
        assert (repo.root / "build" / VERSION / href).is_file(), href
    listed = (repo.root / "build" / found.url).read_text(encoding="utf-8")
    assert "versjon/2024-03-21-vedtatt/index.html" in listed


def links(page: str) -> list[str]:
    parts = page.split('href="')[1:]
    hrefs = [part.partition('"')[0].partition("#")[0] for part in parts]
    return [each for each in hrefs if each and ":" not in each]


def test_two_renames_one_after_the_other(repo: Stored) -> None:
    rename_file(repo)
    repo.commit({}, "Nytt navn", "2024-05-02")
    rename_folder(repo)
    repo.commit({}, "Ny mappe", "2024-05-03")
    git(repo.root, "mv", "content/saken/ny.md", "content/saken/nyere.md")
    assert said(repo) == []
    assert VERSION + "index.html" in tree(repo.root / "build")


def test_a_file_that_is_written_anew_is_found_by_its_old_address(repo: Stored) -> None:
    (repo.content / "sak/eksempel.md").unlink()
    much = "Også nytt, og mye lengre enn det som sto der før. " * 9
    body = f"\n## Svar {{#en}}\n\nNytt.\n\n## Svar {{#to}}\n\n{much.strip()}\n"
    text = HEAD.replace("Eksempel på uttalelse", "Noe helt annet") + body
    repo.commit({"sak/ny.md": text}, "Skrevet på nytt")
    odd = f'the tag "{TAG}" publishes no version: there is no statement content/sak/eksempel.md'
    found = check_quietly(project(repo.root)).diagnostics
    assert [str(each.message) for each in found] == [odd]
    aliased = text.replace("status:", "aliases: [sak/eksempel/]\nstatus:")
    write(repo.root, {"sak/ny.md": aliased})
    assert said(repo) == []
    assert VERSION + "index.html" in tree(repo.root / "build")


def test_what_has_the_old_name_now_takes_no_version_from_who_had_it(repo: Stored) -> None:
    rename_file(repo)
    repo.commit({}, "Nytt navn")
    other = LATER["sak/eksempel.md"].replace("Eksempel bydelsutvalg", "Annet bydelsutvalg")
    repo.commit({"sak/eksempel.md": other}, "Et annet utvalg")
    found = {
        each.source: [version.name for version in each.versions]
        for each in check_quietly(project(repo.root), strict=True).site.statements
    }
    assert found == {"sak/eksempel.md": [], "sak/ny.md": ["2024-03-21-vedtatt"]}


def test_a_version_that_was_renamed_can_be_withdrawn(repo: Stored) -> None:
    front = f"withdrawn:\n  - tag: {TAG}\n    date: 2024-05-02\n    why: Et navn sto der.\n"
    rename_file(repo)
    repo.commit({"sak/ny.md": statement(ANSWERS, front)["sak/eksempel.md"]}, "Trukket")
    for _ in range(2):
        assert said(repo) == []
        left = tree(repo.root / "build" / VERSION)
        assert list(left) == ["index.html"]
        assert "Et navn sto der." in left["index.html"].decode()
        if git(repo.root, "tag", "-l", TAG):
            git(repo.root, "tag", "--delete", TAG)


@pytest.mark.parametrize("rename", RENAMES)
def test_redlines_follow_renames(repo: Stored, rename: Callable[[Stored], None]) -> None:
    git(repo.root, "tag", "utkast", "HEAD~1")
    rename(repo)
    repo.commit({}, "Nytt navn")
    [compared] = redlines(project(repo.root), "utkast", None, ()).comparisons
    assert any("tillegg" in str(row) for row in compared.redline.changes)
    ran = innspill("redline", "utkast", cwd=repo.root)
    assert "Et tillegg." in ran.stdout
    [path] = [each for each in repo.content.rglob("*.md") if each.stem in {"ny", "eksempel"}]
    text = path.read_text(encoding="utf-8").replace("status:", "compare_with: utkast\nstatus:")
    path.write_text(text, encoding="utf-8")
    assert said(repo) == []
    [found] = texts_of(check_quietly(project(repo.root), strict=True))
    assert found.earlier
    assert found.earlier.statement.source == "sak/eksempel.md"


def test_a_rename_is_called_that_in_the_history(repo: Stored) -> None:
    rename_file(repo)
    repo.commit({}, "Nytt navn", "2024-05-02")
    rename_folder(repo)
    repo.commit({"saken/ny.md": LATER["sak/eksempel.md"] + "\nOg ett til.\n"}, "Ny mappe")
    [found] = texts_of(check_quietly(project(repo.root), strict=True))
    assert [(each.subject, each.renamed_from, each.paragraphs) for each in found.history] == [
        ("Ny mappe", "sak/ny.md", 1),
        ("Nytt navn", "sak/eksempel.md", 0),
        ("Tillegg", "", 1),
        ("Vedtatt", "", None),
    ]
    assert said(repo) == []
    page = (repo.root / "build/saken/ny/index.html").read_text(encoding="utf-8")
    listed = page[page.index('class="history"') :].partition("</ol>")[0]
    assert "nytt navn, het sak/ny.md, 1 punkt endret" in " ".join(listed.split())
    assert listed.count("den første teksten") == 1


def test_a_copy_and_a_merge_are_no_rename(repo: Stored) -> None:
    copied = LATER["sak/eksempel.md"].replace("Eksempel bydelsutvalg", "Annet bydelsutvalg")
    git(repo.root, "checkout", "--quiet", "-b", "gren", "HEAD~1")
    repo.commit({"sak/kopi.md": copied}, "En kopi", "2024-04-12")
    git(repo.root, "checkout", "--quiet", "main")
    git(repo.root, "merge", "--quiet", "--no-edit", "gren")
    found = {
        each.source: [entry.subject for entry in each.history]
        for each in texts_of(check_quietly(project(repo.root), strict=True))
    }
    assert found == {"sak/eksempel.md": ["Tillegg", "Vedtatt"], "sak/kopi.md": ["En kopi"]}


def test_a_rename_on_a_branch_that_was_merged(repo: Stored) -> None:
    git(repo.root, "checkout", "--quiet", "-b", "gren")
    rename_file(repo)
    repo.commit({}, "Nytt navn", "2024-05-01")
    git(repo.root, "checkout", "--quiet", "main")
    repo.commit({"index.md": INDEX + "\nMer.\n"}, "En annen fil", "2024-05-02")
    git(repo.root, "merge", "--quiet", "--no-edit", "gren", day="2024-05-03")
    [found] = texts_of(check_quietly(project(repo.root), strict=True))
    assert [each.subject for each in found.history] == ["Nytt navn", "Tillegg", "Vedtatt"]
    assert [each.name for each in found.versions] == ["2024-03-21-vedtatt"]


GONE = f"version-gone: a version that is published would go: {VERSION}index.html"


def test_a_tag_that_is_gone_is_told(repo: Stored) -> None:
    git(repo.root, "tag", "--delete", TAG)
    for command in ("check", "build"):
        store = ("--store", repo.store) if command == "build" else ()
        ran = innspill(command, "--strict", "--format", "json", *store, cwd=repo.root, code=1)
        [fault] = json.loads(ran.stdout)
        assert f"{fault['code']}: {fault['message']}" == GONE
        assert fault["path"] == "content/sak/eksempel.md"
        assert f"git tag {TAG} COMMIT" in fault["hint"]
    assert VERSION + "index.html" in tree(repo.root / "build")
    assert said(repo) == [GONE]
    assert VERSION + "index.html" not in tree(repo.root / "build")
    assert said(repo) == []


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("sak/eksempel/2024-02-30-vedtatt", "there is no day 2024-02-30"),
        (
            "sak/eksempel/2024-03-21-Vedtatt",
            '"Vedtatt" may have but small letters from a to z, digits, and hyphens between them',
        ),
        (
            "sak/eksempel/2024-03-21-til_høring",
            '"til_høring" may have but small letters from a to z, digits, and hyphens between them',
        ),
        ("sakk/eksempel/2024-03-21-vedtatt", "there is no statement content/sakk/eksempel.md"),
        ("sak/eksempl/2024-03-21-vedtatt", "there is no statement content/sak/eksempl.md"),
        *(
            (tag, "its form is not <consultation>/<statement>/<date>-<word>")
            for tag in (
                "sak/eksempel/2024-03-21",
                "sak/eksempel/2024-3-21-vedtatt",
                "sak/eksempel/21.03.2024-vedtatt",
                "sak/eksempel/20240321-vedtatt",
                "sak/eksempel/vedtatt-2024-03-21",
                "sak/eksempel-2024-03-21-vedtatt",
                "Eksempel/2024-03-21-vedtatt",
                "eksempel_2024-03-21",
            )
        ),
    ],
)
def test_a_tag_that_nearly_has_the_form_is_told(repo: Stored, tag: str, why: str) -> None:
    git(repo.root, "tag", tag)
    assert said(repo) == [f'version-tag: the tag "{tag}" publishes no version: {why}']


@pytest.mark.parametrize(
    "tag",
    [
        "v1.0",
        "release-2024-03-21",
        "utkast",
        "eksempel",
        "prod/2024-03-21",
        "eksempelet-2024-01-01",
    ],
)
def test_other_tags_are_left_alone(repo: Stored, tag: str) -> None:
    git(repo.root, "tag", tag)
    assert said(repo) == []


@pytest.mark.parametrize("tagged", ["HEAD:content/sak/eksempel.md", "HEAD:content"])
def test_a_tag_on_no_commit_is_told(repo: Stored, tagged: str) -> None:
    git(repo.root, "tag", "sak/eksempel/2024-03-22-vedtatt", tagged)
    git(repo.root, "tag", "v1.0", tagged)
    assert said(repo) == [
        (
            'version-tag: the tag "sak/eksempel/2024-03-22-vedtatt" publishes no version: '
            "it is on a file or a folder, and not on a commit"
        )
    ]


@pytest.mark.parametrize("tag", ["sak/2024-03-22-vedtatt", "sak-2024-03-22"])
def test_a_tag_of_a_consultation_is_told(repo: Stored, tag: str) -> None:
    git(repo.root, "tag", tag)
    assert said(repo) == [
        (
            f'version-tag: the tag "{tag}" publishes no version: '
            "its form is not <consultation>/<statement>/<date>-<word>"
        )
    ]
    ran = innspill("check", cwd=repo.root)
    assert "write it as in sak/eksempel/2024-03-21-vedtatt" in ran.stdout + ran.stderr


@pytest.mark.parametrize("name", ["sak/index", "sider/om"])
def test_a_tag_of_what_is_no_statement_is_told(repo: Stored, name: str) -> None:
    repo.commit({"sider/om.md": "---\ntitle: Om oss\n---\n\nTekst.\n"})
    tag = f"{name}/2024-03-22-vedtatt"
    git(repo.root, "tag", tag)
    why = f"content/{name}.md is no statement"
    assert said(repo) == [f'version-tag: the tag "{tag}" publishes no version: {why}']


def test_a_tag_whose_commit_lacks_the_file_stops_nothing(repo: Stored) -> None:
    other = LATER["sak/eksempel.md"].replace("Eksempel bydelsutvalg", "Annet bydelsutvalg")
    repo.commit({"sak/ny.md": other}, "Et annet utvalg")
    git(repo.root, "tag", "sak/ny/2024-03-22-vedtatt", "HEAD~1")
    assert said(repo) == [
        (
            'version-tag: the tag "sak/ny/2024-03-22-vedtatt" publishes no version: '
            "there is no content/sak/ny.md in its commit"
        )
    ]


def test_a_tag_that_was_moved_is_told_of_once(repo: Stored) -> None:
    git(repo.root, "tag", "--force", TAG, "HEAD:content")
    [fault] = (each for each in said(repo) if "version" in each)
    assert fault.startswith(f'version-tag: the tag "{TAG}" publishes no version')


def test_a_tag_whose_text_can_not_be_read_is_told_of_once(repo: Stored) -> None:
    repo.commit({"sak/eksempel.md": "Bare tekst.\n"}, "Uten hode")
    git(repo.root, "tag", "--force", TAG)
    repo.commit(LATER, "Tilbake")
    found = check_quietly(project(repo.root)).diagnostics
    assert [each.code for each in found] == ["version"]


def test_git_that_is_not_read_is_the_one_cause(repo: Stored) -> None:
    git(repo.root, "tag", "sak/eksempel/2024-04-12-igjen")
    assert said(repo) == []
    (repo.root / ".git/config").write_text("[core", encoding="utf-8")
    found = check_quietly(project(repo.root)).diagnostics
    assert [each.code for each in found] == ["git-settings", "version-gone"]
    assert str(found[1].message) == (
        "2 versions that are published would go, since git can't be read"
    )


def test_a_thousand_odd_tags_are_told_in_few_lines(repo: Stored) -> None:
    head = git(repo.root, "rev-parse", "HEAD")
    lines = [f"{head} refs/tags/borte/x{number:04}/2024-03-21-a" for number in range(1000)]
    packed = repo.root / ".git/packed-refs"
    packed.write_text("# pack-refs with: sorted\n" + "\n".join(lines) + "\n", encoding="utf-8")
    found = said(repo)
    assert len(found) == 21
    assert "version-tag: 980 more tags publish no version, for such reasons" in found


def test_a_manifest_may_say_anything(repo: Stored) -> None:
    path = repo.root / "build/manifest.json"
    manifest = json.loads(path.read_bytes())
    entry = manifest["files"][VERSION + "index.html"]
    odd = (
        "../x/versjon/2024-03-21-a/index.html",
        "/x/versjon/2024-03-21-a/index.html",
        "versjon/",
        "a\n/versjon/2024-03-21-a/index.html",
        "x/versjon/2024-03-21-{a}/index.html",
    )
    manifest["files"] |= dict.fromkeys(odd, entry)
    path.write_text(json.dumps(manifest), encoding="utf-8")
    checked = check_quietly(project(repo.root))
    assert checked.diagnostics == ()
    path.write_text("[" * 100_000, encoding="utf-8")
    assert check_quietly(project(repo.root)).diagnostics == ()
    manifest["files"] |= {f"x/versjon/2024-03-21-a{n}/index.html": entry for n in range(100)}
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert len(check_quietly(project(repo.root)).diagnostics) == 21


def test_a_name_that_differs_by_capitals_alone_takes_its_versions_along(repo: Stored) -> None:
    git(repo.root, "mv", "content/sak/eksempel.md", "content/sak/x.md")
    git(repo.root, "mv", "content/sak/x.md", "content/sak/Eksempel.md")
    repo.commit({}, "Stor bokstav")
    assert said(repo) == [GONE]
    assert VERSION.replace("eksempel", "Eksempel") + "index.html" in tree(repo.root / "build")
