"""Tags that name versions: whose each is, through renames too, and those that miss by little.

A tag names a file as it was called in its commit. It belongs to today's source of that name, else
to the one that was called so before: git's log tells, or the `aliases` in the source.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import normalize

from innspill.compose.versions import VersionName, example_tag, misses_form, named_by_tag
from innspill.diagnostics import Diagnostic, Location, warning
from innspill.history.renames import Load
from innspill.messages import Message, say
from innspill.read.paths import alias_url
from innspill.read.read import SITE
from innspill.read.source import front_of
from innspill.read.yaml_nodes import parse_front_matter

if TYPE_CHECKING:
    from innspill.history.repository import Commit, Repository

DATE = re.compile(r"\d{4}[-._/]?\d{1,2}[-._/]?\d{1,2}|\d{1,2}[-._]\d{1,2}[-._]\d{4}")
WORD = re.compile(r"[^\W_]+")
COMMITTEE = re.compile(r"""^committee\s*:\s*["']?(.*?)["']?\s*$""", re.MULTILINE)
SHOWN = 20
"""How many odd tags are told of one by one."""
LONGEST = 4
"""How many words a statement's file name has at most, to be looked for in a tag."""
PLAIN = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ŋ": "n"})


@dataclass(frozen=True, slots=True)
class VersionTag:
    """A tag that names a version."""

    name: str
    named: VersionName
    commit: Commit


@dataclass(frozen=True, slots=True)
class OddTag:
    """A tag that seems to be meant to name a version, and names none."""

    name: str
    why: Message
    hint: Message
    code: str = "version-tag"


@dataclass(frozen=True, slots=True)
class TagsFound:
    """What the tags of a repository name."""

    by_source: Mapping[str, tuple[VersionTag, ...]] = field(default_factory=dict)
    """By the path of today's source, the newest version first."""
    odd: tuple[OddTag, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceNames:
    """Today's sources, and what each was called before."""

    paths: frozenset[str]
    load: Load = field(repr=False)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def find_tags(repository: Repository, form: str, at: str | None, sources: SourceNames) -> TagsFound:
    """The tags of the given form, or only those of the commit `at`. Raises HistoryFault."""
    from innspill.history.repository import NotACommit  # which waits for libgit2

    known = {"-".join(_words(PurePosixPath(path).stem)): path for path in _names(sources)}
    folders = _folders(sources)

    def mentioned(tag: str) -> str:
        return _mentioned(tag, known) or _folder_of(tag, folders)

    commits = repository.tags(
        lambda tag: _named(tag, form) is not None or (at is None and mentioned(tag) != "")
    )
    tags: list[VersionTag] = []
    odd: list[OddTag] = []
    for name, commit in sorted(commits.items()):
        if (named := _named(name, form)) is None:
            odd.append(_misspelt(name, form, mentioned(name)))
        elif isinstance(commit, NotACommit):
            odd.append(_on_no_commit(name) if commit.is_there else _cut_off(name))
        elif at in {None, commit.id}:
            tags.append(VersionTag(name, named, commit))
    found: defaultdict[str, list[VersionTag]] = defaultdict(list)
    now = _by_name((path, path) for path in sorted(sources.paths))
    former = _by_name((old, path) for path, names in sources.former.items() for old in names)
    aliases: Called | None = None
    for tag in sorted(tags, key=lambda each: (each.named.version, each.name), reverse=True):
        owners = _owners(tag, now, former, sources, repository)
        if not owners:
            aliases = _by_name(_aliases(sources)) if aliases is None else aliases
            owners = _named_so(tag.named, aliases)[:1]
        for owner in owners:
            found[owner].append(tag)
        if not owners:
            odd.append(_orphan(tag))
    return TagsFound({path: tuple(each) for path, each in found.items()}, tuple(odd))


def odd_tags(odd: Iterable[OddTag], at: Location) -> Iterator[Diagnostic]:
    """What is said of tags that name no version, at the site's `index.md`."""
    told = tuple(odd)
    for each in told[:SHOWN]:
        message = say('the tag "{tag}" publishes no version: {why}', tag=each.name, why=each.why)
        yield warning(each.code, message, at, each.hint)
    if (more := len(told) - SHOWN) > 0:
        message = say("{n} more tags publish no version, for such reasons", n=more)
        yield warning("version-tag", message, at, say("`git tag` lists all tags"))


def _named(tag: str, form: str) -> VersionName | None:
    return named_by_tag(normalize("NFC", tag), form)


Called = Mapping[str, list[tuple[str, str]]]
"""What sources are or were called, with today's path, by the whole path and by the file's name."""


def _by_name(called: Iterable[tuple[str, str]]) -> Called:
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, path in called:
        for key in (name, name.removesuffix(".md").rpartition("/")[2]):
            found[key].append((name, path))
    return found


def _named_so(named: VersionName, called: Called) -> list[str]:
    """Today's paths of the sources that a tag names, each once."""
    alike = called.get(named.source or named.statement, ())
    return list(dict.fromkeys(path for name, path in alike if named.is_of(name)))


def _owners(
    tag: VersionTag, now: Called, former: Called, sources: SourceNames, repository: Repository
) -> list[str]:
    """Whose version a tag names: of who has the name now and who had it, by the committee."""
    named = tag.named
    own = _named_so(named, now)
    before = [path for path in _named_so(named, former) if path not in own]
    if not own or not before or named.consultation is None:
        return own or before
    blob = repository.blob(tag.commit.id, named.source)
    if blob is None:
        return own
    committee = _committee(repository.data(blob))
    mine = [path for path in (*own, *before) if _committee(sources.load(path)) == committee]
    return mine[:1] or own


def _committee(data: bytes) -> str:
    found = COMMITTEE.search(front_of(data))
    return found[1] if found else ""


def _aliases(sources: SourceNames) -> list[tuple[str, str]]:
    """The paths that old addresses stand for, with today's, in their order."""
    found: dict[str, str] = {}
    for path in sorted(sources.paths):
        front = front_of(sources.load(path))
        if "aliases" not in front:
            continue
        matter, _ = parse_front_matter(front, path, 2)
        listed = matter.values.get("aliases")
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, str) and (url := alias_url(each)):
                old = url.removesuffix("/index.html").removesuffix(".html")
                if path.endswith(f"/{SITE}"):
                    found[f"{old}/"] = path.removesuffix(SITE)
                else:
                    found[f"{old}.md"] = path
    for old, new in [each for each in found.items() if each[0].endswith("/")]:
        for path in sources.paths:
            if path.startswith(new):
                found.setdefault(old + path.removeprefix(new), path)
    return sorted(each for each in found.items() if each[0][-1] != "/")


def _names(sources: SourceNames) -> Iterator[str]:
    """All paths that a source has or had, the present ones last, but for the indexes."""
    every = [old for names in sources.former.values() for old in names]
    yield from (path for path in (*every, *sorted(sources.paths)) if not path.endswith(SITE))


def _mentioned(tag: str, known: Mapping[str, str]) -> str:
    """The path of the statement that a tag with a date in it has the name of, else nothing."""
    if not DATE.search(tag):
        return ""
    words = _words(tag)
    for length in range(LONGEST, 0, -1):
        for start in range(len(words) - length + 1):
            if path := known.get("-".join(words[start : start + length])):
                return path
    return ""


def _folders(sources: SourceNames) -> dict[str, str]:
    """A text of each folder, by the words of the folder's path and of its name."""
    found: dict[str, str] = {}
    for path in sorted(sources.paths, reverse=True):
        folder = PurePosixPath(path).parent
        if folder.name and not path.endswith(SITE):
            found["-".join(_words(folder.name))] = path
            found["-".join(_words(str(folder)))] = path
    return found


def _folder_of(tag: str, folders: Mapping[str, str]) -> str:
    """A text of the folder whose name alone stands before a tag's date, else nothing."""
    day = DATE.search(tag)
    return folders.get("-".join(_words(tag[: day.start()])), "") if day else ""


def _words(name: str) -> list[str]:
    """The words of a name as one might write it in a tag: small letters, no marks above them."""
    plain = normalize("NFD", name.casefold().translate(PLAIN))
    return WORD.findall("".join(each for each in plain if not unicodedata.combining(each)))


def _misspelt(tag: str, form: str, source: str) -> OddTag:
    example = example_tag(source, form)
    hint = say(
        "write it as in {example}: git tag NEW {tag} names it anew, git tag -d {tag} takes it away",
        example=example,
        tag=tag,
    )
    return OddTag(tag, misses_form(tag, form), hint)


def _orphan(tag: VersionTag) -> OddTag:
    named = tag.named
    path = f"content/{named.source or f'{named.statement}.md'}"
    why = say("there is no statement {path}", path=path)
    hint = say(
        "was it renamed? List its old address in `aliases`. Is it no more? git tag -d {tag}",
        tag=tag.name,
    )
    return OddTag(tag.name, why, hint)


def _on_no_commit(tag: str) -> OddTag:
    why = say("it is on a file or a folder, and not on a commit")
    hint = say("put it on a commit: git tag --force {tag} COMMIT", tag=tag)
    return OddTag(tag, why, hint)


def of_no_statement(
    tags: Mapping[str, tuple[VersionTag, ...]], statements: Collection[str]
) -> Iterator[OddTag]:
    """The tags that name only files that are no statements; `tags` are by the files' paths."""
    good = {tag.name for path in statements for tag in tags.get(path, ())}
    found = {tag.name: path for path, own in tags.items() for tag in own if tag.name not in good}
    for name, path in sorted(found.items()):
        why = say("{path} is no statement", path=f"content/{path}")
        hint = say("only statements have versions: git tag -d {tag} takes it away", tag=name)
        yield OddTag(name, why, hint)


def _cut_off(tag: str) -> OddTag:
    why = say("its commit is not in this clone")
    hint = say("git fetch --unshallow --tags, or clone anew")
    return OddTag(tag, why, hint, "git-tag")
