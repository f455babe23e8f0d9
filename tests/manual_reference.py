"""The manual's two pages to look things up in, as the program itself says it.

The tables of keys come from the schema, and the commands with their options from the command
line: what those say is said once.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

from msgspec import Struct
from sites import ROOT

from innspill.field_docs import field_docs
from innspill.forms import FORMS
from innspill.messages import catalogue
from innspill.read import schema
from innspill.read.convert import schema_fields

KEY_TABLES: tuple[type[Struct], ...] = (
    schema.SiteFront,
    schema.ConsultationFront,
    schema.QuestionFront,
    schema.StatementFront,
    schema.VoteFront,
    schema.PointFront,
    schema.ProposalFront,
    schema.WithdrawnFront,
    schema.ArchiveFront,
    schema.ClassFront,
    schema.AttachmentFront,
    schema.PageFront,
)
"""What each table of the page of keys is about, in the page's order."""
HEADS = {"en": ("key", "what it holds"), "nb": ("nøkkel", "hva som står der")}
OPTION_HEADS = {"en": ("option", "what it does"), "nb": ("valg", "hva det gjør")}
ASK = """
import json
import click
from innspill.cli import main

context = click.Context(main, info_name="innspill")
told = {}
for name, command in main.commands.items():
    inner = click.Context(command, parent=context, info_name=name)
    usage = command.get_usage(inner).split(":", 1)[1]
    records = [each.get_help_record(inner) for each in command.params]
    told[name] = [usage, command.help, [each for each in records if each]]
print(json.dumps(told))
"""
"""Has the program's own command line say what it has, in the language of the environment."""


def commands(language: str) -> dict[str, tuple[str, str, list[tuple[str, str]]]]:
    """Each command's usage, help and options, in the program's order."""
    ran = subprocess.run(
        [sys.executable, "-c", ASK],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "scripts"),
            "LC_ALL": f"{language}_NO.UTF-8" if language == "nb" else "C.UTF-8",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, tuple[str, str, list[tuple[str, str]]]] = json.loads(ran.stdout)
    return found


def with_keys(page: str, language: str) -> str:
    """The page of keys with its tables as the schema has them."""
    tables = iter([_keys(model, language) for model in KEY_TABLES])
    found = re.sub(r"(?:^\|.*\n)+", lambda _: next(tables), page, flags=re.MULTILINE)
    assert next(tables, None) is None, "the page has too few tables"
    return found


def with_commands(page: str, language: str) -> str:
    """The page of commands: what stands before its first heading, and then what they say."""
    parts = [page.partition("\n## ")[0].rstrip("\n")]
    for name, (usage, told, options) in commands(language).items():
        line = " ".join(usage.split())
        parts.append(f"## {name}\n\n```\n{line}\n```\n\n{told}")
        parts.append(_table(OPTION_HEADS[language], [_option(*each) for each in options]))
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def _keys(model: type[Struct], language: str) -> str:
    words, docs = catalogue(language), field_docs(schema)[model.__name__]
    rows = [
        (
            ("**`{}`**" if e.required else "`{}`").format(key),
            _told(key, words.gettext(docs[e.name])),
        )
        for key, e in schema_fields(model).items()
    ]
    return _table(HEADS[language], rows)


def _told(name: str, description: str) -> str:
    """What a key holds; of the forms of the PDF, which there are."""
    if name != "prints":
        return description
    return f"{description.removesuffix('.')}: {', '.join(f'`{form}`' for form in FORMS)}."


def _option(names: str, told: str) -> tuple[str, str]:
    told = re.sub(r"  \[[^\]]*\]$", "", told)  # the range, which the help of the option tells
    return ", ".join(f"`{each}`" for each in names.split(", ")), told


def _table(head: tuple[str, str], rows: list[tuple[str, str]]) -> str:
    lines = (" | ".join(_cell(each) for each in row) for row in (head, ("---", "---"), *rows))
    return "".join(f"| {line} |\n" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
