"""The manual is a site like any other: it builds, nothing in it is odd, and all of it is true."""

from __future__ import annotations

import re
import shutil
import stat
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from manual_reference import KEY_TABLES, commands, with_commands, with_keys
from sites import CASE, EXAMPLE, ROOT, faults, innspill, statement, write

from innspill.forms import FORMS
from innspill.read import schema
from innspill.read.convert import Misfit, converter, schema_fields

MANUAL = ROOT / "scripts" / "manual" / "content"
LANGUAGES = ("en", "nb")
PAGES = sorted(MANUAL.rglob("*.md"))
REFERENCE = {
    "en/keys.md": partial(with_keys, language="en"),
    "nb/opplysninger.md": partial(with_keys, language="nb"),
    "en/commands.md": partial(with_commands, language="en"),
    "nb/kommandoer.md": partial(with_commands, language="nb"),
}


def text_of(language: str) -> str:
    """All pages of a language, one after the other."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((MANUAL / language).glob("*.md"))
    )


def examples(language: str, beginning: str) -> list[str]:
    """The examples in the pages of a language that begin so."""
    found = re.findall(r"^```\n(.*?)^```", text_of(language), re.MULTILINE | re.DOTALL)
    return [each for each in found if re.match(beginning, each)]


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    """The manual's project, as it is committed."""
    for folder in ("content", "templates"):
        shutil.copytree(MANUAL.parent / folder, tmp_path / folder)
    return tmp_path


def test_the_manual_builds_without_a_warning(manual: Path) -> None:
    assert innspill("check", "--strict", cwd=manual).stderr == ""
    innspill("build", "--strict", "--no-pdf", cwd=manual)
    for page in PAGES:
        name = page.relative_to(MANUAL).with_suffix("")
        folder = name.parent if name.name == "index" else name
        assert (manual / "build" / folder / "index.html").is_file()


@pytest.mark.parametrize("name", REFERENCE)
def test_keys_and_commands_are_as_the_program_says(name: str, pytestconfig: pytest.Config) -> None:
    page = MANUAL / name
    text = page.read_text(encoding="utf-8")
    expected = REFERENCE[name](text)
    if pytestconfig.getoption("--rewrite"):
        page.write_text(expected, encoding="utf-8")
        return
    assert text == expected


