"""What the program prints: faults, progress, and the line that closes a run."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

import click

from innspill.diagnostics import Diagnostic, Severity, as_github, as_json, as_text, in_order
from innspill.messages import Message, catalogue, environment_language, say

if TYPE_CHECKING:
    from innspill.build import Built, Checked, Step
    from innspill.fmt.files import Formatted
    from innspill.publish import Published
    from innspill.redlines import Comparison
    from innspill.serve.state import Preview
    from innspill.verify import Verdict


@cache
def _language() -> NullTranslations:
    return catalogue(environment_language(os.environ))


def language() -> str:
    """The language of the environment."""
    return environment_language(os.environ)


def tell(message: Message) -> str:
    """A message in the language of the environment."""
    return message.within(_language())


def _seconds(seconds: float) -> str:
    from babel.numbers import format_decimal

    language = environment_language(os.environ)
    return format_decimal(round(seconds, 1), format="0.0", locale=language)


class Report:
    """Prints in one form, as much as was asked for."""

    def __init__(self, form: str, *, quiet: bool, verbose: bool) -> None:
        self.form, self.quiet, self.verbose = form, quiet, verbose
        self._seen: tuple[Diagnostic, ...] = ()
        """What was wrong when a preview last looked."""

    @contextmanager
    def progress(self) -> Iterator[Step]:
        """What is being done: a moving line on a terminal, nothing in a pipe."""
        if self.quiet or not sys.stderr.isatty():
            yield self._say_only_that_it_waits
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

        columns = (
            SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24),
            TextColumn("{task.fields[count]}"),
        )  # fmt: skip
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None, count="")

            def on_step(what: Message, done: int, total: int) -> None:
                count = f"{done}/{total}" if total else ""
                bar.update(
                    task, description=tell(what), completed=done, total=total or None, count=count
                )

            yield on_step

    def _say_only_that_it_waits(self, what: Message, done: int, total: int) -> None:
        if what == say("Waiting for another build") and not self.quiet:
            click.echo(tell(what), err=True)

    def diagnostics(self, checked: Checked) -> None:
        """All that is wrong; for a script on stdout, for a person on stderr."""
        found = checked.diagnostics
        match self.form:
            case "json":
                click.echo(as_json(found, _language()))
            case "github":
                if found:
                    click.echo(as_github(found, _language()))
            case _:
                if found:
                    click.echo(as_text(found, checked.texts, _language()), err=True)
        self._count(checked)

    def faults(self, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
        """What is wrong with what was read, where that stops nothing."""
        if in_turn := in_order(found, strict=False):
            click.echo(as_text(in_turn, texts, _language()), err=True)

    def redlines(self, comparisons: Sequence[Comparison], form: str) -> None:
        """The redlines of statements, one after the other."""
        from innspill.render.redline_json import as_values
        from innspill.render.redline_markdown import as_markdown
        from innspill.render.redline_words import Wording

        if form == "json":
            values = [as_values(each.redline, each.old, each.new) for each in comparisons]
            click.echo(json.dumps(values, ensure_ascii=False, indent=2))
            return
        wording = Wording(language())
        texts = [
            as_markdown(each.redline, wording, wording.title(each.redline, each.old, each.new))
            for each in comparisons
        ]
        click.echo("\n".join(texts), nl=False)

    def formatted(self, done: Formatted, *, is_written: bool) -> None:
        """Which files were put in their settled form, or would be."""
        told = say("formatted {path}") if is_written else say("would format {path}")
        for path in done.changed:
            click.echo(tell(Message(told.text, (("path", path),))))
        for path in dict.fromkeys(each.at.path for each in done.faults):
            click.echo(tell(say("left alone, since it has faults: {path}", path=path)))
        counts = say(
            "files changed: {n}, as they should be: {m}", n=len(done.changed), m=done.unchanged
        )
        if not is_written:
            counts = say(
                "files that would change: {n}, as they should be: {m}",
                n=len(done.changed),
                m=done.unchanged,
            )
        click.echo(tell(counts))

    def verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """What PDFs and folders turned out to be."""
        if self.form == "json":
            values = [
                {
                    "path": each.path,
                    "answer": each.answer.value,
                    "commit": each.commit,
                    "findings": [tell(finding) for finding in each.findings],
                }
                for each in verdicts
            ]
            click.echo(json.dumps(values, ensure_ascii=False, indent=2))
            return
        answers = {
            "same": say("{path}: the same, byte for byte"),
            "same-text": say("{path}: the same text in other bytes"),
            "other": say("{path}: not the same"),
            "not-ours": say("{path}: can't be verified"),
        }
        for each in verdicts:
            told = tell(Message(answers[each.answer].text, (("path", each.path),)))
            click.echo(f"{told} ({each.commit[:12]})" if each.commit else told)
            for finding in each.findings:
                click.echo(f"  {tell(finding)}")

    def _count(self, checked: Checked) -> None:
        errors = sum(each.severity is Severity.ERROR for each in checked.diagnostics)
        if not errors or self.form != "text":
            return
        files = len({each.at.path for each in checked.diagnostics})
        click.echo(
            tell(
                say(
                    "errors: {errors} · warnings: {warnings} · files: {files} · "
                    "nothing was written",
                    errors=errors,
                    warnings=len(checked.diagnostics) - errors,
                    files=files,
                )
            ),
            err=True,
        )

    def checked(self, checked: Checked) -> None:
        """The closing line of a check without errors."""
        self._line(
            say(
                "checked · statements: {n} · warnings: {warnings}",
                n=len(checked.site.statements),
                warnings=len(checked.diagnostics),
            )
        )

    def built(self, built: Built, published: Published, folder: Path, seconds: float) -> None:
        """The closing lines of a build: what, how much, how fast, where."""
        for path, copy in published.saved:
            self._line(
                say("{path} had been changed by hand; a copy is in {copy}", path=path, copy=copy)
            )
        if self.verbose:
            for path in published.written:
                self._line(say("wrote {path}", path=path))
            for path in published.removed:
                self._line(say("removed {path}", path=path))
            if published.reason:
                self._line(published.reason)
        self._line(
            say(
                "built in {seconds} s · statements: {statements} · pages: {pages} · PDFs: {pdfs} "
                "({laid_out} laid out) · files written: {written}, unchanged: {unchanged} · "
                "{where}",
                statements=len(built.checked.site.statements),
                pages=built.pages,
                pdfs=built.pdfs,
                laid_out=built.laid_out,
                written=len(published.written),
                unchanged=published.unchanged,
                seconds=_seconds(seconds),
                where=folder / "index.html",
            )
        )

    def serving(self, address: str, *, opens: bool) -> None:
        """Where the preview is; with `opens`, the browser is told too."""
        self._line(say("The preview is at {address} · Ctrl-C ends it", address=address))
        if opens:
            import webbrowser
            from threading import Thread

            # A browser in the terminal would hold up the server.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    def saw(
        self, preview: Preview, found: tuple[Diagnostic, ...], paths: Iterable[Path], took: float
    ) -> None:
        """What was saved, and what is wrong now, where that is not what was wrong before."""
        names = sorted(Path(os.path.relpath(path)).as_posix() for path in paths)
        if names:
            more = f" … ({len(names)})" if len(names) > 3 else ""
            what = ", ".join(names[:3]) + more
            self._line(say("saved: {what} · {seconds} s", what=what, seconds=_seconds(took)))
        if found and found != self._seen:
            click.echo(as_text(found, preview.texts, _language()), err=True)
        elif not found and self._seen:
            self._line(say("nothing is wrong any more"))
        self._seen = found

    def _line(self, message: Message) -> None:
        if not self.quiet:
            click.echo(tell(message), err=self.form != "text")
