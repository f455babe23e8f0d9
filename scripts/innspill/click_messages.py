"""Click's own messages, in the program's catalogue.

Click asks gettext's default domain for its messages, which would need a compiled catalogue on
the disk for each language. Its modules are given this catalogue instead; where a new Click keeps
its messages elsewhere, they stay English.
"""

from __future__ import annotations

import gettext

from click import core, decorators, exceptions, formatting, parser, types, utils

from innspill.messages import say, sentence

MESSAGES = (
    say("Usage:"),
    say("Options"),
    say("Commands"),
    say("Show this message and exit."),
    sentence("Error: {message}"),
    sentence("Try '{command} {option}' for help."),
    sentence("No such command {name!r}."),
    sentence("No such option {name!r}."),
    say("Missing command."),
    say("Missing argument"),
    say("Missing option"),
    sentence("Invalid value: {message}"),
    sentence("Invalid value for {param_hint}: {message}"),
    sentence("{value!r} is not a valid {number_type}."),
    sentence("{value} is not in the range {range}."),
    sentence("Option {name!r} does not take a value."),
    sentence("{name} {filename!r} does not exist."),
    sentence("{name} {filename!r} is a file."),
    sentence("{name} {filename!r} is a directory."),
    sentence("{name} {filename!r} is not readable."),
    say("file"),
    say("directory"),
    say("path"),
    say("Aborted!"),
)
"""What the program's users may meet of Click, which fills the places."""
COUNTED = (
    gettext.ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    gettext.ngettext(
        "Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1
    ),
    gettext.ngettext(
        "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1
    ),
    gettext.ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
)
"""The same, where their number counts."""


def translate_click(catalogue: gettext.NullTranslations) -> None:
    """Lets Click take its messages from a catalogue."""
    for module in (core, decorators, exceptions, formatting, parser, types, utils):
        for name, words in (("_", catalogue.gettext), ("ngettext", catalogue.ngettext)):
            if hasattr(module, name):
                setattr(module, name, words)