def test_no_kind_of_front_matter_is_left_out() -> None:
    assert set(KEY_TABLES) == set(schema.MODELS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_explained_beside_being_listed(language: str) -> None:
    explained = "".join(
        path.read_text(encoding="utf-8")
        for path in (MANUAL / language).glob("*.md")
        if f"{language}/{path.name}" not in REFERENCE
    )
    shown = set(re.findall(r"innspill ([a-z]+)", explained))
    assert set(commands(language)) <= shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_leads_to_all_others(language: str) -> None:
    index = (MANUAL / language / "index.md").read_text(encoding="utf-8")
    pages = {path.name for path in (MANUAL / language).glob("*.md")} - {"index.md"}
    assert pages <= set(re.findall(r"\]\(([\w-]+\.md)\)", index))


def test_the_whole_example_is_sound(tmp_path: Path) -> None:
    """The consultation and the statement of `write.md`, written where it says."""
    page = (MANUAL / "en/write.md").read_text(encoding="utf-8")
    named = re.findall(r"`content/(\S+\.md)`:\n\n```\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(named) == 2
    write(tmp_path, {"index.md": EXAMPLE["index.md"], **dict(named)})
    assert innspill("check", "--strict", cwd=tmp_path).stderr == ""
    (norwegian,) = examples("nb", "---\n")
    write(tmp_path, {named[1][0]: norwegian})
    assert innspill("check", "--strict", cwd=tmp_path).stderr == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_keys_are_of_the_front_matter(language: str) -> None:
    base: dict[Any, Any] = {
        schema.SiteFront: EXAMPLE["index.md"],
        schema.ConsultationFront: CASE,
        schema.StatementFront: EXAMPLE["sak/eksempel.md"],
    }
    found = examples(language, rf"({'|'.join(set.union(*map(_keys_of, base)))}):")
    assert len(found) > 5
    for example in found:
        given = yaml.load(example, yaml.BaseLoader)
        known = [model for model in base if set(given) <= _keys_of(model)]
        assert known, example
        for model in known:
            usual = yaml.load(base[model].split("---\n")[1], yaml.BaseLoader)
            faults: list[Misfit] = []
            assert converter(model)(usual | given, (), faults), faults


def _keys_of(model: Any) -> set[str]:
    return set(schema_fields(model))


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_text_are_understood(language: str, tmp_path: Path) -> None:
    texts = examples(language, r"!\[|:::")
    assert len(texts) == 2
    body = "\n## Svar {#en}\n\n" + "\n".join(texts) + "\n## Svar {#to}\n\nNei.\n"
    found = [str(each.code) for each in faults(tmp_path, statement(body))]
    assert found == ["dead-link"], "only the image is not there"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """A user's cache."""
    folder = tmp_path / "cache"
    folder.mkdir()
    return folder


def opened(cache: Path, *options: str, **environment: str) -> Path:
    """The page that `innspill manual` names."""
    usual = {"XDG_CACHE_HOME": str(cache), "BROWSER": "true"}
    ran = innspill("manual", *options, cwd=cache, code=0, **usual | environment)
    return Path(ran.stdout.strip())


def test_the_manual_is_made_at_first_use_in_the_users_own_cache(cache: Path) -> None:
    page = opened(cache, "--path")
    assert page.relative_to(cache).parts[0] == "innspill"
    assert page.match("innspill/manual-*/en/index.html")
    assert "Get started" in page.read_text(encoding="utf-8")
    assert stat.S_IMODE((cache / "innspill").stat().st_mode) == 0o700
    made = page.stat()
    assert opened(cache, "--path").stat().st_ino == made.st_ino, "made once"
    norwegian = opened(cache, "--path", LC_ALL="nb_NO.UTF-8")
    assert norwegian == page.parents[1] / "nb" / "index.html"
    assert "Kom i gang" in norwegian.read_text(encoding="utf-8")


def test_the_manual_is_opened_in_the_browser(cache: Path) -> None:
    browser = cache / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{cache}/opened"\n', encoding="utf-8")
    browser.chmod(0o700)
    opened(cache, "--path", BROWSER=str(browser))
    assert not (cache / "opened").exists()
    page = opened(cache, BROWSER=str(browser))
    assert (cache / "opened").read_text(encoding="utf-8").strip() == page.as_uri()


def test_another_text_or_program_makes_another_manual(cache: Path, tmp_path: Path) -> None:
    """In a checkout, where all that it is made from lies apart."""
    checkout, ignored = tmp_path / "checkout", shutil.ignore_patterns("__pycache__", "bench", "npm")
    for folder in ("scripts", "templates"):
        shutil.copytree(ROOT / folder, checkout / folder, ignore=ignored)
    path = str(checkout / "scripts")
    pages = [opened(cache, "--path", PYTHONPATH=path)]
    for changed in (
        "scripts/manual/content/en/start.md",
        "scripts/manual/templates/components/menu.html",
        "scripts/innspill/manual.py",
        "templates/page.html",
    ):
        with (checkout / changed).open("a", encoding="utf-8") as file:
            file.write("\n")
        pages.append(opened(cache, "--path", PYTHONPATH=path))
        assert not pages[-2].exists(), "the old one takes no more space"
    assert len(set(pages)) == 5


def test_each_language_has_its_own_pages_in_the_foot(cache: Path) -> None:
    page = opened(cache, "--path")
    for language, own, others in (("en", "Get started", "Kom i gang"), ("nb", "Kom i gang", "Get")):
        text = (page.parents[1] / language / "index.html").read_text(encoding="utf-8")
        foot = text.partition("<footer")[2]
        assert own in foot
        assert others not in foot


def test_a_cache_that_is_named_by_halves_or_leads_elsewhere_is_not_used(
    cache: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    page = opened(cache, "--path", XDG_CACHE_HOME="cache", HOME=str(home))
    assert page.is_relative_to(home / ".cache/innspill")
    other = tmp_path / "other"
    other.mkdir()
    (other / "innspill").symlink_to(home)
    ran = innspill("manual", cwd=tmp_path, code=3, XDG_CACHE_HOME=str(other))
    assert str(other / "innspill") in ran.stderr
    assert [each.name for each in home.iterdir()] == [".cache"]


def test_the_pages_on_printing_tell_of_every_form() -> None:
    for page in ("en/print.md", "nb/motet.md"):
        text = (MANUAL / page).read_text(encoding="utf-8")
        for name, form in FORMS.items():
            assert f"`{name}`" in text, (page, name)
            assert all(f"`{paper.file}`" in text for paper in form.papers), (page, name)
