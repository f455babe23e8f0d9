"""The words of force that are known, bokmål, nynorsk and English, each with its rank.

A rank never says more than the words do. What asks only that a thing be thought about stands
below what asks for the thing, and what wishes for it or would allow it below both. A phrase
that nobody would know where to place is not here: `check` warns of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from innspill.check.imperatives import IMPERATIVES

MODALS = {"må", "skal", "bør", "burde", "kan", "kunne", "must", "shall", "should", "may", "could"}
CONSIDERED = ("vurderes", "vurdere", "vurdert", "vurderast", "vurdera", "considered", "consider")
"""Ends of a phrase that asks for a thing to be thought about, not for the thing."""
NEGATIONS = {
    "ikke", "ikkje", "aldri", "neppe", "ingen", "inga", "intet", "inkje", "ingenting", "verken",
    "hverken", "korkje",
    "not", "never", "neither",
}  # fmt: skip
NEITHER = {"verken", "hverken", "korkje", "neither"}
"""Of these, those that deny what stands behind an "eller" too."""
AFTER_NEGATION = {"bare", "berre", "minst", "only", "least"}
"""Behind a negation they make none of it: "ikke bare"."""
STOPS = {"som", "mens", "men", "at", "fordi", "hvis", "dersom", "når", "der", "og", "eller", "enn"}
"""Words that begin another clause; no phrase goes on behind them."""

MUST, SHOULD, CONSIDER, MAY, MAY_CONSIDER, UNKNOWN = range(6)
EXAMPLES = ("må", "bør", "bør vurderes", "er ønskelig", "kan", "kan vurderes")

SEEMS = ("er", "vil være", "vil vere", "ville være", "ville vere", "ville vært", "ville vore",
         "hadde vært", "hadde vore", "blir", "vert", "anses som")  # fmt: skip
FINDS = ("ser som", "ser på som", "anser som", "anser", "finner", "finn", "reknar som",
         "vurderer som")  # fmt: skip
SELF = ("seg", "oss")


def _each(firsts: Iterable[str], lasts: Iterable[str]) -> Iterator[str]:
    seconds = tuple(lasts)
    return (f"{first} {last}" for first in firsts for last in seconds)


ASKS = ("ber", "bed", "ber om", "bed om")
ACTIVE = (
    "foreslår", "føreslår", "anbefaler", "tilrår", "tilråder", "rår til", "støtter", "støttar",
    "stør", "oppfordrer", "oppfordrar", "oppmoder", "oppmodar", "henstiller", "anmoder",
    "anmodar", "appellerer", "appellerar", "utfordrer", "utfordrar", "etterlyser", "fraråder",
    "frarår", "rår frå", "forventer", "forventar", "ventar", "protesterer", "protesterar",
    "etterspør", "nekter", "nektar", "prioriterer", "innstiller på", "innstiller overfor",
    "innstillar på",
    "betinger", "betinger seg", "bifaller", "bifell", "tiltrer", "tiltrår", "rår ifrå",
    "rår i frå", "tar for gitt", "tek for gitt", "støtter opp om",
    "støttar opp om", "slutter opp om", "sluttar opp om", *ASKS,
)  # fmt: skip
"""What a body does in asking; its infinitives and passives are below."""
INFINITIVE = (
    "foreslå", "føreslå", "anbefale", "tilrå", "tilråde", "rå til", "støtte", "stø",
    "oppfordre", "oppmode", "oppmoda", "henstille", "anmode", "appellere", "utfordre",
    "etterlyse", "protestere", "avvise", "fraråde", "frarå", "rå frå", "be om", "be",
)  # fmt: skip
PASSIVE = (
    "foreslås", "føreslås", "føreslåast", "anbefales", "tilrås", "tilrådes", "tilråast",
    "oppfordres", "oppmodes", "henstilles", "anmodes", "etterlyses", "frarådes", "frarås",
    "bes", "bes om", "forventes", "ønskes", "støttes",
    "støttast", "aksepteres", "godtas", "godkjennes", "tiltres", "bifalles", "imøteses", "savnes",
    "pålegges", "påleggast",
    "blir bedt om", "vert bede om", "vert beden om", "vert oppmoda",
    "blir oppmoda", "blir oppfordret", "vert tilrådd", "vert tilrådde", "blir anbefalt",
    "vert kravd", "vert føresett", "vert frårådd", "blir frarådet", "hilses velkommen",
    "ønskes velkommen", "etterlysast", "fastholdes", "krevjast", "ønskjast", "ynskjast",
)  # fmt: skip
STANCES = (
    "går inn for", "gå inn for", "går imot", "gå imot", "går i mot", "gå i mot",
    "tar til orde for", "tek til orde for",
    "sier ja til", "seier ja til", "sier nei til", "seier nei til", "takker nei til",
    "takkar nei til", "takker ja til", "takkar ja til", "ja til", "nei til",
    "sier ja", "sier nei", "seier ja", "seier nei", "hører hjemme", "høyrer heime",
    "går mot at", "er imot", "er i mot", "er mot", "er for at", "er for å", "stemmer for",
    "stemmer mot",
    "røystar for", "røystar mot",
    "holder fast ved", "held fast ved", "står fast på", "står på kravet", "står ved kravet",
    "legger vekt på", "legg vekt på",
    "ser ingen grunn til", "er ingen grunn til", "ser ikke grunn til", "er ikke grunn til",
    "er tilhenger av", "er tilhengere av", "er tilhengarar av", "er motstander av",
    "er ikke grunnlag for", "ser ikke grunnlag for", "er ikkje grunnlag for",
    "ser ikkje grunnlag for", "er motstandere av", "er motstandarar av", "advarer mot",
    "advare mot", "åtvarar mot",
    "tar avstand fra", "tek avstand frå", "avviser", "reserverer seg mot",
    "ser positivt på", "ser negativt på", "ser med skepsis på",
    *_each(("gir", "gjev", "gi", "gje"), ("støtte til", "tilslutning til", "tilslutnad til")),
    *_each(("hilser", "helsar", "ønsker", "ønskjer", "ynskjer"), ("velkommen", "velkomen")),
    *_each(("ønske", "krav", "forslag", "framlegg", "råd", "oppfordring", "oppmoding"),
           ("er at", "er å")),
    *_each(("understreker", "understrekar", "framhever", "fremhever", "framhevar", "påpeker",
            "peker på", "peikar på"),
           ("viktigheten av", "betydningen av", "behovet for", "verdien av", "nødvendigheten av")),
    *_each(("deler", "delar"), ("vurderingen", "vurderinga", "vurdering", "synet", "syn",
                                "oppfatningen", "oppfatninga", "oppfatning")),
    *_each(("vurderingen", "vurderinga", "synet", "oppfatningen", "oppfatninga"),
           ("deler", "delar")),
    *_each(("fastholder", "fastheld", "opprettholder", "opprettheld", "gjentar", "gjentek"),
           ("krav", "kravet", "forslag", "forslaget", "framlegget", "standpunkt", "standpunktet",
            "innsigelse", "innsigelsen", "oppfordringen", "oppmodinga", "ønsket", "rådet")),
    *_each(("slutter", "sluttar", "slutte"), _each(SELF, ("til",))),
    *_each(("stiller", "stille"), _each(SELF, ("bak",))),
    *_each(("er", "stiller seg", "stiller oss", "sier seg", "sier oss", "seier seg"),
           (*_each(("positiv", "positive", "positivt", "negativ", "negative", "negativt",
                    "avvisende", "avvisande", "skeptisk", "skeptiske", "uforstående",
                    "uforståande"), ("til", "overfor")),
            *_each(("enig", "enige", "einig", "einige", "samd", "samde", "uenig", "uenige",
                    "ueinig", "ueinige", "usamd", "usamde"), ("i", "med")))),
    *_each(("er",), ("positiv", "positive", "positivt", "negativt", "negativ", "negative",
    "avvisende", "avvisande",
                     "skeptisk", "skeptiske")),
    "fremmer forslag om", "gjør framlegg om", "gjer framlegg om", "fremmer innsigelse",
    "fremmes innsigelse", "reiser innsigelse",
    *_each(("forslaget", "framlegget", "kravet", "ønsket", "rådet", "tilrådinga", "oppmodinga"),
           ("vårt er", "vår er")),
    *_each(("vårt", "vår"), ("holdning er", "haldning er", "konklusjon er", "standpunkt er",
    "primære ønske er")),
    *_each(("anbefaling", "tilråding", "holdning", "haldning", "standpunkt", "konklusjon"),
           ("er at", "er å", "er klar")),
    *_each(("vårt", "vår"), ("forslag er", "framlegg er", "råd er", "anbefaling er",
                             "tilråding er", "oppfordring er", "oppmoding er")),
    *_each(("krav", "ønske", "forslag", "framlegg", "råd"),
           _each(("fra", "frå"), ("side er", "oss er"))),
    "ja takk", "nei takk",
)  # fmt: skip
"""What a body is for or against."""
SUPPORTED = tuple(_each(("har vår", "får vår"), ("støtte", "tilslutning", "tilslutnad")))
"""What a thing has or gets from those who sign."""
NEEDS = (
    "trengs", "trengst", "trenges", "trenger", "treng", "behøves", "er behov for",
    "er trong for", "ser behov for", "har behov for", "er på tide", "er på høy tid",
    "er på høg tid", "fortjener", "fortener", "haster med", "hastar med", "haster å", "hastar å",
    *_each((*SEEMS, *FINDS), ("viktig", "viktige", "vesentlig", "vesentleg", "maktpåliggende",
                              "maktpåliggjande")),
    *_each((*SEEMS, *FINDS),
           _each(("riktig", "rett", "best", "beste", "feil", "galt", "gale"), ("at", "å", "om",
           "med"))),
    *_each(("viktig", "nødvendig", "ønskelig"), ("at", "med", "å")),
    "viktigste er", "viktigaste er", "er viktigst", "er viktigast", "viktigst er", "viktigast er",
    "har trong for",
    "har bruk for", "ser trong for", "er tjent med", "er tent med",
    *_each(SEEMS, ("på sin plass",)), *_each(("vilkår", "betingelse"), ("er at",)),
    *_each(("er",), ("et vilkår", "eit vilkår", "en betingelse")), *SUPPORTED,
    *_each(("ivaretas", "ivaretakast", "løses", "løysast", "gjøres", "gjerast", "drives",
            "drivast", "utføres", "håndteres", "ligger", "ligg", "egner seg", "eignar seg",
            "høver", "passer", "passar"), ("best",)),
    *_each((*SEEMS, *FINDS), ("en selvfølge", "ei sjølvfølgje", "ein sjølvsagt ting")),
    *_each(("løsningen", "løysinga"), ("er at", "er å")),
    *_each(("er",), ("et minimum", "eit minimum")),
)  # fmt: skip
NECESSARY = (
    *_each((*SEEMS, *FINDS), ("avgjørende", "avgjerande", "nødvendig", "nødvendige", "naudsynt",
                              "naudsynleg", "påkrevd", "påkravd")),
    *_each(("er",), ("uakseptabelt", "uaktuelt", "uforsvarlig", "uforsvarleg", "uholdbart",
                     "uhaldbart", "utelukket", "utelukka", "ikke akseptabelt", "ikke aktuelt",
                     "ikke forsvarlig", "ikkje aktuelt",
                     "ikkje akseptabelt", "ikkje forsvarleg")),
    *_each(("lar seg", "let seg"), ("ikke forsvare", "ikkje forsvare", "ikkje forsvara")),
    "kommer ikke på tale", "kjem ikkje på tale",
)  # fmt: skip
DEMANDS = (
    "kreves", "krever", "krev", "krevst", "kreve", "forlanger", "insisterer på",
    "forutsetter", "forutsettes", "forutsette", "føreset", "føresett", "forutsetning",
    "føresetnad", "vurderes som en forutsetning", "er et krav", "er eit krav", "lyt",
    "er nødt til", "er nøydd til", "er nøydde til", "er et ønske", "er eit ønske",
    "legger til grunn", "legg til grunn",
    "legges til grunn", "vert lagt til grunn", "stiller krav om", "vårt krav er",
    *_each(("motsetter", "motset", "motsette"), SELF), *NECESSARY,
)  # fmt: skip
RESOLVED = (
    "avvises", "beholdes", "behaldast", "bevares", "bevarast", "etableres", "fjernes",
    "forkastes", "frafalles", "gjeninnføres", "gjenopprettes", "innarbeides", "innføres",
    "innførast", "omarbeides", "opprettes", "opprettholdes", "overføres", "overførast",
    "presiseres", "prioriteres", "reduseres", "reverseres", "sikres", "sikrast", "skrinlegges",
    "stanses", "stoppes", "strykes", "styrkes", "styrkast", "tas inn", "tas med", "tas ut",
    "takast inn", "takast ut", "tilføres", "utarbeides", "utgår", "utredes", "utsettes",
    "utsetjast", "utvides", "utvidast", "vedtas", "vernes", "videreføres", "vidareførast", "økes",
    "åpnes",
)  # fmt: skip
"""What a resolution does by saying so: "Punkt 4 strykes"."""
RESOLVES = re.compile(
    r"(?!\w+(?:enes|ndes)$|\w{3,}ernes$|felles|fremdeles|likeledes|således|særdeles|annerledes|"
    r"deres|hennes)"
    r"(?:\w{3,}es|\w{3,}ast|gis|tas|sees)"
)
"""The form of all such verbs; a genitive in the plural is none."""
DECLARES = {
    "forutsettes", "kreves", "krevst", "krevjast", "anbefales", "tilrås", "tilrådes", "tilråast",
    "foreslås", "føreslås", "føreslåast", "frarådes", "frarås", "henstilles", "anmodes",
    "oppfordres", "oppmodes", "bes",
}  # fmt: skip
"""Passives that ask themselves; behind an "og" none is the infinitive of a modal before it."""
DESIRABLE = tuple(_each((*SEEMS, *FINDS), ("ønskelig", "ønskeleg", "ønskjeleg", "ynskjeleg")))
SENSIBLE = tuple(
    _each((*SEEMS, "finner", "finn", "anser"),
          _each(("rimelig", "rimeleg", "naturlig", "naturleg", "fornuftig", "klokt", "uklokt",
                 "urimelig", "urimeleg", "hensiktsmessig", "formålstjenlig", "føremålstenleg",
                 "tjenlig", "tenleg", "en fordel", "ein fordel", "en styrke", "ein styrke",
                 "bedre", "betre", "lurt", "smart", "verdt"), ("at", "å", "om")))
)  # fmt: skip
PLEASANT = tuple(_each(("fint", "bra", "flott", "kjekt"), ("om",)))
WISHES = (
    *DESIRABLE, *SENSIBLE, *PLEASANT,
    "ønsker", "ønskjer", "ynskjer", "ønske", "ser gjerne", "ser helst", "vil gjerne", "vil ha",
    "imøteser", "foretrekker", "føretrekkjer", "føretrekk", "skulle ønske", "skulle gjerne",
    "kunne ønske", "har ønske om", "vårt ønske er", "kunne tenke seg", "kunne tenke oss",
    "kunne tenkje seg", "kunne tenkje oss", "hadde ønsket", "hadde ønskt", "hadde ynskt",
    "ville satt pris på",
    "hadde satt pris på", "ville sette pris på", "savner", "saknar", "vil", "ville foretrekke",
    *_each(("setter", "set"), ("pris på om", "pris på at")), "er opptatt av", "er oppteken av",
    "er opptekne av", "mener", "meiner",
)  # fmt: skip
"""What a body would like; `mener` alone says what it thinks, and asks for nothing."""
CONCESSIONS = ("akseptere", "godta", "leve med", "slutte seg til", "slutte oss til", "gå med på",
               "stille seg bak", "stille oss bak", "stå bak", "være med på",
               "vere med på", "gå inn for", "tilslutte seg", "tilslutte oss")  # fmt: skip
NOT_SEEN = (
    *_each(("kan ikke se", "kan ikkje sjå"), ("grunn til", "grunnlag for", "behov for")),
    "kan ikke være slik", "kan ikkje vere slik", "kan ikke være sånn",
)  # fmt: skip
"""What a body says no to with "kan ikke"."""
REFUSED = ("aksepteres", "aksepterast", "godtas", "godtakast", "forsvares", "forsvarast",
           "tillates", "støttes", "støttast", "anbefales", "tilrås", "tiltres")  # fmt: skip
"""What a thing can't be, behind "kan ikke"."""
UNHINDERED = (
    *_each(("ikke noe", "ingenting"), ("i veien for",)),
    *_each(("ikkje noko", "ingenting"), ("i vegen for",)),
    *_each(("er greit", "er i orden", "er uproblematisk"), ("at", "å")),
)  # fmt: skip
"""What lets a thing be, whoever says so."""
ACCEPTS = (
    "aksepterer", "godtar", "godtek", "aksepterar", "er innforstått med", "er innforståtte med",
    *_each(("er",), ("åpen for", "åpne for", "open for", "opne for")),
    *_each(("har ingenting", "har ikke noe", "har ikkje noko"), ("imot", "mot")),
    *_each(("har ingen innvendinger", "har ingen innvendingar"), ("mot", "til")), *UNHINDERED,
)  # fmt: skip

