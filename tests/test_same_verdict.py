"""`check` judges as `build` does with the same options."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sites import ANSWERS, CASE, CONTENT, EXAMPLE, HEAD, INDEX, innspill, statement, write

ADDRESS = INDEX.replace("publisher", "url: https://www.example.org/\npublisher")
SITES: dict[str, dict[str, str]] = {
    "the example": {**EXAMPLE},
    "an address, and no declaration": {**EXAMPLE, "index.md": ADDRESS},
    "a faulty declaration": {
        **EXAMPLE,
        "index.md": ADDRESS.replace("publisher", "accessibility_declaration: her\npublisher"),
    },
    "no answer": statement("\nTekst.\n"),
    "a vote that can't be": statement(ANSWERS, "vote: {result: unanimous, against: 1}\n"),
    "a day to come": statement(ANSWERS, "adopted: 2062-01-01\ndated: 2062-02-01\n"),
    "a draft": {**EXAMPLE, "sak/eksempel.md": HEAD.replace("adopted", "draft") + ANSWERS},
    "a telephone number": statement(ANSWERS + "\nRing 90000000.\n"),
    "a capital": {**EXAMPLE, "sak/index.md": CASE.replace("questions", "Questions")},
    "a dead link": {**EXAMPLE, "index.md": INDEX + "\n[x](sak/eksempel.md#p9)\n"},
}


@pytest.mark.parametrize("strict", [(), ("--strict",)], ids=["", "strict"])
@pytest.mark.parametrize("output", [(), ("--output", "ut")], ids=["", "output"])
@pytest.mark.parametrize("name", SITES)
def test_check_judges_as_build_does(
    tmp_path: Path, name: str, output: tuple[str, ...], strict: tuple[str, ...]
) -> None:
    write(tmp_path, SITES[name])
    options = (*output, *strict, "--format", "json")
    checked, built = (
        run(command, options, tmp_path) for command in (["check"], ["build", "--no-pdf"])
    )
    assert checked == built


def run(command: list[str], options: tuple[str, ...], folder: Path) -> tuple[int, object]:
    try:
        ran = innspill(*command, *options, cwd=folder)
    except AssertionError:
        ran = innspill(*command, *options, cwd=folder, code=1)
    return ran.returncode, json.loads(ran.stdout)


def test_check_tells_that_readers_need_more(tmp_path: Path) -> None:
    write_nothing = ("check", "--strict", "--project", CONTENT.parent)
    said = innspill(*write_nothing, cwd=tmp_path).stdout
    assert said.strip().endswith("warnings: 0 · more with --output, where it is for readers: 1")
    ran = innspill(*write_nothing, "--output", "ut", cwd=tmp_path, code=1)
    assert "error[no-declaration]" in ran.stderr
