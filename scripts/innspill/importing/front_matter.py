"""A front matter of what a letter states, with comments that tell its writer what to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from innspill.importing.letter_facts import FactsFound
from innspill.messages import catalogue, say
from innspill.read.schema import QuestionFront

FENCE = "---"
PLAIN = re.compile(r"[\w(«§][^\n]*")
WIDTH = 88
STATED = (
    "minutes", "dated", "our_reference", "your_reference", "case_officer", "recipient",
)  # fmt: skip
"""The facts besides the decision, in the order of the keys."""


def statement_front(
    title: str,
    facts: FactsFound,
    questions: Sequence[QuestionFront],
    file: str,
    language: str,
    original: Sequence[str] = (),
) -> str:
    """The front matter of a statement, up to the line behind it. Comments are in its language.

    `original` are the name of the letter's file and what of it stands elsewhere.
    """
    words = catalogue(language if language in ("nb", "nn") else "nb")
    vote = facts.get("vote.result")
    rows = [
        FENCE,
        *_comment(
            say(
                "Read from {file}. Compare the lines here with the letter, then take this comment "
                "away.",
                file=file,
            ).within(words)
        ),
        f"title: {scalar(title)}",
        f"committee: {scalar(facts.get('committee'))}",
    ]
    if facts.get("adopted"):
        rows += ["status: adopted", f"adopted: {facts.get('adopted')}"]
    else:
        rows += _comment(
            say(
                "The letter does not say that it was adopted. When it is: status: adopted, and "
                "adopted: yyyy-mm-dd."
            ).within(words)
        )
        rows += ["status: draft"]
    if vote:
        rows += ["vote:", f"  result: {vote}"]
        rows += [
            f"  {key}: {scalar(facts.get(f'vote.{key}'))}"
            for key in ("for", "against", "parties")
            if facts.get(f"vote.{key}")
        ]
    for key in STATED:
        if value := facts.get(key):
            rows.append(f"{key}: {scalar(value)}")
    if language:
        rows.append(f"lang: {language}")
    if original:
        rows.append(f"original: {scalar(original[0])}")
        rows += ["left_out:"] if original[1:] else []
        rows += [f"  - {scalar(each)}" for each in original[1:]]
    about = questions[0].id if questions else "general"
    rows += _comment(
        say(
            "Next: write the points of the summary and the proposals. Each rests on words that "
            "stand in the text below exactly once. Take the sign # away in front of each line."
        ).within(words)
    )
    rows += [
        "# summary:",
        f"#   - about: {about}",
        "#     point: …",
        "#     quote: …",
        "# proposals:",
        "#   - what: …",
        "#     move: to_district          # to_district · to_city · cooperate · other",
        "#     force: bør",
        "#     quote: …",
        FENCE,
        "",
    ]
    return "\n".join(rows) + "\n"


def consultation_front(
    values: Mapping[str, str], questions: Sequence[QuestionFront], file: str
) -> str:
    """The `index.md` of a consultation: its facts, and its questions."""
    words = catalogue("nb")
    rows = [
        FENCE,
        *_comment(
            say(
                "Read from {file}. Compare with the letter that asks, then take this comment away.",
                file=file,
            ).within(words)
        ),
    ]
    rows += [f"{key}: {scalar(value)}" for key, value in values.items() if value]
    rows += _comment(
        say(
            "Give each question a short id (small letters a–z, digits, hyphens) and a title of a "
            "few words. An id that you change here changes in the answers' headings too."
        ).within(words)
    )
    rows.append("questions:")
    for question in questions:
        rows += [f"  - id: {question.id}", f"    title: {scalar(question.title)}"]
        rows += _folded("text", question.text)
        if question.guidance:
            rows += _folded("guidance", question.guidance)
    return "\n".join([*rows, FENCE, ""])


def _folded(key: str, text: str) -> list[str]:
    """A text as a value: a long one as YAML folds it, an empty line between paragraphs."""
    if len(text) < WIDTH and "\n" not in text:
        return [f"    {key}: {scalar(text)}"]
    rows = [f"    {key}: >-"]
    for number, paragraph in enumerate(text.split("\n\n")):
        rows += [""] if number else []
        line = ""
        for word in paragraph.split():
            if line and len(line) + 1 + len(word) > WIDTH:
                rows.append(f"      {line}")
                line = word
            else:
                line = f"{line} {word}".strip()
        rows.append(f"      {line}")
    return rows


def _comment(text: str) -> list[str]:
    rows = [""]
    for word in text.split():
        if len(rows[-1]) + 1 + len(word) > WIDTH:
            rows.append("")
        rows[-1] = f"{rows[-1]} {word}".strip()
    return [f"# {row}" for row in rows]


def scalar(text: str) -> str:
    """A text as a value of YAML, in quotation marks where it needs them."""
    is_plain = PLAIN.fullmatch(text) and ": " not in text and " #" not in text
    if is_plain and not text.endswith((":", " ")):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
