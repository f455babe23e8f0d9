"""The words that tell whose a sentence is, and where its matter should go.

Small tables, bokmål and nynorsk. Each is a list of whole words, or of beginnings of words where
it says so; `judge.py` says how they are used.
"""

from __future__ import annotations

import re

from innspill.check.force_words import IMPERATIVES

# Who speaks.

OWN = {
    "vi", "me", "oss", "arbeiderpartiet", "arbeidarpartiet", "høyre", "høgre", "senterpartiet",
    "venstre", "rødt", "raudt", "fremskrittspartiet", "framstegspartiet", "sv", "ap", "sp", "frp",
    "krf", "mdg", "flertallet", "fleirtalet", "mindretallet", "mindretalet", "undertegnede",
    "underteikna", "medlemmene", "medlemene", "utvalget", "utvalet", "rådet", "styret", "nemnda",
    "komiteen", "foreningen", "foreininga", "laget", "partiet", "høringsinstansen",
}  # fmt: skip
"""Words for those who sign, whoever they are, and for those who speak as a minority of them."""
OWN_ENDS = re.compile(r"\w*(?:representant|medlem)\w*")
"""More of them, in any compound."""
BODIES = {
    "utvalg": ("utvalget",), "utval": ("utvalet",), "råd": ("rådet",), "styre": ("styret",),
    "nemnd": ("nemnda", "nemnden"), "komite": ("komiteen",), "komité": ("komiteen", "komitéen"),
    "forening": ("foreningen", "foreninga"), "lag": ("laget",), "forbund": ("forbundet",),
    "kommune": ("kommunen", "kommunestyret", "formannskapet"),
    "fylkeskommune": ("fylkeskommunen", "fylkesutvalget", "fylkesutvalet"),
    "venner": ("venneforeningen", "foreningen"), "vener": ("foreininga",),
    "bydel": ("bydelen", "bydelsutvalget"),
}  # fmt: skip
"""What a body is called in its own letter, by what a word of its name holds."""
MINORITY = re.compile(
    r"\b(?i:mindretal)\w*|\b(?i:medlemm?e[nrt]\w*|representant(?:en|ene|ar|er|ane)?)\s+(?:fra|frå|for)\s+[A-ZÆØÅ]"
)
"""Who speaks for a minority, or for some of the members: in doubt, not for all."""
SAYING = {
    "mener", "meiner", "synes", "synest", "syns", "understreker", "understrekar", "presiserer",
    "påpeker", "påpeike", "påpeke", "vurderer", "ser", "peker", "peikar", "framhever",
    "fremhever", "framhevar", "minner", "krever", "krev", "sier", "seier", "tror", "trur",
    "fastholder", "fastheld", "gjentar", "konkluderer", "finner", "finn", "poengterer",
    "vektlegger", "vektlegg", "konstaterer", "legger", "legg", "enige", "einige", "opptatt",
    "oppteken", "opptekne",
}  # fmt: skip
"""What those who sign do before "at": what follows is theirs."""

# Whose words they are not.

ATTRIBUTED = re.compile(
    r"\b(?:ifølge|følgje|lov(?:en|a|ens)|\w+lov(?:en|a)|forskrift\w*|reglement\w*|vedtok|uttalte|"
    r"uttala|skrev|skreiv|foreslo|føreslo|lovet|\w*målet|i dag|"
    r"i (?:\w+ )?\w*(?:planen|notatet|forslaget|framlegget|rapporten|brevet|utredningen|"
    r"utgreiinga|meldingen|meldinga|strategien)|"
    r"(?:har|hadde) (?:\w+ ){0,3}(?:bedt|bede|foreslått|føreslått|sagt|uttalt|uttala|vedtatt|"
    r"vedteke|varslet|varsla|krevd|kravd|forutsatt|skrevet|skrive|lagt))\b|§",
    re.IGNORECASE,
)
"""What tells, before a word of force, of law, of an aim, of what is or was said or decided."""
BY_LAW = re.compile(
    r"\b(?:slik|som|etter|ifølge|jf|henhold til|medhald av|følge|følgje)\W+(?:\w+ ){0,2}\w*"
    r"(?:loven|lova|lovens|forskrift\w*|reglement\w*)\b|§",
    re.IGNORECASE,
)
"""The same behind it."""
BACKGROUND = re.compile(
    r"bakgrunn|om (?:saken|saka|planforslaget|planframlegget|forslaget|"
    r"høringen|høyringa)|innledning|innleiing|kva saka gjeld|hva saken gjelder|faktagrunnlag",
    re.IGNORECASE,
)
"""Headings of parts that tell how things are."""
UNSURE = {
    "om", "hvis", "dersom", "viss", "når", "fordi", "siden", "sidan", "ettersom", "mens", "medan",
    "hvorvidt", "hva", "kva", "hvem", "kven", "hvor", "kor", "hvordan", "korleis", "hvorfor",
    "kvifor", "enn", "slik", "selv", "sjølv",
}  # fmt: skip
"""Words that begin a clause that proposes nothing."""
EARLIER = {"før", "inntil", "innan", "innen"}
"""Words behind which a bare passive tells when something else is done."""
ASKING = {"vurdere", "drøfte", "drøftet", "drøfta", "spørsmål", "spørsmålet", "tvil", "usikker",
          "usikkert", "uklart", "uavklart", "vite", "diskutere", "diskutert", "undersøke", "spør",
          "spørre", "spurt"}  # fmt: skip
"""Words before an "om" that begins such a clause."""
RELATIVE = {"som", "der"}

# What is said of how things are, with a verb that could propose.

