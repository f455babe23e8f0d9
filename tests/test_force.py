"""A phrase's force: found in a quote, and not more than the letter says."""

from __future__ import annotations

import pytest

from innspill.check.force import PHRASES, UNKNOWN, find_force, rank


@pytest.mark.parametrize(
    ("phrase", "text", "stands", "instead"),
    [
        # The quote is what stands between the bars, else all of the text.
        ("bør", "Ansvaret bør overføres til bydelene", True, ""),
        ("bør vurderes", "bør det også vurderes å legge ansvaret", True, ""),
        ("bør", "bør det også vurderes å legge ansvaret", True, "bør vurderes"),
        ("bør", "Som en del |bør det også| vurderes å legge ansvaret", True, "bør vurderes"),
        ("bør", "Som en del |bør vurder|es nå", True, "bør vurderes"),
        ("bør", "Byrådet bør vurdere å flytte det", True, "bør vurdere"),
        ("bør", "skolene |bør overføres|. Dette kan vurderes", True, ""),
        ("bør", "bør overføres, mens barnehagene kan vurderes", True, ""),
        ("bør", "bør overføres. Også barnehagene vurderes", True, ""),
        ("bør", "bør f.eks. vurderes", True, "bør vurderes"),
        ("bør", "bør følge de krav som vurderes", True, ""),
        ("kan", "kan vurderes å legge sentralt", True, "kan vurderes"),
        ("kan", "kan sentraliseres, men det andre kan vurderes", True, ""),
        ("anbefaler", "vi med dette ikke anbefaler en sammenslåing", True, "ikke anbefaler"),
        ("anbefaler", "Utvalget anbefaler ikke dette", True, "anbefaler ikke"),
        ("ikke anbefaler", "vi med dette ikke anbefaler en sammenslåing", True, ""),
        ("bør", "Kontoret |bør| ikke flyttes", True, "bør ikke"),
        ("bør", "at kontoret ikke |bør flyttes|", True, "ikke bør"),
        ("er ønskelig", "det er ikke ønskelig med flere", True, "er ikke ønskelig"),
        ("må", "dette må aldri skje", True, "må aldri"),
        ("bør", "bør ikke bare flyttes, men styrkes", True, ""),
        ("bør", "bør overføres, og helst ikke senere", True, ""),
        ("bør", "Kontoret bør derfor ikke flyttes", True, "bør ikke"),
        ("bør", "bør etter utvalgets syn ikke flyttes", True, "bør ikke"),
        ("bør", "Det bør ingen endring skje", True, "bør ingen"),
        ("bør", "bør flyttes, ikke utvides", True, ""),
        ("bør ikke", "bør ikke vurderes flyttet", True, "bør ikke vurderes"),
        ("må", "det bør overføres", False, ""),
        ("kan", "kanskje kantine", False, ""),
        ("er ønskelig", "det er |ønskelig|", False, ""),
        ("ønskelig", "dette er u|ønskelig|", False, ""),
        ("Bør", "BØR overføres", True, ""),
        ("kunne", "kunne med fordel vært styrket", True, "kunne med fordel"),
        ("bør", "|dette| bør gjøres", False, ""),
    ],
)
def test_find_force(phrase: str, text: str, stands: bool, instead: str) -> None:
    before, bar, rest = text.partition("|")
    quote, _, after = rest.partition("|") if bar else (text, "", "")
    start = len(before) if bar else 0
    whole = before + quote + after if bar else text
    found = find_force(phrase, whole, start, start + len(quote))
    assert (found.stands, found.instead) == (stands, instead)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Ingen skoler bør flyttes", "ingen"),
        ("Utvalget mener ikke at kontoret bør flyttes", "ikke"),
        ("Dette er ikke bra, og skolene bør flyttes", ""),
        ("Skolene bør flyttes", ""),
    ],
)
def test_an_earlier_negation_is_a_doubt(text: str, doubt: str) -> None:
    found = find_force("bør", text, text.index("bør"), len(text))
    assert (found.instead, found.doubt) == ("", doubt)


def test_the_strongest_ranks_first() -> None:
    order = ["må", "bør", "bør vurderes", "kan", "kan vurderes"]
    assert sorted([*order[2:], *order[:2]], key=rank) == order
    assert rank("hadde vært fint") == UNKNOWN
    assert rank("anbefaler ikke") == rank("anbefaler")


def test_every_known_phrase_finds_itself() -> None:
    for phrase in PHRASES:
        text = f"vi mener det {phrase} her"
        assert find_force(phrase, text, 0, len(text)).stands


def test_many_words_take_no_time() -> None:
    text = "a " + "b " * 40
    assert not find_force("a b b b b c", text, 0, len(text)).stands
