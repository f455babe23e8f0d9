"""Ordinary text gives no warning: the fixture, the real content and the example sites."""

from __future__ import annotations

from pathlib import Path

from everything import everything, with_the_rest_of_a_site
from sites import CONTENT, EXAMPLE, ROOT, faults, innspill

from innspill.project import BuildResult

MEANT = {
    ("sak/index.md", "file-unread"): "its letter is a PDF in name alone",
    ("sak/utkast.md", "not-answered"): "its draft answers two questions of three",
}
"""What is told of the example site, and why it stays."""
ORDINARY = (ROOT / "tests" / "ordinary.md").read_text(encoding="utf-8")


def test_ordinary_text_gives_no_warning(tmp_path: Path) -> None:
    assert ORDINARY.count("\n\n") > 100
    found = faults(tmp_path, {**EXAMPLE, "vanlig.md": ORDINARY})
    assert [(each.at.line, each.code, str(each.message)) for each in found] == []


def test_each_ordinary_paragraph_gives_none_inside_a_list(tmp_path: Path) -> None:
    """Where an item holds it, what is ordinary stays so."""
    front, _, body = ORDINARY.partition("\n---\n")
    kept = [
        part
        for part in body.strip().split("\n\n")
        if not part.startswith(("#", "[^", "[r]", "```"))
    ]
    items = "\n\n".join("- Et punkt.\n\n" + _indented(part) + "\n- Et til." for part in kept)
    text = f"{front}\n---\n\n{items}\n\n[r]: https://www.example.org/b\n\n[^1]: En note.\n"
    found = faults(tmp_path, {**EXAMPLE, "vanlig.md": text})
    assert [(each.at.line, each.code, str(each.message)) for each in found] == []


def _indented(part: str) -> str:
    return "\n".join(f"  {line}" for line in part.split("\n"))


def test_the_real_content_gives_no_warning(tmp_path: Path) -> None:
    assert "warnings: 0" in innspill("check", "--project", CONTENT.parent, cwd=tmp_path).stdout


def test_the_example_with_everything_in_it_gives_none_in_print_either(
    whole: tuple[Path, BuildResult],
) -> None:
    assert [str(each.message) for each in whole[1].checked.diagnostics] == []


def test_the_example_site_gives_those_that_are_meant(tmp_path: Path) -> None:
    assert faults(tmp_path / "alone", everything()) == []
    found = faults(tmp_path / "site", with_the_rest_of_a_site())
    assert [(each.at.path.partition("content/")[2], each.code) for each in found] == list(MEANT)
