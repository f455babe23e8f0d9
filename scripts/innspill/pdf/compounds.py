"""Where a long Norwegian word is divided at a line's end: at the joint of a compound, or nowhere.

A dictionary of patterns divides syllables, and takes some of them for parts (`samfunnsut-viklere`).
A joint is known here by what stands beside it:

- before it, an ending of nouns with the s that links them to the next part (`-ings-`, `-hets-`);
- behind it, the beginning of a word that compounds of such letters end in (`-område`, `-ansvar`).

Where neither is there the word stays whole: lines are ragged, and a short one is no fault. Bokmål
and nynorsk share the table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NORWEGIAN = ("nb", "nn")
"""How the names begin that WeasyPrint has for the languages: `nb`, `nb_NO`."""
LINKED = re.compile(
    r"(?:sjon|ing(?!skip)|het|heit|skap|itet|dom(?!stol)|nad|samfunn|velferd|atferd|bydel"
    r"|(?<!h)else|arbeid|forskrift|ansvar)s(?!omhet)(?=\w)",
    re.IGNORECASE,
)
"""The end of a part that an s links to the next."""
LAST_PARTS = """
aktivitet aktør analysar analyse anlegg anmerkning ansatt ansvar arbeid areal arena arrangement
arrangør attestasjon avdeling avgift avgjør avklar avtale bearbeid befolkning begjær behandl
behov bemanning beredskap beregning beslutning bestemmels bestilling bevilgning bibliotek bistand
bolig borger brukar bruker budsjett bydel bygning delplan deltak demokrati desentral digitaliser
direktorat direktør distrikt dokument effektivis eiendom endring erfaring etaten evaluer
fellesskap finansier fordeling forebygg foreldre forening forenkl forhandl forhold forpliktels
forsikring forskning forskrift forslag forsterk forstå forurens forutsetning forvaltning fravær
frivillig fullmakt funksjon gjennomfør grunnlag handsam helseteneste helsetjenest hjelp håndter
idrett informasjon initiativ innbygg inndeling innkjøp innsats innspill innstilling inntak
inntekt institusjon integrering investering involver kapasitet kartlegg kommun kompetanse
konsekvens konsentrasjon konsentrer kontor kontroll koordinator koordiner kostnad kultur kunnskap
kvalitet ledels leder leiar likestilling løsning løysing løyving mangfold manifestasjon medarbeid
medlem medverk medvirk merknad mulighet myndig møte møteplass nettverk nivå nærhet område omsorg
omstilling oppfølging oppgav oppgåv opplevels oppleving opplysning opplæring oppvekst ordning
organ orienter planlegg plass pleiar pleier politik presenter prestasjon prinsipp prioriter
produksjon program prosess prosjekt påvirk rapport redaktør reform register reglement regnskap
regulering rekneskap rekruttering representant representasjon representer ressurs rettighet
rettleiar rettleiing revisjon risiko rutine rådgiv saksbehandl samarbeid samfunn samhandling
samordning samspill samvirk satsing sekretariat seksjon selskap senter sentral sentre sikkerhet
situasjon skole skule spesialist spørsmål stasjon statistikk strategi struktur styring støtte
system særpreg telefon teneste tilbod tilbud tilførsel tilgang tilhør tilknytning tilpass tilskot
tilskudd tilsyn tiltak tjenest tradisjon transport tryggleik undersøk undervis utbygging utdann
utfordring utforming utgift utgreiing utjevning utnytt utredning utslipp utstyr uttale utval
utvid utvikl utøv vedlikehald vedlikehold vedtak veiled velferd verkemidd verksemd vilkår
virkemidd virksomhet vurder økonomi ønske
"""
"""How the words begin that compounds end in. One that has another as its end stands here too, and
is found first: `saksbehandling` is not `saksbe-handling`."""
LAST = re.compile("|".join(sorted(LAST_PARTS.split(), key=len, reverse=True)), re.IGNORECASE)


class Joints:
    """Divides words at their joints; WeasyPrint asks it as it asks a dictionary of patterns."""

    def __init__(self, left: int, right: int) -> None:
        """Takes how many letters stay on the line, and go to the next, at least."""
        self.left, self.right = left, right

    def iterate(self, word: str) -> Iterator[tuple[str, str]]:
        """Each pair of parts, the longest first part first."""
        for at in sorted(joints(word), reverse=True):
            if self.left <= at <= len(word) - self.right:
                yield word[:at], word[at:]


def joints(word: str) -> set[int]:
    """How many letters stand before each joint of a word that is known to be one."""
    return {each.end() for each in LINKED.finditer(word)} | {
        each.start() for each in LAST.finditer(word)
    }


def divide_at_joints(context: Any) -> None:
    """Has a document's context divide Norwegian words at their joints alone."""
    context.dictionaries = _Dictionaries()


class _Dictionaries(dict[tuple[str, int, int, int], Any]):
    """WeasyPrint's dictionaries by language and limits; those of Norwegian are ours."""

    def get(self, key: tuple[str, int, int, int], default: Any = None) -> Any:
        language, left, right, _ = key
        if language.startswith(NORWEGIAN) and key not in self:
            self[key] = Joints(left, right)
        return super().get(key, default)
