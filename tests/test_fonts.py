"""The fonts are cut when the program is installed, and a build takes them as they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from sites import EXAMPLE, ROOT, innspill, write

from innspill.render.fonts import FACES, FOLDER, FOR_PAGES, coverage


def test_all_weights_and_styles_draw_what_norway_writes() -> None:
    assert set(map(ord, "ÆØÅæøåÁáČčĐđŊŋŠšŦŧŽžÄäÖö–—…«»“”’−×½€§→☐✓")) <= coverage()
    assert ord("中") not in coverage()


def test_there_is_each_file_and_no_other() -> None:
    files = {*FOR_PAGES, *(face.printed for face in FACES), "characters.json"}
    assert {each.name for each in FOLDER.iterdir()} == files


@pytest.mark.parametrize("others", [False, True], ids=["missing", "of another version"])
def test_without_them_a_sentence_says_what_to_do(tmp_path: Path, others: bool) -> None:
    program, ignored = tmp_path / "program", shutil.ignore_patterns("__pycache__", "fonts")
    shutil.copytree(ROOT / "scripts/innspill", program / "innspill", ignore=ignored)
    shutil.copytree(ROOT / "templates", program / "innspill/templates")
    if others:
        (program / "innspill/fonts").mkdir()
        (program / "innspill/fonts/characters.json").write_text('{"Another-Regular": [32]}')
    write(tmp_path, EXAMPLE)
    for command in ("check", "build"):
        ran = innspill(command, cwd=tmp_path, code=3, PYTHONPATH=str(program))
        assert ran.stderr == (
            "innspill: the program's fonts are missing: install it anew, in a checkout with "
            "scripts/build\n"
        )
    assert not (tmp_path / "build").exists()
