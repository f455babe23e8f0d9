"""Which files of `content/` are read: links, hidden files, names, and their order."""

from __future__ import annotations

from pathlib import Path

from sites import ANSWERS, EXAMPLE, HEAD, load, write

from innspill.check.unused import files_are_used
from innspill.diagnostics import in_order


def found(folder: Path) -> tuple[list[str], list[str]]:
    """The paths of the Markdown files, and the faults that belong to none."""
    content, _ = load(folder)
    wrong = in_order((*content.faults, *files_are_used(content, ())), strict=False)
    faults = [f"{each.code} {each.at.path}" for each in wrong]
    return [source.path for source in content.scanned], faults


def test_links_that_lead_out_or_nowhere_are_refused(tmp_path: Path) -> None:
    content = write(tmp_path, EXAMPLE) / "content"
    (tmp_path / "ute.md").write_text(HEAD + ANSWERS, encoding="utf-8")
    (content / "sak/inne.md").symlink_to("eksempel.md")
    (content / "sak/ute.md").symlink_to("../../ute.md")
    (content / "sak/ingen.md").symlink_to("finnes-ikke.md")
    (content / "sak/rundt.md").symlink_to("rundt.md")
    paths, faults = found(tmp_path)
    assert paths == ["index.md", "sak/eksempel.md", "sak/index.md", "sak/inne.md"]
    assert faults == [
        "outside content/sak/ingen.md",
        "outside content/sak/rundt.md",
        "outside content/sak/ute.md",
    ]


def test_folders_that_are_links_are_told_and_what_is_hidden_is_left_out(tmp_path: Path) -> None:
    content = write(tmp_path, {**EXAMPLE, ".skjult.md": "x", ".mappe/a.md": "x"}) / "content"
    (content / "lenke").symlink_to("sak")
    (content / "mappe.md").symlink_to("sak")
    paths, faults = found(tmp_path)
    assert paths == ["index.md", "sak/eksempel.md", "sak/index.md"]
    assert faults == ["unused content/lenke", "unused content/mappe.md"]


def test_a_folders_files_come_before_its_folders(tmp_path: Path) -> None:
    page = "---\ntitle: Side\n---\n"
    write(tmp_path, {**EXAMPLE, "a/b/c.md": page, "a/z.MD": page, "b.md": page, "\\.md": page})
    paths, faults = found(tmp_path)
    assert paths == ["b.md", "index.md", "a/z.MD", "a/b/c.md", "sak/eksempel.md", "sak/index.md"]
    assert faults == ["file-name content/\\.md"]
