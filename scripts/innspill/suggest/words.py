"""The words that tell whose a sentence is, and where its matter should go.

Small tables, bokmål and nynorsk. Each is a list of whole words, or of beginnings of words where
it says so; `judge.py` says how they are used.
"""

from __future__ import annotations

import re

from innspill.check.imperatives import IMPERATIVES

# Who speaks.

OWN = {
    "vi", "me", "oss", "arbeiderpartiet", "arbeidarpartiet", "høyre", "høgre", "senterpartiet",
    "venstre", "rødt", "raudt", "fremskrittspartiet", "framstegspartiet", "sv", "ap", "sp", "frp",
    "krf", "mdg", "flertallet", "fleirtalet", "flertall", "fleirtal", "mindretallet",
    "mindretalet", "undertegnede",
    "underteikna", "medlemmene", "medlemene", "utvalget", "utvalet", "rådet", "styret", "nemnda",
    "komiteen", "foreningen", "foreininga", "laget", "partiet", "høringsinstansen",
}  # fmt: skip
"""Words for those who sign, whoever they are, and for those who speak as a minority of them."""
OWN_ENDS = re.compile(r"\w*(?:representant|medlem)\w*")
"""More of them, in any compound."""
OTHERS = re.compile(
    r"\w*(?:kommunen|byrådet|bystyret|departementet|direktoratet|direktøren|etaten|fylket|staten|"
    r"regjeringen|regjeringa|stortinget|forvalteren|forvaltaren|rådmannen|tilsynet|vesenet|"
    r"utvalget|utvalet|rådet|styret|foretaket|føretaket|sjefen|byen|byggeren|byggaren)"
    r"|de|dei|han|hun|ho|noen|nokon|mange|andre|alle"
)
"""Who asks, where they stand before a verb and are not those who sign."""
PREPOSITIONS = {"fra", "frå", "for", "til", "i", "på", "ved", "av", "med", "mot", "om", "overfor",
                "hos", "under", "etter", "innen", "innenfor", "uten", "utan"}  # fmt: skip
