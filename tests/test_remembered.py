"""What is remembered: the key of a value changes with all that it holds, and what is kept holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from everything import with_the_rest_of_a_site
from repositories import begun
from sites import ANSWERS, EXAMPLE, HEAD, ROOT, check_quietly, project, write

from innspill.blob import Blob, blob_of
from innspill.build import check_content
from innspill.compose.inputs import StatementInput
from innspill.diagnostics import Location, warning
from innspill.messages import say
from innspill.parts import Part, can_be_kept, make_part
from innspill.project import BuildOptions
from innspill.read.scan import ScanInput, ScannedFile, scan_file
from innspill.remembered import InProcess, InStore, Remembered, key_of
from innspill.render.templates import Templates
from innspill.runtime import Runtime
from innspill.store import Store

TAG = "sak/eksempel/2024-03-21-vedtatt"


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[StatementInput, ...]:
    """Statements with all that one may hold: files, an agenda, versions, a redline."""
    files = with_the_rest_of_a_site()
    case = files["sak/index.md"]
    assert isinstance(case, str)
    more = "agenda: [alt, utkast]\nprints: [large]\nasked_by"
    files["sak/index.md"] = case.replace("asked_by", more, 1)
    alt = files["sak/alt.md"]
    assert isinstance(alt, str)
    more = "attach_source: true\noriginal: brev.txt\nstatus"
    files["sak/alt.md"] = alt.replace("status", more, 1)
    files["sak/brev.txt"] = "Dette er et eksempel på et brev.\n"
    draft = files["sak/utkast.md"]
    assert isinstance(draft, str)
    files["sak/annet.md"] = draft
    files["sak/utkast.md"] = f"{draft}\nSe [det andre utkastet](annet.md).\n"
    everything = write(tmp_path_factory.mktemp("everything"), files)
    held = project(everything, is_published=True)
    repo = begun(tmp_path_factory.mktemp("versions"))
    repo.commit({**EXAMPLE, "sak/kart.txt": "kart"}, "Vedtatt", "2024-03-21")
    repo.tag(TAG)
    hidden = "case_officer: Eksempel Saksbehandler\nhide_case_officer: true"
    head = HEAD.replace("status: adopted", f"status: adopted\n{hidden}\ncompare_with: {TAG}")
    repo.commit({"sak/eksempel.md": head + ANSWERS + "\nEt til.\n"}, "Rettet", "2024-04-11")
    places = (project(everything), held, project(repo.root))
    return tuple(each for place in places for each in check_quietly(place).plan.inputs())


def changed(value: Any) -> Iterator[Any]:
    """The value with one thing in it changed, for each thing that it holds."""
    match value:
        case tuple():
            yield (*value, "x")
            for at, item in enumerate(value[:3]):
                yield from ((*value[:at], new, *value[at + 1 :]) for new in changed(item))
        case Blob():
            yield blob_of(b"en annen fil")
        case _ if is_dataclass(value):
            for each in fields(value):
                for new in changed(getattr(value, each.name)):
                    yield replace(value, **{each.name: new})  # type: ignore[type-var]
        case dict() | frozenset():
            assert not value, "an order that differs from run to run"
        case _:
            yield another(value)


def another(value: Any) -> Any:
    """Another of the same type."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1
        case str() | None:
            return f"{value}x"
        case bytes():
            return value + b"x"
        case date():
            return value + timedelta(days=1)
    return pytest.fail(f"{type(value)} in a value that a key is made of")


def test_no_field_can_change_and_leave_the_key(given: tuple[StatementInput, ...]) -> None:
    count = 0
    for each in given:
        keys = [key_of(make_part, new, "") for new in changed(each)]
        assert key_of(make_part, each, "") not in keys
        count += len(keys)
    assert count > 400
    scan = ScanInput("a.md", "content/a.md", b"", "page")
    assert key_of(scan_file, scan, "") not in [key_of(scan_file, e, "") for e in changed(scan)]


def test_each_kind_of_thing_that_a_statement_has_is_tried(
    given: tuple[StatementInput, ...],
) -> None:
    for each in fields(StatementInput):
        assert any(getattr(one, each.name) for one in given), each.name
    assert any(each.git.versions and each.git.earlier for each in given)


def test_the_key_is_the_functions_and_the_programs_too(given: tuple[StatementInput, ...]) -> None:
    first = given[0]
    keys = {
        key_of(make_part, first, ""),
        key_of(make_part, first, "another program"),
        key_of(scan_file, first, ""),
    }
    assert len(keys) == 3


def test_a_key_is_the_same_in_every_run() -> None:
    program = (
        "from innspill.read.scan import ScanInput, scan_file\n"
        "from innspill.remembered import key_of\n"
        "print(key_of(scan_file, ScanInput('a.md', 'b', b'c', 'page'), 'p'))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONPATH": str(ROOT / "scripts"), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_what_is_kept_comes_back_as_it_was(given: tuple[StatementInput, ...]) -> None:
    for path in {each.path for each in given}:
        one = next(each for each in given if each.path == path)
        part, _ = make_part(one, Templates(None))
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(part), type=Part) == part


