"""The pipeline as a whole: nothing twice, nothing half, the same bytes everywhere."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from everything import picture
from sites import (
    ANSWERS,
    CONTENT,
    EXAMPLE,
    ROOT,
    STATEMENT,
    build_quietly,
    innspill,
    project,
    statement,
    tree,
    write,
)

from innspill.manifest import verify


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the real content, to change."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path


def change(folder: Path, old: str, new: str) -> None:
    source = folder / "content" / "oppgavefordeling-2024" / "alna.md"
    text = source.read_text(encoding="utf-8")
    assert text.count(old) == 1
    source.write_text(text.replace(old, new), encoding="utf-8")


def test_a_second_build_prints_and_writes_nothing(copy: Path, store: Path) -> None:
    place = project(copy, store=store)
    build_quietly(place)
    before = {path: path.stat().st_mtime_ns for path in (copy / "build").rglob("*")}
    again = build_quietly(place)
    assert again.laid_out == 0
    assert again.published is not None
    assert (again.published.written, again.published.removed) == ((), ())
    assert {path: path.stat().st_mtime_ns for path in (copy / "build").rglob("*")} == before


def test_one_word_changes_what_it_touches_and_its_pdfs(copy: Path, store: Path) -> None:
    place = project(copy, store=store)
    build_quietly(place)
    change(copy, "strøing", "salting")
    built = build_quietly(place)
    assert built.laid_out == 3
    assert built.published is not None
    pdfs = ("sammendrag.pdf", "uttalelse.pdf", "uttalelse-stor-skrift.pdf")
    own = {STATEMENT + name for name in ("index.html", *pdfs)}
    case = "oppgavefordeling-2024/"
    shared = {case + "sporsmal/til-bydelene/index.html", case + "data.json"}
    assert set(built.published.written) == own | shared | {"assets/search-index.js"}


def test_a_changed_quoted_word_stops_the_build(copy: Path) -> None:
    innspill("build", "--no-pdf", cwd=copy)
    before = tree(copy / "build")
    change(
        copy,
        "tilsynsutvalgene bør i større grad sentraliseres.",
        "tilsynsutvalgene bør i noen grad sentraliseres.",
    )
    ran = innspill("build", "--no-pdf", cwd=copy, code=1)
    line = next(line for line in ran.stderr.split("\n") if "error[quote-missing]" in line)
    assert line.startswith("content/oppgavefordeling-2024/alna.md:")
    assert (
        "nearest is 6.10: «Opplæring av driftstyrerepresentanter, samt tilsynsutvalgene bør i noen"
        in ran.stderr
    )
    assert tree(copy / "build") == before


def test_a_summary_that_is_too_long_stops_the_build(tmp_path: Path, store: Path) -> None:
    point = "  - about: en\n    point: {}\n    quote: Dette er svaret på det ene\n"
    long = "Et langt punkt nummer {} " + "som bare fortsetter og fortsetter " * 2
    head = "summary:\n" + "".join(point.format(long.format(n)) for n in range(60))
    body = "\n## Svar {#en}\n\nDette er svaret på det ene.\n\n## Svar {#to}\n\nJa.\n"
    built = build_quietly(project(write(tmp_path, statement(body, head)), store=store))
    assert built.published is None
    found = [each for each in built.checked.diagnostics if each.code == "summary-too-long"]
    assert len(found) == 1
    assert "Et langt punkt nummer 59" in str(found[0].hint)
    assert "Et langt punkt nummer 1 " not in str(found[0].hint)
    assert not (tmp_path / "build").exists()


def test_check_tells_of_a_template_that_fails_for_a_statement(tmp_path: Path) -> None:
    own = write(tmp_path, EXAMPLE) / "templates"
    own.mkdir()
    for name in ("statement.html", "print/uttalelse.html"):
        (own / name).parent.mkdir(exist_ok=True)
        (own / name).write_text("en linje\n{{ finnes.ikke }}\n", encoding="utf-8")
        said = innspill("check", cwd=tmp_path, code=1).stderr
        assert f"templates/{name}:2:1: error[template]: the template fails: 'finnes' is" in said
        (own / name).unlink()
    innspill("check", cwd=tmp_path)


def test_the_same_bytes_in_another_folder_zone_and_hash_seed(tmp_path: Path) -> None:
    built = []
    more = statement(ANSWERS + "\n![Et kart](kart.png)\n", "attach_source: true\n")
    del more["index.md"]
    for name, zone, locale, seed in (
        ("en", "UTC", "C.UTF-8", "1"),
        ("en annen mappe æ", "Pacific/Auckland", "C", "77"),
    ):
        folder = tmp_path / name
        shutil.copytree(CONTENT, folder / "content")
        write(folder, {**more, "sak/kart.png": picture("PNG")})
        innspill("build", cwd=folder, TZ=zone, LC_ALL=locale, PYTHONHASHSEED=seed)
        built.append(tree(folder / "build"))
    assert built[0].keys() == built[1].keys()
    assert [path for path in built[0] if built[0][path] != built[1][path]] == []


def test_the_manifest_names_every_file_and_its_sources(real: tuple[Path, object]) -> None:
    folder = real[0]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["files"].keys() == tree(folder).keys() - {"manifest.json"}
    entry = manifest["files"][STATEMENT + "uttalelse.pdf"]
    assert entry["sources"] == ["oppgavefordeling-2024/alna.md", "oppgavefordeling-2024/index.md"]
    assert verify(folder) == ()


def test_without_pdfs_no_page_leads_to_one(tmp_path: Path, store: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    build_quietly(project(tmp_path, store=store), with_pdf=False)
    pages = [data for path, data in tree(tmp_path / "build").items() if path.endswith(".html")]
    assert not any(b".pdf" in page for page in pages)


def test_a_damaged_memo_is_made_anew(tmp_path: Path) -> None:
    place = project(write(tmp_path, {**statement(ANSWERS + "\n![Et kart](kart.png)\n"),
                                     "sak/kart.png": picture("PNG")}))  # fmt: skip
    first = build_quietly(place)
    assert first.published
    before = tree(tmp_path / "build")
    for path in (tmp_path / ".innspill" / "memo").rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-7])
    shutil.rmtree(tmp_path / "build")
    built = build_quietly(place)
    assert built.laid_out == built.pdfs == first.pdfs > 0
    assert tree(tmp_path / "build") == before


def test_kill_at_any_moment_of_a_real_build(copy: Path, store: Path) -> None:
    """The whole program, killed by the clock: what is published verifies after the next run."""
    place = project(copy, store=copy / ".innspill")
    build_quietly(place, with_pdf=False)
    for attempt in range(5):
        change(copy, "busker" if not attempt else "busk" * attempt, "busk" * (attempt + 1))
        command = [sys.executable, "-m", "innspill", "build", "--no-pdf"]
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts")}
        running = subprocess.Popen(command, cwd=copy, env=environment, stdout=subprocess.DEVNULL)
        try:
            running.wait(0.25 + 0.1 * attempt)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        build_quietly(place, with_pdf=False)
        assert verify(copy / "build") == ()
