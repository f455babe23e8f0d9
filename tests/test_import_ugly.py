"""Letters as they should not be: what is said of each, and what becomes of it, stands beside it.

`tests/imports/NAME.txt` holds the report, word for word, and the statement; `--rewrite` writes it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from sites import CASE, INDEX, faults, project, write
from ugly_letters import LETTERS

from innspill.diagnostics import Severity
from innspill.fmt.files import format_files
from innspill.importing.command import ImportRequest, import_files

EXPECTED = Path(__file__).parent / "imports"
UNPRINTABLE = {"right-to-left": {"no-glyph"}}
"""What `check` says of letters that no font of the project has."""
LONGEST = 120
"""Of a statement that is longer, so many lines are kept at its beginning, as at its end."""


def imported(folder: Path, name: str) -> str:
    """What is said of a letter, and the statement that it becomes.

    Where it is refused for changes or doubts, it is imported once more with these accepted.
    """
    ending, make = LETTERS[name]
    write(folder, {"index.md": INDEX, "sak/index.md": CASE})
    file = folder / f"{name}.{ending}"
    file.write_bytes(make())
    statement = folder / "content" / "sak" / "alna.md"
    parts: list[str] = []
    for option in ("", "--accept-changes", "--accept-losses"):
        if option and option not in parts[-1]:
            continue
        parts.append(f"$ innspill import {file.name} --to sak/alna {option}".rstrip())
        parts.append(said(folder, file, option))
    if statement.exists():
        found = [each for each in faults(folder, {}) if each.severity is Severity.ERROR]
        assert {each.code for each in found} <= UNPRINTABLE.get(name, set())
        assert format_files(project(folder), (), is_written=False).changed == ()
        parts += ["=== content/sak/alna.md", shortened(statement.read_text("utf-8"))]
        parts.append(f"=== {' '.join(sorted(each.name for each in statement.parent.iterdir()))}\n")
    return "\n".join(parts)


def said(folder: Path, file: Path, option: str) -> str:
    asked = ImportRequest(
        (file,),
        "sak/alna",
        accepts_changes=option == "--accept-changes",
        accepts_losses=option == "--accept-losses",
    )
    (made,) = import_files(project(folder), asked)
    code = f"exit {1 if made.refusal else 0}"
    return "\n".join([code, *map(str, made.report), *map(str, made.refusal), ""])


def shortened(text: str) -> str:
    lines = text.split("\n")
    front = lines.index("---", 1)
    body = [*lines[:20], "…", *lines[front:]]
    body = [line for line in body if not line.startswith(("# ", "#  "))]
    if len(body) > LONGEST:
        body = [*body[: LONGEST // 2], "…", *body[-LONGEST // 2 :]]
    return "\n".join(body)


@pytest.mark.parametrize("name", LETTERS)
def test_what_becomes_of_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    found = imported(tmp_path, name)
    path = EXPECTED / f"{name}.txt"
    if pytestconfig.getoption("rewrite"):
        EXPECTED.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8")
    assert found == path.read_text(encoding="utf-8")
