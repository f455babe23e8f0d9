"""What a proposal is about, in a few of the letter's own words.

The words before the word of force where they are its subject, else those behind it, cut where
another clause begins. Nothing is put in; a person makes a good line of it.
"""

from __future__ import annotations

import re

from innspill.check.force_words import CONSIDERED, MODALS, NEGATIONS
from innspill.check.imperatives import IMPERATIVES

MOST = 12
"""How many words it has at most."""
LEADS_IN = re.compile(
    r"^(?:(?:og|men|samt|så|videre|vidare|dessuten|dessutan|derfor|difor|derimot|generelt|"
    r"i tillegg|blant annet|mellom anna|på sikt|samtidig|eksempelvis|likevel|også|da|då|"
    r"for eksempel|til dømes|her|helst|for øvrig|elles|ellers|i alle tilfeller|konkret|primært|"
    r"subsidiært|likeledes|i stedet|i staden)\b[ ,:]*)+",
    re.IGNORECASE,
)
NO_SUBJECT = re.compile(
    r"^(?:i|på|for|fra|frå|til|ved|som|når|etter|med|av|under|innenfor|innen|dersom|hvis|viss|ut|"
    r"gjennom|vi ser|dette|det)\b|\bdet$"
    r"|^(?:den|disse|desse|de|dei|vi|me|man|ein|en|noen|alle|ingen|hun|han|ho|her|der)$",
    re.IGNORECASE,
)
"""What stands before a verb and is no subject, or says nothing alone."""
ACTOR = re.compile(
    r"^(?:\w*(?:utvalg|utval|råd|styre|nemnd|kommune|bydel|etat|fylke|stat|regjering|departement)"
    r"\w*)(?: (?:i|også|selv|sjølv|òg)\b.*)?$",
    re.IGNORECASE,
)
"""Who should do something, where a subject is not what is spoken of."""
FILLS = re.compile(
    r"^(?:(?:for dette er at også|for dette er at|på dette punktet|det|også|"
    r"derfor|difor|imidlertid|dessuten|dessutan|da|då|likeledes|nå|no|vi|oss|seg|"
    r"gjerne|heller|sterkt|på det sterkeste|i større grad|i mye større grad|at|om at|til at|om|"
    r"å|om å|til å|med|man|dere|for \w+ (?=\w{3,}es\b)|"
    r"i første omgang|fortsatt|framleis|minst|med fordel|byrådet|kommunen|heller|derimot)\b[ ,]*)+",
    re.IGNORECASE,
)
ENDS = re.compile(
    r",? (?:slik at|for å|med sikte på|fordi|dersom|hvis|viss|ettersom|sidan|siden|da|når|mens|"
    r"medan|som|der|hvor|uten at|utan at|men|og at|og ber|og går)\b|[;:(]| [–-] |"
    r", (?:for|i|ikke|ikkje|eventuelt|særlig|særleg|jf|noe|noko|med|samme|på|slik|"
    r"og (?:her|det|vi)|samt at|finansiert|hele|heile)\b"
)
STOPS_AT = re.compile(
    r" (?:(?!felles|fremdeles|likeledes)\w{3,}(?:es|ast|ås)|"
    r"(?:er|blir|vert|får|har|kan|skal|bør|må|går|ligger|ligg|var|skje|være|vere|bli|ha|gis|tas))\b"
)
"""A verb behind a noun: the noun phrase ends before it."""
BEGINS = re.compile(
    r"^(?:(?!felles)\w{2,}(?:es|ast|ås)|gis|tas|er|blir|vert|være|vere|vært|vore|ligge|skje) "
    r"(?:opp til |til rette for |til )?"
)
ASKED_TO = re.compile(r"^(?:[\w-]+ ){1,6}(?:om å|om at|til å) ")
TAILS = {"og", "i", "av", "til", "for", "på", "med", "som", "at", "om", "den", "det", "en", "et",
         "ei", "eit", "de", "dei", "mer", "meir", "fra", "frå", "hos", "ved", "under", "samt",
         "eller", "å", "mellom", "blir", "er", "må"}  # fmt: skip
WHOLE = NEGATIONS - {"ikke", "ikkje", "not"}
"""What begins a clause, and is part of what it says: "ingen skal"."""
ADVERBS = {"fortsatt", "framleis", "også", "derfor", "difor", "på", "sikt", "i", "ikke", "ikkje"}
THINKS = re.compile(r"\b(?:mener|meiner|synes|tilsier|tilseier)(?: \w+){0,3} at ")
SUPPOSED = re.compile(r"(?:hvis|dersom|viss|når)\b", re.IGNORECASE)
GENITIVE = re.compile(r"\w+(?:enes|ndes|anes)$")


def what(text: str, force: str, start: int, end: int) -> str:
    """What a clause proposes; the words of its force stand in `text[start:end]`."""
    phrase = force.split()
    if (len(phrase) == 1 and phrase[0] in IMPERATIVES) or phrase[0] in WHOLE:
        return line(text[start:] if phrase[0] in IMPERATIVES else text)
    before = "" if SUPPOSED.match(text) else LEADS_IN.sub("", text[:start].strip(" ,"))
    before = THINKS.split(before)[-1]
    before = re.sub(r", (?:som|der) .*$", "", before)
    inside = [word for word in text[start:end].split() if word.casefold() not in phrase]
    if _has_subject(phrase) and before and not _is_empty(before):
        return line(before if _is_told(before) else f"{before} {text[start:]}")
    if len(inside) > 1 and (named := FILLS.sub("", " ".join(inside))):
        return line(named)
    behind = FILLS.sub("", text[end:].strip(" ,:"))
    if not _has_subject(phrase):
        behind = FILLS.sub("", ASKED_TO.sub("", behind))
    return line(_noun(behind)) or line(before) or line(text)


def _has_subject(force: list[str]) -> bool:
    """Whether what is spoken of is the subject of the words of force."""
    is_modal = force[0] in MODALS and (len(force) == 1 or force[-1] in {*CONSIDERED, "fordel"})
    is_told = force[0] in {"er", "vil", "blir", "vurderes"} and force[-1] not in {"i", "til", "for"}
    return is_modal or is_told or (len(force) == 1 and force[0].endswith(("es", "ås", "ast")))


def _is_told(words: str) -> bool:
    """Whether they say what is meant: one word alone says too little."""
    return len([word for word in words.split() if word.casefold() not in ADVERBS]) > 1


def _is_empty(subject: str) -> bool:
    return bool(NO_SUBJECT.search(subject) or ACTOR.match(subject))


def _noun(words: str) -> str:
    """The noun phrase that words begin with, behind a verb or before one.

    One word alone says too little: then all of the clause is given.
    """
    words = BEGINS.sub("", words, count=1)
    for found in STOPS_AT.finditer(words):
        if not GENITIVE.fullmatch(found[0].strip()) and _is_told(words[: found.start()]):
            return words[: found.start()]
    return words


def line(words: str) -> str:
    """Words cut where another clause begins, with a capital letter."""
    words = words.strip(" ,.:;–-")
    found = ENDS.search(words)
    if found and len(words[: found.start()].split()) >= 2:
        words = words[: found.start()]
    kept = words.split()[:MOST]
    while kept and kept[-1].casefold().strip(",.;:") in TAILS:
        kept.pop()
    line = " ".join(kept).strip(" ,.:;–-")
    return line[:1].upper() + line[1:]
