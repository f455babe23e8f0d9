"""The one place that opens a repository: its commits, and the files in them.

pygit2, which is libgit2: it reads the formats itself and has no code that would run what
a repository's configuration names. It reads ten thousand commits ten times as fast as
dulwich does, and needs no other package but cffi.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

import pygit2

from innspill.blob import Blob
from innspill.history.blobs import blob_name, pieces_with_line_feeds
from innspill.history.fault import UNSHALLOW, HistoryFault
from innspill.history.git_folders import GitFolders, bare, find_git, hold_ignored, hold_to_files
from innspill.history.trees import LARGEST_FILE, EntryKind, Objects, TreeEntry
from innspill.messages import say
from innspill.read.disk import LARGEST
from innspill.unchanged import read_file

LONGEST = 200
"""How many characters the name of a revision may have."""
NOT_A_COMMIT = ("@{", ":")
"""What in the name of a revision asks for more than a commit: a log of its own, a file."""
LFS = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\noid sha256:([0-9a-f]{64})\n")
"""How a file begins that stands in git only by its digest (Git LFS, specification v1)."""
LONGEST_POINTER = 1024
"""How many bytes such a file has at most."""
OBJECT = re.compile(r"[0-9a-f]{40,64}")
UNREADABLE = (pygit2.GitError, LookupError, ValueError, OverflowError, TypeError, OSError)
"""What libgit2, and what reads its answers, raise of a repository that is broken in any way."""
KINDS = {pygit2.enums.ObjectType.BLOB: "blob", pygit2.enums.ObjectType.TREE: "tree"}
SHALLOW = 64_000_000
"""How many bytes there may be in the list of where a clone was cut off."""

pygit2.settings.set_extensions(["partialclone"])  # what it lacks is told where it is asked for


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit, by what is told of it."""

    id: str
    """Its whole name in hexadecimal."""
    day: date
    """The day that it was committed, where and when that was."""
    parents: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class NotACommit:
    """What a tag is on that is on no commit of the repository."""

    is_there: bool
    """Whether it is something else than a commit; else it is not in this clone."""


@dataclass(frozen=True, slots=True)
class CommitMessage:
    """What was written with a commit."""

    subject: str
    """Its first line."""
    author: str
    """The author's name."""


def find_repository(content: Path) -> Repository | None:
    """The repository that the content folder stands in, None where it stands in none.

    Raises HistoryFault where there is one that can't be read.
    """
    place = find_git(content)
    if place is None:
        return None
    hold_to_files(place)
    folder = content.resolve()
    try:
        git = pygit2.Repository(str(place.root), pygit2.enums.RepositoryOpenFlag.NO_SEARCH)
        if git.is_bare:
            raise bare(place.root)
        root = Path(git.workdir).resolve()
        if root != place.root.resolve():
            raise _elsewhere(place.root)
        hold_ignored(folder, root)
        inside = folder.relative_to(root).as_posix()
        repository = Repository(git, place, "" if inside == "." else inside)
        return None if repository.ignores_content else repository
    except UNREADABLE as fault:
        raise _refused(str(fault), place) from fault


def _elsewhere(root: Path) -> HistoryFault:
    message = say(
        "the settings of the repository {path} say it has its files elsewhere", path=str(root)
    )
    return HistoryFault("git-settings", message, say("git config --unset core.worktree"))


def _refused(why: str, place: GitFolders) -> HistoryFault:
    """Why a repository is not opened, by what libgit2 says of it."""
    path = str(place.root)
    if "not owned" in why:
        message = say("the repository {path} belongs to another user", path=path)
        hint = say("if you trust it: git config --global --add safe.directory {path}", path=path)
        return HistoryFault("git-owner", message, hint)
    if "object format" in why or "objectformat" in why:
        message = say("the repository {path} names its objects by SHA-256", path=path)
        hint = say("what git tells is only read where they are named by SHA-1, as they usually are")
        return HistoryFault("git-format", message, hint)
    if "refstorage" in why:
        message = say("the repository {path} keeps its branches and tags as a reftable", path=path)
        return HistoryFault("git-format", message, say("git refs migrate --ref-format=files"))
    if "unsupported extension" in why or "unsupported repository version" in why:
        message = say("the repository {path} has a format that is not known here", path=path)
        return HistoryFault("git-format", message, say("clone it anew, without its extensions"))
    if "config" in why:
        message = say("the settings of the repository {path} can't be read", path=path)
        return HistoryFault("git-settings", message, say("`git config --list` says where"))
    message = say("the repository {path} can't be read", path=path)
    return HistoryFault("git", message, say("`git status` says what git makes of it"))


