"""Full disks, missing rights and other disks: the old site stays whole, or another way is found."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from publish_sites import (
    FOREIGN,
    NEW,
    NOBODY,
    OLD,
    clean_now,
    environment,
    files_seen,
    leftovers,
    old_site,
    ordinary_user,
    publish_now,
    seen,
    way_of,
    write,
)

from innspill.manifest import verify
from innspill.publish import PublishError, exchange

FULL = Path(__file__).with_name("publish_full.py")
CHILD = Path(__file__).with_name("publish_child.py")
ALONE = ["unshare", "-rm", "sh", "-ec"]


@pytest.fixture(scope="module")
def can_mount(tmp_path_factory: pytest.TempPathFactory) -> None:
    command = [*ALONE, 'mount -t tmpfs none "$0"', str(tmp_path_factory.mktemp("trial"))]
    if shutil.which("unshare") is None or subprocess.run(command, check=False).returncode:
        pytest.skip("this machine does not let us mount")


def run(command: list[str]) -> str:
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("way", ["exchange", "refused", "first"])
def test_a_limit_on_the_size_of_files(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "build"
    sentence = run([sys.executable, str(FULL), str(folder), way, "limit"])
    assert sentence.startswith(f"The new site could not be written: {tmp_path}")
    assert sentence.endswith(
        ": the file would be larger than is allowed. What is published is as it was. "
        "Raise the limit on the size of files (ulimit -f) and run it again."
    )


@pytest.mark.parametrize("way", ["exchange", "refused", "first"])
@pytest.mark.parametrize("end", ["disk", "files"])
@pytest.mark.usefixtures("can_mount")
def test_a_full_disk(tmp_path: Path, way: str, end: str) -> None:
    mount = 'mount -t tmpfs -o size=1000k,nr_inodes=300 none "$0"; exec "$@"'
    script = [sys.executable, str(FULL), str(tmp_path / "build"), way, end]
    sentence = run([*ALONE, mount, str(tmp_path), *script])
    assert sentence.startswith(f"The new site could not be written: {tmp_path}")
    assert sentence.endswith(
        ": there is no space left. What is published is as it was. "
        "Free some space there and run it again."
    )


@pytest.mark.parametrize("end", ["disk", "files"])
@pytest.mark.usefixtures("can_mount")
def test_a_full_disk_that_is_the_folder_itself(tmp_path: Path, end: str) -> None:
    folder = tmp_path / "build"
    folder.mkdir()
    mount = 'mount -t tmpfs -o size=1000k,nr_inodes=300 none "$0"; exec "$@"'
    script = [sys.executable, str(FULL), str(folder), "exchange", end]
    sentence = run([*ALONE, mount, str(folder), *script])
    assert "there is no space left. What is published is as it was." in sentence


@pytest.mark.usefixtures("can_mount")
def test_another_disk_within_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    old_site(folder)
    mount = 'mount --bind "$0" "$0"; exec "$@"'
    for place in ("own", "alna", "empty"):
        prefix = [*ALONE, mount, str(folder / place)]
        for what in ("new", "old"):
            run([*prefix, sys.executable, str(CHILD), str(folder), what, "exchange"])
            assert verify(folder) == ()
            assert files_seen(folder).items() >= FOREIGN.items()
            assert leftovers(folder) == []


def test_the_folder_around_it_can_not_be_written_to() -> None:
    with ordinary_user() as place:
        folder, project = place / "build", place / "project"
        folder.mkdir()
        project.mkdir()
        place.chmod(0o500)
        for site in (OLD, NEW):
            published = publish_now(site, folder)
            assert way_of(published) == "files"
            assert str(published.reason) == f"The folder holds {folder / '.innspill'}."
            assert published.foreign == ()
            assert verify(folder) == ()
        assert way_of(publish_now(NEW, folder)) == "nothing"
        write(folder, {"index.html": b"by hand"})
        with pytest.raises(PublishError, match="the right to do so is missing"):
            publish_now(NEW, folder)
        assert seen(folder)["index.html"] == b"by hand"
        ((_, copy),) = publish_now(NEW, folder, project=project).saved.items()
        assert copy.read_bytes() == b"by hand"
        assert copy.is_relative_to(project / ".innspill/kept")
        # Whoever could write beside it must share the lock that is inside.
        place.chmod(0o700)
        assert way_of(publish_now(OLD, folder)) == "files"
        assert not (place / ".innspill").exists()
        clean_now(folder)
        assert [path.name for path in folder.iterdir()] == [".innspill"]


def test_no_folder_can_be_made() -> None:
    with ordinary_user() as place:
        place.chmod(0o500)
        with pytest.raises(PublishError) as caught:
            publish_now(NEW, place / "build")
        assert str(caught.value.message).endswith(
            ": the right to do so is missing. What is published is as it was. "
            "Give the user who runs it the right to write there."
        )


@pytest.mark.parametrize("path", ["alna", "alna/gone", "assets"])
def test_a_part_of_the_folder_can_not_be_written_to(path: str) -> None:
    with ordinary_user() as place:
        folder, project = place / "build", place / "project"
        folder.mkdir()
        folder.chmod(0o700)
        project.mkdir()
        place.chmod(0o500)
        old_site(folder)
        (folder / path).chmod(0o500)
        before = files_seen(folder)
        with pytest.raises(PublishError, match=f"{folder}.*the right to do so is missing"):
            publish_now(NEW, folder, project=project)
        assert files_seen(folder) == before
        assert not list(folder.rglob(".innspill-*"))
        (folder / path).chmod(0o700)
        publish_now(NEW, folder, project=project)
        assert verify(folder) == ()


def test_a_foreign_folder_that_can_not_be_written_to_is_carried_over() -> None:
    with ordinary_user() as place:
        folder = place / "build"
        old_site(folder)
        (folder / "own").chmod(0o500)
        assert way_of(publish_now(NEW, folder)) == "exchange"
        assert stat.S_IMODE((folder / "own").stat().st_mode) == 0o500
        assert files_seen(folder).items() >= FOREIGN.items()
        assert leftovers(folder) == []


def test_a_foreign_folder_that_can_not_be_read() -> None:
    with ordinary_user() as place:
        folder = place / "build"
        old_site(folder)
        (folder / "own").chmod(0)
        published = publish_now(NEW, folder)
        assert way_of(published) == "files"
        assert str(published.reason) == (
            f"{folder / 'own'} can't be exchanged: the right to do so is missing."
        )
        assert "own" in published.foreign
        assert stat.S_IMODE((folder / "own").stat().st_mode) == 0
        (folder / "own").chmod(0o700)
        assert files_seen(folder).items() >= FOREIGN.items()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_folder_of_another_user() -> None:
    with ordinary_user() as place:
        folder = place / "build"
        old_site(folder)
        os.seteuid(0)
        os.chown(folder / "own", 0, 0)
        os.chown(folder / "own/deep", 0, 0)
        os.seteuid(NOBODY)
        published = publish_now(NEW, folder)
        assert way_of(published) == "files"
        assert str(published.reason) == (
            f"{folder / 'own/deep'} can't be exchanged: it is not allowed."
        )
        assert verify(folder) == ()
        os.seteuid(0)
        shutil.rmtree(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
@pytest.mark.parametrize("can_link", [True, False])
def test_root_leaves_what_is_there_to_its_owner(
    tmp_path: Path, can_link: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not can_link:
        monkeypatch.setattr(exchange, "_is_linked", lambda source, target: False)
    folder = tmp_path / "build"
    old_site(folder)
    for path in (folder, folder / "alna", folder / "robots.txt"):
        os.chown(path, NOBODY, NOBODY)
    assert way_of(publish_now(NEW, folder)) == "exchange"
    for path in (folder, folder / "alna", folder / "robots.txt"):
        assert (path.stat().st_uid, path.stat().st_gid) == (NOBODY, NOBODY)


def test_a_lock_of_another_user() -> None:
    with ordinary_user() as place:
        publish_now(OLD, place / "build")
        (place / ".innspill/publish/build/lock").chmod(0o400)
        publish_now(NEW, place / "build")
        assert seen(place / "build")["index.html"] == b"<p>new"
