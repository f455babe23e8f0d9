"""The one place that opens a repository: its commits, and the files in them.

pygit2, which is libgit2: it reads the formats itself and has no code that would run what
a repository's configuration names. It walks ten thousand commits ten times as fast as
dulwich does, and needs no other package but cffi.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

import pygit2

from innspill.blob import Blob
from innspill.history.blobs import blob_name, with_line_feeds
from innspill.history.fault import HistoryFault
from innspill.messages import say

LONGEST = 200
"""How many characters the name of a revision may have."""
LFS = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\n")
"""How a file begins that stands in git only by its digest (Git LFS, specification v1)."""
LONGEST_POINTER = 1024
"""How many bytes such a file has at most."""
REGULAR = {pygit2.enums.FileMode.BLOB, pygit2.enums.FileMode.BLOB_EXECUTABLE}


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, by what is told of it."""

    id: str
    """Its whole name in hexadecimal."""
    day: date
    """The day that it was committed, where and when that was."""
    parents: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """What was written with a commit."""

    subject: str
    """Its first line."""
    author: str
    """The author's name."""


def find_repository(content: Path) -> Repository | None:
    """The repository that the content folder stands in, None where it stands in none.

    Raises HistoryFault where there is one that can't be read.
    """
    folder = content.resolve()
    found = _discovered(folder)
    if not found:
        return None
    try:
        git = pygit2.Repository(found)
    except pygit2.GitError as fault:
        raise _refused(fault, Path(found)) from fault
    if git.is_bare:
        message = say("the repository {path} is bare: it has no files of its own", path=found)
        hint = say("build in a clone of it, or in a worktree")
        raise HistoryFault("git-bare", message, hint)
    root = Path(git.workdir).resolve()
    if not folder.is_relative_to(root):
        return None
    inside = folder.relative_to(root).as_posix()
    repository = Repository(git, "" if inside == "." else inside)
    return None if repository.ignores_content else repository


def _discovered(folder: Path) -> str | None:
    """The path of the repository around a folder, which libgit2's types say there always is."""
    found: str | None = pygit2.discover_repository(str(folder))
    return found


def _refused(fault: pygit2.GitError, found: Path) -> HistoryFault:
    if "not owned" in str(fault):
        folder = found.parent if found.name == ".git" else found
        message = say("the repository {path} belongs to another user", path=folder)
        hint = say("if you trust it: git config --global --add safe.directory {path}", path=folder)
        return HistoryFault("git-owner", message, hint)
    return HistoryFault("git", say("the repository can't be read: {why}", why=fault))


