"""Templates: a user's own override one file at a time, in a sandbox; what is compiled is kept."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from everything import with_the_rest_of_a_site
from sites import EXAMPLE, ROOT, build_quietly, innspill, project, tree, write

from innspill.own_folders import cache_folder
from innspill.render.environment import make_environment


def test_a_templates_error_names_its_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    own = tmp_path / "templates"
    own.mkdir()
    (own / "home.html").write_text("en linje\n{{ finnes.ikke }}\n", encoding="utf-8")
    ran = innspill("build", "--no-pdf", cwd=tmp_path, code=1)
    assert (
        "templates/home.html:2:1: error[template]: the template fails: 'finnes' is undefined"
        in ran.stderr
    )
    (own / "home.html").write_text("{% if %}", encoding="utf-8")
    assert (
        "templates/home.html:1:1: error[template]" in innspill("build", cwd=tmp_path, code=1).stderr
    )
    (own / "home.html").write_text("{{ ''.__class__.__mro__ }}", encoding="utf-8")
    assert "error[template]" in innspill("build", cwd=tmp_path, code=1).stderr
    assert not (tmp_path / "build").exists()


def test_a_template_that_asks_for_a_fragment_that_is_not_there_fails(tmp_path: Path) -> None:
    own = write(tmp_path, EXAMPLE) / "templates"
    own.mkdir()
    text = "\n{{ fragment(case.statements[0], 'tre') }}"
    (own / "question.html").write_text(text, encoding="utf-8")
    ran = innspill("build", "--no-pdf", cwd=tmp_path, code=1)
    said = 'LookupError: sak/eksempel.md has no fragment "tre"'
    assert f"templates/question.html:2:1: error[template]: the template fails: {said}" in ran.stderr


def test_own_templates_override_file_by_file(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    own = tmp_path / "templates" / "assets" / "css"
    own.mkdir(parents=True)
    (own / "tokens.css").write_text("body { color: teal }\n", encoding="utf-8")
    innspill("build", "--no-pdf", cwd=tmp_path)
    assert "teal" in (tmp_path / "build" / "assets" / "site.css").read_text(encoding="utf-8")
    assert (tmp_path / "build" / "sak" / "eksempel" / "index.html").exists()


def test_what_was_made_with_another_template_is_not_remembered(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    place = project(write(tmp_path, EXAMPLE), templates=own)
    for word in ("Først", "Siden"):
        (own / "statement.html").write_text(word, encoding="utf-8")
        assert build_quietly(place, with_pdf=False).published
        page = place.output / "sak/eksempel/index.html"
        assert page.read_text(encoding="utf-8") == word


def test_the_sandbox_for_own_templates_changes_no_page(tmp_path: Path, store: Path) -> None:
    site = project(write(tmp_path, with_the_rest_of_a_site()), store=store)
    build_quietly(site, with_pdf=False)
    plainly = pages_in(tmp_path / "build")
    shutil.copytree(ROOT / "templates" / "components", tmp_path / "templates" / "components")
    build_quietly(replace(site, templates=tmp_path / "templates"), with_pdf=False)
    assert pages_in(tmp_path / "build") == plainly


def pages_in(folder: Path) -> dict[str, bytes]:
    """All files but those that say which templates a site was made with."""
    named = {"data.json", "manifest.json"}
    return {path: data for path, data in tree(folder).items() if path.split("/")[-1] not in named}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ _('a').__class__ }}", "access to attribute '__class__'"),
        ("{{ self.__init__.__globals__ }}", "access to attribute '__init__'"),
        ("{{ cycler.__init__.__globals__.os }}", "access to attribute '__init__'"),
        ("{{ site.consultations.append(1) }}", "has no attribute 'append'"),
        ("{% include '../content/index.md' %}", "there is no template ../content/index.md"),
        ("{% include '/etc/hostname' %}", "there is no template /etc/hostname"),
    ],
)
def test_a_template_of_the_users_own_leads_nowhere(tmp_path: Path, text: str, said: str) -> None:
    write(tmp_path, EXAMPLE)
    (own := tmp_path / "templates").mkdir()
    (own / "home.html").write_text(text, encoding="utf-8")
    ran = innspill("build", "--no-pdf", cwd=tmp_path, code=1)
    assert "home.html:1:1: error[template]" in ran.stderr
    assert said in ran.stderr
    assert not (tmp_path / "build").exists()


def test_a_template_that_is_a_link_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    (own := tmp_path / "templates").mkdir()
    (tmp_path / "annen.html").write_text("Hei", encoding="utf-8")
    (own / "home.html").symlink_to(tmp_path / "annen.html")
    ran = innspill("build", "--no-pdf", cwd=tmp_path, code=1)
    said = "templates/home.html:1:1: error[template]: the template is a link that leads out of its"
    assert f"{said} folder" in ran.stderr


@pytest.mark.parametrize(
    "outer",
    [
        "{% include 'components/mine.html' %}",
        "{% from 'components/mine.html' import part %}{{ part() }}",
    ],
)
def test_a_fault_is_told_where_it_is_in_what_a_template_takes_in(
    tmp_path: Path, outer: str
) -> None:
    write(tmp_path, EXAMPLE)
    (own := tmp_path / "templates" / "components").mkdir(parents=True)
    mine = "\n{% macro part() %}\n{{ finnes.ikke }}\n{% endmacro %}\n{{ part() }}"
    (own / "mine.html").write_text(mine, encoding="utf-8")
    (own.parent / "home.html").write_text(outer, encoding="utf-8")
    ran = innspill("build", "--no-pdf", cwd=tmp_path, code=1)
    assert "templates/components/mine.html:3:1: error[template]" in ran.stderr


def test_what_is_compiled_is_kept_in_the_users_cache_and_trusted_only_where_it_is_whole(
    tmp_path: Path,
) -> None:
    write(tmp_path, EXAMPLE)

    def built(place: Path) -> dict[str, bytes]:
        for each in "build", "store":
            shutil.rmtree(tmp_path / each, ignore_errors=True)
        options = ("--no-pdf", "--quiet", "--jobs", "1", "--store", tmp_path / "store")
        innspill("build", *options, cwd=tmp_path, XDG_CACHE_HOME=str(place))
        return tree(tmp_path / "build")

    fresh = built(place := tmp_path / "cache")
    kept = tree(place / "innspill")
    assert len(kept) > 10
    assert all(name.startswith("template-nb-") for name in kept)
    for number, (name, code) in enumerate(kept.items()):
        damaged = (b"x", b"", code[:20], code[: len(code) // 2])[number % 4]
        (place / "innspill" / name).write_bytes(damaged)
    assert built(place) == fresh
    assert tree(place / "innspill") == kept
    (nowhere := tmp_path / "nowhere").write_bytes(b"")  # no folder can be made below a file
    assert built(nowhere) == fresh


def test_the_users_cache_is_closed_to_others_or_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "cache" / "innspill"
    assert cache_folder() == folder
    assert folder.stat().st_mode & 0o777 == 0o700
    for mode in (0o770, 0o755, 0o701):
        folder.chmod(mode)
        assert cache_folder() is None
    folder.chmod(0o700)
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    assert cache_folder() is None
    folder.unlink()
    folder.mkdir(0o700)
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    assert cache_folder() is None


@pytest.mark.parametrize("named", ["", "relative"])
def test_without_a_name_the_cache_is_in_the_users_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_folder() == tmp_path / ".cache" / "innspill"


def test_what_is_kept_is_never_run_in_the_sandbox_nor_in_another_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (mine := tmp_path / "mine").mkdir()
    (mine / "a.html").write_text("{{ 1234567 | size }} {{ 2 * 3 }}", encoding="utf-8")
    assert make_environment(None, mine, "nb").get_template("a.html").render() == "1,2 MB 6"
    assert make_environment(None, mine, "en").get_template("a.html").render() == "1.2 MB 6"
    kept = tree(tmp_path / "cache")
    assert len(kept) == 2
    assert make_environment(tmp_path / "own", mine, "en").sandboxed
    for name in kept:
        (tmp_path / "cache" / name).write_bytes(b"")
    make_environment(tmp_path / "own", mine, "en").get_template("a.html").render()
    assert set(tree(tmp_path / "cache").values()) == {b""}, "neither read nor written"


def test_a_statements_template_is_told_that_it_is_given_no_more(tmp_path: Path) -> None:
    own = write(tmp_path, EXAMPLE) / "templates"
    own.mkdir()
    (own / "statement.html").write_text("{{ case.deadline }}\n", encoding="utf-8")
    said = innspill("check", cwd=tmp_path, code=1).stderr
    assert "templates/statement.html:1:1: error[template]" in said
    assert "hint: templates for one page are given no more of what is around it" in said
