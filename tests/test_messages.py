"""A message is always a sentence: whatever its values hold, and wherever it is printed."""

from __future__ import annotations

import ast
import gettext
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import msgspec
import pytest
from babel.messages.pofile import read_po
from failing import WORD, failing
from repositories import begun
from sites import EXAMPLE, HEAD, INDEX, ROOT, innspill, statement, write

from innspill.messages import (
    LOCALE_FOLDER,
    LONGEST,
    PLACE,
    Message,
    catalogue,
    joined,
    languages,
    say,
    sentence,
)

PACKAGE = ROOT / "scripts" / "innspill"
NORWEGIAN = ("nb_NO", "nn_NO")
ODD = (
    "",
    "{",
    "}",
    "{}",
    "{0}",
    "{name}",
    "{name!r:>9}",
    "%s %(name)s %",
    "{" * 99,
    "\\",
    "\0\x1b[2J\u202e\ud800",
    Path("/tmp/{x}"),
    None,
    date(2024, 3, 21),
    10**40,
    -0.5,
    True,
    OSError(2, "no {such} file", "x"),
    b"\xff",
    ["a", {"b": 1}],
    say("an inner {one}", one="{two}"),
)


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def places(text: str) -> set[str]:
    return {at[1] for at in PLACE.finditer(text) if at[1]}


def lone_braces(text: str) -> str:
    rest = PLACE.sub("", text)
    return "".join(sign for sign in rest if sign in "{}")


def sentences() -> Iterator[tuple[str, str]]:
    """Each sentence in each language, with the English one; those of templates and Click too."""
    for path in sorted(LOCALE_FOLDER.glob("*.po")):
        with path.open("rb") as file:
            for each in read_po(file, locale=path.stem):
                if each.id and isinstance(each.id, str):
                    yield each.id, each.id
                    yield each.id, str(each.string)


def test_each_call_gives_what_its_sentence_has_places_for() -> None:
    found = [pair for pair in calls("say") if pair[0].partition(":")[0] != "messages.py"]
    assert len(found) > 500
    for where, call in found:
        (text,) = call.args
        assert isinstance(text, ast.Constant), f"{where}: no plain text, so not in the catalogue"
        given = {each.arg for each in call.keywords}
        assert places(str(text.value)) == given, where
        assert not lone_braces(str(text.value)), where


def test_messages_are_made_in_one_place() -> None:
    assert [where.partition(":")[0] for where, _ in calls("Message")] == ["messages.py"]


def test_what_nynorsk_lacks_is_said_in_bokmal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = catalogue("nb").gettext("Draft")
    assert words != "Draft"
    (tmp_path / "nn.po").write_bytes(b"")
    monkeypatch.setattr("innspill.messages.LOCALE_FOLDER", tmp_path)
    assert catalogue.__wrapped__("nn").gettext("Draft") == words


def test_every_sentence_is_filled_in_every_language() -> None:
    for english, said in sentences():
        if "!r" not in english:
            assert not lone_braces(said), said
        for odd in ODD:
            message = sentence(english).filled(**dict.fromkeys(places(english), odd))
            for language in languages():
                shown = message.shown(catalogue(language))
                assert "\x1b" not in shown
                assert not places(english) & places(shown.replace(str(odd), "")), shown


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd)[:20])
def test_a_value_is_never_taken_for_a_place(odd: object) -> None:
    message = say("{a} and {b}", a=odd, b="x")
    assert message.within(gettext.NullTranslations()) == f"{odd} and x"
    inside = say("{outer}: {{a}}", outer=message)
    assert str(inside) == f"{odd} and x: {{a}}"
    assert str(joined("} ", (message, str(odd)))) == f"{odd} and x}} {odd}"
    with suppress(UnicodeEncodeError):  # of what is no UTF-8, nothing is kept
        assert msgspec.json.decode(msgspec.json.encode(inside), type=Message) == inside


def test_a_place_without_a_value_stays() -> None:
    assert str(Message("{a} {b}", (("a", "{b}"),))) == "{b} {b}"
    assert str(Message("{ a } {", ())) == "{ a } {"
    assert str(joined(", ", ())) == ""
    assert joined(", ", ()).within(catalogue("nb")) == ""


