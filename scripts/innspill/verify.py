"""`innspill verify`: does a PDF, or a published folder, say what git says?

The commit that it names is read from git's objects, and its files made anew in memory: see
`innspill.rebuild`. The answers: the same bytes; the same text in other bytes; another text; not
made by this program. A folder is held beside its own manifest too, and beside that alone where
there is no git.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from html.parser import HTMLParser
from pathlib import Path

from innspill.history.fault import HistoryFault
from innspill.history.files import opened
from innspill.manifest import MANIFEST, read_manifest, read_revision, verify
from innspill.messages import Message, say, sentence
from innspill.pdf.read_back import NotReadable, ReadBack, read_back
from innspill.project import Project
from innspill.rebuild import Origin, StatementPdfs, WholeSite, rebuild
from innspill.store import believed

STAMP = re.compile(r"(?P<path>[^@]+\.md)@(?P<commit>[0-9a-f]{40}|[0-9a-f]{64})(?P<dirty>-dirty)?")
TELLING = {"href", "src", "alt", "title", "lang", "aria-label"}
"""The attributes of a page that say something to its reader."""
SHOWN = 20
"""How many differences are told."""


class VerifyResult(StrEnum):
    """What a file turned out to be."""

    SAME = "same"
    SAME_TEXT = "same-text"
    OTHER = "other"
    NOT_OURS = "not-ours"


@dataclass(frozen=True, slots=True)
class Verification:
    """What is found of one PDF or folder."""

    path: str
    answer: VerifyResult
    commit: str = ""
    """The commit that it names."""
    findings: tuple[Message, ...] = ()
    """What differs, or why nothing can be said."""


def verify_paths(
    project: Project, paths: tuple[Path, ...], seconds: int
) -> tuple[Verification, ...]:
    """What is found of each path; each may take so many `seconds` to be made anew.

    Raises OSError and PrintLibraryMissing.
    """
    return tuple(
        (verify_folder if path.is_dir() else verify_pdf)(project, path, seconds) for path in paths
    )


def verify_folder(project: Project, folder: Path, seconds: int) -> Verification:
    """A published folder beside its manifest, and beside what the commit that it names makes."""
    manifest = read_manifest(folder)
    if manifest is None:
        why = say("there is no manifest of Innspill's in it")
        return Verification(str(folder), VerifyResult.NOT_OURS, findings=(why,))
    findings = tuple(_beside_manifest(folder, manifest))
    alone = VerifyResult.OTHER if findings else VerifyResult.SAME
    commit = read_revision(folder)
    silent = _why_git_is_silent(project) if commit else say("the manifest names no commit")
    if commit is None or silent:
        note = say("git was not asked: {why}", why=silent)
        return Verification(str(folder), alone, commit or "", (*findings, note))
    asked = WholeSite(folder.resolve(), frozenset(manifest))
    made = rebuild(asked, _origin(project, commit), seconds)
    if made.why:
        answer = VerifyResult.OTHER if findings else VerifyResult.NOT_OURS
        return Verification(str(folder), answer, commit, (*findings, made.why))
    differing = dict(_beside_commit(folder, made.files))
    if not differing and not findings:
        return Verification(str(folder), VerifyResult.SAME, commit)
    findings += tuple(each for each in differing if each not in findings)
    answer = VerifyResult.SAME_TEXT if all(differing.values()) else VerifyResult.OTHER
    return Verification(str(folder), answer, commit, findings)


def _origin(project: Project, commit: str) -> Origin:
    return Origin(project.content, project.shown_content, believed(project), commit)


def _why_git_is_silent(project: Project) -> Message | None:
    try:
        opened(project.content)
    except HistoryFault as fault:
        return fault.message
    return None


def _files_in(folder: Path) -> list[str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    return [path.relative_to(folder).as_posix() for path in found]


def _beside_manifest(folder: Path, manifest: Mapping[str, str]) -> Iterator[Message]:
    told = {"missing": sentence("missing: {path}"), "changed": sentence("changed: {path}")}
    for each in verify(folder):
        what, path = each.split(" ", 1)
        yield told[what].filled(path=path)
    ours = {*manifest, MANIFEST}
    yield from (say("added: {path}", path=name) for name in _files_in(folder) if name not in ours)


def _beside_commit(folder: Path, made: Mapping[str, bytes]) -> Iterator[tuple[Message, bool]]:
    """What differs, each with whether the text is the same for all that."""
    there = set(_files_in(folder))
    for path in sorted({*made, *there}):
        if path not in there:
            yield say("missing: {path}", path=path), False
        elif path not in made:
            yield say("added: {path}", path=path), False
        elif (folder / path).is_symlink():
            yield say("changed: {path}", path=path), False
        elif (data := (folder / path).read_bytes()) != made[path]:
            was, now = _words(path, made[path]), _words(path, data)
            if was == now and was is not None:
                yield say("{path}: the same text in other bytes", path=path), True
            elif was is None or now is None:
                yield say("{path}: not as that commit makes it", path=path), False
            else:
                said, meant = _cut(now, was), _cut(was, now)
                message = say(
                    "{path}: it says “{now}”, not “{was}”", path=path, now=said, was=meant
                )
                yield message, False


def _words(path: str, data: bytes) -> str | None:
    """What a reader gets of a page or a PDF; None of what has no such words, or can't be read."""
    if path == MANIFEST:
        return ""  # it has but the digests of the others
    if path.endswith(".html"):
        page = _Page()
        page.feed(data.decode("utf-8", "replace"))
        return " ".join(" ".join(page.words).split())
    try:
        return "\n".join(read_back(data).paragraphs) if path.endswith(".pdf") else None
    except NotReadable:
        return None


