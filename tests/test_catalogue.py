"""The message catalogue: complete, in step with the code, and filled in without a slip."""

from __future__ import annotations

import re
import shutil
import sys
from datetime import date
from difflib import ndiff
from functools import cache
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

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


def test_one_more_file_is_one_more_language(tmp_path: Path) -> None:
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


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`scripts/messages`, at work on copies of the catalogues."""
    loader = SourceFileLoader("messages_script", str(ROOT / "scripts" / "messages"))
    spec = spec_from_loader(loader.name, loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    shutil.copytree(LOCALE_FOLDER, tmp_path / "locale")
    monkeypatch.setattr(module, "LOCALES", tmp_path / "locale")
    monkeypatch.setattr(module, "sentences", cache(module.sentences))
    monkeypatch.setattr(sys, "argv", ["messages"])
    return module


def test_the_catalogue_is_in_step_with_the_code(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["messages", "--check"])
    assert (script.main(), capsys.readouterr().out) == (0, "")


def test_what_is_in_step_stays_as_it_is_written_line_by_line(script: ModuleType) -> None:
    path = script.LOCALES / "nb.po"
    text = path.read_text(encoding="utf-8")
    for written in (text, re.sub(r'^msgstr "(?=.)', 'msgstr ""\n"', text, flags=re.MULTILINE)):
        path.write_text(written, encoding="utf-8")
        assert script.main() == 0
        assert path.read_text(encoding="utf-8") == written


def test_a_new_sentence_changes_its_own_lines_alone(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = script.LOCALES / "nn.po"
    before = path.read_text(encoding="utf-8").splitlines()
    script.sentences().add("a sentence of {n} words")
    monkeypatch.setattr(sys, "argv", ["messages", "--check"])
    assert script.main() == 1
    assert path.read_text(encoding="utf-8").splitlines() == before, "it only checks"
    monkeypatch.setattr(sys, "argv", ["messages"])
    assert script.main() == 0
    after = path.read_text(encoding="utf-8").splitlines()
    added = [each[2:] for each in ndiff(before, after) if each.startswith("+ ")]
    assert added[1:] == ['msgid "a sentence of {n} words"', 'msgstr ""', ""]
    assert len(after) == len(before) + 4
    script.sentences().delete("a sentence of {n} words")
    assert script.main() == 0
    assert path.read_text(encoding="utf-8").splitlines() == before
