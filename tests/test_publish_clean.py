"""What cleaning removes, and what the manifest is checked against."""

from __future__ import annotations

from pathlib import Path

import pytest
from publish_sites import (
    BY_HAND,
    FOREIGN,
    NEW,
    OLD,
    clean_now,
    kept,
    old_site,
    publish_now,
    seen,
    write,
)

from innspill.manifest import verify
from innspill.output import Cleaned


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "build"


def test_removes_ours_and_leaves_the_rest(folder: Path) -> None:
    old_site(folder)
    cleaned = clean_now(folder, adopts=True)
    assert cleaned.removed == tuple(sorted(output.path for output in OLD))
    assert cleaned.foreign == ("alna/note.txt", "latest.pdf", "own/deep/x", "robots.txt")
    assert set(cleaned.saved) == BY_HAND.keys()
    assert kept(folder) == set(BY_HAND.values())
    assert seen(folder).keys() == {
        "alna",
        "alna/note.txt",
        "empty",
        "empty/inner",
        "latest.pdf",
        "own",
        "own/deep",
        "own/deep/x",
        "robots.txt",
    }


def test_removes_the_folder_where_all_was_ours(folder: Path) -> None:
    publish_now(NEW, folder)
    assert len(clean_now(folder, adopts=True).removed) == len(NEW)
    assert not folder.exists()
    assert clean_now(folder, adopts=True) == Cleaned((), (), {})


def test_leaves_a_link_to_the_folder(folder: Path) -> None:
    folder.with_name("real").mkdir()
    folder.symlink_to("real")
    publish_now(NEW, folder)
    clean_now(folder, adopts=True)
    assert folder.is_symlink()
    assert list(folder.iterdir()) == []


def test_removes_nothing_without_a_manifest(folder: Path) -> None:
    write(folder, {**FOREIGN, "manifest.json": b"theirs"})
    before = seen(folder)
    cleaned = clean_now(folder, adopts=True)
    assert cleaned == Cleaned((), tuple(sorted((*FOREIGN, "manifest.json"))), {})
    assert seen(folder) == before


def test_verify_names_each_difference(folder: Path) -> None:
    assert verify(folder) == ("missing manifest.json",)
    publish_now(NEW, folder)
    (folder / "index.html").write_bytes(b"changed")
    (folder / "folder").unlink()
    (folder / "alna/index.html").unlink()
    (folder / "alna/index.html").symlink_to("../index.html")
    assert verify(folder) == ("changed alna/index.html", "missing folder", "changed index.html")