FORBEAR = ("avstå fra", "avstå frå", "la være", "la vere", "unnlate", "unnlata")
"""What asks for a thing not to be done."""
CONSIDERING = ("å vurdere", "at vurderes", "at vurderer", "at vurderast", "til å vurdere",
               "om å vurdere")  # fmt: skip
"""What asks for a thing only to be thought about."""
BOUND = (
    *_each(("forutsatt", "føresett"), ("at",)), "på vilkår av", "på betingelse av",
    *_each(("under",), ("forutsetning av", "føresetnad av")),
)  # fmt: skip
"""What binds a yes to a condition."""
_LISTED = ("krav", "forslag", "framlegg", "ønsker", "ønske", "anbefalinger", "tilrådingar", "råd")
_THE_LISTED = ("kravene", "krava", "forslagene", "forslaga", "framlegga", "ønskene", "ønska",
               "anbefalingene", "tilrådingane", "rådene", "råda")  # fmt: skip
ABOVE_LISTS = (
    *_each(("vårt", "våre", "følgende", "følgjande", "disse", "desse", "to", "tre", "fire", "fem"),
           (*_LISTED, *_THE_LISTED)),
    *_each(_THE_LISTED, ("våre",)),
)  # fmt: skip
"""What asks before a colon: "Rådet har følgende forslag:"."""

