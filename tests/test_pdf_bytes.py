"""Nothing in a PDF is of the moment or the machine; `test_build` makes the same bytes twice."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
from everything import WHOLE

from innspill.project import Built


def test_fonts_are_named_after_their_content(whole: tuple[Path, Built]) -> None:
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


def test_nothing_of_the_clock_or_the_machine_is_in_it(whole: tuple[Path, Built]) -> None:
    with pikepdf.open(whole[0] / WHOLE / "uttalelse.pdf") as pdf:
        dates = {str(each) for key, each in pdf.docinfo.items() if key.endswith("Date")}
        assert dates == {"D:20260212"}
        first, second = pdf.trailer.ID
        assert bytes(first) == bytes(second)
