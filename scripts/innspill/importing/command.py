"""`innspill import`: letters into the content folder, each whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from innspill.blob import blob_of
from innspill.diagnostics import Severity
from innspill.importing.begun import (
    asks_as_example,
    is_example_consultation,
    is_example_statement,
    told_of_folder,
)
from innspill.importing.blocks import TextBlock
from innspill.importing.fault import ImportRefused, NotImportable
from innspill.importing.letter_facts import facts_in
from innspill.importing.reading import LIMIT, over_limit, read_letter
from innspill.importing.statement import ImportedStatement, LetterSetting, imported
from innspill.importing.told import changes_of, report_of
from innspill.limits import OverLimit, limited
from innspill.media.inspect import can_be_published, inspect_file
from innspill.messages import Message, joined, say
from innspill.project import Project
from innspill.read.disk import LARGEST as LONGEST_SOURCE
from innspill.read.schema import ConsultationFront, SiteFront
from innspill.read.source import parse_source
from innspill.scaffold import check_name, file_name, site_files, write_new

LONGEST_BLOCK = 20_000
"""Letters: no paragraph of a letter is longer, and what looks through one may be slow with it."""
LONGEST_TEXT = LONGEST_SOURCE // 2
"""Letters: with marks and line ends, the statement's file is then no larger than one may be."""
LARGEST = 100_000_000
"""Bytes: a larger file is not even opened."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is asked for."""

    files: tuple[Path, ...]
    to: str
    """`CONSULTATION/NAME`, or `CONSULTATION/`, where each is named by its committee."""
    committee: str = ""
    is_dry: bool = False
    overwrites: bool = False
    accepts_changes: bool = False
    accepts_losses: bool = False


@dataclass(frozen=True, slots=True)
class FileImported:
    """What became of one file."""

    report: tuple[Message, ...]
    refusal: tuple[Message, ...] = ()
    """Why nothing was written."""
    written: tuple[Path, ...] = ()
    case: str = ""
    """The consultation that it was written into."""


def import_files(project: Project, asked: ImportRequest) -> Iterator[FileImported]:
    """Imports files, one after the other; of each, what became of it.

    Raises ImportRefused where the call can't be followed, and OSError.
    """
    case, name = _target(asked)
    for file in asked.files:
        try:
            yield _import_one(project, asked, file, case, name)
        except NotImportable as fault:
            yield FileImported((), (joined(": ", (file.name, fault.why)),))


def _target(asked: ImportRequest) -> tuple[str, str]:
    """The consultation's folder, and the statement's name, empty where its committee gives it."""
    parts = [part for part in asked.to.removesuffix(".md").split("/") if part]
    if parts[:1] == ["content"]:
        parts = parts[1:]
    if not 1 <= len(parts) <= 2:
        raise ImportRefused(
            say("--to {to} names no consultation: write CONSULTATION/NAME", to=asked.to)
        )
    if len(parts) == 2 and len(asked.files) > 1:
        raise ImportRefused(
            say("several files can't become one statement: write --to {case}/", case=parts[0])
        )
    for part in parts:
        check_name(part)
    return parts[0], parts[1] if len(parts) == 2 else ""