def test_a_value_is_shown_short_and_on_one_line() -> None:
    shown = say('"{key}"', key="k" * 1_000_000).shown(catalogue("en"))
    assert len(shown) == LONGEST + 3
    shown = say("{key}", key="a\x1b[31m\u202eb\tc\nd\ud83d\u2028").shown(catalogue("en"))
    assert shown == "a\ufffd[31m\ufffdb c d\ufffd "


ODDLY_WRITTEN: list[tuple[Mapping[str, str], str]] = (
    [
        (
            statement("", "vote: {result: unanimous\n"),
            "eksempel.md:5:7: error[yaml-syntax]: the bracket that opens here is never closed",
        ),
        (
            {**EXAMPLE, "index.md": INDEX.replace("publ", "version_tags: '{x}'\npubl", 1)},
            'index.md:3:15: error[bad-value]: version_tags: "{x}" is no form of a tag',
        ),
        (
            statement("", "'{a}{': ja\n"),
            'eksempel.md:5:1: error[unknown-key]: unknown key "{a}{"',
        ),
        (
            statement("", 'vote: {result: "{0}"}\n'),
            'eksempel.md:5:16: error[bad-value]: vote.result: "{0}" is not one of its values',
        ),
        (
            statement("\nJa.\n", "summary:\n- {about: en, point: '{', quote: '{}}'}\n"),
            "the quote does not stand in the text: «{}}»",
        ),
        ({**EXAMPLE, "{a}.md": "---\ntitel: x\n---\n"}, 'content/{a}.md:2:1: error[unknown-key]'),
        (
            statement("", 'recipient: "\\e[31m{}\\u202e"\nrecipent: x\n'),
            "unknown key",
        ),
    ]
)  # fmt: skip
"""Files, and what is said of them."""


@pytest.mark.parametrize(("files", "said"), ODDLY_WRITTEN)
def test_whatever_is_written_is_answered_with_a_sentence(
    tmp_path: Path, files: dict[str, str], said: str
) -> None:
    write(tmp_path, files)
    ran = innspill("check", cwd=tmp_path, code=1)
    assert said in ran.stderr
    others = [
        innspill("check", "--format", form, cwd=tmp_path, code=1) for form in ("github", "json")
    ]
    for each in (ran, *others):
        assert "\x1b" not in each.stderr + each.stdout


CHECK_EACH = """
import os, sys
from innspill.cli import main
*options, folders = sys.argv[1:]
for folder in folders.split(":"):
    os.chdir(folder)
    try:
        main(["check", *options], prog_name="innspill")
    except SystemExit as end:
        assert end.code == 1, (folder, end.code)
"""
"""Checks several projects in one process: a language is the whole process's."""


@pytest.mark.parametrize(
    ("language", "options"),
    [*((each, ()) for each in NORWEGIAN), (NORWEGIAN[0], ("--format", "json"))],
)
def test_and_in_norwegian(tmp_path: Path, language: str, options: tuple[str, ...]) -> None:
    folders = [
        write(tmp_path / str(number), files) for number, (files, _) in enumerate(ODDLY_WRITTEN)
    ]
    ran = subprocess.run(
        [sys.executable, "-c", CHECK_EACH, *options, ":".join(map(str, folders))],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "scripts"),
            "LC_ALL": f"{language}.UTF-8",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = ran.stdout + ran.stderr
    assert "Traceback" not in told
    assert "\x1b" not in told
    assert "unknown-key" in told
    assert "unknown key" not in told


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_terminal_can_be_printed_to(tmp_path: Path, encoding: str) -> None:
    write(tmp_path, {**EXAMPLE, "æ\u0416\x1b[2J.md": "---\ntitel: «Ж»\n---\n"})
    name = os.fsencode(tmp_path / "content") + b"/f\xe5.md"
    Path(os.fsdecode(name)).write_text("---\ntitel: x\n---\n", encoding="utf-8")
    for options in (("--format", "json"), ("--format", "github"), ()):
        ran = subprocess.run(
            [sys.executable, "-m", "innspill", "check", *options],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": str(ROOT / "scripts"),
                "PYTHONIOENCODING": encoding,
                "LC_ALL": "nb_NO.UTF-8",
            },
            capture_output=True,
            check=False,
        )
        assert ran.returncode == 1, ran.stderr
        assert b"Traceback" not in ran.stderr
        assert b"\x1b" not in ran.stdout + ran.stderr
        if "json" in options:
            rows = json.loads(ran.stdout.decode(encoding))
            assert any(row["path"].startswith("content/æ\u0416") for row in rows)


