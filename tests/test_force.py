"""A phrase's force: found in a quote, and not more than the letter says."""

from __future__ import annotations

import pytest

from innspill.check.force import Finding, find_force, forces_in, rank
from innspill.check.force_words import PHRASES, UNKNOWN


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
        ("verken bør", "Verken hallen ved elva eller kiosken bør flyttes", True, ""),
        ("bør", "bør flyttes, ikke utvides", True, ""),
        ("må", "må sikres – la ikke barna finne hullene", True, ""),
        ("bør", "bør – slik vi ser det – ikke flyttes", True, "bør ikke"),
        ("bør ikke", "bør ikke vurderes flyttet", True, "bør ikke vurderes"),
        ("må", "det bør overføres", False, ""),
        ("kan", "kanskje kantine", False, ""),
        ("er ønskelig", "det er |ønskelig|", False, ""),
        ("ønskelig", "dette er u|ønskelig|", False, ""),
        ("Bør", "BØR overføres", True, ""),
        ("kunne", "kunne med fordel vært styrket", True, "kunne med fordel"),
        ("bør", "|dette| bør gjøres", False, ""),
        ("går inn for", "går utvalget inn for en avtale", True, ""),
        ("støtter", "Utvalget støtter ikke forslaget", True, "støtter ikke"),
        ("ber om", "Vi ber om at saken utsettes", True, ""),
        ("ber om", "Vi ber om at en avtale vurderes", True, "ber om at vurderes"),
        ("ber", "Utvalget ber byrådet vurdere en avtale", True, "ber vurdere"),
        ("anbefaler", "Vi anbefaler å vurdere en avtale", True, "anbefaler å vurdere"),
        ("kan", "Vi kan ikke støtte forslaget", True, "kan ikke støtte"),
        ("kan ikke støtte", "Vi kan ikke støtte forslaget", True, ""),
        ("føreset", "Utvalet føreset at det vert gjort", True, ""),
        # A verb that resolves, and the same where it is a modal verb's infinitive.
        ("overføres", "Ansvaret overføres til bydelene", True, ""),
        ("overføres", "Ansvaret kan i tillegg overføres", True, "kan overføres"),
        ("overføres", "kan styrkes, og ansvaret |overføres|", True, "kan overføres"),
        ("bør", "Dette bør no skje", True, ""),  # nynorsk "no" is now, and denies nothing
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
        ("Verken den gamle hallen ved elva eller den nye bør rives", "verken"),
        ("Korkje kaia eller vegen bør byggjast", "korkje"),
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
        assert find_force(phrase, text, 0, len(text)) == Finding(stands=True)


def test_the_words_of_force_in_a_text() -> None:
    text = "Vi ber om at det ikke bygges. Kontoret bør ikke flyttes, men sikring kan vurderes."
    found = [each.phrase for each in forces_in(text, 0, len(text))]
    assert found == ["ber om", "bør ikke", "kan vurderes"]
    behind = text.index("Kontoret")
    assert [each.phrase for each in forces_in(text, behind, len(text))] == found[1:]


def test_in_a_list_of_resolutions_any_passive_is_one() -> None:
    text = "Punkt 4 omskrives, og kommunenes felles plan bør endres"
    assert [each.phrase for each in forces_in(text, 0, len(text))] == ["bør"]
    resolved = forces_in(text, 0, len(text), resolving=True)
    assert [each.phrase for each in resolved] == ["omskrives", "bør"]
    assert rank("omskrives") == rank("bør")


def test_what_is_weaker_ranks_lower() -> None:
    assert rank("ber om å vurdere") == rank("bør vurderes") > rank("ber om")
    assert rank("kan støtte") < rank("kan leve med") == rank("kan")
    assert rank("ønsker") > rank("foreslår") > rank("krever")


def test_many_words_take_no_time() -> None:
    text = "a " + "b " * 40
    assert not find_force("a b b b b c", text, 0, len(text)).stands
