"""Small sites for tests: a folder of content from a dict of files, and what is run on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from innspill.build import CheckedSite, build, check_content, find_faults, pages_of
from innspill.cli import main
from innspill.compose.card import card_of
from innspill.compose.compose import compose_site
from innspill.compose.inputs import StatementInput
from innspill.compose.inputs import composed as compose_input
from innspill.compose.plan import Options, Plan
from innspill.compose.single_statement import compose_single
from innspill.diagnostics import Diagnostic, in_order
from innspill.history.trace import trace_of
from innspill.kept_texts import TextsInMemory
from innspill.memory import Memory
from innspill.model import Consultation, Page, Site, Statement
from innspill.project import BuildOptions, BuildResult, Project
from innspill.read.read import Content, read
from innspill.read.scan import parse
from innspill.render.pages import Pages
from innspill.render.templates import Templates
from innspill.runtime import Runtime
from innspill.store import Store

ROOT = Path(__file__).parents[1]
CONTENT = ROOT / "content"
STATEMENT = "oppgavefordeling-2024/alna/"
TEXTS = TextsInMemory()
"""What was rendered in this run."""

INDEX = """\
---
title: Eksempelnettsted
publisher: Eksempel bydelsutvalg
---

Dette er et eksempel.
"""
CASE = """\
---
title: Eksempelsak
asked_by: Eksempel byråd
questions:
  - id: en
    title: Det ene
    text: Hva er det ene?
  - id: to
    title: Det andre
    text: Hva er det andre?
---
"""
HEAD = """\
---
title: Eksempel på uttalelse
committee: Eksempel bydelsutvalg
status: adopted
---
"""
ANSWERS = """
## Svar {#en}

Dette er svaret på det ene.

## Svar {#to}

Dette er svaret på det andre.
"""
EXAMPLE: Mapping[str, str] = {
    "index.md": INDEX,
    "sak/index.md": CASE,
    "sak/eksempel.md": HEAD + ANSWERS,
}
"""A site with two questions and one statement, plainly an example."""


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Writes `files` into `folder/content` and gives the project's folder."""
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def statement(body: str, head: str = "") -> dict[str, str]:
    """The example site with another body, and more front matter, in its statement."""
    front = HEAD.removesuffix("---\n") + head + "---\n"
    return {**EXAMPLE, "sak/eksempel.md": front + body}


@dataclass(frozen=True)
class Composed:
    """A site, and its statements with their texts."""

    site: Site
    statements: tuple[Statement, ...]

    @property
    def consultations(self) -> tuple[Consultation, ...]:
        return self.site.consultations

    @property
    def pages(self) -> tuple[Page, ...]:
        return self.site.pages


def load(folder: Path) -> tuple[Content, Composed]:
    """A project's content as read, and as composed."""
    content = read(folder / "content", "content")
    return content, composed(content)


def composed(content: Content) -> Composed:
    """A site of some content, and its statements with their texts."""
    plan = Plan(content, Options(), {}, Memory())
    found = [compose_single(content, each.path) for each in plan.inputs()]
    alone = {each.source.path: each for each in found if each}
    cards = {path: card_of(each.statement, each.case.questions) for path, each in alone.items()}
    site = compose_site(plan, cards)
    return Composed(site, tuple(alone[each.source].statement for each in site.statements))


def faults(folder: Path, files: Mapping[str, str | bytes]) -> list[Diagnostic]:
    """What is wrong with a site of these files."""
    content = read(write(folder, files) / "content", "content")
    plan = Plan(content, Options(), {}, Memory())
    parts = Runtime().make_parts(plan, Templates(None))
    site = compose_site(plan, {path: each.card for path, each in parts.items()})
    return list(in_order(find_faults(plan, parts, site), strict=False))


def codes(folder: Path, files: Mapping[str, str | bytes]) -> list[str]:
    """The codes of what is wrong, each with its line: `quote-missing:7`."""
    return [f"{each.code}:{each.at.line}" for each in faults(folder, files)]


def project(folder: Path, **places: Any) -> Project:
    """A project in `folder`, with a memo store of its own unless told another."""
    usual: dict[str, Any] = {
        "content": folder / "content",
        "templates": None,
        "output": folder / "build",
        "store": folder / ".innspill",
    }
    return Project(**(usual | places))


def build_quietly(place: Project, *, with_pdf: bool = True, strict: bool = False) -> BuildResult:
    """Builds, and tells no one."""
    return build(place, BuildOptions(with_pdf, strict), lambda *_: None)


def check_quietly(
    place: Project,
    *,
    with_pdf: bool = True,
    strict: bool = False,
    prints: tuple[str, ...] = (),
    memory: Memory | None = None,
    templates: Templates | None = None,
) -> CheckedSite:
    """Checks, and tells no one; `memory` knows what was made before."""
    runtime = Runtime(memory=memory or Memory(), texts=TEXTS)
    return check_content(place, BuildOptions(with_pdf, strict, prints), runtime, templates)


def files_of(checked: CheckedSite, store: Path) -> Pages:
    """The files of a checked site, not made yet."""
    assert checked.templates
    runtime = Runtime(store=Store(store), texts=TEXTS)
    return pages_of(checked.plan, checked.parts, checked.site, checked.templates, runtime)


def texts_of(checked: CheckedSite) -> tuple[Statement, ...]:
    """The statements of a checked site with their texts, and with what git knows of them."""
    inputs = {each.path: each for each in checked.plan.inputs()}
    return tuple(_text_of(inputs[each.source]) for each in checked.site.statements)


def _text_of(given: StatementInput) -> Statement:
    source = parse(given.path, given.shown, given.data, "statement")
    traced = trace_of(given.git, given.hidden_name, given.site.may_be_published)
    return compose_input(given, source, traced.trace)


def innspill(
    *arguments: str | Path, cwd: Path, code: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs the program and holds it to an exit code.

    It runs in this process, which has loaded it; in one of its own where the environment is
    another in what is read once, and not where it is used.
    """
    if not all(map(_is_read_where_used, environment)):
        return innspill_process(*arguments, cwd=cwd, code=code, **environment)
    out, err = (TextIOWrapper(BytesIO(), "utf-8") for _ in range(2))
    clean = patch.dict(os.environ, _environment() | environment, clear=True)
    with chdir(cwd), clean, redirect_stdout(out), redirect_stderr(err):
        with pytest.raises(SystemExit) as end:
            main([*map(str, arguments)], prog_name="innspill")
        said = [stream.detach().getvalue().decode() for stream in (out, err)]
    return _held_to(code, subprocess.CompletedProcess(arguments, int(end.value.code or 0), *said))


def innspill_process(
    *arguments: str | Path, cwd: Path, code: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """The same in a process of its own, as users have it."""
    ran = subprocess.run(
        [sys.executable, "-m", "innspill", *map(str, arguments)],
        cwd=cwd,
        env=_environment() | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return _held_to(code, ran)


def _is_read_where_used(name: str) -> bool:
    return name.startswith("INNSPILL_") or name == "XDG_CACHE_HOME"


def _environment() -> dict[str, str]:
    """What the program may know of whoever runs the tests."""
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8"}


def _held_to(code: int, ran: subprocess.CompletedProcess[str]) -> subprocess.CompletedProcess[str]:
    assert ran.returncode == code, f"exit {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
    assert "Traceback" not in ran.stderr
    return ran


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