BODIES = {
    "utvalg": ("utvalget",), "utval": ("utvalet",), "råd": ("rådet",), "styre": ("styret",),
    "nemnd": ("nemnda", "nemnden"), "komite": ("komiteen",), "komité": ("komiteen", "komitéen"),
    "forening": ("foreningen", "foreninga"), "lag": ("laget",), "forbund": ("forbundet",),
    "kommune": ("kommunen", "kommunestyret", "formannskapet"),
    "fylkeskommune": ("fylkeskommunen", "fylkesutvalget", "fylkesutvalet"),
    "venner": ("venneforeningen", "foreningen"), "vener": ("foreininga",),
    "bydel": ("bydelen", "bydelsutvalget"), "foreining": ("foreininga",),
    "gruppe": ("gruppa", "gruppen"), "klubb": ("klubben",), "parlament": ("parlamentet",),
    "organisasjon": ("organisasjonen",), "distrikt": ("distriktet",), "sameie": ("sameiet",),
    "menighet": ("menigheten",), "universitet": ("universitetet",), "museum": ("museet",),
    "høgskole": ("høgskolen",), "høgskule": ("høgskulen",), "skole": ("skolen",),
    "skule": ("skulen",), "selskap": ("selskapet",), "krets": ("kretsen",),
    "stiftelse": ("stiftelsen",), "forum": ("forumet",), "nettverk": ("nettverket",),
    "senter": ("senteret",), "kontor": ("kontoret",), "ombud": ("ombudet",),
    "kammer": ("kammeret",), "avdeling": ("avdelingen", "avdelinga"), "vesen": ("vesenet",),
    "etat": ("etaten",), "tilsyn": ("tilsynet",), "direktorat": ("direktoratet",),
    "sykehus": ("sykehuset",), "sjukehus": ("sjukehuset",), "foretak": ("foretaket",),
    "føretak": ("føretaket",), "allianse": ("alliansen",), "ting": ("tinget",),
    "korps": ("korpset",), "koalisjon": ("koalisjonen",), "samband": ("sambandet",),
}  # fmt: skip
"""What a body is called in its own letter, by what a word of its name holds."""
MINORITY = re.compile(
    r"\b(?i:mindretal\w*|(?:noen|nokon|nokre|enkelte|einskilde|flere|fleire|mange) (?:av )?"
    r"(?:(?:våre|vår) )?(?:medlem\w*|representant\w*))|"
    r"\b\b(?i:medlemm?e[nrt]\w*|representant(?:en|ene|ar|er|ane)?)\s+(?:fra|frå|for)\s+[A-ZÆØÅ]"
)
"""Who speaks for a minority, or for some of the members: in doubt, not for all."""
SAYING = {
    "mener", "meiner", "synes", "synest", "syns", "understreker", "understrekar", "presiserer",
    "påpeker", "påpeike", "påpeke", "vurderer", "ser", "peker", "peikar", "framhever",
    "fremhever", "framhevar", "minner", "krever", "krev", "sier", "seier", "tror", "trur",
    "fastholder", "fastheld", "gjentar", "konkluderer", "finner", "finn", "poengterer",
    "vektlegger", "vektlegg", "konstaterer", "legger", "legg", "enige", "einige", "enig", "einig",
    "opptatt", "samstemte", "samstemt", "samde", "oppteken", "opptekne", "hevder", "hevdar",
    "tykkjer", "tykkjest", "tenker",
    "tenkjer", "bemerker", "tilføyer", "fastslår", "slår", "tydelig", "tydelige", "tydelege",
    "tydeleg", "overbevist", "overbeviste", "oppfatter", "oppfattar",
    "understreke", "understreka", "presisere", "presisera", "peke", "peike",
    "framheve", "fremheve", "framheva", "minne", "hevde", "poengtere", "bemerke", "tilføye", "si",
    "seie", "gjenta", "vektlegge", "syn", "synet", "oppfatning", "oppfatninga", "oppfatningen",
    "oppfatting", "mening", "meining", "vurdering", "standpunkt", "holdning", "haldning",
    "konklusjon", "konklusjonen",
}  # fmt: skip
"""What those who sign do before "at": what follows is theirs."""
TELLING = {"mener", "meiner", "synes", "synest", "syns", "tykkjer", "tror", "trur", "sier",
"seier",
           "hevder", "hevdar", "forteller", "fortel", "skriver", "skriv", "opplyser", "opplever",
           "opplev", "melder", "melde", "sa", "mente", "skrev", "skreiv", "fortalte"}  # fmt: skip
"""What others do: what follows is theirs, also where no "at" begins it."""
SAID_BEHIND = re.compile(
    r"[,»]\s+(?:skrev|skreiv|skriver|skriv|sa|sier|seier|heter det|het det|heiter det|heitte det|"
    r"mener|meiner|mente|meinte|hevder|hevdar|fortalte|fortel|forteller|uttalte|svarte|"
    r"ifølge|ifølgje|står det) (?P<who>(?:\w+ )?\w+)"
)
"""The same behind it: "…, sier hun"."""

# Whose words they are not.