STATES = re.compile(
    r"(?:ses|sees|finnes|synes|oppleves|oppfattes|forstås|forklares|skyldes|sies|tenkes|"
    r"anses|kreves|merkes|minnes|trenges|lykkes|mislykkes|fattes|forventes|ventes|hentes|"
    r"måtte|mistes|samles|dokumenteres|bekreftes|klassifiseres)"
)
"""Passives that tell how things are, behind "kan"."""
PASSIVES = re.compile(r"\w{2,}(?:es|ast|ås|ses)\b")
OUTCOMES = {"lede", "føre", "bidra", "gi", "gje", "bli", "verte", "skape", "ta", "være", "vere",
            "ha", "få", "gjøre", "gjere", "medføre", "innebære", "oppstå", "virke", "fungere",
            "hindre", "true", "svekke", "koste", "komme", "kome", "se", "sjå", "si", "seie",
            "hende", "skje"}  # fmt: skip
"""What comes of a thing, behind "kan" and "vil": no proposal."""

DOING = {"samarbeide", "samarbeida", "fordel", "gjerne", "godt", "bruke", "nytte", "begynne",
         "starte", "dele", "flytte", "overta", "prøve", "vært", "vore", "hatt", "fortsette",
         "halde", "fortsetja"}  # fmt: skip
"""What makes an offer of "kan"."""
AT_BEGINNING = IMPERATIVES | {"vurder"}
HAPPENS = {"hende", "være", "vere", "tenkes", "tenkjast"}
BEFORE_IMPERATIVE = {"og", "men", "så", "derfor", "difor", "heller", "helst", "altså", "vennligst",
                     "aldri", "ikke", "ikkje", "no", "nå", "her", "da", "då", "gjerne", "bare",
                     "berre", "også", "dessuten", "dessutan", "først", "fyrst", "ellers",
                     "elles"}  # fmt: skip
ALSO_NOUNS = {"bruk", "bygg", "lag", "start", "slutt", "kutt", "hjelp", "del", "skap", "rust",
              "vent", "hold", "still", "tell", "pass", "vis", "dekk", "plant", "press", "sett",
              "set", "skill", "vær", "ver", "spe", "glem", "finn", "ha", "lat", "mål", "kort",
              "få", "vern", "snakk", "trygg", "hev", "bytt"}  # fmt: skip
"""Imperatives that are written as other words are."""
ASKED = {"man", "en", "ein", "dere", "de", "dykk", "kommunen", "byrådet", "fylket", "staten",
         "bystyret", "kommunestyret", "fylkestinget"}  # fmt: skip
"""Who is asked, right behind "kan"."""
PARTICLES = {"ned", "inn", "bort", "opp", "ut"}
BEHIND_NOUNS = {"under", "fra", "frå", "sagt", "tid", "av", "og", "for", "i", "på", "er", "ved",
                "med", "som", "til", "kan", "må", "skal", "bør", "har", "blir", "vert",
                "var"}  # fmt: skip
"""What follows a noun that is written as such a verb: "bruk av"."""
LEADING = {"tilsier", "tilseier", "taler", "talar"}
"""What leads to a proposal, whoever says it: "det tilsier at … bør"."""
WISHING = {"vil", "ønsker", "ønskjer", "ynskjer", "vil gjerne", "ber", "bed", "ber om", "bed om"}
COURTESIES = {
    "takke", "takka", "understreke", "understreka", "påpeke", "presisere", "presisera",
    "kommentere", "kommentera", "minne", "peke", "peike", "gi", "gje", "uttrykke", "bemerke",
    "merke", "si", "seie", "framheve", "fremheve", "vise", "lykke", "velkommen", "velkomen",
    "berømme", "rose",
}  # fmt: skip
"""What is wished, or wished to be said, and asks for nothing."""
HARM = {"bli", "verte", "få", "miste", "måtte", "være", "vere", "føre", "gi", "gje", "kunne", "ta"}
"""What "vil" tells to come."""
WISHED = {"helst", "gjerne", "vært", "vore", "hatt", "ønske"}
"""What makes a wish of "skulle"."""
SINGLE = {"du", "jeg", "eg", "han", "hun", "ho"}
"""Subjects that are no body's."""
AGAINST = {"fraråder", "frarår", "avviser", "avvises", "imot", "mot", "nei", "negativ", "negative",
           "negativt", "uenig", "uenige", "ueinig", "ueinige", "usamd", "usamde", "motsetter",
           "motset", "forkastes", "reverseres", "stanses", "stopp", "stans", "dropp"}  # fmt: skip
"""Words of force that want a thing not to be: where it would go is not where they want it."""

# What makes a good point of a summary.

JUDGES = re.compile(
    r"\b(?:styrke\w*|svakhet\w*|utfordring\w*|utfordrende|fordel\w*|ulempe\w*|vurder\w*|mener|"
    r"meiner|mye tyder|mykje tyder|forutsetning\w*|føresetnad\w*|viktig\w*|avgjørende|avgjerande|"
    r"gode|god|godt|mangl\w*|begrens\w*|behov)\b",
    re.IGNORECASE,
)
"""Words that weigh: strengths, weaknesses, what matters."""
LEANS = re.compile(
    r"(?:en forutsetning for dette|dette|det gjelder|det gjeld|disse|desse|den|de|dei|andre|"
    r"slik\w*|blant annet|mellom anna|"
    r"for eksempel|til dømes|samtidig|derfor|difor|likevel|i tillegg|nedenfor|vi viser|det vises|"
    r"det visast|kjennetegnet)\b",
    re.IGNORECASE,
)
"""How a sentence begins that leans on the one before it."""
