"""What people do when they write: each slip is told at its own place, once, and nothing untrue.

What follows from a slip is not told beside it.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from sites import ANSWERS, CASE, EXAMPLE, HEAD, INDEX, faults, innspill, statement, write

from innspill.diagnostics import MOST

SUMMARY = "summary:\n  - about: en\n    point: Det ene.\n    quote: svaret på det ene\n"


def head(old: str, new: str, body: str = ANSWERS) -> dict[str, str | bytes]:
    """The example site with a slip in the front matter of its statement."""
    assert old in HEAD
    return {**EXAMPLE, "sak/eksempel.md": HEAD.replace(old, new) + body}


def more(lines: str) -> dict[str, str | bytes]:
    """The example site with more lines in the front matter of its statement."""
    return {**statement(ANSWERS, lines)}


def body(old: str, new: str) -> dict[str, str | bytes]:
    """The example site with a slip in the text of its statement."""
    assert old in ANSWERS
    return {**EXAMPLE, "sak/eksempel.md": HEAD + ANSWERS.replace(old, new, 1)}


def case(old: str, new: str) -> dict[str, str | bytes]:
    """The example site with a slip in the consultation."""
    assert old in CASE
    return {**EXAMPLE, "sak/index.md": CASE.replace(old, new, 1)}


REMARK = '::: mindretall {by="D"}\n\nVi er uenige.\n\n'
UNCLOSED = {
    **EXAMPLE,
    "sak/index.md": CASE.removesuffix("---\n")
    + "  - {id: tre, title: Det tredje, text: Hva?}\n---\n",
    "sak/eksempel.md": HEAD.removesuffix("---\n")
    + SUMMARY.replace("det ene", "det tredje").replace("about: en", "about: tre")
    + "---\n"
    + ANSWERS.replace("## Svar {#to}", REMARK + "## Svar {#to}")
    + "\n## Svar {#tre}\n\nDette er svaret på det tredje.\n",
}
WINDOWS = {name: text.replace("\n", "\r\n") for name, text in EXAMPLE.items()}
SLIPS: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "a capital": (head("status", "Status"), ["unknown-key:4:1"]),
    "three capitals": (
        head("title", "Title") | {"index.md": INDEX.replace("title", "Title")},
        ["unknown-key:2:1", "unknown-key:2:1"],
    ),
    "a misspelt key": (head("committee", "comittee"), ["unknown-key:3:1"]),
    "no space": (head("status: ", "status:"), ["yaml-syntax:4:1"]),
    "an equals sign": (head("status:", "status ="), ["yaml-syntax:4:1"]),
    "another status": (
        head(
            "status: adopted\n", "status: ferdig\nadopted: 2024-03-21\nvote: {result: unanimous}\n"
        ),
        ["bad-value:4:9"],
    ),
    "a no-break space": (head("status: ", "status:\u00a0"), ["yaml-syntax:4:1"]),
    "a first line that is indented": (head("title", " title"), ["yaml-syntax:3:1"]),
    "a NUL": (body("er", "e\0r"), ["encoding:9:8"]),
    "no status": (head("status: adopted\n", "adopted: 2024-03-21\n"), ["missing-key:2:1"]),
    "a word for the vote": (more("vote: stort flertall\n"), ["bad-value:5:7"]),
    "a Norwegian result": (
        more("vote:\n  result: enstemmig\n  against: 3\n"),
        ["vote:7:12"],
    ),
    "another result": (more("vote:\n  result: uavgjort\n"), ["bad-value:6:11"]),
    "no indentation": (more("vote:\nresult: majority\nfor: 9\n"), ["empty-value:5:1"]),
    "too much indentation": (more("vote:\n  result: unanimous\n   for: 9\n"), ["yaml-syntax:7:7"]),
    "a tab": (more("vote:\n\tresult: unanimous\n"), ["yaml-syntax:6:1"]),
    "a date in doubt": (more("adopted: 02/03/2024\n"), ["bad-value:5:10"]),
    "a Norwegian date that never was": (more("adopted: 31.02.2024\n"), ["bad-value:5:10"]),
    "an impossible date": (more("adopted: 2024-02-30\n"), ["bad-value:5:10"]),
    "a date of long ago": (more("adopted: 0204-03-21\n"), ["bad-value:5:10"]),
    "no closing mark": (head("title: E", 'title: "E'), ["yaml-syntax:2:8"]),
    "curly marks": (head("title: Eksempel", "title: “Sak: x”"), ["yaml-syntax:2:12"]),
    "a colon": (head("title: ", "title: Sak: "), ["yaml-syntax:2:11"]),
    "a text for the summary": (more("summary: Bydelene er robuste\n"), ["bad-value:5:10"]),
    "no hyphen": (more(SUMMARY.replace("- ", "  ")), ["bad-value:6:5"]),
    "an empty item": (more(SUMMARY.replace("  -", "  -\n  -", 1)), ["empty-value:6:4"]),
    "a faulty item behind an empty one": (
        more(SUMMARY.replace("  -", "  -\n  -", 1).replace("quote", "qoute")),
        ["empty-value:6:4", "unknown-key:9:5"],
    ),
    "an empty text": (more("vote: {result: unanimous, parties: }\n"), ["empty-value:5:27"]),
    "a key twice": (more("status: draft\n"), ["duplicate-key:5:1"]),
    "an open bracket": (more("prints: [large\nlang: nb\n"), ["yaml-syntax:5:9"]),
    "an open brace": (more("vote: {result: unanimous\n"), ["yaml-syntax:5:7"]),
    "no end": ({**EXAMPLE, "sak/eksempel.md": HEAD[:-4]}, ["no-front-matter:1:1"]),
    "no beginning": ({**EXAMPLE, "sak/eksempel.md": HEAD[4:] + ANSWERS}, ["no-front-matter:1:1"]),
    "a mark at the beginning": ({**EXAMPLE, "sak/eksempel.md": "\ufeff" + HEAD + ANSWERS}, []),
    "Windows' line ends": ({**WINDOWS}, []),
    "UTF-16": (
        {**EXAMPLE, "sak/eksempel.md": (HEAD + ANSWERS).encode("utf-16")},
        ["encoding:1:1"],
    ),
    "UTF-16 without a mark": (
        {**EXAMPLE, "sak/index.md": CASE.encode("utf-16-be")},
        ["encoding:1:1"],
    ),
    "UTF-32": ({**EXAMPLE, "index.md": INDEX.encode("utf-32-le")}, ["encoding:1:1"]),
    "Latin-1": (
        {**EXAMPLE, "index.md": INDEX.replace("k", "å").encode("latin-1")},
        ["encoding:2:"],
    ),
    "a misspelt id": (body("{#en}", "{#enn}"), ["unknown-question:7:1"]),
    "an id without its sign": (body("{#en}", "{en}"), ["bad-id:7:9"]),
    "an id with a space": (body("{#en}", "{# en}"), ["bad-id:7:9"]),
    "an open remark": ({**UNCLOSED}, ["minority:15:1"]),
    "a capital in the consultation": (case("questions", "Questions"), ["unknown-key:4:1"]),
    "a misspelt key in the consultation": (case("questions", "qestions"), ["unknown-key:4:1"]),
    "a faulty question": (case("id: en", "id: En"), ["bad-value:5:9"]),
    "a question without its text": (
        case("    text: Hva er det ene?\n", ""),
        ["missing-key:5:5"],
    ),
    "crooked lines in the consultation": (case("    title", "   title"), ["yaml-syntax:6:4"]),
    "Arabic": (
        body("svaret", "السلام عليكم " * 40 + "\n" + "ورحمة الله\n\n" * 200),
        ["no-glyph:9:10"],
    ),
    "invisible spaces": (body("er", "\u200ber\n\u200b\n\u200b"), ["no-glyph:9:7"]),
}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_once_and_at_its_place(tmp_path: Path, name: str) -> None:
    files, expected = SLIPS[name]
    found = faults(tmp_path, files)
    told = [f"{each.code}:{each.at.line}:{each.at.column}" for each in found]
    assert len(told) == len(expected), told
    for said, wanted in zip(told, expected, strict=True):
        assert said.startswith(wanted), told


def test_a_line_of_spaces_costs_no_more_than_another(tmp_path: Path) -> None:
    began = process_time()
    found = faults(tmp_path, more(f"recipient: Sak: x\n{' ' * 100_000}!\n"))
    assert [each.code for each in found] == ["yaml-syntax"]
    assert process_time() - began < 5


def test_two_without_a_committee_are_not_the_same(tmp_path: Path) -> None:
    unnamed = HEAD.replace("committee: Eksempel bydelsutvalg\n", "") + ANSWERS
    files = {**EXAMPLE, "sak/a.md": unnamed, "sak/b.md": unnamed}
    files["sak/index.md"] = CASE.replace(
        "questions", "committees: [Eksempel bydelsutvalg]\nquestions"
    )
    assert [each.code for each in faults(tmp_path, files)] == ["missing-key", "missing-key"]


@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_many_faults_of_a_file_are_counted(tmp_path: Path, form: str) -> None:
    text = HEAD + ANSWERS + "\n\n[x](nei.md)\n\n<b>x</b>\n" * 300
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": text, "side.md": "---\ntitel: x\n---\n"})
    ran = innspill("check", "--format", form, cwd=tmp_path, code=1)
    match form:
        case "text":
            assert ran.stderr.count("content/sak/eksempel.md:") == MOST + 1
            assert "error[more]: and 550 more in this file" in ran.stderr
            assert ran.stderr.count("content/side.md:") == 1
            assert ran.stderr.endswith(
                "errors: 601 · warnings: 0 · files: 2 · nothing was written\n"
            )
        case "github":
            assert ran.stdout.count("file=content/sak/eksempel.md,") == MOST + 1
            assert ran.stdout.count("file=content/side.md,") == 1
        case "json":
            assert ran.stdout.count('"path": "content/sak/eksempel.md"') == 600


def test_an_error_is_not_lost_among_warnings(tmp_path: Path) -> None:
    odd = "\n\nRing 90000000.\n" * 80
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": HEAD + ANSWERS + odd + "\n<b>x</b>\n"})
    ran = innspill("check", cwd=tmp_path, code=1)
    assert "error[raw-html]" in ran.stderr
    assert "warning[more]" in ran.stderr