def test_only_what_is_new_is_made(tmp_path: Path) -> None:
    (tmp_path / "memo").mkdir()
    first = ScanInput("a.md", "a.md", b"---\ntitle: A\n---\n", "page")
    second = ScanInput("b.md", "b.md", b"---\ntitle: B\n---\n", "page")
    made: list[str] = []

    def run(left: list[ScanInput]) -> Iterator[ScannedFile]:
        made.extend(each.path for each in left)
        return map(scan_file, left)

    def titles(remembered: Remembered, *given: ScanInput) -> list[str]:
        return [each.title for each in remembered.map(scan_file, given, ScannedFile, run)]

    for remembered in (
        Remembered("", InProcess()),
        Remembered("program", InStore(Store(tmp_path))),
    ):
        made.clear()
        assert titles(remembered, first, second) == ["A", "B"]
        assert titles(remembered, second, first) == ["B", "A"]
        assert made == ["a.md", "b.md"]
        assert titles(remembered, replace(first, data=b"---\ntitle: C\n---\n")) == ["C"]
        assert made == ["a.md", "b.md", "a.md"]
    assert titles(Remembered("another", InStore(Store(tmp_path))), first) == ["A"]
    assert made[-2:] == ["a.md", "a.md"], "another program makes it anew"


def test_what_is_not_asked_for_is_forgotten() -> None:
    here = InProcess()
    remembered = Remembered("", here)
    one = ScanInput("a.md", "a.md", b"---\ntitle: A\n---\n", "page")
    made: list[ScanInput] = []

    def run(left: list[ScanInput]) -> Iterator[ScannedFile]:
        made.extend(left)
        return map(scan_file, left)

    for _ in range(2):
        list(remembered.map(scan_file, [one], ScannedFile, run))
        here.forget_unused()
    assert len(made) == 1
    here.forget_unused()
    list(remembered.map(scan_file, [one], ScannedFile, run))
    assert len(made) == 2


def test_what_another_hand_put_there_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "memo").mkdir()
    remembered = Remembered("program", InStore(Store(tmp_path)))
    one = ScanInput("a.md", "a.md", b"---\ntitle: A\n---\n", "page")
    key = key_of(scan_file, one, "program")
    for other in (b"", b"\xc1", msgspec.msgpack.encode({"path": 3}), msgspec.msgpack.encode([])):
        Store(tmp_path).put(("made", key), other)
        (found,) = remembered.map(scan_file, [one], ScannedFile, lambda left: map(scan_file, left))
        assert found.title == "A"


def test_what_is_true_today_or_here_alone_is_not_kept(given: tuple[StatementInput, ...]) -> None:
    part, _ = make_part(given[0], Templates(None))
    assert can_be_kept(part)
    at = Location("content/a.md")
    for code in ("template", "git-pointer"):
        fault = warning(code, say("error"), at)
        assert not can_be_kept(replace(part, faults=(*part.faults, fault)))


@pytest.mark.parametrize("text", [None, "{{ nothing }}"])
def test_a_part_whose_template_fails_is_made_anew(tmp_path: Path, text: str | None) -> None:
    place = project(write(tmp_path, EXAMPLE), templates=tmp_path / "templates")
    (tmp_path / "templates").mkdir()
    if text:
        (tmp_path / "templates/statement.html").write_text(text, encoding="utf-8")
    shelf = InProcess()
    checked = check_content(place, BuildOptions(), Runtime(Remembered("", shelf)))
    assert checked.is_sound is (text is None)
    (one,) = checked.plan.inputs()
    program = Remembered().beside(Templates(place.templates).by_value().digest).program
    assert (shelf.get(key_of(make_part, one, program), Part) is None) is not checked.is_sound


def test_what_no_bytes_can_say_is_made_and_not_kept(tmp_path: Path) -> None:
    (tmp_path / "memo").mkdir()
    one = ScanInput("a.md", "mappe\udcf8/a.md", b"---\ntitle: A\n---\n", "page")
    for remembered in (
        Remembered("", InProcess()),
        Remembered("program", InStore(Store(tmp_path))),
    ):
        (found,) = remembered.map(scan_file, [one], ScannedFile, lambda left: map(scan_file, left))
        assert found.title == "A"


def test_what_the_nearest_shelf_lacks_is_taken_from_the_next(tmp_path: Path) -> None:
    (tmp_path / "memo").mkdir()
    one = ScanInput("a.md", "a.md", b"---\ntitle: A\n---\n", "page")
    key = key_of(scan_file, one, "program")
    here, there = InProcess(), InStore(Store(tmp_path))
    there.put(key, scan_file(one))

    def nothing(left: list[ScanInput]) -> Iterator[ScannedFile]:
        assert not left
        return iter(())

    (found,) = Remembered("program", here, there).map(scan_file, [one], ScannedFile, nothing)
    assert found.title == "A"
    assert here.get(key, ScannedFile) == found
