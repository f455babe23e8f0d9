"""Each fault and its message, word for word.

A case is a text file in `faults/`: the files that differ from the example site, then what
`innspill check` says of them. `pytest --rewrite` writes what it says now, for review in git.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sites import EXAMPLE, ROOT, faults, load, write

from innspill.diagnostics import as_text
from innspill.messages import catalogue

CASES = sorted((Path(__file__).parent / "faults").glob("*.txt"))
FILE, SAID = "=== content/", "=== said\n"


def parts(case: str) -> tuple[dict[str, str], str]:
    """The files of a case, and what is expected of them."""
    given, _, said = case.partition(SAID)
    files = {}
    for part in given.split(FILE)[1:]:
        name, _, text = part.partition("\n")
        files[name] = text
    return files, said


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_fault(case: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    files, expected = parts(case.read_text(encoding="utf-8"))
    wanted = {**EXAMPLE, **files}
    found = faults(tmp_path, wanted)
    content, _ = load(write(tmp_path, {}))
    said = as_text(found, content.texts_of({each.at.path for each in found}), catalogue("en"))
    if pytestconfig.getoption("--rewrite"):
        given = case.read_text(encoding="utf-8").partition(SAID)[0]
        case.write_text(given + SAID + said, encoding="utf-8")
        return
    assert said == expected


def test_the_example_has_no_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, EXAMPLE) == []


def test_many_faults_come_in_one_run() -> None:
    _, said = parts((Path(__file__).parent / "faults" / "many.txt").read_text(encoding="utf-8"))
    codes = {
        line.partition("[")[2].partition("]")[0] for line in said.split("\n") if ": error[" in line
    }
    assert len(codes) >= 12


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"---\ntitle: \xe5pent\n---\n", "encoding:2"),
        (b"", "empty-file:1"),
        (b"\xef\xbb\xbf \n", "empty-file:1"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, data: bytes, code: str) -> None:
    found = faults(tmp_path, {**EXAMPLE, "side.md": data})
    assert [f"{each.code}:{each.at.line}" for each in found] == [code]


def test_every_code_is_said_in_some_test() -> None:
    """A rule whose example says something else than was meant would not be noticed."""
    package = (ROOT / "scripts" / "innspill" / "check").glob("*.py")
    made = r'\b(?:error|warning)\(\s*"([a-z-]+)"'
    codes = {each for path in package for each in re.findall(made, path.read_text("utf-8"))}
    assert len(codes) > 40
    tests = [path for path in (ROOT / "tests").rglob("*") if path.suffix in {".py", ".txt"}]
    said = "\n".join(path.read_text(encoding="utf-8") for path in tests)
    assert {each for each in codes if not re.search(rf'[\["]{each}[\]":]', said)} == set()
