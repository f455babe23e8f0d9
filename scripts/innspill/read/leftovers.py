"""Words and signs that no reader was meant to see: a table, one kind in each entry.

They are what a writer, a word processor or a wrong encoding left behind, and markup that the
dialect does not have, which is shown as it is typed. A kind is looked for only where the text
holds one of its `signs`: most texts hold none, and are passed by at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from innspill.messages import Message, say
from innspill.read.code_spans import hidden_in

AS_LATIN = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
"""What the second byte of a letter in UTF-8 becomes when it is read as Windows-1252."""
FILE = r"(?:https?://|mailto:|www\.|[\w./-]+\.(?:md|pdf|html?|docx?|xlsx?|png|jpe?g)\b)"
ENTITIES = (
    "nbsp|shy|amp|lt|gt|quot|laquo|raquo|ldquo|rdquo|lsquo|rsquo|ndash|mdash|hellip|bull|sect"
    "|oslash|aring|aelig|auml|ouml|eacute"
)


@dataclass(frozen=True, slots=True)
class LeftoverKind:
    """One kind of leftover, and what to do about it."""

    code: str
    signs: tuple[str, ...]
    """One of these stands in each text that holds it; a single character is found soonest."""
    pattern: re.Pattern[str]
    message: Message
    hint: Message
    is_markup: bool = False
    """Whether it is markup, which means nothing outside a body."""
    is_told_once: bool = False
    """Whether all of a file have one cause, so that the first is enough."""


FILL_IN = say("write what is meant, or take it out")
MARKUP = say("this markup is not known, and is shown as it stands")
ESCAPE = say("take it away, or put a backslash in front where the sign is meant")
KINDS = (
    LeftoverKind(
        "garbled",
        tuple("ÃÂâÄÅ√¬‚├¿¾¯›†Œ¸=\\"),
        re.compile(
            rf"Ã{AS_LATIN}|Â[\u0080-\u00bf]|â[€\u0080]|Ä[Œ\u008d‘]|Å[¡‹¾½§]"  # UTF-8, as Latin
            r"|√[∏•¶òÖÜ§∂Ñ©]|¬[´ª∞†]|‚Ä[ìîòôúù¶¢]|├[^\s─]"  # UTF-8, as Mac Roman and DOS
            r"|[a-zæøå][¿¾¯›†Œ¸][a-zæøå]"  # Latin, Mac Roman and DOS, one as another
            r"|=C3=[89AB][\dA-F]|=E2=80=|\\u00[c-f][\da-f]"
        ),
        say("letters are garbled: the text has been read in a wrong encoding"),
        say("copy it anew from where it came, and see that æ, ø and å are right"),
        is_told_once=True,
    ),
    LeftoverKind(
        "entity",
        ("&",),
        re.compile(rf"&(?:amp;)?(?:[A-Za-z]{{2,10}};|#\w{{2,6}};|(?:{ENTITIES})(?![\w;=]))"),
        say("this code for a character is not known, and is shown as it stands"),
        say("write the character itself"),
    ),
    LeftoverKind(
        "leftover",
        ("!",),
        re.compile(
            r"(?:Feil|Error|Fejl|Fel)! [^.!?\n]{0,60}?\b(?:referanse|reference|bokmerke"
            r"|bogm|bookmark|hyper|dokument|document|stil|style|filnavn|filename|kategori|home tab"
            r"|ukjent|unknown|gyldig|valid|defin|finn|found)",
            re.IGNORECASE,
        ),
        say("a reference from the word processor is broken"),
        say("write what it pointed to, or make a link to it"),
    ),
    LeftoverKind(
        "leftover",
        ("_Ref", "_Toc", "_Hlk", "HYPERLINK", "MERGEF"),
        re.compile(r"(?<!\w)_(?:Ref|Toc|Hlk)\d{4,}|\b(?:HYPERLINK|MERGEF(?:IELD|ORMAT)|PAGEREF)\b"),
        say("a field from the word processor is left here"),
        FILL_IN,
    ),
    LeftoverKind(
        "leftover",
        ("for å skrive inn", "to enter", " element.", "an item.", "psum"),
        re.compile(
            r"\b(?:Klikk|Trykk)\b[^.\n]{0,30} for å skrive inn"
            r"|\b(?:Click|Tap)\b[^.\n]{0,30} to enter "
            r"|\bVel(?:g et|eit|g eit| eit) element\.|\bChoose an item\.|\bLorem ipsum",
            re.IGNORECASE,
        ),
        say("this is left to be filled in"),
        FILL_IN,
    ),
    LeftoverKind(
        "leftover",
        ("X", "xxx", "TODO", "TBD", "?", "x.x", "d.mm"),
        re.compile(
            r"(?<![\w.-])(?:X{3}|X{5,}|x{3,}|TODO|TBD)(?![\w-])"
            r"|(?<![\w?!)»\"”])\?{2,}(?![\w?!])"
            r"|(?<![\w.])(?:xx\.xx|XX\.XX|dd\.mm)(?:\.\w{2,4})?(?!\w)"
        ),
        say("this is left to be filled in"),
        FILL_IN,
    ),
    LeftoverKind(
        "leftover",
        ("[", "{"),
        re.compile(
            r"\[(?:(?:fyll|sett|skriv|legg|før|set|sjekk|husk|insert|fill|write|add|check)\b[^\]\n]*"
            r"|dato|sted|stad|beløp|antall?|tall?|kilde|kjelde|tekst|ref|lenke|lenkje|date|place"
            r"|amount|number|source|xx+|mangler|manglar|kommer|kjem|\?+|_+|\.{4,})\](?! ?[(\[:{])"
            r"|\{\{[^{}\n]+\}\}|\{%[^{}\n]+%\}",
            re.IGNORECASE,
        ),
        say("this is left to be filled in"),
        FILL_IN,
    ),
    LeftoverKind(
        "unlikely",
        ("[", *"¹²³⁴⁵⁶⁷⁸⁹"),
        re.compile(
            r"(?:(?<=[^\W\d_]{2})|(?<=[.,;:!?»”\")]))\[(?:\d{1,2}|i{1,3}|\*)\](?![(\[:{\w])"
            r"|(?:(?<=[^\W\d_]{4})|(?<=[.,»”)]))[¹²³⁴-⁹](?!\w)"
            r"|^\[\d{1,2}\]:?(?=\s)|(?<=[^\W\d_] )\[\d{1,2}\](?=[.,;:]|$)",
            re.MULTILINE,
        ),
        say("this is no footnote"),
        say("write `[^1]` in the text, and `[^1]: …` on a line of its own below it"),
        is_markup=True,
        is_told_once=True,
    ),
    LeftoverKind(
        "leftover",
        ("#",),
        re.compile(r"#(?:REF!|NAVN\?|NAME\?|VERDI!|VALUE!|DIV/0!|NUM!|NULL!|(?:I/T|N/A)(?!\w))"),
        say("a formula from the spreadsheet is broken"),
        FILL_IN,
    ),
    LeftoverKind(
        "leftover",
        ("]:",),
        re.compile(r"\b(?:Kommentert|Kommentar|Commented|Comment) \[[^\W\d_]{1,5}\d+(?:R\d+)?\]:"),
        say("a comment from the word processor is left here"),
        FILL_IN,
    ),
    LeftoverKind(
        "leftover",
        ("(", "____", "...."),
        re.compile(
            r"\((?:fyll (?:inn|ut)|(?:fyll|sett|skriv|legg|før) inn (?:her|dato|navn|namn|stad|sted"
            r"|tall?|beløp|tekst|antall?|kilde|kjelde|nummer|lenkje|lenke)(?!\w)[^()\n]{0,30})\)"
            r"|(?<![\w_])_{4,}(?![\w_])|(?<=:)[ \t]*\.{4,}(?![\w.])|(?<!\.)\.{8,}(?![\w.])",
            re.IGNORECASE,
        ),
        say("this is left to be filled in"),
        FILL_IN,
    ),
    LeftoverKind(
        "unlikely",
        ("*", "_"),
        re.compile(
            r"(?P<two>\*\*|__)(?![\s*_])[^*_\n]*(?P=two)(?!_)|(?P<both>\*\*|__)[^*_\n]*\w(?P=both)"
            r"|(?<![\w*])\*\*(?=\w)|(?<![\w*\0])\*(?=\w)[^*\n]*\s\*(?![\w*])"
        ),
        say("these signs make nothing bold or italic, and are shown"),
        say("write them close to the words, as in `**ord**`, or `\\*` where the sign is meant"),
        is_markup=True,
    ),
    LeftoverKind(
        "unlikely",
        ("[",),
        re.compile(
            rf"\[[^\[\]\n]+\]\[[\w .-]*\](?![\w(])|\[[^\[\]\n]+\] +\({FILE}[^)\n]*\)"
            rf"|\([^()\n]+\)\[{FILE}[^\]\n]*\]|\[[^\[\]\n]+\]\({FILE}[^)\s]*$",
            re.MULTILINE,
        ),
        say("this is no link"),
        say("write `[ord](adresse)`, or `[ord][navn]` and a line `[navn]: adresse` below the text"),
        is_markup=True,
    ),
    LeftoverKind(
        "unlikely",
        ("{",),
        re.compile(r"\{[\w-]+=[“”„«»‘’‚][^{}\n]*\}"),
        say("the quotation marks in the braces are curly"),
        say("write straight ones, as in {example}", example='{lang="en"}'),
        is_markup=True,
    ),
    LeftoverKind(
        "unlikely",
        ("~", "=", "[", "$", "{", "^"),
        re.compile(
            r"~~(?=\S)[^~\n]+~~|(?<![=\w])==(?=[^\s=])[^=\n]+==(?!=)|\[\[[^\[\]\n]+\]\]"
            r"|^[^\S\n]*\[[ xX]\](?=\s)|^\[!\w+\]|\[_?TOC_?\]|\$\$[^$\n]+\$\$"
            r"|\[/(?:b|i|u|url|quote)\]"
            r"|\{(?:[.#][\w-]+|[\w-]+=)[^{}\n]*\}|\^\w{1,4}\^",
            re.MULTILINE,
        ),
        MARKUP,
        say("take it away; `innspill manual` tells what markup there is"),
        is_markup=True,
    ),
    LeftoverKind(
        "unlikely",
        ("\\",),
        re.compile(
            r"\\(?= )|\\\s*\Z|\\(?:newpage|pagebreak|textbf|emph|section|[nrt](?=[\sA-ZÆØÅ]))"
        ),
        say("this backslash does nothing, and is shown"),
        ESCAPE,
        is_markup=True,
    ),
)


def kinds_in(text: str) -> Sequence[LeftoverKind]:
    """The kinds that a text may hold, told by their signs alone."""
    return [kind for kind in KINDS if any(sign in text for sign in kind.signs)]


def leftovers_in(
    text: str, kinds: Sequence[LeftoverKind]
) -> Iterator[tuple[LeftoverKind, re.Match[str]]]:
    """Each leftover in a text as it is written; where kinds overlap, the first counts."""
    here = [kind for kind in kinds if any(sign in text for sign in kind.signs)]
    plain = _without_hidden(text) if here else text
    for kind in here:
        matches = list(kind.pattern.finditer(plain))
        plain = _blanked(plain, (each.span() for each in matches)) if matches else plain
        for found in matches:
            yield kind, found


def _without_hidden(text: str) -> str:
    """A text without its code and what a backslash makes text of."""
    return _blanked(text, hidden_in(text)) if "`" in text or "\\" in text else text


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text, as long as before, in which nothing is found any more where the spans were."""
    pieces = []
    done = 0
    for start, end in spans:
        pieces += [text[done:start], re.sub(r"[^\n]", "\0", text[start:end])]
        done = end
    return "".join([*pieces, text[done:]])
