"""Verbs that ask by their form, bokmål and nynorsk: "Behold skolen"."""

from __future__ import annotations

IMPERATIVES = frozenset((
    "anerkjenn", "ansett", "ansvarliggjør", "arranger", "auk", "avgrens", "avklar", "avlys",
    "avsett", "avskaff", "avslutt", "avvent", "avvikle", "avvis", "begrens", "begynn", "behold",
    "bemann", "beskytt", "betal", "bevar", "bevilg", "bidra", "bind", "bistå", "bruk", "bygg",
    "bytt", "dekk", "del", "demp", "desentraliser", "digitaliser", "diskuter", "dobl",
    "dokumenter", "dropp", "drøft", "effektiviser", "elektrifiser", "endre", "erstatt", "etabler",
    "etterprøv", "evaluer", "fastset", "fastsett", "fiks", "finn", "fjern", "flytt",
    "forankre", "forbedre", "forby", "fordel", "fordobl", "forenkle", "forhandle", "forhindre",
    "forklar", "forleng", "formaliser", "forny", "forplikt", "forsterk", "fortsett", "frigi",
    "frigjør", "fullfør", "fyll", "følg", "få", "garanter", "gi", "gje", "gjeninnfør",
    "gjennomfør", "gjenopprett", "gjenåpne", "gjer", "gjør", "glem", "gløym", "godkjenn", "gå",
    "ha", "hald", "halver", "hent", "hev", "hindre", "hjelp", "hold", "hugs", "husk", "hør",
    "høyn", "høyr", "informer", "inkluder", "innfør", "innhent", "invester", "inviter",
    "involver", "ivareta", "iverksett", "jobb", "juster", "kartlegg", "kjøp", "knytt", "kombiner",
    "koordiner", "kort", "kutt", "la", "lag", "lat", "legg", "lei", "let", "lyssett", "lytt",
    "lær", "løyv", "lås", "mal", "merk", "mobiliser", "moderniser", "møt", "opne", "oppdater",
    "oppgrader", "oppjuster", "opplys", "oppnevn", "opprett", "oppretthold", "organiser",
    "parker", "pass", "planlegg", "plant", "plasser", "prioriter", "publiser", "pålegg",
    "reduser", "reguler", "rehabiliter", "rekn", "rekrutter", "rens", "reparer", "respekter",
    "restaurer", "revider", "riv", "rust", "rydd", "rør", "samle", "samordne",
    "sats", "satse", "send", "senk", "sentraliser", "set", "sett", "sikre", "sjekk", "sjå",
    "skaff", "skap", "skift", "skill", "skjerm", "skriv", "skru", "skån", "slipp", "slutt", "slå",
    "snakk", "snu", "spar", "spe", "spre", "spreng", "spør", "stans", "start", "steng", "still",
    "stimuler", "stopp", "stram", "stryk", "strø", "styrk", "støtt", "subsidier", "svar", "sy",
    "synleggjer", "synliggjør", "syt", "sørg", "ta", "tell", "tenk", "tenn", "test", "tilbakefør",
    "tilbakestill", "tilby", "tilfør", "tillat", "tilpass", "tilrettelegg", "tilsett", "trapp",
    "trekk", "trygg", "tving", "tål", "unngå", "unnta", "utarbeid", "utbedre", "utform", "utjamn",
    "utjevn", "utlys", "utnevn", "utnytt", "utred", "utset", "utsett", "utvid", "utvikle",
    "varsle", "vask", "vedta", "velg", "vent", "ver", "verdset", "verdsett", "vern", "vidarefør",
    "vidareutvikl", "viderefør", "videreutvikl", "vis", "vri", "vær", "ytt", "øk", "øremerk",
    "øv", "åpne",
))  # fmt: skip
"""What asks by its form; it stands where a clause begins."""