IMPERSONAL = frozenset((
    *BOUND, *ABOVE_LISTS, *PASSIVE, *_each(PASSIVE, (*FORBEAR, *CONSIDERING)), *NEEDS, *RESOLVED,
    *NECESSARY, *DESIRABLE, *SENSIBLE, *PLEASANT, "kan ikke være slik", "kan ikkje vere slik",
    "kan ikke være sånn", "hører hjemme", "høyrer heime", "er ikke grunn til",
    "er ingen grunn til", "er ikke grunnlag for",
    "er ikkje grunnlag for", "kreves", "krevst", "forutsettes", "forutsetning", "føresetnad",
    *UNHINDERED, *_each(("kan ikke", "kan ikkje"), REFUSED), "vurderes som en forutsetning",
    "fremmes innsigelse",
    "legges til grunn", "vert lagt til grunn", "kunne med fordel",
))  # fmt: skip
"""What needs nobody who says it."""

_TO_CONSIDER = (
    *_each(("ber", "bed", "be"), ("vurdere", "om å vurdere", "om at vurderes", "om at vurderer",
                                  "om at vert vurdert", "om at blir vurdert", "vurdera")),
    *_each((*(each for each in ACTIVE if each not in ASKS), *INFINITIVE[:-2], *PASSIVE,
            "går inn for", "ønsker", "ønskjer"),
           CONSIDERING),
)  # fmt: skip