ATTRIBUTED = re.compile(
    r"(?:(?P<law>\w*lov(?:en|a|ens)\b|\w*forskrift\w*|\w*reglement\w*|§)|"
    r"\b(?:i følge|ifølge|ifølgje|følgje|som kjent|som kjend|i så fall|i tilfelle|i verste fall|"
    r"for (?:noen|nokon|nokre|mange|andre|enkelte|einskilde|de fleste|dei fleste)|vedtok|uttalte|"
    r"uttala|skrev|skreiv|foreslo|føreslo|lovet|(?P<aim>\w*målet)|i dag|"
    r"(?P<paper>i (?:\w+ )?\w*(?:planen|notatet|utkastet|dokumentet|"
    r"forslaget|framlegget|rapporten|brevet|"
    r"utredningen|utgreiinga|meldingen|meldinga|strategien))|"
    r"(?:har|hadde|ble|vart|blei|er) (?:\w+ ){0,3}(?:bedt|bede|foreslått|føreslått|sagt|uttalt|"
    r"uttala|vedtatt|vedteke|varslet|varsla|krevd|kravd|forutsatt|skrevet|skrive|lagt))\b)",
    re.IGNORECASE,
)
"""What tells, before a word of force, of law, of an aim, of what is or was said or decided."""
NEAR = 3
"""How many words stand at most between a law and its verb."""
BY_LAW = re.compile(
    r"\b(?:slik|som|etter|ifølge|jf|henhold til|medhald av|i følge|følgje)\W+(?:\w+ ){0,2}\w*"
    r"(?:loven\b|lova\b|lovens\b|forskrift|reglement|§)|\b(?:ifølge|ifølgje|i følge) \w",
    re.IGNORECASE,
)
"""The same behind it."""
TOLD_BEHIND = re.compile(
    r"\W*(?:(?:det|dei|de|også|òg|nå|no) )?(?:i dag|per i dag|ofte|stadig|av og til|iblant|ifølge|"
    r"ifølgje|i følge|(?:ikkj?e )?(?:så )?(?:mye|mykje) til|godt gjøres|godt gjerast|"
    r"av (?:kommune|byråd|fylk|stat|regjering|departement|direktør|rådmann)\w*|"
    r"(?:i|etter|ifølge|ifølgje|følgje|slik) (?:\w+ )?\w*(?:planen|instruksen|avtalen|"
    r"kontrakten|bestemmelsene|loven|lova|vedtaket|reglene|reglane|notatet|forslaget|framlegget|"
    r"rapporten|utgreiinga|utredningen))\b",
    re.IGNORECASE,
)
"""What tells the same right behind it."""
BACKGROUND = re.compile(
    r"bakgrunn|^(?:saka|saken)$|^status|dagens situasjon|situasjonen i dag|historikk|"
    r"^(?:[\d.]+ )?om (?:oss|rådet|utvalget|utvalet|laget|foreningen|foreininga|saken|saka|"
    r"planforslaget|planframlegget|forslaget|framlegget|høringen|høyringa)$|hvem vi er|kven vi er|"
    r"innledning|innleiing|kva saka gjeld|hva saken gjelder|faktagrunnlag",
    re.IGNORECASE,
)
"""Headings of parts that tell how things are."""
UNSURE = {
    "om", "hvis", "dersom", "viss", "når", "fordi", "siden", "sidan", "ettersom", "mens", "medan",
    "hvorvidt", "hva", "kva", "hvem", "kven", "hvor", "kor", "hvordan", "korleis", "hvorfor",
    "kvifor", "enn", "slik", "selv", "sjølv",
}  # fmt: skip
"""Words that begin a clause that proposes nothing."""
ALSO_ADVERBS = {
    "slik": {"at", "som", "vi", "me", "det", "den", "de", "dei", "man"}, "selv": {"om"},
    "sjølv": {"om"}, "siden": set(), "sidan": set(),
    "enn": {"at", "som", "det", "de", "dei", "vi", "me", "hva", "kva", "man"},
}  # fmt: skip
"""Some of these where no comma stands before them: by what follows they begin a clause."""
CONTRASTS = {"mens", "medan"}
"""Behind a comma they put two things beside each other, as "men" does."""
EARLIER = {"før", "inntil", "innan", "innen"}
"""Words behind which a bare passive tells when something else is done."""
STILL = {"før", "inntil", "lenge"}
"""Words that begin a clause, or end what begins one: "så lenge"."""
GOES_ON = {"nå", "no", "derfor", "difor", "samtidig", "samstundes", "fortsatt", "framleis",
           "også", "òg", "nok", "igjen", "fremdeles"}  # fmt: skip
"""What stands between "og" and a verb that goes on with the subject before it."""
NO_SUBJECT = {"", "at", "å", "om", "igjen", "på"}
"""What stands right behind such a verb."""
ASKING = {"til", "på", "av", "ved", "si", "seie", "avgjøre", "avgjere", "vurdere", "drøfte",
"drøftet",
"drøfta", "spørsmål", "spørsmålet", "tvil", "usikker",
          "usikkert", "uklart", "uavklart", "vite", "diskutere", "diskutert", "undersøke", "spør",
          "spørre", "spurt"}  # fmt: skip
"""Words before an "om" that begins such a clause."""
RELATIVE = {"som", "der"}

# What is said of how things are, with a verb that could propose.