class _Page(HTMLParser):
    """The words of a page; where its links lead, and what its images show, is a part of them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.words += (f"{name}={value}" for name, value in attrs if name in TELLING)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def verify_pdf(project: Project, path: Path, seconds: int) -> Verification:
    """A PDF beside what the commit that it names makes."""
    data = path.read_bytes()
    judge = partial(Verification, str(path))
    try:
        given = read_back(data)
    except NotReadable:
        is_named_so = data.startswith(b"%PDF-")
        why = say("it is a damaged PDF, or a locked one") if is_named_so else say("it is no PDF")
        return judge(VerifyResult.NOT_OURS, "", (why,))
    stamp = STAMP.fullmatch(given.source)
    if stamp is None:
        why = say("it names no commit that it was made from")
        return judge(VerifyResult.NOT_OURS, "", (why,))
    commit = stamp["commit"]
    if stamp["dirty"]:
        why = say("it is a working draft: it was made from text that was not committed")
        return judge(VerifyResult.NOT_OURS, commit, (why,))
    asked = StatementPdfs(stamp["path"], path.name)
    remade = rebuild(asked, _origin(project, commit), seconds)
    if remade.why:
        return judge(VerifyResult.NOT_OURS, commit, (remade.why,))
    made = list(remade.files.values())
    if not made:
        why = say("that commit has no statement {path}", path=stamp["path"])
        return judge(VerifyResult.NOT_OURS, commit, (why,))
    if any(data == each for each in made):
        return judge(VerifyResult.SAME, commit)
    ours = [read_back(each) for each in made]
    nearest = max(ours, key=lambda each: _likeness(each, given))
    findings = tuple(_differences(nearest, given))
    is_same = nearest.paragraphs == given.paragraphs
    return judge(
        VerifyResult.SAME_TEXT if is_same else VerifyResult.OTHER, commit, findings[:SHOWN]
    )


def _likeness(ours: ReadBack, given: ReadBack) -> tuple[bool, float]:
    """How well one PDF fits another: the same title first, then the text."""
    matcher = difflib.SequenceMatcher(None, ours.paragraphs, given.paragraphs, autojunk=False)
    return ours.about.get("/Title") == given.about.get("/Title"), matcher.ratio()


def _differences(ours: ReadBack, given: ReadBack) -> Iterator[Message]:
    for key in sorted({*ours.about, *given.about}):
        is_, was = given.about.get(key, "–"), ours.about.get(key, "–")
        if is_ != was:
            yield say("{key} is “{now}”, was “{was}”", key=key[1:], now=is_, was=was)
    if ours.metadata != given.metadata:
        yield say("the metadata is another")
    if ours.pages != given.pages:
        yield say("pages: {n}, were {m}", n=given.pages, m=ours.pages)
    for name in sorted({*ours.attached, *given.attached}):
        if ours.attached.get(name) != given.attached.get(name):
            yield say("the file in it is another: {name}", name=name)
    blocks = difflib.SequenceMatcher(None, ours.paragraphs, given.paragraphs, autojunk=False)
    for kind, a0, a1, b0, b1 in blocks.get_opcodes():
        if kind != "equal":
            old, new = " ".join(ours.paragraphs[a0:a1]), " ".join(given.paragraphs[b0:b1])
            yield say("it says “{now}”, not “{was}”", now=_cut(new, old), was=_cut(old, new))


def _cut(text: str, other: str) -> str:
    """A text around where it begins to differ from another."""
    same = next((at for at, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), 0)
    start = max(0, same - 30)
    return (
        ("… " if start else "") + text[start : same + 60] + (" …" if same + 60 < len(text) else "")
    )
