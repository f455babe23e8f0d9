"""Nothing in a PDF is of the moment or the machine; `test_build` makes the same bytes twice."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from everything import WHOLE, everything
from sites import project, write

from innspill.build import build
from innspill.pdf import finish as finisher
from innspill.project import BuildOptions, BuildResult


def test_fonts_are_named_after_their_content(whole: tuple[Path, BuildResult]) -> None:
    names: dict[str, set[bytes]] = {}
    for name in ("uttalelse", "sammendrag"):
        with pikepdf.open(whole[0] / WHOLE / f"{name}.pdf") as pdf:
            for key, font in pdf.pages[0].Resources.Font.items():
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert str(font.BaseFont) == str(descriptor.FontName)
                assert re.fullmatch(rf"{key}\+[A-Z]\S+", str(font.BaseFont))
                names.setdefault(str(font.BaseFont), set()).add(descriptor.FontFile2.read_bytes())
    assert len(names) >= 3
    assert all(len(files) == 1 for files in names.values())


def test_nothing_of_the_clock_or_the_machine_is_in_it(whole: tuple[Path, BuildResult]) -> None:
    with pikepdf.open(whole[0] / WHOLE / "uttalelse.pdf") as pdf:
        dates = {str(each) for key, each in pdf.docinfo.items() if key.endswith("Date")}
        assert dates == {"D:20260212"}
        first, second = pdf.trailer.ID
        assert bytes(first) == bytes(second)


def drawn(pdf: Path) -> list[bytes]:
    """Each page as a picture."""
    target = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", "60", pdf, target], check=True)
    return [page.read_bytes() for page in sorted(pdf.parent.glob(f"{target.name}-*.ppm"))]


def test_finishing_moves_nothing_that_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, given = finisher.finish, tmp_path / "as-given.pdf"

    def kept(raw: bytes, *rest: object) -> bytes:
        if not given.exists():  # the whole text, which comes first
            given.write_bytes(raw)
        return finish(raw, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(finisher, "finish", kept)
    place = project(write(tmp_path, everything()))
    build(place, BuildOptions(jobs=1), lambda *_: None)  # in this process, which was changed
    finished = tmp_path / "finished.pdf"
    finished.write_bytes((tmp_path / "build" / WHOLE / "uttalelse.pdf").read_bytes())
    pages = drawn(finished)
    assert len(pages) > 4
    assert pages == drawn(given)