PHRASES: dict[str, int] = {
    **dict.fromkeys(("må", "skal", *DEMANDS, "must", "shall", "requires", "is required"), MUST),
    **dict.fromkeys(
        (*_each(("kan ikke", "kan ikkje"), (*CONCESSIONS, *INFINITIVE, *REFUSED)),
         *_each(("vil ikke", "vil ikkje"), CONCESSIONS), *BOUND,
         *NOT_SEEN, *_each(("må", "skal"), FORBEAR)), MUST),
    **dict.fromkeys(
        ("bør", "burde", "skulle", *ABOVE_LISTS, *_each((*ASKS, *PASSIVE, "bør"), FORBEAR),
         *ACTIVE, *PASSIVE, *STANCES, *NEEDS, *RESOLVED,
         *sorted(IMPERATIVES), *_each(("vil", "kan"), INFINITIVE),
         *_each(("finner å kunne", "finn å kunne"), (*CONCESSIONS, *INFINITIVE)),
         *_each(("vil",), ("gå inn for", "gå imot", "advare mot")),
         "should", "recommends", "is important"), SHOULD),
    **dict.fromkeys(
        ("kan", "kunne", "kunne med fordel", *WISHES, *ACCEPTS, *_each(("kan",), CONCESSIONS),
         "may", "could", "is desirable"), MAY),
    **dict.fromkeys((*_TO_CONSIDER, "vurder"), CONSIDER),
    **{f"{modal} {end}": rank
       for modals, rank in ((("må", "skal", "must", "shall"), MUST),
                            (("bør", "burde", "should"), CONSIDER),
                            (("kan", "kunne", "may", "could"), MAY_CONSIDER))
       for modal in modals for end in CONSIDERED},
}  # fmt: skip
"""The phrases that are known, each with its rank, `MUST` the strongest."""
