"""The message catalogue: complete, in step with the code, and filled in without a slip."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from sites import ROOT, innspill, statement, write

from innspill.messages import LOCALE_FOLDER, long_date

PLACES = re.compile(r"\{\{|\}\}|\{\w+\}|%\(\w+\)s")


def entries(language: str) -> list[Message]:
    with (LOCALE_FOLDER / f"{language}.po").open("rb") as file:
        return [each for each in read_po(file, locale=language) if each.id]


def strings(value: object) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list | tuple) else [str(value)]


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_sentence_is_there_with_its_places(language: str) -> None:
    found = entries(language)
    assert len(found) > 250
    for each in found:
        assert not each.fuzzy
        for source, said in zip(strings(each.id), strings(each.string), strict=True):
            assert said, f"{each.id} is not translated"
            assert sorted(PLACES.findall(said)) == sorted(PLACES.findall(source)), said


def test_one_more_file_is_one_more_language(tmp_path: Path, own_store: Path) -> None:
    package = tmp_path / "program" / "innspill"
    shutil.copytree(ROOT / "scripts" / "innspill", package)
    shutil.copytree(ROOT / "templates", package / "templates")
    catalogue = (LOCALE_FOLDER / "nb.po").read_text(encoding="utf-8")
    for here, there in (
        ("Language: nb", "Language: da"),
        ('"Svar"', '"Svaret"'),
        ("advarsel", "obs"),
    ):
        assert here in catalogue
        catalogue = catalogue.replace(here, there)
    (package / "locale/da.po").write_text(catalogue, encoding="utf-8")
    write(tmp_path, statement("\n## Svar {#en}\n\nJa.\n", "lang: da\n"))
    ran = innspill(
        "build", "--no-pdf", cwd=tmp_path, PYTHONPATH=str(package.parent), LC_ALL="da_DK.UTF-8"
    )
    assert "obs[not-answered]" in ran.stderr
    page = (tmp_path / "build/sak/eksempel/index.html").read_text(encoding="utf-8")
    assert '<html lang="da">' in page
    assert "Uttalelse fra Eksempel bydelsutvalg" in page


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "3. mars 2024"), ("nn", "3. mars 2024"), ("en", "3 March 2024")]
)
def test_a_date_is_written_as_here(language: str, said: str) -> None:
    assert long_date(date(2024, 3, 3), language) == said


def test_the_catalogue_is_in_step_with_the_code() -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "scripts" / "messages", "--check"],
        env={"PYTHONPATH": str(ROOT / "scripts")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")