STATES = re.compile(
    r"(?:ses|sees|finnes|synes|oppleves|oppfattes|forstås|forklares|skyldes|sies|tenkes|"
    r"anses|kreves|nevnes|nemnast|opplyses|bemerkes|konstateres|tilføyes|påpekes|rettes|leses|"
    r"lesast|måles|lastes|misbrukes|kalles|møtes|spørres|diskuteres|hevdes|innvendes|argumenteres|merkes|minnes|trenges|"
    r"lykkes|mislykkes|fattes|forventes|ventes|hentes|måtte|mistes|samles|dokumenteres|bekreftes|klassifiseres)"
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
WAYS = {"løsning", "løysing", "alternativ", "aktuelt", "hensiktsmessig", "formålstjenlig",
        "føremålstenleg", "fornuftig", "naturlig", "naturleg", "idé", "ide", "mulighet",
        "moglegheit", "klokt", "lurt", "løsningen", "løysinga", "måte", "aktuell"}  # fmt: skip
"""What makes an offer of "kan være"."""
BEFORE_IMPERATIVE = {"og", "men", "så", "derfor", "difor", "heller", "helst", "altså", "vennligst",
                     "aldri", "ikke", "ikkje", "no", "nå", "her", "da", "då", "gjerne", "bare",
                     "berre", "også", "dessuten", "dessutan", "først", "fyrst", "ellers",
                     "elles"}  # fmt: skip
FINITE = re.compile(
    r"(?!vår|under)\w+r|\w{2,}(?:es|ås|ast|st)|bes|tas|skal|vil|kan|kunne|burde|skulle|må|"
    r"fastheld|føreset|gjentek|gjev|godtek|held|kjem|krev|ligg|lyt|motset|opprettheld|tek|treng|vert"
)
"""How a force begins whose verb is finite."""
PRONOUNS = {"vi", "me", "de", "dei", "det", "den", "man", "en", "ein", "du", "dere", "dykk",
            "alle", "han", "hun", "ho"}  # fmt: skip
"""What stands before the verb of a relative clause without "som": "pengene vi kan spare"."""
ALSO_NOUNS = {"bruk", "bygg", "lag", "start", "slutt", "kutt", "hjelp", "del", "skap", "rust",
              "vent", "hold", "still", "tell", "pass", "vis", "dekk", "plant", "press", "sett",
              "set", "skill", "vær", "ver", "spe", "glem", "finn", "ha", "lat", "mål", "kort",
              "få", "vern", "snakk", "trygg", "hev", "bytt", "svar", "test", "vask", "trapp",
              "skift", "rens", "bind"}  # fmt: skip
"""Imperatives that are written as other words are."""
ASKED = {"man", "en", "ein", "dere", "de", "dykk", "kommunen", "byrådet", "fylket", "staten",
         "bystyret", "kommunestyret", "fylkestinget"}  # fmt: skip
"""Who is asked, right behind "kan"."""
CLOSING = {"ta": {"kontakt", "gjerne"}, "husk": {"at"}, "hugs": {"at"}, "merk": {"at"}}
"""What asks readers, and nothing of the matter: "ta gjerne kontakt"."""
PARTICLES = {"ned", "inn", "bort", "opp", "ut"}
BEHIND_NOUNS = {"under", "fra", "frå", "sagt", "tid", "av", "og", "for", "i", "på", "er", "ved",
                "med", "som", "til", "kan", "må", "skal", "bør", "har", "blir", "vert",
                "var"}  # fmt: skip
"""What follows a noun that is written as such a verb: "bruk av"."""
AND_COLON = re.compile(r"(?: (?!på\b)\w+){0,5}:")
"""What stands behind the word for what a list holds: "våre krav til planen er:"."""
LEADING = {"tilsier", "tilseier", "taler", "talar"}
"""What leads to a proposal, whoever says it: "det tilsier at … bør"."""
WITHOUT = {"uten", "utan"}
"""The same before a noun."""
SUPPOSED = {"om", "hvis", "dersom", "viss", "når"}
"""Words that begin what is supposed: what follows it is no proposal."""
HAPPENING = {"blir", "vert", "forsvinner", "forsvinn", "faller", "fell", "skjer"}
"""Verbs that begin the same: "Blir den lagt ned, må …"."""
CONCERNS = {("det", "gjelder"), ("det", "gjeld")}
"""Behind "når": nothing is supposed."""
SPARED = {"slippe", "sleppe", "vite", "føle", "kunne", "også", "òg"}
"""Behind "må": what is asked for people, as with those below."""
DOES = {"være", "vere", "få", "ha", "kunne", "bli", "verte"}
"""Behind "vi skal": what those who sign ask for; with all else they tell what they will do."""
PRAISE = {"ros", "takk", "honnør", "respekt", "anerkjennelse", "skryt", "ære", "heder"}
"""What is deserved, and asks for nothing."""
MATTERS = {"viktig", "viktige", "vesentlig", "vesentleg", "avgjørende", "avgjerande"}
"""What a thing is for something, and asks for nothing, but where "det er … for … at" does."""
BY_THE_WAY = {"sies", "seiast", "nevnes", "nemnast", "understrekes", "understrekast", "innrømmes",
              "innrømme", "antas", "bemerkes", "påpekes", "poengteres", "tilføyes", "erkjennes",
              "erkjenne", "konstatere", "konstateres", "medgis", "si", "seie", "nevne", "nemne",
              "understreke", "påpeke", "minne", "beklage", "beklages", "takke"}  # fmt: skip
"""What one must say: "det må nevnes at"; it asks for nothing."""
MEET = {"møtes", "møtest", "møtast", "samles", "samlast"}
"""What looks like a passive, and is what a body does."""
PARDON = {"forståelse", "forståing", "unnskyldning", "orsaking", "ordet"}
"""What one asks readers for."""
BARE = {"viktig", "nødvendig", "ønskelig"}
"""What asks without a verb where it begins a sentence: "Viktig at …"."""
THOUGHT = {"anta", "tro", "tru", "regne", "rekne", "spørre", "si", "seie", "understreke", "påpeke",
           "presisere", "nevne", "nemne", "minne"}  # fmt: skip
"""What it is reasonable to do, and asks for nothing."""
PERFECT = {"gått", "fått", "vært", "vore", "blitt", "sagt", "ment", "gjort", "hatt", "skrevet",
"skrive",
           "foreslått", "tatt", "teke", "gitt", "gjeve", "kommet", "kome", "sett",
           "skjedd"}  # fmt: skip
"""Behind "må ha" and "skal ha": what is taken to be so."""
MUCH = {"mye", "mykje", "tid", "store", "stor", "stort", "lang", "lange", "mer", "meir"}
WISHING = {"vil", "ønsker", "ønskjer", "ynskjer", "vil gjerne"}
COURTESIES = {
    "takke", "takka", "understreke", "understreka", "påpeke", "presisere", "presisera",
    "kommentere", "kommentera", "minne", "peke", "peike", "gi", "gje", "uttrykke", "bemerke",
    "merke", "si", "seie", "framheve", "fremheve", "vise", "lykke", "velkommen", "velkomen",
    "berømme", "rose", "komme", "kome", "uttale", "uttala", "følge", "følgje", "nevne", "nemne",
    "begrunne", "svare", "avgi", "redegjøre", "oppsummere", "omtale", "konsentrere", "opplyse",
    "orientere", "gratulere", "bidra", "delta", "hjelpe", "invitere", "spørre", "stille", "trekke",
    "hilse", "knytte", "begynne", "starte", "gå", "legge", "leggje", "gjøre", "gjere", "tilføye",
    "hevde", "arbeide", "arbeida", "jobbe", "poengtere", "gjenta", "innlede", "avslutte",
}  # fmt: skip
"""What is wished, or wished to be said, and asks for nothing."""
PEOPLE = re.compile(
    r"barn|barna|borna|elev(?:er|ene|ar|ane)|lær(?:erne|arane)|foreldre(?:ne)?|foreldra|pårørende|"
    r"pårørande|ansatte|tilsette|folk|beboere?|beboerne|bebuarane|pasient(?:er|ene|ar|ane)|"
    r"ungdom(?:mene|mane)?|bruk(?:ere|erne|arar|arane)|bønder|bøndene|eldre|innbyggerne|"
    r"innbyggjarane|nabo(?:er|ene|ar|ane)|reisende|reisande|kvinner|kvinnene|familie(?:r|ne)|"
    r"\w{2,}(?:erne|arane)|student(?:er|ene|ar|ane)|søkere|søkarar|ei(?:erne|garane)|mange|noen|nokon|nokre"
)
"""Those of whom it is told what they have to do: "barna må gå langs veien"."""
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
