"""The vote that a sentence tells, as far as it is certain."""

from __future__ import annotations

import re

WORDS = {
    "én": 1, "ein": 1, "éin": 1, "ei": 1, "ett": 1, "en": 1, "to": 2, "tre": 3, "fire": 4,
    "fem": 5, "seks": 6, "sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12,
}  # fmt: skip
COUNT = rf"(?:\d{{1,3}}|{'|'.join(WORDS)})"
VOTES = r"(?:stemmer?|røyste?r?|røyst)"
WHO = r"(?:\s*\((?P<{}>[^()]*[^\W\d_][^()]*)\))?"
BOTH = re.compile(
    rf"(?<![\d.,/-])(?<!sak )\b(?P<f>{COUNT})(?:\s+{VOTES})?{WHO.format('ours')}"
    rf"\s+mot\s+(?P<a>{COUNT})\b(?![.,/]\d)(?:\s+{VOTES}\b)?{WHO.format('theirs')}",
    re.IGNORECASE,
)
"""12 mot 3; 12 stemmer (A og SV) mot 3 (H)."""
DASHED = re.compile(
    r"\b(?:med|stemmetall\w*|røystetal\w*)\s+(?P<f>\d{1,3})\s?[-–]\s?(?P<a>\d{1,3})\b(?![.,/–-]?\d)"
    + WHO.format("theirs"),
    re.IGNORECASE,
)
AGAINST = re.compile(rf"\bmot\s+(?P<a>{COUNT})\s+{VOTES}\b{WHO.format('theirs')}", re.IGNORECASE)
"""mot 3 stemmer (2 H og 1 FrP): how many were for it is not told."""
SEEN = re.compile(
    rf"\bmot\s+(?:\w+\s+)?{VOTES}\b|\b{COUNT}\s+{VOTES}\b|\b(?:stemmetall|røystetal)\w*"
    r"|\bvoter(?:ing|t)\w*|\b(?:stemte|røysta)\s+(?:for|mot)\b",
    re.IGNORECASE,
)
"""What tells that there was a vote, however it is told."""


def vote_in(sentence: str) -> dict[str, str]:
    """The keys of a vote that was not unanimous, in a sentence that tells of the decision."""
    found = BOTH.search(sentence) or DASHED.search(sentence) or AGAINST.search(sentence)
    if not found:
        return {}
    told = found.groupdict()
    made = {"result": "majority"}
    for key, group in (("for", "f"), ("against", "a")):
        if count := told.get(group):
            made[key] = str(WORDS.get(count.casefold(), count))
    sides = ((told.get("ours"), "for"), (told.get("theirs"), "mot"))
    if parties := ", ".join(f"{who.strip()} stemte {side}" for who, side in sides if who):
        made["parties"] = parties
    return made
