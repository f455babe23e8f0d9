"""Where a proposal would move its matter, told by verbs and places: small tables, in one order."""

from __future__ import annotations

import re

_MOVED = (
    r"(?:overfør\w*|(?:legge[rs]?|leggje\w*|lagt|leggast)"
    r"(?! (?:opp|til rette|vekt|fram|frem|ned|ut|merke))|"
    r"flytt\w*|tilfør\w*|deleger\w*|overlat\w*|plasser\w*|"
    r"ligge\w*|ligg|liggje\w*|organiser\w*|forankre\w*|værende|verande|behold\w*|behald\w*|"
    r"drive\w*|styre[s]?|styrast|samle[st]?|samla|sette[s]?|settast|setjast|fastsette\w*|"
    r"finansier\w*|utvikle[s]?|ansvar\w*|fortsatt|fortsetter?|framleis|overtas?|kontor)"
)
_LOCAL = (
    r"(?:bydel(?:en|ene|er|ane|ar|a)?|lokal\w*|nærmiljø\w*|bygd\w*|grend\w*|distrikt\w*|"
    r"skolene|skulane|barnehagene|"
    r"de frivillige|dei frivillige"
)
_CENTRAL = (
    r"(?:etat\w*|\w+etaten|byråd\w*|kommunen sentralt|fylket|fylkeskommun\w*|"
    r"stat(?:en|leg\w*|lig\w*)|"
    r"sykehuset|sjukehuset|helseforetaket|helseføretaket|direktorat\w*|departement\w*|rådhuset"
)
_TO = r"(?:til|i|hos|ved|under|av|på|åt)"

TOGETHER = re.compile(
    r"\b(?:samarbeid\w*|samhandl\w*|samordn\w*|samvirke\w*|fellesskap|fellesløsning\w*|"
    r"felles\w*|(?<!slått )(?<!slå )(?<!slås )(?<!slegne )(?:sammen|saman)|dialog\w*|"
    r"partnerskap|koordiner\w*|interkommunal\w*|på tvers av|"
    r"(?:\w*avtale|rutine|plan|dialogmøte)\w*(?: \w+){0,4} (?:mellom|med)|møte mellom|"
    r"blir enige|bli enige|verte einige|"
    r"i møte med|møte med)\b",
    re.IGNORECASE,
)
"""What several would do together."""
CENTRALISED = re.compile(
    r"\b(?<!de)(?:sentraliser\w*|sentralisert\w*|(?<!kommunen )sentralt|samle[st]? sentralt)\b"
    r"|\b(?:mer|meir) sentral\w+\b",
    re.IGNORECASE,
)
LOCALISED = re.compile(
    r"\b(?:desentraliser\w*|nærmere (?:der|bruker\w*|innbygger\w*|folk\w*|barn\w*|elev\w*)|"
    r"nærare (?:der|brukar\w*|innbyggjar\w*|folk\w*)|lokalt|lokal (?:plassering|forankring)|"
    r"nærmiljøet|til tjenester og funksjoner)\b",
    re.IGNORECASE,
)


def direction(text: str, committee: str) -> str:
    """`to_district`, `to_city`, `cooperate` or `other`, as the words of a proposal tell."""
    # A district of a city stands below "kommunen", all others at its side.
    below = "bydel" in committee.casefold()
    local = _LOCAL + (")" if below else r"|kommun(?:ane|ene|en|e|al\w*))")
    central = _CENTRAL + (r"|kommunen)" if below else ")")
    to_local = re.search(_moved_to(local), text, re.IGNORECASE)
    to_central = re.search(_moved_to(central), text, re.IGNORECASE)
    given = re.search(
        rf"\b(?:gi|gje|la|lat|få|får|tilføres|overlate)\b(?: \w+){{0,3}}? {local}\b|"
        rf"\b{local}(?: \w+){{0,2}} (?:få|får|tilføres|overta|overtar|bestemme|ta ansvar\w*)\b",
        text,
        re.IGNORECASE,
    )
    if to_local and to_central:
        # "fra kommunen til fylkeskommunen", "under etaten … til bydelene": the last place counts.
        return "to_district" if to_local.end() > to_central.end() else "to_city"
    if CENTRALISED.search(text):
        return "to_city"
    if TOGETHER.search(text) and not (to_local or to_central):
        return "cooperate"
    if to_local or given or LOCALISED.search(text):
        return "to_district"
    if to_central:
        return "to_city"
    return "cooperate" if TOGETHER.search(text) else "other"


def _moved_to(place: str) -> str:
    return rf"\b{_MOVED}\b[^.;]{{0,90}}?\b{_TO} (?:\w+ ){{0,2}}?{place}\b"
