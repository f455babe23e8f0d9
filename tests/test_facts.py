"""Votes and days that can't be so stop the build at their own line; what is odd is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sites import (
    ANSWERS,
    CASE,
    CONTENT,
    EXAMPLE,
    HEAD,
    build_quietly,
    check_quietly,
    innspill,
    project,
    statement,
    tree,
    write,
)

TODAY = date(2024, 4, 1)
ASKED = CASE.replace("questions:", "letter_dated: 2024-02-07\nquestions:")


def found(folder: Path, lines: str, case: str = CASE, today: date | None = TODAY) -> list[str]:
    """What is said of a statement with these lines of front matter, the first of them line 5."""
    write(folder, {**statement(ANSWERS, lines), "sak/index.md": case})
    checked = check_quietly(project(folder, today=today))
    return [
        f"{each.severity[0]}:{each.code}:{each.at.line}:{each.at.column}"
        for each in checked.diagnostics
    ]


def withdrawn(day: str) -> str:
    tag = "sak/eksempel/2024-03-21-vedtatt"
    return f"withdrawn:\n- tag: {tag}\n  date: {day}\n  why: Feil.\n"


def vote(result: str, *figures: str) -> str:
    return "\n".join((f"vote:\n  result: {result}", *(f"  {each}" for each in figures), ""))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (vote("majority", "for: 6", "against: 5"), []),
        (vote("majority", "for: 5", "against: 6"), ["e:vote:7:8"]),
        (vote("majority", "against: 6", "for: 0"), ["e:vote:8:8"]),
        (vote("majority", "for: 5", "against: 5"), ["e:vote:7:8"]),
        (vote("majority", "for: 5", "against: 5", "parties: Leders stemme avgjorde"), []),
        (vote("majority", "for: 5", "against: 6", "parties: A mot B"), ["e:vote:7:8"]),
        (vote("majority", "for: 5", "against: 0"), ["w:vote:6:11"]),
        (vote("majority", "for: 5"), ["w:vote:6:11"]),
        (vote("majority"), ["w:vote:6:11"]),
        (vote("majority", "for: -5", "against: -6"), ["e:bad-value:7:8", "e:bad-value:8:12"]),
        (vote("majority", "for: fem", "against: 6"), ["e:bad-value:7:8"]),
        (vote("unanimous"), []),
        (vote("unanimous", "for: 15", "against: 0"), []),
        (vote("unanimous", "for: 15", "against: 1"), ["e:vote:8:12"]),
        (vote("unanimous", "for: 0"), ["e:vote:7:8"]),
    ],
)
def test_figures_bear_out_the_result(tmp_path: Path, lines: str, said: list[str]) -> None:
    assert found(tmp_path, lines) == said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("adopted: 2024-03-21\ndated: 2024-03-30\n", []),
        ("adopted: 2024-03-21\ndated: 2024-03-20\n", ["w:dates:6:8"]),
        ("adopted: 2024-02-06\n", ["w:dates:5:10"]),
        ("adopted: 2024-02-05\ndated: 2024-02-06\n", ["w:dates:5:10"]),
        ("dated: 2024-02-06\n", ["w:dates:5:8"]),
        ("adopted: 2062-03-21\n", ["e:future:5:10"]),
        ("adopted: 2024-04-02\ndated: 2024-04-02\n", []),
        ("adopted: 2024-03-21\ndated: 2024-04-03\n", ["w:future:6:8"]),
        ("adopted: 1787-03-21\n", ["e:bad-value:5:10"]),
        (
            withdrawn("2024-03-20"),
            ["e:dates:7:9"],
        ),
        (
            withdrawn("2024-05-20"),
            ["e:future:7:9"],
        ),
    ],
)
def test_days_come_in_order(tmp_path: Path, lines: str, said: list[str]) -> None:
    assert found(tmp_path, lines, ASKED) == said


def test_a_deadline_is_after_the_letter_that_sets_it(tmp_path: Path) -> None:
    case = ASKED.replace("questions:", "deadline: 2024-02-06\nquestions:")
    assert found(tmp_path, "", case) == ["e:dates:5:11"]
    assert found(tmp_path, "", case.replace("02-06", "02-07")) == []
    late = case.replace("2024-02-06", "2024-12-31").replace("2024-02-07", "2024-09-07")
    assert found(tmp_path, "", late) == ["w:future:4:15"]


@pytest.mark.parametrize("line", ["adopted: 2024-03-21\n", "vote: {result: unanimous}\n"])
def test_a_draft_was_not_adopted(tmp_path: Path, line: str) -> None:
    draft = HEAD.replace("adopted\n", f"draft\n{line}") + ANSWERS
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": draft})
    ran = innspill("check", cwd=tmp_path, code=1)
    assert ran.stderr.startswith("content/sak/eksempel.md:4:9: error[status]: ")


def test_the_commands_know_the_day(tmp_path: Path) -> None:
    soon = (datetime.now(UTC) + timedelta(days=3)).date()
    write(tmp_path, statement(ANSWERS, f"adopted: {soon}\n"))
    place = "content/sak/eksempel.md:5:10: error[future]: "
    for command in (["check"], ["build", "--no-pdf"], ["pack", "--no-pdf"]):
        assert innspill(*command, cwd=tmp_path, code=1).stderr.count(place) == 1
    assert not (tmp_path / "build").exists()


def test_what_is_still_to_come_is_not_told_for_ever(tmp_path: Path) -> None:
    write(tmp_path, statement(ANSWERS, "dated: 2024-04-10\n"))
    codes = []
    for day in (TODAY, TODAY, date(2024, 4, 9)):
        built = build_quietly(project(tmp_path, today=day), with_pdf=False)
        codes.append([each.code for each in built.checked.diagnostics])
    assert codes == [["future"], ["future"], []]


def test_the_day_changes_nothing_that_is_published(tmp_path: Path) -> None:
    write(tmp_path, statement(ANSWERS, "adopted: 2024-03-21\ndated: 2024-03-30\n"))
    made = []
    for number, day in enumerate((TODAY, date(2099, 1, 1), None)):
        output = tmp_path / f"build{number}"
        place = project(tmp_path, output=output, today=day)
        assert build_quietly(place, with_pdf=False).published
        made.append({name: data for name, data in tree(output).items() if ".innspill" not in name})
    assert made[0] == made[1] == made[2]


def test_the_real_letters_facts_can_be(tmp_path: Path) -> None:
    place = project(tmp_path, content=CONTENT, today=TODAY)
    assert not check_quietly(place).diagnostics
