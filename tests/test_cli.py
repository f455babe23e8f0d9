"""The program as its users run it: exit codes, forms of output, languages, `new`, `clean`."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from sites import EXAMPLE, ROOT, innspill, statement, tree, write

import innspill as package

FAULTY = {**EXAMPLE, "side.md": "---\ntitel: Feil\n---\n"}


def test_version_and_help(tmp_path: Path) -> None:
    assert innspill("--version", cwd=tmp_path).stdout == f"innspill {package.__version__}\n"
    help_text = innspill("--help", cwd=tmp_path).stdout
    for command in ("build", "check", "new", "clean"):
        assert command in help_text
    assert "innspill build --no-pdf" in help_text


def test_exit_codes(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    innspill("check", cwd=tmp_path)
    innspill("build", "--no-pdf", cwd=tmp_path)
    innspill("build", "--nopdf", cwd=tmp_path, code=2)
    innspill("check", "--project", "finnes-ikke", cwd=tmp_path, code=2)
    write(tmp_path, FAULTY)
    innspill("check", cwd=tmp_path, code=1)
    innspill("build", cwd=tmp_path, code=1)
    (tmp_path / "fil").write_text("i veien", encoding="utf-8")
    (tmp_path / "content/side.md").unlink()
    ran = innspill("build", "--no-pdf", "--output", "fil", cwd=tmp_path, code=3)
    assert "fil" in ran.stderr


def test_the_forms_of_faults(tmp_path: Path) -> None:
    write(tmp_path, FAULTY)
    text = innspill("check", cwd=tmp_path, code=1)
    assert text.stdout == ""
    assert text.stderr.startswith('content/side.md:2:1: error[unknown-key]: unknown key "titel"\n')
    assert text.stderr.endswith("errors: 1 · warnings: 0 · files: 1 · nothing was written\n")
    rows = json.loads(innspill("check", "--format", "json", cwd=tmp_path, code=1).stdout)
    assert rows[0] == {
        "severity": "error",
        "code": "unknown-key",
        "message": 'unknown key "titel"',
        "hint": 'did you mean "title"? the keys here are: kind, title, lang, aliases',
        "path": "content/side.md",
        "line": 2,
        "column": 1,
    }
    github = innspill("check", "--format", "github", cwd=tmp_path, code=1).stdout.split("\n")
    assert github[0].startswith(
        '::error file=content/side.md,line=2,col=1,title=unknown-key::unknown key "titel"%0A'
    )


def test_strict_takes_warnings_as_errors(tmp_path: Path) -> None:
    write(tmp_path, statement("\nTekst uten svar.\n"))
    assert "warning[not-answered]" in innspill("check", cwd=tmp_path).stderr
    assert "error[not-answered]" in innspill("check", "--strict", cwd=tmp_path, code=1).stderr
    innspill("build", "--no-pdf", "--strict", cwd=tmp_path, code=1)
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LC_ALL": "nb_NO.UTF-8"}, "feil[unknown-key]"),
        ({"LC_ALL": "no_NO.UTF-8"}, "feil[unknown-key]"),
        ({"LC_ALL": "nn_NO.UTF-8"}, "feil[unknown-key]"),
        ({"LC_ALL": "C.UTF-8"}, "error[unknown-key]"),
        ({"LC_ALL": "de_DE.UTF-8"}, "error[unknown-key]"),
        ({"LC_ALL": "C.UTF-8", "LANGUAGE": "de:nb"}, "feil[unknown-key]"),
    ],
)
def test_the_language_of_the_environment(
    tmp_path: Path, environment: dict[str, str], word: str
) -> None:
    write(tmp_path, FAULTY)
    assert word in innspill("check", cwd=tmp_path, code=1, **environment).stderr


def test_quiet_and_verbose(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    loud = innspill("build", "--no-pdf", "-v", cwd=tmp_path).stdout
    assert "wrote sak/eksempel/index.html" in loud
    assert loud.split("\n")[-2].startswith("built in ")
    ran = innspill("build", "--no-pdf", "--quiet", cwd=tmp_path)
    assert ran.stdout + ran.stderr == ""


def test_new_makes_what_can_be_built(tmp_path: Path) -> None:
    ran = innspill("new", "hoering-2026", "--committee", "Øvre Ås bydelsutvalg", cwd=tmp_path)
    assert "made content/hoering-2026/ovre.md" in ran.stdout
    checked = innspill("check", "--format", "json", cwd=tmp_path)
    assert {each["code"] for each in json.loads(checked.stdout)} == {"placeholder"}
    before = tree(tmp_path)
    innspill("new", "hoering-2026", cwd=tmp_path, code=2)
    innspill("new", "Ikke et navn", cwd=tmp_path, code=2)
    innspill("new", "../ut", cwd=tmp_path, code=2)
    innspill("new", "om", cwd=tmp_path, code=2)
    assert tree(tmp_path) == before
    about = tmp_path / "content/om/tilgjengelighet.md"
    assert "## Meld fra" in about.read_text(encoding="utf-8")
    about.unlink()
    innspill("new", "neste", cwd=tmp_path)
    assert (tmp_path / "content/index.md").read_bytes() == before["content/index.md"]
    assert not about.exists()


def test_a_site_that_is_published_to_a_place_is_asked_for_its_declaration(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    assert innspill("build", "--no-pdf", "-q", cwd=tmp_path).stderr == ""
    told = "content/index.md:2:1: warning[no-declaration]"
    for command in (("check",), ("build", "--no-pdf", "-q")):
        asked = innspill(*command, "--output", "../intranett", cwd=tmp_path)
        assert asked.stderr.count(told) == 1
    address = "url: https://www.example.org/\npublisher"
    write(tmp_path, {**EXAMPLE, "index.md": EXAMPLE["index.md"].replace("publisher", address)})
    asked = innspill("check", "--output", "../intranett", cwd=tmp_path)
    assert asked.stderr.count("no-declaration") == 1


def test_clean_removes_what_was_made_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    innspill("build", "--no-pdf", cwd=tmp_path)
    (tmp_path / "build/min.txt").write_text("min", encoding="utf-8")
    innspill("clean", cwd=tmp_path)
    assert tree(tmp_path / "build") == {"min.txt": b"min"}
    assert not (tmp_path / ".innspill/memo").exists()


def test_the_site_is_never_published_over_its_content(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    for output in (".", "content", "content/build", ".."):
        innspill("build", "--no-pdf", "--output", output, cwd=tmp_path, code=2)
    assert tree(tmp_path / "content").keys() == EXAMPLE.keys()
    assert {each.name for each in tmp_path.iterdir()} == {"content"}


def test_a_file_changed_by_hand_is_put_right_and_its_copy_named(tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    innspill("build", "--no-pdf", cwd=tmp_path)
    page = tmp_path / "build/index.html"
    right = page.read_bytes()
    page.write_text("rettet for hånd", encoding="utf-8")
    said = innspill("build", "--no-pdf", cwd=tmp_path).stdout.split("\n")[0]
    assert page.read_bytes() == right
    copy = tmp_path / said.partition("a copy is in ")[2]
    assert said.startswith("index.html had been changed by hand")
    assert copy.read_text(encoding="utf-8") == "rettet for hånd"


def test_a_missing_library_is_named_with_what_to_do(tmp_path: Path) -> None:
    """Without Pango (here: hidden from the loader) there are no PDFs, and no traceback."""
    write(tmp_path, EXAMPLE)
    hide = tmp_path / "sitecustomize.py"
    hide.write_text(
        "import cffi\n"
        "def dlopen(self, name, flags=0):\n"
        "    raise OSError(f'cannot load library {name!r}')\n"
        "cffi.FFI.dlopen = dlopen\n",
        encoding="utf-8",
    )
    path = f"{tmp_path}{os.pathsep}{ROOT / 'scripts'}"
    ran = innspill("build", cwd=tmp_path, code=3, PYTHONPATH=path)
    assert "apt install libpango-1.0-0" in ran.stderr
    assert ran.stdout == ""
    innspill("build", "--no-pdf", cwd=tmp_path, PYTHONPATH=path)


def test_help_and_wrong_usage_are_norwegian_too(tmp_path: Path) -> None:
    said = innspill("build", "--help", cwd=tmp_path, LC_ALL="nb_NO.UTF-8").stdout
    assert "Bruk: " in said
    assert "Vis denne hjelpen." in said
    said += innspill("--help", cwd=tmp_path, LC_ALL="nb_NO.UTF-8").stdout
    assert not re.search(r"Usage|Options:|Commands|Show|exit", said)
    for arguments, words in (
        (["bygg"], "Feil: Kommandoen 'bygg' finnes ikke."),
        (["build", "--formt", "x"], "Mente du '--format'?"),
        (["build", "--format"], "Feil: Valget '--format' må ha en verdi."),
        (["serve", "--port", "x"], "'x' er ikke et gyldig tall"),
        (["build", "ekstra"], "Feil: Her er ett argument for mye (ekstra)"),
    ):
        said = innspill(*arguments, cwd=tmp_path, code=2, LC_ALL="nb_NO.UTF-8").stderr
        assert words in said
        assert not re.search(r"Usage|Try|Error", said)