class Repository:
    """A repository, seen from the content folder."""

    def __init__(self, git: pygit2.Repository, place: GitFolders, inside: str) -> None:
        self._git, self._place = git, place
        self._objects = Objects(self._header, self._raw)
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
        with self._asking():
            if self._git.head_is_unborn:
                return None
            named = self._git.head
        with self._asking(str(named.target)):
            return str(named.peel(pygit2.Commit).id)

    @cached_property
    def cut_off(self) -> frozenset[str]:
        """The commits whose parents a shallow clone left out. Raises HistoryFault."""
        with self._asking():
            if not self._git.is_shallow:
                return frozenset()
            text = read_file(str(self._place.common / "shallow"), SHALLOW)
            return frozenset(text.decode("ascii").split())

    @cached_property
    def _is_partial(self) -> bool:
        """Whether it was cloned without some of its objects."""
        try:
            settings = self._git.config.snapshot()
            return any(
                (each.name.startswith("remote.") and each.name.endswith(".promisor"))
                or each.name == "extensions.partialclone"
                for each in settings
            )
        except UNREADABLE:
            return False

    @contextmanager
    def _asking(self, name: str = "") -> Iterator[None]:
        """Whatever the repository is like, no other exception than HistoryFault is raised.

        `name` is that of the object that is asked for.
        """
        try:
            yield
        except UNREADABLE as fault:
            raise self._broken(str(fault), name) from fault

    def _broken(self, why: str, name: str) -> HistoryFault:
        found = OBJECT.search(why)
        if not (name := found[0] if found else name):
            message = say("what is checked out, or tagged, can't be read from the repository")
            return HistoryFault("git", message, say("`git status` says what git makes of it"))
        message = say("the repository lacks an object, or can't read it: {name}", name=name)
        if self._is_partial:
            hint = say("the clone is partial: git fetch --refetch --no-filter")
            return HistoryFault("git-partial", message, hint)
        return HistoryFault("git", message, say("`git fsck` says what is wrong with it"))

    def commit(self, name: str) -> Commit:
        """What a tag, a branch or the beginning of a commit's name stands for.

        Raises HistoryFault where it stands for no commit.
        """
        if not name or len(name) > LONGEST or not name.isprintable():
            raise HistoryFault("git-revision", say('"{name}" is no revision', name=name[:LONGEST]))
        if any(each in name for each in NOT_A_COMMIT):
            raise self._unknown(name)
        try:
            return _commit(self._git.revparse_single(name).peel(pygit2.Commit))
        except UNREADABLE as fault:
            raise self._unknown(name) from fault

    def _unknown(self, name: str) -> HistoryFault:
        message = say('git knows no commit "{name}"', name=name)
        if self.cut_off:
            return HistoryFault("git-shallow", message, UNSHALLOW)
        hint = say(
            "name a tag, a branch or a commit, as `git log` lists them; or fetch what others have: "
            "git fetch --tags"
        )
        return HistoryFault("git-revision", message, hint)

    def tags(self, is_wanted: Callable[[str], bool]) -> Mapping[str, Commit | NotACommit]:
        """The commits of all tags with names that are wanted, by the names."""
        with self._asking():
            names = [
                name
                for reference in self._git.listall_references()
                if (name := reference.removeprefix("refs/tags/")) != reference and is_wanted(name)
            ]
        found: dict[str, Commit | NotACommit] = {}
        for name in names:
            try:
                found[name] = _commit(self._git.references[f"refs/tags/{name}"].peel(pygit2.Commit))
            except pygit2.InvalidSpecError:
                found[name] = NotACommit(is_there=True)
            except UNREADABLE:
                found[name] = NotACommit(is_there=False)
        return found

    @property
    def has_tags(self) -> bool:
        """Whether there is any tag. Raises HistoryFault."""
        with self._asking():
            return any(each[:10] == "refs/tags/" for each in self._git.listall_references())

    def walk(self, start: str) -> Iterator[Commit]:
        """A commit and all before it, none before what came of it.

        Raises HistoryFault where one of them is gone.
        """
        order = pygit2.enums.SortMode.TOPOLOGICAL | pygit2.enums.SortMode.TIME
        with self._asking(start):
            for each in self._git.walk(pygit2.Oid(hex=start), order):
                yield _commit(each)

    def files(self, commit: str) -> Mapping[str, str]:
        """The names of the blobs of all regular files of the content folder, by their paths."""
        return {
            path: each.id
            for path, each in self.entries(commit).items()
            if each.kind is EntryKind.FILE
        }

    def entries(self, commit: str) -> Mapping[str, TreeEntry]:
        """All files and links of the content folder, by their paths. Raises HistoryFault."""
        with self._asking(commit):
            tree = self._content(commit)
            return dict(self._objects.files(tree)) if tree else {}

    def files_beside(self, commit: str, name: str) -> Mapping[str, bytes]:
        """All regular files of a folder that stands beside the content folder, by their paths.

        Raises HistoryFault.
        """
        with self._asking(commit):
            tree = self._beside(commit, name)
            return {
                path: self._objects.file(each.id)
                for path, each in (self._objects.files(tree) if tree else ())
                if each.kind is EntryKind.FILE
            }

    def folder_beside(self, commit: str, name: str) -> str | None:
        """The name of the tree of a folder beside the content folder. Raises HistoryFault."""
        with self._asking(commit):
            return self._beside(commit, name)

    def folders_with(self, commit: str, path: str) -> list[str]:
        """The folders of a commit that have a file at `path`. Raises HistoryFault."""
        with self._asking(commit):
            root = self._folder(commit, ())
            assert root is not None
            found = (each for each, entry in self._objects.files(root) if entry.is_file)
            return [
                each.removesuffix(path).rstrip("/")
                for each in found
                if f"/{each}".endswith(f"/{path}")
            ]

    @property
    def root(self) -> Path:
        """The folder that has `.git`."""
        return Path(self._git.workdir)

    def changed(self, commit: str, parent: str | None) -> Mapping[str, EntryChange]:
        """The files of the content folder that a commit has otherwise than a parent.

        Raises HistoryFault where one of them is gone.
        """
        with self._asking(commit):
            after = self._content(commit)
            before = self._content(parent) if parent else None
            return {path: (was, is_) for path, was, is_ in self._objects.differing(before, after)}

    def told(self, commit: str) -> CommitMessage:
        """What was written with a commit. Raises HistoryFault where it is gone."""
        with self._asking(commit):
            found = self._git[pygit2.Oid(hex=commit)].peel(pygit2.Commit)
            coding = found.message_encoding
            lines = _decoded(found.raw_message, coding).strip().splitlines()
            author = _decoded(found.author.raw_name, coding)
            return CommitMessage(_plain(lines[0] if lines else ""), _plain(author))

    def blob(self, commit: str, path: str) -> str | None:
        """The name of the blob of a file of the content folder, None where it wasn't there."""
        *folders, name = path.split("/")
        inside = self.inside.split("/") if self.inside else []
        with self._asking(commit):
            tree = self._folder(commit, [*inside, *folders])
            entry = self._objects.folder(tree).get(name) if tree else None
            return entry.id if entry and entry.kind is EntryKind.FILE else None

    def data(self, blob: str, largest: int = LARGEST_FILE) -> bytes:
        """A blob's bytes. Raises HistoryFault, where there are more of them too."""
        with self._asking(blob):
            return self._objects.file(blob, largest)

    def text(self, blob: str) -> bytes:
        """A text's bytes, to compare it with others; nothing where it is too large to be one."""
        return self.data(blob) if self.size(blob) <= LARGEST else b""

    def size(self, blob: str) -> int:
        """How many bytes a blob has, which is not read for that. Raises HistoryFault."""
        with self._asking(blob):
            return self._objects.size(blob)

    def holds(self, blob: str, file: Blob) -> bool:
        """Whether a blob is what a file holds that has these bytes.

        Line ends that git converts on the way out, and files that Git LFS keeps, are the same.
        """
        size = self.size(blob)
        if size == file.size:
            return blob_name(size, file.pieces(), like=blob) == blob
        if size <= LONGEST_POINTER and (pointer := LFS.match(self.data(blob))):
            return file.sha256.encode() == pointer[1]
        if size > file.size or sum(map(len, pieces_with_line_feeds(file.pieces()))) != size:
            return False
        return blob_name(size, pieces_with_line_feeds(file.pieces()), like=blob) == blob

    def _header(self, name: str) -> tuple[str, int]:
        kind, size = self._git.odb.read_header(pygit2.Oid(hex=name))
        return KINDS.get(kind, ""), size

    def _raw(self, name: str) -> bytes:
        data: bytes = self._git.odb.read(pygit2.Oid(hex=name))[1]
        return data

    def _content(self, commit: str) -> str | None:
        """The content folder's tree in a commit, None where it wasn't there."""
        return self._folder(commit, self.inside.split("/") if self.inside else ())

    def _beside(self, commit: str, name: str) -> str | None:
        """The same of a folder beside it; nothing stands beside a whole repository."""
        folders = self.inside.split("/")[:-1]
        return self._folder(commit, [*folders, *name.split("/")]) if self.inside else None

    def _folder(self, commit: str, parts: Sequence[str]) -> str | None:
        """A folder's tree in a commit, None where it wasn't there."""
        found = str(self._git[pygit2.Oid(hex=commit)].peel(pygit2.Commit).tree_id)
        for part in parts:
            entry = self._objects.folder(found).get(part)
            if entry is None or entry.kind is not EntryKind.FOLDER:
                return None
            found = entry.id
        return found


EntryChange = tuple[TreeEntry | None, TreeEntry | None]
"""What a file was before, and after; None where it was not there."""


def _commit(found: pygit2.Commit) -> Commit:
    try:
        zone = timezone(timedelta(minutes=found.commit_time_offset))
    except ValueError:  # a whole day, or more
        zone = UTC
    moment = datetime.fromtimestamp(found.commit_time, UTC).astimezone(zone)
    return Commit(str(found.id), moment.date(), tuple(str(each) for each in found.parent_ids))


def _decoded(data: bytes, coding: str | None) -> str:
    """What was written with a commit, in UTF-8 unless the commit says otherwise."""
    try:
        return data.decode(coding or "utf-8", "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")


def _plain(text: str) -> str:
    """Text for a page: what can't be printed, or directs other text, is a space."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:LONGEST]