def _import_one(
    project: Project, asked: ImportRequest, file: Path, case: str, name: str
) -> FileImported:
    if file.stat().st_size > LARGEST:
        raise NotImportable(say("it is larger than {n} MB", n=LARGEST // 1_000_000))
    data = file.read_bytes()
    letter = read_letter(data, file.name)
    if any(isinstance(e, TextBlock) and len(e.text) > LONGEST_BLOCK for e in letter.blocks):
        raise NotImportable(say("a paragraph in it is longer than {n} letters", n=LONGEST_BLOCK))
    if sum(map(len, letter.words)) > LONGEST_TEXT:
        raise NotImportable(say("it is longer than a statement may be"))
    if letter.changes and not asked.accepts_changes:
        refusal = say(
            "{file} holds tracked changes or comments. Accept or reject them in the word "
            "processor, or import it with --accept-changes: then insertions stay, and deletions "
            "and comments go. Nothing was written.",
            file=file.name,
        )
        return FileImported(changes_of(letter), (refusal,))
    is_replaced = _is_example(project, case)
    front = None if is_replaced else _consultation(project, case)
    if front and asks_as_example(front):
        return FileImported((), (_example_asks(project, case),))
    asked_for = tuple(front.committees) if front else ()
    committee = facts_in(letter.blocks, asked_for).get("committee")
    if asked.committee and (not committee or len(asked.files) == 1):
        committee = asked.committee
    if not committee:
        refusal = say(
            "{file} does not say which committee's statement it is: name it with --committee. "
            "Nothing was written.",
            file=file.name,
        )
        return FileImported((), (refusal,))
    own = name or file_name(committee)
    setting = LetterSetting(
        file.name,
        own,
        tuple(front.questions) if front else (),
        front is not None,
        asked_for,
        front.title if front else "",
        asked.committee if committee == asked.committee else "",
        _language(project, front),
        _name_of_original(own, file, data),
    )
    try:
        with limited(LIMIT):
            made = imported(letter, setting)
    except OverLimit as fault:
        raise over_limit(fault) from fault
    return _kept(project, asked, made, case, setting, data, is_replaced=is_replaced)


def _name_of_original(name: str, file: Path, data: bytes) -> str:
    """What the letter's file is called beside the statement; empty where it can't be published."""
    own = f"{name}-original{file.suffix.casefold()}"
    seen = inspect_file(blob_of(data))
    is_text = own.endswith(".md")  # which would be a page
    return own if not is_text and can_be_published(own, seen, is_shown=False) else ""


def _kept(
    project: Project,
    asked: ImportRequest,
    made: ImportedStatement,
    case: str,
    setting: LetterSetting,
    data: bytes,
    *,
    is_replaced: bool,
) -> FileImported:
    """Writes what was made, where that may be; `data` are the letter's bytes."""
    target = project.content / case / f"{setting.name}.md"
    shown = f"{project.shown_content}/{case}/{setting.name}.md"
    folder = f"{project.shown_content}/{case}"
    begun = tuple(told_of_folder(target.parent, folder, target, is_replaced=is_replaced))
    report = report_of(made, shown, setting.questions, begun)
    if is_replaced and not made.questions:
        return FileImported((), (_example_asks(project, case),))
    refusal = _why_not(asked, made, target, shown, setting)
    if refusal or asked.is_dry:
        return FileImported(report, refusal)
    root = project.content.parent
    committee = made.facts.get("committee")
    files: dict[Path, str | bytes] = dict(site_files(root, committee))
    if made.consultation:
        files[target.parent / "index.md"] = made.consultation
    files |= {target.parent / name: data for name, data in made.pictures}
    if made.original:
        files[target.parent / made.original] = data
    files[target] = made.text  # last: what it names is there
    write_new(root, files)
    return FileImported(report, (), tuple(files), case)


def _why_not(
    asked: ImportRequest,
    made: ImportedStatement,
    target: Path,
    shown: str,
    setting: LetterSetting,
) -> tuple[Message, ...]:
    """Why nothing may be written; nothing where it may."""
    if not made.is_whole and not asked.accepts_losses:
        return (
            say(
                "Words were lost or are in doubt, so nothing was written: see above. Mend the "
                "original, or import it with --accept-losses and mend the statement."
            ),
        )
    if not setting.has_consultation and not made.questions:
        return (
            say(
                "there is no consultation {case}, and the letter repeats no questions to make one "
                "of. Begin it with `innspill new {case}`. Nothing was written.",
                case=target.parent.name,
            ),
        )
    wanted = [target, *([target.parent / made.original] if made.original else [])]
    there = [each for each in wanted if os.path.lexists(each) and not is_example_statement(each)]
    if there and not asked.overwrites:
        return (
            say(
                "{path} is there already. To write over it, add --force. Nothing was written.",
                path=f"{shown.rpartition('/')[0]}/{there[0].name}",
            ),
        )
    return ()


def _is_example(project: Project, case: str) -> bool:
    path = project.content / case / "index.md"
    return path.is_file() and is_example_consultation(path)


def _example_asks(project: Project, case: str) -> Message:
    """What to do where the letter can't answer, since the example's questions are asked."""
    return say(
        "the questions in {path} are still those of the example: write the consultation's own "
        "there, and import again. Nothing was written.",
        path=f"{project.shown_content}/{case}/index.md",
    )


def _consultation(project: Project, case: str) -> ConsultationFront | None:
    """The consultation's front matter, None where there is none yet.

    Raises ImportRefused where it has faults.
    """
    path = project.content / case / "index.md"
    if not path.exists():
        return None
    shown = f"{project.shown_content}/{case}/index.md"
    source = parse_source(f"{case}/index.md", shown, path.read_bytes(), ConsultationFront)
    if any(each.severity is Severity.ERROR for each in source.faults):
        raise ImportRefused(
            say("{path} has faults: mend them first. `innspill check` tells them.", path=shown)
        )
    assert isinstance(source.front, ConsultationFront)
    return source.front


def _language(project: Project, front: ConsultationFront | None) -> str:
    """The language of a statement that names none."""
    if front and front.lang:
        return front.lang
    path = project.content / "index.md"
    if not path.exists():
        return "nb"
    source = parse_source("index.md", "index.md", path.read_bytes(), SiteFront)
    return source.front.lang if isinstance(source.front, SiteFront) else "nb"


def next_steps(results: Sequence[FileImported]) -> Message | None:
    """What to do when files were imported."""
    if not any(each.written for each in results):
        return None
    return say(
        "Next: compare each fact with the letter, write the points of the summary and the "
        "proposals at the top of the statement, and run `innspill check`."
    )