class Repository:
    """A repository, seen from the content folder."""

    def __init__(self, git: pygit2.Repository, inside: str) -> None:
        self._git = git
        self.inside = inside
        """The content folder's path below the repository's root; empty where it is the root."""

    @property
    def content(self) -> Path:
        """The content folder."""
        return Path(self._git.workdir, self.inside)

    @property
    def ignores_content(self) -> bool:
        """Whether git was told to leave the content folder alone."""
        return bool(self.inside) and self._git.path_is_ignored(f"{self.inside}/")

    @property
    def head(self) -> str | None:
        """The commit that is checked out, None where there is none yet.

        Raises HistoryFault where it is gone.
        """
        if self._git.head_is_unborn:
            return None
        try:
            return str(self._git.head.peel(pygit2.Commit).id)
        except (pygit2.GitError, KeyError, ValueError) as fault:
            raise _broken(fault) from fault

    @cached_property
    def cut_off(self) -> frozenset[str]:
        """The commits whose parents a shallow clone left out."""
        if not self._git.is_shallow:
            return frozenset()
        common = Path(self._git.path, "commondir")
        folder = Path(self._git.path)
        if common.is_file():
            folder = folder / common.read_text(encoding="utf-8").strip()
        return frozenset((folder / "shallow").read_text(encoding="ascii").split())

    def commit(self, name: str) -> Commit:
        """What a tag, a branch or the beginning of a commit's name stands for.

        Raises HistoryFault where it stands for no commit.
        """
        if not name or len(name) > LONGEST or not name.isprintable():
            raise HistoryFault("git-revision", say('"{name}" is no revision', name=name[:LONGEST]))
        try:
            return _commit(self._git.revparse_single(name).peel(pygit2.Commit))
        except (pygit2.GitError, KeyError, ValueError) as fault:
            raise self._unknown(name) from fault

    def _unknown(self, name: str) -> HistoryFault:
        message = say('git knows no commit "{name}"', name=name)
        if self.cut_off:
            hint = say("the clone is shallow: fetch it whole (fetch-depth: 0), with its tags")
            return HistoryFault("git-shallow", message, hint)
        hint = say("name a tag, a branch or a commit; `git log` lists the commits")
        return HistoryFault("git-revision", message, hint)

    def tags(self, is_wanted: Callable[[str], bool]) -> Mapping[str, Commit]:
        """The commits of all tags with names that are wanted, by the names.

        Raises HistoryFault where one of them is gone; tags of other things are left out.
        """
        found: dict[str, Commit] = {}
        for reference in self._git.listall_references():
            name = reference.removeprefix("refs/tags/")
            if name != reference and is_wanted(name):
                try:
                    found[name] = _commit(self._git.references[reference].peel(pygit2.Commit))
                except pygit2.InvalidSpecError:
                    continue
                except (pygit2.GitError, KeyError) as fault:
                    raise _broken(fault) from fault
        return found

    def walk(self, start: str) -> Iterator[Commit]:
        """A commit and all before it, none before what came of it.

        Raises HistoryFault where one of them is gone.
        """
        order = pygit2.enums.SortMode.TOPOLOGICAL | pygit2.enums.SortMode.TIME
        try:
            for each in self._git.walk(pygit2.Oid(hex=start), order):
                yield _commit(each)
        except (pygit2.GitError, KeyError) as fault:
            raise _broken(fault) from fault

    def files(self, commit: str) -> Mapping[str, str]:
        """The names of the blobs of all regular files of the content folder, by their paths."""
        return dict(_listed(self._content(commit), ""))

    def files_beside(self, commit: str, name: str) -> Mapping[str, bytes]:
        """All regular files of a folder that stands beside the content folder, by their paths."""
        folders = self.inside.split("/")[:-1]
        found = self._folder(commit, [*folders, name]) if self.inside else None
        return {path: self.data(blob) for path, blob in _listed(found, "")}

    def changed(self, commit: str, parent: str | None) -> frozenset[str]:
        """The paths inside the content folder that differ between a commit and a parent.

        Raises HistoryFault where one of them is gone.
        """
        after = self._content(commit)
        before = self._content(parent) if parent else None
        if (before and before.id) == (after and after.id):
            return frozenset()
        try:
            return frozenset(_differing(before, after))
        except (pygit2.GitError, KeyError) as fault:
            raise _broken(fault) from fault

    def told(self, commit: str) -> Told:
        """What was written with a commit. Raises HistoryFault where it is gone."""
        try:
            found = self._git[pygit2.Oid(hex=commit)].peel(pygit2.Commit)
        except (pygit2.GitError, KeyError) as fault:
            raise _broken(fault) from fault
        lines = found.message.strip().splitlines()
        return Told(_plain(lines[0] if lines else ""), _plain(found.author.name))

    def blob(self, commit: str, path: str) -> str | None:
        """The name of the blob of a file of the content folder, None where it wasn't there."""
        *folders, name = path.split("/")
        inside = self.inside.split("/") if self.inside else []
        tree = self._folder(commit, [*inside, *folders])
        entry = _entry(tree, name) if tree is not None else None
        return str(entry.id) if entry is not None and entry.filemode in REGULAR else None

    def data(self, blob: str) -> bytes:
        """A blob's bytes."""
        return self._blob(blob).data

    def size(self, blob: str) -> int:
        """How many bytes a blob has, told without reading them."""
        try:
            return int(self._git.odb.read_header(pygit2.Oid(hex=blob))[1])
        except (pygit2.GitError, KeyError) as fault:
            raise _broken(fault) from fault

    def holds(self, blob: str, file: Blob) -> bool:
        """Whether a blob is what a file holds that has these bytes.

        Line ends that git converts on the way out, and files that Git LFS keeps, are the same.
        """
        size = self.size(blob)
        if size == file.size:
            return blob_name(size, file.pieces(), like=blob) == blob
        if size <= LONGEST_POINTER and (pointer := LFS.match(self.data(blob))):
            return file.sha256.encode() == pointer[1]
        if size > file.size or sum(map(len, with_line_feeds(file.pieces()))) != size:
            return False
        return blob_name(size, with_line_feeds(file.pieces()), like=blob) == blob

    def _blob(self, name: str) -> pygit2.Blob:
        try:
            found = self._git[pygit2.Oid(hex=name)]
        except KeyError as fault:
            raise _broken(fault) from fault
        assert isinstance(found, pygit2.Blob)
        return found

    def _content(self, commit: str) -> pygit2.Tree | None:
        """The content folder's tree in a commit, None where it wasn't there."""
        return self._folder(commit, self.inside.split("/") if self.inside else ())

    def _folder(self, commit: str, parts: Sequence[str]) -> pygit2.Tree | None:
        """A folder's tree in a commit, None where it wasn't there."""
        try:
            found = self._git[pygit2.Oid(hex=commit)].peel(pygit2.Tree)
            for part in parts:
                entry = _entry(found, part)
                if not isinstance(entry, pygit2.Tree):
                    return None
                found = entry
        except (pygit2.GitError, KeyError) as fault:
            raise _broken(fault) from fault
        return found


def _broken(fault: Exception) -> HistoryFault:
    message = say("the repository lacks an object: {why}", why=str(fault).strip("'\""))
    return HistoryFault("git", message, say("`git fsck` says what is wrong with it"))


def _commit(found: pygit2.Commit) -> Commit:
    zone = timezone(timedelta(minutes=found.commit_time_offset))
    moment = datetime.fromtimestamp(found.commit_time, UTC).astimezone(zone)
    return Commit(str(found.id), moment.date(), tuple(str(each) for each in found.parent_ids))


def _plain(text: str) -> str:
    """Text for a page: what can't be printed, or directs other text, is a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]


def _name(entry: pygit2.Object) -> str:
    return (entry.raw_name or b"").decode("utf-8", "surrogateescape")


def _entry(tree: pygit2.Tree, name: str) -> pygit2.Object | None:
    """What a tree has under a name, None where it has nothing."""
    if name.isascii():  # else the system's locale would have a say in what is looked for
        return tree[name] if name in tree else None  # noqa: SIM401
    return next((each for each in tree if _name(each) == name), None)


def _listed(tree: pygit2.Tree | None, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in tree or ():
        path = prefix + _name(entry)
        if isinstance(entry, pygit2.Tree):
            yield from _listed(entry, f"{path}/")
        elif entry.filemode in REGULAR:
            yield path, str(entry.id)


def _differing(before: pygit2.Tree | None, after: pygit2.Tree | None) -> Iterator[str]:
    """The paths of all files that two trees do not have in common."""
    one, other = (after, before) if after is not None else (before, None)
    if one is None:
        return
    diff = one.diff_to_tree(other) if other is not None else one.diff_to_tree()
    for delta in diff.deltas:
        yield delta.new_file.raw_path.decode("utf-8", "surrogateescape")
