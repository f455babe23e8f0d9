"""Two sites, what others put beside their files, and how a reader sees a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from innspill.output import Cleaned, Output, Published
from innspill.publish import State, clean, locked, publish, state_of

NOBODY = 65534
GENERATOR = "innspill 0.1.0"


def outputs(files: Mapping[str, bytes]) -> list[Output]:
    """A site of these files."""
    return [Output(path, data, (f"content/{path}.md",)) for path, data in files.items()]


OLD = outputs(
    {
        "index.html": b"<p>old",
        "alna/index.html": b"<p>old statement",
        "alna/uttalelse.pdf": b"%PDF old" * 3000,
        "alna/gone/index.html": b"<p>soon gone",
        "assets/font.woff2": b"\0font" * 2000,
        "assets/style.css": b"old {}",
        "away/deep/er/index.html": b"<p>soon gone too",
        "file": b"will be a folder",
        "folder/a/b.txt": b"will be a file",
        "manual/index.html": b"<p>old manual",
    }
)
NEW = outputs(
    {
        "index.html": b"<p>new",
        "alna/index.html": b"<p>new statement",
        "alna/uttalelse.pdf": b"%PDF new" * 3000,
        "assets/font.woff2": b"\0font" * 2000,
        "assets/style.css": b"new {}",
        "assets/deep/er/script.js": b"new()",
        "file/a/b.txt": b"is now in a folder",
        "folder": b"is now a file",
        "manual/index.html": b"<p>old manual",
        "grorud/index.html": b"<p>another statement",
    }
)
FOREIGN = {"robots.txt": b"User-agent: *", "alna/note.txt": b"by hand", "own/deep/x": b"x"}
"""Files that others put into the folder."""
BY_HAND = {"assets/style.css": b"by hand {}", "alna/gone/index.html": b"<p>by hand"}
"""Files of ours that someone has changed."""


def state_in(folder: Path, *, project: Path | None = None, adopts: bool = False) -> State:
    """The state of a folder that a project publishes to: the one around it unless told another."""
    return state_of(folder, (project or folder.parent) / ".innspill", adopts=adopts)


def publish_now(
    site: Iterable[Output], folder: Path, *, project: Path | None = None, adopts: bool = False
) -> Published:
    """One run by itself."""
    state = state_in(folder, project=project, adopts=adopts)
    with locked(state, on_wait=_never):
        return publish(site, state, generator=GENERATOR)


def recover_now(folder: Path) -> None:
    """Tidies up what a killed run left, and does no more."""
    with locked(state_in(folder), on_wait=_never):
        pass


def clean_now(folder: Path, *, adopts: bool = False) -> Cleaned:
    """Takes away what was published."""
    state = state_in(folder, adopts=adopts)
    with locked(state, on_wait=_never):
        return clean(state)


def way_of(published: Published) -> str:
    """How the site came into the folder: as a whole, file by file, or not at all."""
    if not (published.written or published.removed):
        return "nothing"
    return "files" if published.reason else "exchange"


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Files as someone else would put them there."""
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        target.write_bytes(data)


def old_site(folder: Path) -> None:
    """The old site, with what others have put and changed in it."""
    publish_now(OLD, folder)
    write(folder, {**FOREIGN, **BY_HAND})
    (folder / "latest.pdf").symlink_to("alna/uttalelse.pdf")
    (folder / "empty/inner").mkdir(parents=True)


def seen(folder: Path) -> dict[str, bytes | str]:
    """What a reader finds: the bytes of files, where links lead, and folders."""
    found: dict[str, bytes | str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        else:
            found[name] = "folder" if path.is_dir() else path.read_bytes()
    return found


def files_seen(folder: Path) -> dict[str, bytes | str]:
    """The same without folders, and without what is there only meanwhile."""
    return {
        path: data
        for path, data in seen(folder).items()
        if data != "folder" and ".innspill" not in path
    }


def stamps(folder: Path) -> dict[str, tuple[int, int, int]]:
    """What changes as soon as anything is written."""
    paths = [folder, *folder.rglob("*")]
    status = {str(path): path.lstat() for path in paths}
    return {path: (s.st_ino, s.st_mtime_ns, s.st_ctime_ns) for path, s in status.items()}


def kept(folder: Path) -> set[bytes]:
    """The contents of all copies that were saved."""
    place = folder.parent / ".innspill/kept" / folder.name
    return {path.read_bytes() for path in place.rglob("*") if path.is_file()}


def leftovers(folder: Path) -> list[str]:
    """What a run must not leave behind it: all but the lock and what helps the next."""
    work = folder.parent / ".innspill/publish" / folder.name
    hidden = list(folder.rglob(".innspill-*")) if folder.exists() else []
    stays = {"lock", "made-here"}
    return [str(path) for path in (*work.iterdir(), *hidden) if path.name not in stays]


@contextmanager
def ordinary_user() -> Iterator[Path]:
    """A place of someone whom modes hold back, as they don't hold back root."""
    with TemporaryDirectory() as name:
        place = Path(name)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(place, NOBODY, NOBODY)
            os.setegid(NOBODY)
            os.seteuid(NOBODY)
        try:
            yield place
        finally:
            if is_root:
                os.seteuid(0)
                os.setegid(0)
            place.chmod(0o700)


def environment() -> dict[str, str]:
    """For a child that runs one of the scripts here."""
    import innspill

    source = Path(innspill.__file__).parents[1]
    return {**os.environ, "PYTHONPATH": str(source)}


def _never() -> None:
    raise AssertionError("nobody else works on the folder")
