"""What is rendered is kept outside of memory: found again, and made anew where it is lost."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from sites import EXAMPLE, build_quietly, project, tree, write

from innspill.kept_texts import BODY, LostText, TextsInMemory, TextsInStore, kept_in_one
from innspill.serve.state import Preview
from innspill.slots import Slot, slot
from innspill.spool import Spool
from innspill.store import Store

PAGE = "sak/eksempel/index.html"


def bodies(store: Path) -> list[Path]:
    """The files of a store that hold what was rendered."""
    found = []
    for path in store.glob("memo/*/*"):
        name = hashlib.sha256(path.read_bytes()[64:]).hexdigest()
        if path.parent.name + path.name == hashlib.sha256(f"{BODY}\0{name}".encode()).hexdigest():
            found.append(path)
    return found


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A site that was built, and then changed in one statement of two."""
    more = {"sak/annet.md": str(EXAMPLE["sak/eksempel.md"]).replace("committee: ", "committee: B ")}
    write(tmp_path, {**EXAMPLE, **more})
    assert build_quietly(project(tmp_path), with_pdf=False).published
    change(tmp_path)
    return tmp_path


def change(folder: Path) -> None:
    path = folder / "content/sak/eksempel.md"
    path.write_text(path.read_text() + "\nEt avsnitt til.\n")


def test_texts_are_found_where_they_stand(tmp_path: Path) -> None:
    (tmp_path / "memo").mkdir()
    for texts in (TextsInMemory(), TextsInStore(Store(tmp_path))):
        kept, body = kept_in_one([b"en", f"to {slot('size', 'a')}".encode(), b""])
        assert not texts.has(kept[0].body)
        texts.put(body)
        assert texts.has(kept[0].body)
        assert [texts.read(each) for each in kept] == [b"en", b"to \0size a\0", b""]
        assert [each.slots for each in kept] == [(), (Slot("size", "a"),), ()]


def test_a_store_that_takes_nothing_costs_only_memory(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    texts = TextsInStore(Store(tmp_path / "file"))
    (kept,), body = kept_in_one([b"en"])
    texts.put(body)
    assert texts.read(kept) == b"en"


@pytest.mark.parametrize("damage", ["changed", "cut", "gone"])
def test_what_is_lost_is_made_anew(built: Path, damage: str) -> None:
    place = project(built)
    for path in bodies(place.store):
        data = path.read_bytes()
        match damage:
            case "changed":
                path.write_bytes(data[:64] + data[64:].replace(b"a", b"e"))
            case "cut":
                path.write_bytes(data[:-2000])
            case _:
                path.unlink()
    assert build_quietly(place, with_pdf=False).published
    (fresh := built / "fresh").mkdir()
    place.content.rename(fresh / "content")
    assert build_quietly(project(fresh), with_pdf=False).published
    assert tree(built / "build") == tree(fresh / "build")


def test_a_damaged_text_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "memo").mkdir()
    texts = TextsInStore(Store(tmp_path))
    (kept,), body = kept_in_one([b"en tekst"])
    texts.put(body)
    (path,) = bodies(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"T")
    with pytest.raises(LostText):
        texts.read(kept)
    assert not texts.has(kept.body)


def test_only_what_differs_is_made(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    keep = Spool.keep

    def noting(spool: Spool, path: str, *given: object) -> object:
        made.append(path)
        return keep(spool, path, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Spool, "keep", noting)
    built_anew = build_quietly(project(built), with_pdf=False)
    assert built_anew.published
    assert {*built_anew.published.written} <= {*made}
    assert "sak/annet/index.html" not in made
    assert PAGE in made
    assert "sak/sporsmal/to/index.html" in made  # its last paragraph is of that answer


def test_the_preview_goes_on_where_the_store_is_emptied(built: Path) -> None:
    preview = Preview(project(built))
    preview.update(with_templates=True)
    for path in bodies(project(built).store):
        path.unlink()
    with pytest.raises(LostText):
        preview.view(PAGE)
    preview.update(with_templates=False)
    html = preview.view(PAGE).html
    assert html is not None
    assert "Et avsnitt til." in html.decode()
