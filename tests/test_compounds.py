"""Where long Norwegian words are divided in the PDFs."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import page_lines
from sites import ANSWERS, build_quietly, project, statement, write

from innspill.pdf.compounds import Joints

LIMITS = (6, 5)
"""As in `templates/print/uttalelse.css`."""


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("bydelsorganiseringen", ["bydels-organiseringen"]),
        ("informasjonssikkerhet", ["informasjons-sikkerhet"]),
        ("samfunnsutviklere", ["samfunns-utviklere"]),
        ("Skoleinntaksområdene", ["Skoleinntaks-områdene"]),
        ("tilgjengelighetserklæringen", ["tilgjengelighets-erklæringen"]),
        ("sårbarheitsanalyse", ["sårbarheits-analyse"]),
        ("helsesjukepleiarane", ["helsesjuke-pleiarane"]),
        ("bydelsstyrerepresentant", ["bydelsstyre-representant", "bydels-styrerepresentant"]),
        ("tjenesteprestasjon", ["tjeneste-prestasjon"]),
        ("mindretallsanmerkning", ["mindretalls-anmerkning"]),
        ("arbeidsgiveransvaret", ["arbeidsgiver-ansvaret", "arbeids-giveransvaret"]),
    ],
)
def test_a_compound_is_divided_at_its_joints(word: str, parts: list[str]) -> None:
    assert ["-".join(each) for each in Joints(*LIMITS).iterate(word)] == parts


@pytest.mark.parametrize(
    "word",
    [
        "effektivisering",
        "hensiktsmessig",
        "helsestasjonene",
        "vikingskipene",
        "overrepresentert",
        "manifestasjoner",
        "hovedredaktøren",
        "arbeidsomheten",
        "saksbehandling",
        "mobiltelefoner",  # "mobil" is shorter than what stays on a line
        "forliksdomstolene",
    ],
)
def test_a_word_without_a_joint_that_is_known_stays_whole(word: str) -> None:
    assert not list(Joints(*LIMITS).iterate(word))


def test_pdfs_divide_norwegian_words_at_joints_alone(tmp_path: Path, store: Path) -> None:
    words = ("lokalsamfunnsutviklerne", "informasjonssikkerheten", "bydelsorganiseringen")
    body = "\n\n".join(f"{'på ' * (n // 3)}{words[n % 3]}" for n in range(60, 132))
    folder = write(tmp_path, statement(f"{ANSWERS}\n{body}\n"))
    assert build_quietly(project(folder, store=store)).published
    pages = page_lines(folder / "build/sak/eksempel/uttalelse.pdf")
    ends = {line.split()[-1] for page in pages for line in page if line.endswith("\xad")}
    assert ends == {"lokalsamfunns\xad", "informasjons\xad", "bydels\xad"}
