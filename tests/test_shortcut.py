"""Where nothing has changed nothing is done; where anything has, nothing old is taken for new."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from repositories import begun, git
from sites import ANSWERS, EXAMPLE, HEAD, ROOT, innspill, project, statement, tree, write

from innspill import unchanged
from innspill.commands import build
from innspill.messages import say
from innspill.project import BuildOptions, Progress, Project
from innspill.shortcut import still_holding

WITHOUT_PDF = BuildOptions(with_pdf=False)
NOT_ANSWERED = HEAD + "\n## Svar {#en}\n\nDette er svaret på det ene.\n"


def holds(place: Project, wanted: BuildOptions = WITHOUT_PDF) -> bool:
    return still_holding(place, wanted) is not None


def made(folder: Path, files: dict[str, str]) -> Project:
    write(folder, files)
    (folder / "templates/assets").mkdir(parents=True)
    place = project(folder, templates=folder / "templates")
    assert build(place, WITHOUT_PDF, lambda *_: None).published
    assert holds(place)
    return place


def test_a_touched_file_is_the_same_file(tmp_path: Path) -> None:
    place = made(tmp_path, dict(EXAMPLE))
    for path in [*place.content.rglob("*.md"), *place.output.rglob("*.html")]:
        os.utime(path)
    assert holds(place)


def test_what_was_said_is_said_again(tmp_path: Path) -> None:
    write(tmp_path, {**EXAMPLE, "sak/eksempel.md": NOT_ANSWERED})
    first = innspill("build", "--no-pdf", cwd=tmp_path)
    again = innspill("build", "--no-pdf", cwd=tmp_path)
    assert "warning[not-answered]" in first.stderr
    assert first.stderr.endswith(again.stderr)
    assert again.stderr.startswith("content/sak/eksempel.md:7:1: warning[not-answered]")
    assert "written: 0" in again.stdout
    assert "error[not-answered]" in innspill("build", "--strict", cwd=tmp_path, code=1).stderr


CHANGES: dict[str, Callable[[Path], object]] = {
    "text": lambda root: (root / "content/index.md").write_text("x", encoding="utf-8"),
    "new": lambda root: (root / "content/side.md").write_text("x", encoding="utf-8"),
    "gone": lambda root: (root / "content/sak/eksempel.md").unlink(),
    "named": lambda root: (root / "content/sak/fil.txt").write_text("ny", encoding="utf-8"),
    "template": lambda root: (root / "templates/home.html").write_text("x", encoding="utf-8"),
    "published": lambda root: (root / "build/index.html").write_text("x", encoding="utf-8"),
    "taken": lambda root: (root / "build/assets/site.css").unlink(),
    "manifest": lambda root: (root / "build/manifest.json").write_text("{}", encoding="utf-8"),
    "killed": lambda root: (root / ".innspill/publish/build/complete").mkdir(),
    "record": lambda root: [
        path.write_text("{}", encoding="utf-8") for path in (root / ".innspill/last").iterdir()
    ],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_any_change_is_seen(tmp_path: Path, change: Callable[[Path], object]) -> None:
    files = {**statement(ANSWERS + "\n[fil](fil.txt)\n"), "sak/fil.txt": "fil"}
    place = made(tmp_path, files)
    change(tmp_path)
    assert not holds(place)


def test_other_options_are_another_build(tmp_path: Path) -> None:
    place = made(tmp_path, dict(EXAMPLE))
    assert not holds(place, BuildOptions(with_pdf=True))
    assert not holds(place, BuildOptions(with_pdf=False, strict=True))
    assert not holds(place, BuildOptions(with_pdf=False, prints=("large",)))
    assert not holds(project(tmp_path))


def test_what_git_says_counts(tmp_path: Path) -> None:
    place = made(tmp_path, dict(EXAMPLE))
    repo = begun(tmp_path)
    (tmp_path / ".gitignore").write_text("build/\n.innspill/\n", encoding="utf-8")
    steps: list[Callable[[], object]] = [
        lambda: repo.commit({}),
        lambda: repo.commit({}, "Nok en"),
        lambda: repo.tag("sak/eksempel/2024-03-14-vedtatt"),
        lambda: git(tmp_path, "pack-refs", "--all"),
        lambda: (tmp_path / ".gitignore").write_text("content/\n", encoding="utf-8"),
        lambda: (tmp_path / ".git").rename(tmp_path / "git"),
    ]
    for step in steps:
        step()
        assert not holds(place)
        assert build(place, WITHOUT_PDF, lambda *_: None).published
        assert holds(place)


def test_a_change_within_a_tick_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With no stamp to be trusted, what a file holds decides."""
    place = made(tmp_path, dict(EXAMPLE))
    path = place.content / "sak/eksempel.md"
    status = path.stat()
    path.write_text((HEAD + ANSWERS).replace("ene", "nye"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not holds(place)
    path.write_text(HEAD + ANSWERS, encoding="utf-8")
    # Left alone for long, files are known by their stamps, and not read.
    monkeypatch.setattr(unchanged, "LEFT_ALONE", 0)
    time.sleep(0.05)
    assert holds(place)
    monkeypatch.setattr(unchanged, "digest_of", None)
    assert holds(place)


def test_what_comes_while_it_is_built_is_seen(tmp_path: Path) -> None:
    """It was not read, so the build does not hold."""
    place = made(tmp_path, dict(EXAMPLE))

    def come(step: Progress) -> None:
        if step.phase == say("Publishing"):
            (place.content / "side.md").write_text("x", encoding="utf-8")

    (place.content / "sak/eksempel.md").write_text(NOT_ANSWERED, encoding="utf-8")
    assert build(place, WITHOUT_PDF, come).published
    assert not holds(place)


def imported_by_a_build(folder: Path) -> set[str]:
    """The modules that a build of pages imports."""
    program = (
        "import sys\nfrom innspill.cli import main\n"
        "main(['build', '--no-pdf'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(ran.stderr.split())


def test_a_build_imports_what_it_needs(tmp_path: Path) -> None:
    """And with nothing to do, little."""
    write(tmp_path, EXAMPLE)
    first = imported_by_a_build(tmp_path)
    assert {"innspill.build", "jinja2", "markdown_it", "yaml"} <= first
    unneeded = {"PIL", "fontTools", "http.client", "pikepdf", "pydantic", "pygit2", "rapidfuzz"}
    unneeded |= {"rich", "starlette", "urllib.request", "weasyprint"}
    unneeded |= {"innspill.media.drawing", "innspill.pack", "innspill.render.pdf"}
    assert not unneeded & first
    heavy = {"innspill.build", "jinja2", "markdown_it", "multiprocessing", "yaml"}
    assert not (heavy | unneeded) & imported_by_a_build(tmp_path)


def test_damaged_entries_are_made_anew_and_said(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    innspill("build", "--no-pdf", cwd=tmp_path)
    before = tree(tmp_path / "build")
    for path in (tmp_path / ".innspill/memo").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    (tmp_path / "build/index.html").unlink()
    ran = innspill("build", "--no-pdf", cwd=tmp_path)
    assert "damaged, and made anew" in ran.stderr
    assert tree(tmp_path / "build") == before
    (tmp_path / "build/index.html").unlink()
    assert "warning" not in innspill("build", "--no-pdf", cwd=tmp_path).stderr


def test_a_store_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    nowhere = tmp_path / "fil"
    nowhere.write_text("no folder", encoding="utf-8")
    ran = innspill("build", "--no-pdf", "--store", nowhere / "lager", cwd=tmp_path)
    assert "nothing can be kept there for the next time: it is no folder" in ran.stderr
    innspill("build", "--no-pdf", "--output", "andre", "--store", "lager", cwd=tmp_path)
    assert tree(tmp_path / "build") == tree(tmp_path / "andre")
