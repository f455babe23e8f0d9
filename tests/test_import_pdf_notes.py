"""Footnotes of a PDF, and the foot of a letter's first page: neither is text where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from letter_kinds import BARNEVERN, CASE, SKOLE
from sites import INDEX, faults, project, write
from ugly_letters import pdf

from innspill.importing.blocks import Block, Letter, TextBlock
from innspill.importing.command import ImportRequest, import_files
from innspill.importing.reading import read_here

NOTES = (
    "@page { size: A4; margin: 25mm } body { font: 11pt sans-serif } h1 { font-size: 16pt }"
    ".n { float: footnote; font-size: 9pt }"
    ".n::footnote-call { content: counter(footnote); font-size: 7pt; vertical-align: super }"
    ".n::footnote-marker { content: counter(footnote) ' ' }"
    "sup { font-size: 7pt; vertical-align: super }"
)


def note(text: str) -> str:
    return f"<span class=n>{text}</span>"


def letter(body: str) -> Letter:
    return read_here(pdf(body, NOTES), "brev.pdf")


def shown(blocks: Iterable[Block]) -> list[str]:
    """Texts with their marks of notes, as `brevet[1]`."""
    texts = [each for each in blocks if isinstance(each, TextBlock)]
    return [
        "".join(run.text + (f"[{run.note}]" if run.note else "") for run in each.runs).strip()
        for each in texts
    ]


def notes_of(made: Letter) -> list[tuple[str, str]]:
    return [(label, " ".join(each.text for each in texts)) for label, texts in made.notes]


def test_a_mark_and_its_note() -> None:
    made = letter(f"<p>Utvalget viser til sak 4/26{note('Fra 3. mars 2026.')}, og svarer.</p>")
    assert [each.replace(" ,", ",") for each in shown(made.blocks)] == [
        "Utvalget viser til sak 4/26[1], og svarer."
    ]
    assert notes_of(made) == [("1", "Fra 3. mars 2026.")]


def test_notes_count_on_over_pages_and_the_last_may_stand_on_the_next() -> None:
    names = [f"{chr(65 + n % 26)}{chr(97 + n // 26)}" for n in range(40)]
    paragraphs = (
        f"<p>Avsnitt {name} om skolen{note(f'Rapport {name}, ' + 'en lang kilde ' * n)} står her, "
        "og det er langt nok til å gå over mer enn bare én linje av en vanlig side.</p>"
        for n, name in enumerate(names, 1)
    )
    made = letter("".join(paragraphs))
    assert made.pages > 2
    told = [text.split(",")[0] for _, text in notes_of(made)]
    assert told == [f"Rapport {name}" for name in names]
    texts = shown(made.blocks)
    assert [
        f"Avsnitt {name} om skolen[{n}]" in texts[n - 1] for n, name in enumerate(names, 1)
    ] == [True] * len(names)


def test_square_metres_and_an_item_are_no_footnote() -> None:
    made = letter(
        "<p>Lokalet er 100 m<sup>2</sup>, og salen 40 m<sup>2</sup>.</p><p>2 Av 3 er enige.</p>"
        "<p>Tallet<sup>1</sup> er høyt.</p><p>1. Første grunn.</p>"
    )
    assert made.notes == ()
    assert "".join(shown(made.blocks)).count("m²") == 2
    assert any("Tallet¹ er" in each for each in shown(made.blocks))


def test_a_letter_with_footnotes_is_whole_and_held_to_its_file(tmp_path: Path) -> None:
    write(tmp_path, {"index.md": INDEX, "sak/index.md": CASE})
    file = tmp_path / "brev.pdf"
    file.write_bytes(
        pdf(
            f"<h1>Eksempel på svar fra Søndre eldreråd</h1><p>Vedtatt 3. mars 2026{note('Sak 4.')}."
            f"</p><p><b>1. {SKOLE}</b></p><p>Alle.{note('Se rapporten.')}</p>"
            f"<p><b>2. {BARNEVERN}</b></p><p>Nei.</p>",
            NOTES,
        )
    )
    (made,) = import_files(project(tmp_path), ImportRequest((file,), "sak/svar"))
    assert made.written, made.report
    text = (tmp_path / "content/sak/svar.md").read_text("utf-8")
    assert "original: svar-original.pdf" in text
    assert "## Svar {#skole}\n\nAlle.[^2]\n\n## Svar {#barnevern}\n\nNei.\n\n[^1]: Sak 4." in text
    assert "Mended" not in "\n".join(map(str, made.report))
    assert not [each for each in faults(tmp_path, {}) if each.severity.name == "ERROR"]


def test_the_foot_of_the_first_page_is_no_text() -> None:
    foot = (
        "<table style='position: absolute; top: 246mm; width: 160mm'><tr><td>Eksempel bydel<td>"
        "Besøksadresse: Eksempelgata 1<td>Telefon: 21 80 21 80<tr><td>Bydelen<td>0001 Oslo"
        "<td>Org.nr: 000 000 000</table>"
    )
    page = "@page { size: A4; margin: 25mm 25mm 10mm } body { font: 11pt sans-serif }"
    body = f"<p>Dette er brevet.</p>{foot}<p style='break-before: page'>Og dette er resten.</p>"
    made = read_here(pdf(body, page), "brev.pdf")
    assert shown(made.blocks) == ["Dette er brevet.", "Og dette er resten."]
    (told,) = [each.words for each in made.left_out]
    assert "Telefon: 21 80 21 80" in told
    assert "0001 Oslo" in told


def test_a_power_is_no_mark_though_a_note_has_its_number() -> None:
    made = letter(
        f"<p>I 2025{note('Kilde A.')} var 12 m<sup>2</sup> leid{note('Kilde B.')} ut.</p>"
    )
    assert shown(made.blocks) == ["I 2025[1] var 12 m² leid[2] ut."]
    assert [label for label, _ in notes_of(made)] == ["1", "2"]
