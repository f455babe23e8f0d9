"""What git tells in words is published too, and held to the same rules as the texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from repositories import WHO, Repo, begun, git
from sites import (
    ANSWERS,
    EXAMPLE,
    build_quietly,
    check_quietly,
    innspill,
    project,
    statement,
    texts_of,
    tree,
    write,
)

ID = "41019060053"
OFFICER = "Kari Lønning"
MEANT = ("912 34 567", "kari@gmail.com", "8601.11.17947")
HIDDEN = f"case_officer: {OFFICER}\nhide_case_officer: true\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = begun(tmp_path / "repo")
    (made.root / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    made.commit(EXAMPLE, "Vedtatt")
    return made


def index(line: str) -> dict[str, str]:
    return {"index.md": EXAMPLE["index.md"].replace("\n---\n\n", f"\n{line}\n---\n\n")}


def codes(repo: Repo) -> list[str]:
    found = check_quietly(project(repo.root)).diagnostics
    return [f"{each.severity} {each.code}" for each in found]


@pytest.mark.parametrize(
    ("subject", "code"),
    [
        (f"Retting etter {ID}", "national-id"),
        ("Til konto 8601.11.17947", "account"),
        ("Ring 912 34 567 om dette", "phone"),
        ("Rettet for kari@gmail.com", "email"),
    ],
)
def test_a_subject_is_held_to_the_rules(repo: Repo, subject: str, code: str, store: Path) -> None:
    commit = repo.commit(statement(ANSWERS + "\nMer.\n"), subject)
    ran = innspill("check", "--format", "json", cwd=repo.root)
    [fault] = json.loads(ran.stdout)
    assert (fault["severity"], fault["code"]) == ("warning", code)
    assert fault["path"] == f"git log {commit[:12]}"
    assert "history: false" in fault["hint"]
    ran = innspill("check", cwd=repo.root)
    assert f"1 | {subject}" in ran.stdout + ran.stderr
    built = build_quietly(project(repo.root, store=store), with_pdf=False)
    assert [each.code for each in built.checked.diagnostics] == [code]
    if code != "national-id":
        assert "may_be_published" in fault["hint"]
        [meant] = [each for each in MEANT if each in subject]
        repo.commit(index(f"may_be_published: [{meant}]"))
        assert codes(repo) == []
    repo.commit(index("history: false"))
    assert codes(repo) == []


def test_an_authors_name_is_held_to_the_rules(repo: Repo) -> None:
    git(repo.root, "-c", "user.name=x", "commit", "--quiet", "--allow-empty", "-m", "Tomt")
    write(repo.root, statement(ANSWERS + "\nMer.\n"))
    git(repo.root, "commit", "--quiet", "--all", "-m", "Mer", "--author", f"{ID} <x@example.org>")
    assert codes(repo) == []
    write(repo.root, index("history_authors: true"))
    assert codes(repo) == ["warning national-id"]


def test_a_tags_word_is_held_to_the_rules(repo: Repo) -> None:
    repo.tag("sak/eksempel/2024-03-21-ring-91234567")
    [fault] = check_quietly(project(repo.root)).diagnostics
    assert (fault.code, fault.at.path) == ("phone", "git tag sak/eksempel/2024-03-21-ring-91234567")
    assert "take this tag away" in str(fault.hint)


SUBJECTS = {
    f"Rettet etter samtale med {OFFICER}": "Rettet etter samtale med …",
    "Rettet for KARI LØNNING i dag": "Rettet for … i dag",
    "Lønning, Kari har rettet": "… har rettet",
    "Kari sin retting": "… sin retting",
    "Etter Lønnings merknad": "Etter … merknad",
    "Karin er en annen": "Karin er en annen",
    "Helt vanlig": "Helt vanlig",
}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_hidden_name_is_left_out_of_subjects(repo: Repo, subject: str) -> None:
    repo.commit(statement(ANSWERS, HIDDEN), subject)
    [found] = texts_of(check_quietly(project(repo.root), strict=True))
    assert found.history[0].subject == SUBJECTS[subject]


def test_a_hidden_name_is_nowhere_in_what_is_published(repo: Repo, store: Path) -> None:
    named = f"case_officer: {OFFICER}\nattach_source: true\n"
    repo.commit(statement(ANSWERS, named), f"Skrevet av {OFFICER}")
    repo.tag("sak/eksempel/2024-03-21-vedtatt")
    git(repo.root, "mv", "content/sak/eksempel.md", "content/sak/kari-lonning.md")
    repo.commit({}, "Flyttet")
    git(repo.root, "mv", "content/sak/kari-lonning.md", "content/sak/eksempel.md")
    repo.commit(
        statement(ANSWERS, "hide_case_officer: true\ncompare_with: HEAD~1\n")
        | index("history_authors: true"),
        "Kari ut",
    )
    git(repo.root, "commit", "--quiet", "--amend", "--no-edit", "--author", f"{OFFICER} <x@y.no>")
    built = build_quietly(project(repo.root, store=store))
    assert built.published, [str(each.message) for each in built.checked.diagnostics]
    for path, data in tree(repo.root / "build").items():
        for name in ("Kari", "Lønning", "kari-lonning"):
            assert name.encode() not in data, (path, name)
    assert WHO.encode() in (repo.root / "build/sak/eksempel/index.html").read_bytes()


LONG = "Kari Marie Nordmann-Ås"
WRITTEN = {
    "KMN: rettet punkt 2": "…: rettet punkt 2",
    "Etter Kari M. Nordmann-Ås sitt ønske": "Etter … sitt ønske",
    "Godkjent av kari nordmann": "Godkjent av …",
    "Godkjent av K. Nordmann": "Godkjent av …",
    "NORDMANN-AAS, KARI har rettet": "… har rettet",
    "Se kari.marie.nordmann-as@oslo.kommune.no, takk": "Se …, takk",
    "Se <knordmann@oslo.kommune.no>": "Se <…>",
    "Fra KariNordmann": "Fra …",
    "Fra kari_marie i går": "Fra … i går",
    "Nordma\u0308nn er et annet navn, k. 2": "… er et annet navn, k. 2",
    "En normann som er i AS, og ås": "En normann som er i AS, og ås",
    "Skriv til post@oslo.kommune.no": "Skriv til post@oslo.kommune.no",
}


@pytest.mark.parametrize("subject", WRITTEN)
def test_a_hidden_name_is_found_however_it_is_written(repo: Repo, subject: str) -> None:
    front = f"case_officer: {LONG}\nhide_case_officer: true\n"
    repo.commit(statement(ANSWERS, front), subject)
    [found] = texts_of(check_quietly(project(repo.root), strict=True))
    assert found.history[0].subject == WRITTEN[subject]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("etter-kari-lonning", ["error hidden-name"]),
        ("kari-loenning", ["error hidden-name"]),
        ("for-k-lonning-2", ["error hidden-name"]),
        ("lonning-kari", ["error hidden-name"]),
        ("karilonning", ["error hidden-name"]),
        ("kari", []),
        ("lonning-og-vedtatt", []),
    ],
)
def test_a_hidden_name_in_a_tag_is_an_error(repo: Repo, word: str, expected: list[str]) -> None:
    repo.commit(statement(ANSWERS, HIDDEN))
    repo.tag(f"sak/eksempel/2024-03-21-{word}")
    assert codes(repo) == expected


def test_a_part_of_a_hidden_name_in_a_tag_is_an_error_where_two_stand_together(repo: Repo) -> None:
    repo.commit(statement(ANSWERS, f"case_officer: {LONG}\nhide_case_officer: true\n"))
    repo.tag("sak/eksempel/2024-03-21-kari-nordmann")
    assert codes(repo) == ["error hidden-name"]


def test_the_name_that_a_file_had_is_in_the_address_of_its_version(repo: Repo) -> None:
    git(repo.root, "mv", "content/sak/eksempel.md", "content/sak/kari-lonning.md")
    repo.commit({}, "Flyttet")
    repo.tag("sak/kari-lonning/2024-03-21-vedtatt")
    git(repo.root, "mv", "content/sak/kari-lonning.md", "content/sak/eksempel.md")
    repo.commit(statement(ANSWERS, HIDDEN), "Flyttet tilbake")
    assert codes(repo) == ["error hidden-name"]


def test_an_earlier_text_is_held_to_the_rules_where_a_name_is_hidden(repo: Repo) -> None:
    repo.commit(statement(ANSWERS + f"\nRing 912 34 567, {ID}.\n", HIDDEN))
    git(repo.root, "tag", "utkast")
    repo.commit(statement(ANSWERS, HIDDEN + "compare_with: utkast\n"))
    assert codes(repo) == ["warning phone", "warning national-id"]
