"""Every page and stylesheet against the standards, by the Nu HTML checker."""

from __future__ import annotations

from pathlib import Path

from checkers import nu

from innspill.project import BuildResult


def test_every_page_is_valid(
    real: tuple[Path, BuildResult], consultations: dict[int, Path], full_site: Path
) -> None:
    sites = (real[0], full_site, consultations[1], consultations[15])
    pages = [path for each in sites for path in sorted(each.rglob("*.html"))]
    assert len(pages) > 50
    assert nu(pages) == []


def test_the_checker_finds_what_is_wrong(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="nb"><title>x</title><p id=a><p id=a><img src=a>')
    said = "\n".join(nu([page]))
    assert "Duplicate ID" in said
    assert "alt" in said
