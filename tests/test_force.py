"""A phrase's force: found in a quote, and not more than the letter says."""

from __future__ import annotations

import pytest

from innspill.check.force import RANKED, UNKNOWN, find_force, rank


@pytest.mark.parametrize(
    ("phrase", "quote", "after", "stands", "instead"),
    [
        ("bør", "Ansvaret bør overføres til bydelene", "", True, ""),
        ("bør vurderes", "bør det også vurderes å legge ansvaret", "", True, ""),
        ("bør", "bør det også vurderes å legge ansvaret", "", True, "bør vurderes"),
        ("bør", "Som en del bør det også", " vurderes å legge ansvaret", True, "bør vurderes"),
        ("bør", "skolene bør overføres", ". Dette kan vurderes", True, ""),
        ("kan", "kan vurderes å legge sentralt", "", True, "kan vurderes"),
        ("kan", "kan sentraliseres, men det andre kan vurderes", "", True, ""),
        ("anbefaler", "vi med dette ikke anbefaler en sammenslåing", "", True, "ikke anbefaler"),
        ("bør", "Kontoret bør ikke flyttes", "", True, "bør ikke"),
        ("bør", "bør overføres, og helst ikke senere", "", True, ""),
        ("må", "det bør overføres", "", False, ""),
        ("kan", "kanskje kantine", "", False, ""),
        ("Bør", "BØR overføres", "", True, ""),
        ("kunne", "kunne med fordel vært styrket", "", True, "kunne med fordel"),
        ("bør", "dette", " bør gjøres", False, ""),
    ],
)
def test_find_force(phrase: str, quote: str, after: str, stands: bool, instead: str) -> None:
    found = find_force(phrase, quote, after)
    assert (found.stands, found.instead) == (stands, instead)


def test_the_strongest_ranks_first() -> None:
    order = ["må", "bør", "bør vurderes", "kan", "kan vurderes"]
    assert sorted(order, key=rank) == order
    assert rank("hadde vært fint") == UNKNOWN


def test_every_known_phrase_finds_itself() -> None:
    for phrase in (each for row in RANKED for each in row):
        assert find_force(phrase, f"vi mener det {phrase} her", "").stands
