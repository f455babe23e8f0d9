"""The command line: arguments in, sentences out. It decides nothing.

Exit codes: 0 done, 1 the content has faults, 2 wrong usage, 3 the machine's or the program's
fault, 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from innspill import __version__
from innspill.click_messages import translate_click
from innspill.errors import CommandError, WrongArguments
from innspill.failure import print_traceback, what_failed, what_to_do
from innspill.forms import FORMS
from innspill.limits import USUAL, Limits
from innspill.messages import Message, catalogue, say
from innspill.own_folders import STATE
from innspill.project import (
    STORE_LIMIT,
    BuildOptions,
    Project,
    SealRequest,
    is_address,
    own_templates,
)
from innspill.report import Report, language, tell
from innspill.seal_options import PASSWORD, seal_options
from innspill.system_words import why
from innspill.terminal import prepare, write, write_json

FAULTS, USAGE, MACHINE = 1, 2, 3
KINDS = ("statement", "consultation", "site", "page")
"""The kinds of files that have front matter."""

Command = TypeVar("Command", bound=Callable[..., Any])

INTERRUPTED = 130
"""As a shell has it for what was ended with Ctrl-C."""


class _Program(click.Group):
    """The one place where what no command expects becomes a sentence."""

    def main(self, *arguments: Any, **options: Any) -> Any:
        prepare()
        with _in_words():  # the help and the version are printed before any command is begun
            return super().main(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _in_words():  # closer than Click, which has its own way with Ctrl-C
            return super().invoke(ctx)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except KeyboardInterrupt:
        _fail(say("stopped"), INTERRUPTED)
    except WrongArguments as fault:
        _fail(fault.message, USAGE)
    except CommandError as fault:
        _fail(fault.message)
    except OSError as fault:
        _fail(say("{path}: {why}", path=fault.filename or "?", why=why(fault)))
    except Exception as fault:
        print_traceback(fault)
        _fail(say("{what}. {advice}.", what=what_failed(fault), advice=what_to_do(fault)))


translate_click(catalogue(language()))


def _project_option(command: Command) -> Command:
    return click.option(
        "--project", metavar="DIR", default=".", type=click.Path(path_type=Path),
        help=tell(say("The folder that holds content/. Default: the one you stand in.")),
    )(command)  # fmt: skip


def _project_options(command: Command) -> Command:
    return click.option(
        "--output", metavar="DIR", default=None, type=click.Path(path_type=Path),
        help=tell(say("Where the site is published. Default: build/ in the project.")),
    )(_project_option(command))  # fmt: skip


class _StoreName(click.Path):
    """A folder, or the address of a store that machines share."""

    def convert(self, value: Any, param: Any, ctx: Any) -> Any:
        return value if is_address(str(value)) else super().convert(value, param, ctx)


def _shard(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Which of how many parts: `2/5`."""
    if value is None:
        return None
    found = re.fullmatch(r"(\d+)/(\d+)", value, re.ASCII)
    number, of = map(int, found.groups()) if found else (0, 0)
    if not 1 <= number <= of:
        raise click.BadParameter(tell(say("{value} is no part as 2/5 is", value=value)))
    return number, of


def _store_option(command: Command) -> Command:
    return click.option(
        "--store", metavar="PLACE", default=None,
        type=_StoreName(path_type=Path, file_okay=False),
        help=tell(
            say(
                "Where what was made is kept for the next time, up to {n} GB. It may be deleted, "
                "shared, and carried to another machine; s3://bucket/folder is one that machines "
                "share. Default: .innspill/ in the project.",
                n=STORE_LIMIT // 1_000_000_000,
            )
        ),
    )(command)  # fmt: skip


_seal_option = seal_options(
    "--seal",
    say(
        "Seal the PDFs with the certificate in this file (PKCS#12). Its password is asked for, or "
        "taken from {name}.",
        name=PASSWORD,
    ),
)