@pytest.mark.parametrize("command", ["check", "check --format json", "--help", "build --no-pdf"])
def test_a_reader_may_leave(tmp_path: Path, command: str) -> None:
    many = {f"side{n}.md": "---\ntitle: Ж\n---\n\nTekst.\n" for n in range(500)}
    write(tmp_path, EXAMPLE if "build" in command else {**EXAMPLE, **many})
    ran = subprocess.run(
        f'{sys.executable} -m innspill {command} 2>&1 | head -c 1; echo ":${{PIPESTATUS[0]}}"',
        shell=True,
        executable="/bin/bash",
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stderr == ""
    assert int(ran.stdout.rpartition(":")[2]) in (0, 1)
    if "build" in command:
        assert (tmp_path / "build/index.html").exists()


@pytest.mark.parametrize(
    "asked", ["check --format json", "check", "--version", "--help", "build --help"]
)
def test_a_result_that_cannot_be_written_is_no_success(asked: str, tmp_path: Path) -> None:
    write(tmp_path, EXAMPLE)
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "innspill", *asked.split()],
            cwd=tmp_path,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "scripts")},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (ran.returncode, ran.stderr) == (3, "innspill: stdout: there is no space left\n")


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        ("raise KeyError('x')", "KeyError"),
        ("raise RecursionError('deep')", "RecursionError"),
        ("raise ExceptionGroup('{}', [ValueError('{')])", "ExceptionGroup"),
    ],
)
@pytest.mark.parametrize("command", [("check",), ("build", "--no-pdf"), ("fmt", "--check")])
def test_a_failure_of_the_program_is_a_sentence(
    tmp_path: Path, failure: str, kind: str, command: tuple[str, ...]
) -> None:
    write(tmp_path, {**EXAMPLE, "sak/annen.md": f"{HEAD}\n{WORD}\n"})
    environment = failing(tmp_path / "failing", failure)
    ran = innspill(*command, cwd=tmp_path, code=3, **environment)
    last = ran.stderr.strip().split("\n")[-1]
    assert last.startswith("innspill: the program failed at content/sak/annen.md (read/source.py:")
    assert kind in last
    assert last.endswith("report it, with what INNSPILL_TRACEBACK=1 before the command prints.")
    assert not (tmp_path / "build").exists()


def test_a_failure_tells_its_traceback_to_who_asks(tmp_path: Path) -> None:
    write(tmp_path, {**EXAMPLE, "sak/annen.md": f"{HEAD}\n{WORD}\n"})
    environment = failing(tmp_path / "failing", "raise KeyError('x')")
    ran = subprocess.run(
        [sys.executable, "-m", "innspill", "build", "--no-pdf"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "INNSPILL_TRACEBACK": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 3
    assert "Traceback" in ran.stderr
    assert "in parse_source" in ran.stderr


# A shell that starts the tests in the background has SIGINT ignored by all that they start.
CTRL_C = (
    "signal.signal(signal.SIGINT, signal.default_int_handler); os.kill(os.getpid(), signal.SIGINT)"
)


@pytest.mark.parametrize(
    ("failure", "code", "said"),
    [
        ("raise MemoryError", 3, "innspill: there is too little memory."),
        (CTRL_C, 130, "innspill: stopped\n"),
        ("raise OSError(28, 'x', 'y')", 3, "innspill: y: there is no space left\n"),
    ],
)
def test_what_is_not_the_programs_fault_is_named(
    tmp_path: Path, failure: str, code: int, said: str
) -> None:
    write(tmp_path, {**EXAMPLE, "sak/annen.md": f"{HEAD}\n{WORD}\n"})
    ran = innspill("check", cwd=tmp_path, code=code, **failing(tmp_path / "failing", failure))
    assert ran.stderr.startswith(said)


def test_no_text_acts_on_the_terminal(tmp_path: Path) -> None:
    repo = begun(write(tmp_path, EXAMPLE))
    repo.commit({}, "Begynt")
    write(tmp_path, statement("\n## Svar {#en}\n\nRød \x1b[31m\u202e tekst.\n"))
    shown = innspill("redline", "HEAD", cwd=repo.root).stdout
    assert "Rød \ufffd\\[31m\ufffd tekst." in shown