def _drafts_option(command: Command) -> Command:
    return click.option(
        "--drafts", "with_drafts", is_flag=True,
        help=tell(
            say(
                "Give readers the drafts too. Without it they are held back where --output is "
                "given, unless their consultation says `publish_drafts: true`."
            )
        ),
    )(command)  # fmt: skip


def _render_limit_option(command: Command) -> Command:
    return click.option(
        "--render-limit", metavar="SECONDS", default=USUAL.rendering.seconds,
        type=click.IntRange(min=1),
        help=tell(
            say("How long a template may take for one page. Default: {n}.",
                n=USUAL.rendering.seconds)
        ),
    )(command)  # fmt: skip


def _limit_options(command: Command) -> Command:
    layout = click.option(
        "--layout-limit", metavar="SECONDS", default=USUAL.layout.seconds,
        type=click.IntRange(min=1),
        help=tell(
            say("How long laying out one PDF may take. Default: {n}.", n=USUAL.layout.seconds)
        ),
    )  # fmt: skip
    return layout(_render_limit_option(command))


def _report_options(command: Command) -> Command:
    for option in (
        click.option(
            "--strict", is_flag=True, help=tell(say("Take warnings as errors."))
        ),
        click.option(
            "--format", "form", type=click.Choice(["text", "json", "github"]), default="text",
            help=tell(say("How faults are printed; github makes annotations in a workflow.")),
        ),
        click.option(
            "-q", "--quiet", is_flag=True, help=tell(say("Print faults, and nothing else."))
        ),
        click.option(
            "-v", "--verbose", is_flag=True, help=tell(say("Print every file that is written."))
        ),
    ):  # fmt: skip
        command = option(command)
    return command


EPILOG = say(
    "Examples:\n"
    "  innspill new hoering-2026    a commented example to start from\n"
    "  innspill check               is anything wrong?\n"
    "  innspill serve --open        see the pages while you write\n"
    "  innspill build               the site and the PDFs, in build/\n"
    "  innspill build --no-pdf --output /srv/intranet/innspill"
)


@click.group(
    cls=_Program,
    help=tell(say("Turns a public committee's statements from Markdown into a site and PDFs.")),
    # Click keeps the line ends of a paragraph that begins with a backspace.
    epilog=f"\b\n{tell(EPILOG)}",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(
    __version__,
    prog_name="innspill",
    message="%(prog)s %(version)s",
    help=tell(say("Show the version and exit.")),
)
def main() -> None:
    """The program."""


@main.command(
    "build",
    help=tell(say("Build the site and the PDFs. If anything is wrong, nothing is written.")),
)
@click.option("--no-pdf", is_flag=True, help=tell(say("Leave the PDFs out: quicker.")))
@click.option(
    "--print", "prints", multiple=True, type=click.Choice(list(FORMS)),
    help=tell(
        say("Print every statement in this form too, whatever its `prints` says. May be repeated.")
    ),
)  # fmt: skip
@click.option(
    "--adopt", "adopts", is_flag=True,
    help=tell(say("Publish to a folder that holds other files already. They are kept.")),
)  # fmt: skip
@click.option(
    "--profile", "with_profile", is_flag=True,
    help=tell(say("Tell where the time went, phase by phase.")),
)  # fmt: skip
@click.option(
    "--jobs", metavar="N", default=0, type=click.IntRange(min=0),
    help=tell(
        say("How many processes work at once. Default: as many as there are cores; 1 starts none.")
    ),
)  # fmt: skip
@click.option(
    "--on", "scheduler", metavar="ADDRESS", default="",
    help=tell(
        say("Work on other machines: the address of a Dask scheduler, as tcp://host:8786.")
    ),
)  # fmt: skip
@click.option(
    "--shard", metavar="I/N", default=None, callback=_shard,
    help=tell(
        say(
            "Make only part I of N of the statements, put it into the store, and publish nothing. "
            "A build with the same store then joins the parts."
        )
    ),
)  # fmt: skip
@_seal_option
@_drafts_option
@_project_options
@_store_option
@_limit_options
@_report_options
def build_command(
    project: Path,
    output: Path | None,
    store: Path | str | None,
    with_drafts: bool,
    seal: SealRequest | None,
    render_limit: int,
    layout_limit: int,
    jobs: int,
    scheduler: str,
    shard: tuple[int, int] | None,
    adopts: bool,
    with_profile: bool,
    no_pdf: bool,
    prints: tuple[str, ...],
    strict: bool,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """`innspill build`."""
    from innspill.commands import build

    started = time.perf_counter()
    report = Report(form, quiet=quiet, verbose=verbose)
    limits = USUAL.of(render_limit, layout_limit)
    place = _locate(
        project, output, store=store, with_drafts=with_drafts, limits=limits, publishes=True
    )
    options = BuildOptions(not no_pdf, strict, prints, jobs, adopts, scheduler, shard, seal)
    with report.progress() as on_step:
        built = build(place, options, on_step)
    report.diagnostics(built.checked)
    if not built.is_done:
        sys.exit(FAULTS)
    if with_profile:
        report.profile()
    took = time.perf_counter() - started
    if shard:
        report.filled(built, place.shared or place.store, took)
    else:
        report.built(built, place.output, took)


@main.command("check", help=tell(say("Tell what is wrong with the content. Writes nothing.")))
@_drafts_option
@_project_options
@_render_limit_option
@_report_options
def check_command(
    project: Path,
    output: Path | None,
    with_drafts: bool,
    render_limit: int,
    strict: bool,
    form: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """`innspill check`."""
    from innspill.build import check_ahead

    report = Report(form, quiet=quiet, verbose=verbose)
    limits = USUAL.of(render_limit, USUAL.layout.seconds)
    place = _locate(project, output, with_drafts=with_drafts, limits=limits)
    checked, for_readers = check_ahead(place, BuildOptions(strict=strict))
    report.diagnostics(checked)
    if not checked.is_sound:
        sys.exit(FAULTS)
    report.checked(checked, for_readers)


@main.command(
    "serve",
    help=tell(
        say("Show the site in a browser while it is written, on this machine. Publishes nothing.")
    ),
)
@click.option(
    "--port", metavar="N", default=8000, type=click.IntRange(0, 65535),
    help=tell(say("The port. Default: 8000; 0 takes any that is free.")),
)  # fmt: skip
@click.option("--open", "opens", is_flag=True, help=tell(say("Open the site in a browser.")))
@_project_option
@click.option("-q", "--quiet", is_flag=True, help=tell(say("Print faults, and nothing else.")))
@_limit_options
def serve_command(
    project: Path, port: int, opens: bool, quiet: bool, render_limit: int, layout_limit: int
) -> None:
    """`innspill serve`."""
    from innspill.serve.panel import PanelWords
    from innspill.serve.server import serve

    report = Report("text", quiet=quiet, verbose=False)
    words = PanelWords(language(), tell)
    place = _locate(project, None, limits=USUAL.of(render_limit, layout_limit))
    try:
        serve(place, port, words, partial(report.serving, opens=opens), report.saw)
    except KeyboardInterrupt:  # before it answered
        sys.exit(0)


@main.command(
    "new",
    help=tell(
        say(
            "Make the commented content folder of a consultation, with an example to write over; "
            "with CONSULTATION/NAME, one more statement in it."
        )
    ),
)
@click.argument("name", metavar="CONSULTATION[/NAME]")
@click.option(
    "--committee", metavar="NAME", default=None,
    help=tell(say("The committee whose statement is begun.")),
)  # fmt: skip
@click.option(
    "--from", "letter", metavar="FILE", default=None,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=tell(say("The letter that asks: its questions, dates and references are taken.")),
)  # fmt: skip
@_project_option
def new_command(name: str, committee: str | None, letter: Path | None, project: Path) -> None:
    """`innspill new`."""
    from innspill.scaffold import make_consultation, make_statement

    case, _, statement = name.strip("/").partition("/")
    if statement:
        made = make_statement(project, case, statement, committee)
    elif letter:
        from innspill.importing.consultation import consultation_from

        began = consultation_from(project, case, letter, committee)
        if began.refusal:
            _fail(began.refusal, FAULTS)
        for line in began.report:
            write(tell(line))
        made = began.made
    else:
        made = make_consultation(project, case, committee)
    for path in made:
        write(tell(say("made {path}", path=path)))
    write(tell(say("Write over the examples, then run `innspill build`.")))


@main.command(
    "import",
    help=tell(
        say(
            "Make a statement of a letter: Word, OpenDocument, PDF with text, plain text, Markdown "
            "or HTML. Every word is counted; where one is lost or in doubt, nothing is written."
        )
    ),
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)  # fmt: skip
@click.option(
    "--to", metavar="CONSULTATION/NAME", required=True,
    help=tell(
        say("The statement to make. With CONSULTATION/ alone it is named by its committee.")
    ),
)  # fmt: skip
@click.option(
    "--committee", metavar="NAME", default="",
    help=tell(say("The committee, where the letter does not name it.")),
)  # fmt: skip
@click.option(
    "--dry-run", "is_dry", is_flag=True, help=tell(say("Show the report, and write nothing."))
)
@click.option(
    "--accept-changes", "accepts_changes", is_flag=True,
    help=tell(say("Take tracked changes as accepted, and leave comments out.")),
)  # fmt: skip
@click.option(
    "--accept-losses", "accepts_losses", is_flag=True,
    help=tell(say("Write the statement though words are lost or in doubt.")),
)  # fmt: skip
@click.option(
    "--force", "overwrites", is_flag=True,
    help=tell(say("Write over a statement that is there.")),
)  # fmt: skip
@_project_option
def import_command(
    files: tuple[Path, ...],
    to: str,
    committee: str,
    is_dry: bool,
    accepts_changes: bool,
    accepts_losses: bool,
    overwrites: bool,
    project: Path,
) -> None:
    """`innspill import`."""
    from innspill.importing.command import ImportRequest, import_files, next_steps

    report = Report("text", quiet=False, verbose=False)
    asked = ImportRequest(files, to, committee, is_dry, overwrites, accepts_changes, accepts_losses)
    results = []
    for each in import_files(_locate(project, None, must_exist=False), asked):
        report.imported(each)
        results.append(each)
    if (told := next_steps(results)) is not None:
        write(tell(told))
    if any(each.refusal for each in results):
        sys.exit(FAULTS)


@main.command(
    "pack",
    help=tell(
        say(
            "Make one zip of a statement or a consultation: pages, PDFs and data. "
            "WHAT is its path, as in hoering-2026/alna; by default the only consultation."
        )
    ),
)
@click.argument("what", required=False, metavar="[WHAT]")
@click.option(
    "--output", metavar="FILE", default=None, type=click.Path(path_type=Path, dir_okay=False),
    help=tell(say("The zip to write. Default: named after what it holds, where you stand.")),
)  # fmt: skip
@_project_option
@click.option(
    "--arkiv", "for_archive", is_flag=True,
    help=tell(
        say(
            "Pack one statement for a Norwegian case system: its files with arkivmelding.xml "
            "(Noark 5), and the statement as Akoma Ntoso."
        )
    ),
)  # fmt: skip
@click.option("--no-pdf", is_flag=True, help=tell(say("Leave the PDFs out: quicker.")))
@click.option(
    "--drafts", "with_drafts", is_flag=True,
    help=tell(say("Pack the drafts too. One that WHAT names is always packed.")),
)  # fmt: skip
@_seal_option
@_store_option
@_limit_options
def pack_command(
    what: str | None,
    output: Path | None,
    project: Path,
    for_archive: bool,
    no_pdf: bool,
    with_drafts: bool,
    seal: SealRequest | None,
    store: Path | str | None,
    render_limit: int,
    layout_limit: int,
) -> None:
    """`innspill pack`."""
    from innspill.archive.delivery import pack_for_archive
    from innspill.build import pack_content
    from innspill.durable import written_whole

    report = Report("text", quiet=False, verbose=False)
    with report.progress() as on_step:
        limits = USUAL.of(render_limit, layout_limit)
        place = _locate(project, None, store=store, with_drafts=with_drafts, limits=limits)
        options = BuildOptions(not no_pdf, seal=seal)
        pack = pack_for_archive if for_archive else pack_content
        built, packed = pack(place, what, options, on_step)
    report.diagnostics(built.checked)
    report.notes(built)
    if packed is None:
        sys.exit(FAULTS)
    target = output or Path(packed.name)
    with written_whole(target) as partial, partial.open("xb") as file:
        packed.write(file)
        size = file.tell()
    message = say("packed {path}: {n} kB", path=target, n=max(1, size // 1000))
    write(tell(message))
    report.held(built.checked)


@main.command(
    "redline",
    help=tell(
        say(
            "Show what changed in statements since REV: a tag, a branch or a commit of git. "
            "STATEMENT is a path, as in hoering-2026/alna; by default all."
        )
    ),
)
@click.argument("revision", metavar="REV")
@click.argument("statements", nargs=-1, metavar="[STATEMENT]...")
@click.option(
    "--against", metavar="REV2", default=None,
    help=tell(say("Compare with this revision, and not with the files as they are.")),
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["md", "json"]), default="md",
    help=tell(say("Markdown for a mail or a merge request, or JSON for a script.")),
)  # fmt: skip
@_project_option
def redline_command(
    revision: str, statements: tuple[str, ...], against: str | None, form: str, project: Path
) -> None:
    """`innspill redline`."""
    from innspill.redlines import redlines

    report = Report("text", quiet=False, verbose=False)
    compared = redlines(_locate(project, None), revision, against, statements)
    report.faults(compared.faults, compared.texts)
    report.redlines(compared.comparisons, form)
    if not compared.comparisons:
        sys.exit(FAULTS)


@main.command(
    "fmt",
    help=tell(
        say(
            "Put one sentence on a line and the front matter's keys in order, in FILE or in all "
            "of content/. Nothing changes that a reader sees."
        )
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option(
    "--check", is_flag=True, help=tell(say("Only tell which files would change; write nothing."))
)
@_project_option
def fmt_command(files: tuple[Path, ...], check: bool, project: Path) -> None:
    """`innspill fmt`."""
    from innspill.fmt.files import format_files

    report = Report("text", quiet=False, verbose=False)
    done = format_files(_locate(project, None), files, is_written=not check)
    report.faults(done.faults, done.texts)
    report.formatted(done, is_written=not check)
    if done.faults or (check and done.changed):
        sys.exit(FAULTS)


@main.command(
    "seal",
    help=tell(
        say(
            "Seal PDFs that Innspill made, so that anyone can see who published them and that "
            "nothing was changed since. What stands in them stays as it is, byte for byte."
        )
    ),
)
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE.pdf...",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
)  # fmt: skip
@seal_options(
    "--certificate",
    say(
        "The file (PKCS#12) that holds the certificate with its key. Its password is asked for, "
        "or taken from {name}.",
        name=PASSWORD,
    ),
)
@click.option(
    "--output", metavar="FILE", default=None, type=click.Path(path_type=Path, dir_okay=False),
    help=tell(say("Where the sealed file is written, of one PDF. Default: in its place.")),
)  # fmt: skip
def seal_command(files: tuple[Path, ...], seal: SealRequest | None, output: Path | None) -> None:
    """`innspill seal`."""
    from innspill.seal import seal_files

    if output and len(files) > 1:
        raise WrongArguments(say("with --output, name one PDF"))
    if seal is None:
        raise WrongArguments(say("name a certificate: --certificate or --pkcs11-module"))
    for path in seal_files(files, seal, output):
        write(tell(say("sealed {path}", path=path)))


@main.command(
    "schema",
    help=tell(
        say(
            "Print the JSON Schema of a statement's front matter, or of another KIND of file's; "
            "without KIND of all of them. Other programs check and complete with it."
        )
    ),
)
@click.argument("kind", required=False, metavar="[KIND]", type=click.Choice(KINDS))
def schema_command(kind: str | None) -> None:
    """`innspill schema`."""
    from innspill.front_schema import front_schema

    write_json(front_schema(kind, tell))


@main.command(
    "lsp",
    help=tell(
        say(
            "Help an editor, over the language server protocol: faults while you type, completion "
            "of keys, values and quotes. The editor starts it."
        )
    ),
)
@click.option("--stdio", is_flag=True, help=tell(say("Over its own input and output, as always.")))
def lsp_command(stdio: bool) -> None:  # noqa: ARG001 - editors say it of themselves
    """`innspill lsp`."""
    from innspill.failure import from_extra

    with from_extra("lsp"):
        from innspill.editor.server import make_server

        server = make_server(lambda folder: _locate(folder, None), tell)
    server.start_io()


@main.command(
    "suggest",
    help=tell(
        say(
            "Suggest points of the summary and proposals out of a statement's own sentences, as "
            "front matter to paste. STATEMENT is its path, as in hoering-2026/alna."
        )
    ),
)
@click.argument("statement", metavar="STATEMENT")
@click.option(
    "--apply",
    "is_applied",
    is_flag=True,
    help=tell(
        say(
            "Write them into the statement's front matter, each with `suggested: true`: no reader "
            "is given it until a person takes that away."
        )
    ),
)
@click.option(
    "--about",
    metavar="TEXT",
    default=None,
    help=tell(say("Only tell which passages say most of this text, to be quoted for it.")),
)
@_project_option
def suggest_command(statement: str, is_applied: bool, about: str | None, project: Path) -> None:
    """`innspill suggest`."""
    from innspill.suggest.suggest import passages_like, suggest

    report = Report("text", quiet=False, verbose=False)
    place = _locate(project, None)
    if about is not None:
        if is_applied:
            _fail(say("--about only tells: leave out --apply"), USAGE)
        report.passages(passages_like(place, statement, about))
        return
    found = suggest(place, statement, is_applied=is_applied)
    report.faults(found.faults, found.texts)
    report.suggested(found, is_applied=is_applied)
    if found.faults:
        sys.exit(FAULTS)


@main.command(
    "verify",
    help=tell(
        say("Tell whether a PDF, or a published folder, says what the commit that it names says.")
    ),
)
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE.pdf|FOLDER...",
    type=click.Path(path_type=Path, exists=True),
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text",
    help=tell(say("Sentences, or JSON for a script.")),
)  # fmt: skip
@_project_option
@click.option(
    "--timeout", metavar="SECONDS", default=600, type=click.IntRange(min=1),
    help=tell(say("How long making each anew may take. Default: 600.")),
)  # fmt: skip
@click.option(
    "--trust", "roots", metavar="FILE.pem", multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=tell(
        say("The certificate of an authority whose seals are trusted. May be repeated.")
    ),
)  # fmt: skip
def verify_command(
    paths: tuple[Path, ...], form: str, project: Path, timeout: int, roots: tuple[Path, ...]
) -> None:
    """`innspill verify`."""
    from innspill.verification import VerifyResult
    from innspill.verify import verify_paths
    from innspill.verify_seal import read_roots

    report = Report(form, quiet=False, verbose=False)
    place = _locate(project, None, must_exist=False)
    verdicts = verify_paths(place, paths, timeout, read_roots(roots))
    report.verdicts(verdicts)
    answers = {each.answer for each in verdicts if not each.answer.is_good}
    if answers:
        sys.exit(MACHINE if answers == {VerifyResult.UNKNOWN} else FAULTS)


@main.command(
    "manual",
    help=tell(say("Open the manual in a browser. It is made at first use, in your cache.")),
)
@click.option(
    "--path", "is_only_told", is_flag=True,
    help=tell(say("Print where the manual is, and open no browser.")),
)  # fmt: skip
def manual_command(is_only_told: bool) -> None:
    """`innspill manual`."""
    from innspill.manual import open_manual

    report = Report("text", quiet=False, verbose=False)
    with report.progress() as on_step:
        page = open_manual(language(), on_step)
    report.manual(page, opens=not is_only_told)


@main.command(
    "clean",
    help=tell(say("Remove what innspill has published, and its memos. Other files are kept.")),
)
@_project_options
@_store_option
def clean_command(project: Path, output: Path | None, store: Path | str | None) -> None:
    """`innspill clean`."""
    from innspill.commands import clean
    from innspill.manifest import read_manifest

    place = _locate(project, output, store=store, must_exist=False, publishes=True)
    if output and read_manifest(output) is None:
        _fail(say("there is nothing in {path} that Innspill published", path=output), USAGE)
    if not any(each.exists() for each in (place.content, place.output, place.home)):
        _fail(say("there is nothing of Innspill's in {path}", path=project), USAGE)
    cleaned = clean(place)
    for path, copy in cleaned.saved.items():
        write(
            tell(say("{path} had been changed by hand; a copy is in {copy}", path=path, copy=copy))
        )
    write(
        tell(say("removed from {folder}: {n} files", n=len(cleaned.removed), folder=place.output))
    )
    if cleaned.foreign:
        write(tell(say("kept, since innspill did not make them: {n}", n=len(cleaned.foreign))))


def _locate(
    project: Path,
    output: Path | None,
    *,
    store: Path | str | None = None,
    must_exist: bool = True,
    with_drafts: bool = False,
    publishes: bool = False,
    limits: Limits = USUAL,
) -> Project:
    content = project / "content"
    templates = project / "templates"
    # The user's own word is followed; what a clone may have brought is not.
    unnamed = (project / "build",) if publishes and not output else ()
    for path in (content, templates, *unnamed):
        if path.is_symlink():
            _fail(
                say(
                    "{path} is a link, and is not followed: a copy of a project may bring one "
                    "that leads anywhere. Put the folder itself there, or name the place that it "
                    "leads to with --project or --output.",
                    path=path,
                ),
                USAGE,
            )
    if must_exist and not content.is_dir():
        _fail(
            say(
                "there is no folder {path}. Stand in the project's folder, name it with "
                "--project, or begin with `innspill new`.",
                path=content,
            ),
            USAGE,
        )
    target = output or project / "build"
    folder = Path(os.path.realpath(target))
    shared, named = (store, None) if isinstance(store, str) else ("", store)
    if named and named.is_symlink():
        named = Path(os.path.realpath(named))
    own_store = named or project / STATE
    for kept in (content, templates, project / ".git", project / STATE, own_store):
        whole = Path(os.path.realpath(kept))  # which never fails: not on a link in a circle
        # A store that was named may be a folder with more in it, but readers must not have it.
        is_part = folder.is_relative_to(whole) and kept != named
        if is_part or whole.is_relative_to(folder):
            _fail(
                say(
                    "the site can't be published to {path}, which holds {kept} or is part of it. "
                    "Choose another folder with --output.",
                    path=target,
                    kept=kept,
                ),
                USAGE,
            )
    return Project(
        content=content,
        templates=own_templates(project),
        output=target,
        store=own_store,
        is_published=output is not None,
        today=datetime.now(UTC).astimezone().date(),
        with_drafts=with_drafts,
        shared=shared,
        store_is_named=named is not None,
        limits=limits,
    )


def _fail(message: Message, code: int = MACHINE) -> NoReturn:
    write(f"innspill: {tell(message)}", err=True)
    sys.exit(code)
