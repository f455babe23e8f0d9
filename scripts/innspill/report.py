"""What the program prints: faults, progress, and the line that closes a run."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING

from innspill.diagnostics import Diagnostic, Severity, as_github, as_rows, as_text, in_order
from innspill.messages import (
    Message,
    catalogue,
    environment_language,
    joined,
    printable,
    say,
    sentence,
)
from innspill.project import WAITING, BuildResult, Progress, Step, Verdict
from innspill.terminal import write, write_json

if TYPE_CHECKING:
    from innspill.fmt.files import Formatted
    from innspill.importing.command import FileImported
    from innspill.output import Published
    from innspill.redlines import Comparison
    from innspill.serve.state import Preview
    from innspill.suggest.suggest import LikePassage, SuggestResult
    from innspill.verification import Verification


@cache
def _language() -> NullTranslations:
    return catalogue(environment_language(os.environ))


def language() -> str:
    """The language of the environment."""
    return environment_language(os.environ)


def tell(message: Message) -> str:
    """A message in the language of the environment."""
    return message.shown(_language())


def _seconds(seconds: float) -> str:
    """With the language's decimal sign, as the catalogue has it: to ask Babel takes 20 ms."""
    whole, _, tenth = f"{seconds:.1f}".partition(".")
    return tell(say("{whole}.{tenth}", whole=whole, tenth=tenth))


def _counted(step: Progress) -> str:
    if not step.total:
        return ""
    counted = f"{step.done}/{step.total}"
    if not step.reused:
        return counted
    remembered = say("remembered: {n}", n=step.reused)
    return f"{counted} ({tell(remembered)})"


FEW = 3
"""How many of what there may be many of are named."""


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of a build."""

    began: float
    step: Progress
    """The last that was told of it."""
    took: float = 0.0
    """In seconds; 0 while it lasts."""


class Report:
    """Prints in one form, as much as was asked for."""

    def __init__(self, form: str, *, quiet: bool, verbose: bool) -> None:
        self.form, self.quiet, self.verbose = form, quiet, verbose
        self._phases: list[Phase] = []
        self._seen: tuple[Diagnostic, ...] = ()
        """What was wrong when a preview last looked."""

    @contextmanager
    def progress(self) -> Iterator[Step]:
        """How far it has come: a moving line on a terminal, a line for each phase in a pipe."""
        if self.quiet or not sys.stderr.isatty():
            yield self._note
            self._end_phase()
            return
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        plain = partial(TextColumn, markup=False)  # what stands in brackets is no style
        columns = (
            SpinnerColumn(), plain("{task.description}"), BarColumn(bar_width=24),
            plain("{task.fields[count]}"), TimeRemainingColumn(elapsed_when_finished=True),
            plain("{task.fields[now]}"),
        )  # fmt: skip
        bar = Bar(*columns, console=Console(stderr=True), transient=True)
        task = bar.add_task("", total=None, count="", now="")

        def on_step(step: Progress) -> None:
            bar.start()  # not before: a password may be asked for first
            if step.phase != self._phases[-1].step.phase if self._phases else True:
                bar.reset(task)
            self._note(step)
            bar.update(
                task, description=tell(step.phase), completed=step.done,
                total=step.total or None, count=_counted(step), now=step.now,
            )  # fmt: skip

        try:
            yield on_step
        finally:
            bar.stop()
        self._end_phase()

    def _note(self, step: Progress) -> None:
        """Keeps how far it has come, for the line at a phase's end and for `--profile`."""
        if self._phases and self._phases[-1].step.phase == step.phase:
            self._phases[-1] = Phase(self._phases[-1].began, step)
            return
        self._end_phase()
        self._phases.append(Phase(time.perf_counter(), step))
        if step.phase == WAITING and not self.quiet:
            write(tell(step.phase), err=True)

    def _end_phase(self) -> None:
        if not self._phases or self._phases[-1].took:
            return
        last = self._phases[-1]
        took = time.perf_counter() - last.began
        self._phases[-1] = Phase(last.began, last.step, took)
        if last.step.total and not self.quiet and not sys.stderr.isatty():
            what = f"{tell(last.step.phase)}: {_counted(last.step)} · {_seconds(took)} s"
            write(what, err=True)

    def profile(self) -> None:
        """Where the time went, phase by phase."""
        for phase in self._phases:
            row = f"{_seconds(phase.took):>8} s  {tell(phase.step.phase)}"
            write(f"{row}  {_counted(phase.step)}".rstrip(), err=True)

    def diagnostics(self, checked: Verdict) -> None:
        """All that is wrong; for a script on stdout, for a person on stderr."""
        found = checked.diagnostics
        match self.form:
            case "json":
                write_json(as_rows(found, _language()))
            case "github":
                if found:
                    write(as_github(found, _language()))
            case _:
                if found:
                    write(as_text(found, checked.texts, _language()), err=True)
        self._count(checked)

    def faults(self, found: Iterable[Diagnostic], texts: Mapping[str, str]) -> None:
        """What is wrong with what was read, where that stops nothing."""
        if in_turn := in_order(found, strict=False):
            write(as_text(in_turn, texts, _language()), err=True)

    def redlines(self, comparisons: Sequence[Comparison], form: str) -> None:
        """The redlines of statements, one after the other."""
        from innspill.render.redline_json import as_values
        from innspill.render.redline_markdown import as_markdown
        from innspill.render.redline_words import Wording

        if form == "json":
            values = [as_values(each.redline, each.old, each.new) for each in comparisons]
            write_json(values)
            return
        wording = Wording(language())
        texts = [
            as_markdown(each.redline, wording, wording.title(each.redline, each.old, each.new))
            for each in comparisons
        ]
        write("\n".join(texts), nl=False)

    def formatted(self, done: Formatted, *, is_written: bool) -> None:
        """Which files were put in their settled form, or would be."""
        told = sentence("formatted {path}") if is_written else sentence("would format {path}")
        for path in done.changed:
            write(tell(told.filled(path=path)))
        for path in dict.fromkeys(each.at.path for each in done.faults):
            write(tell(say("left alone, since it has faults: {path}", path=path)))
        counts = say(
            "files changed: {n}, as they should be: {m}", n=len(done.changed), m=done.unchanged
        )
        if not is_written:
            counts = say(
                "files that would change: {n}, as they should be: {m}",
                n=len(done.changed),
                m=done.unchanged,
            )
        write(tell(counts))

    def suggested(self, found: SuggestResult, *, is_applied: bool) -> None:
        """What a statement suggests, as front matter, or what was put into its file."""
        from innspill.suggest.write import as_front_matter

        if found.suggestions is None:
            write(tell(say("left alone, since it has faults: {path}", path=found.path)))
            return
        points, proposals = found.suggestions.points, found.suggestions.proposals
        if (points or proposals) and not is_applied:
            write(as_front_matter(found.suggestions, tell), nl=False)
        elif points or proposals:
            write(tell(say("wrote {path}", path=found.path)))
        counts = say(
            "suggested points: {points}, proposals: {proposals} · paragraphs whose proposals are "
            "there already: {n}",
            points=len(points),
            proposals=len(proposals),
            n=len(found.suggestions.covered),
        )
        write(tell(counts), err=not is_applied)
        if is_applied and (points or proposals):
            write(tell(say("Read each against the letter, then take out `suggested: true`.")))

    def passages(self, found: Sequence[LikePassage]) -> None:
        """The passages that say most of a text, the best first, each with its number."""
        for each in found:
            share = round(100 * each.likeness)
            write(f"{each.number} · {share} % · «{printable(each.text)}»")
        if not found:
            write(tell(say("the statement has no text")))

    def verdicts(self, verdicts: Sequence[Verification]) -> None:
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
            write_json(values)
            return
        answers = {
            "same": sentence("{path}: the same, byte for byte"),
            "same-with": sentence("{path}: the same, byte for byte, as it says it was made"),
            "says-so": sentence("{path}: says what was adopted, in other bytes"),
            "words-but": sentence("{path}: the words are there, but so is something else"),
            "other": sentence("{path}: not the same"),
            "not-ours": sentence("{path}: not made by Innspill"),
            "unknown": sentence("{path}: can't be told here"),
        }
        for each in verdicts:
            told = tell(answers[each.answer].filled(path=each.path))
            write(f"{told} ({each.commit[:12]})" if each.commit else told)
            for finding in each.findings:
                write(f"  {tell(finding)}")

    def _count(self, checked: Verdict) -> None:
        errors = sum(each.severity is Severity.ERROR for each in checked.diagnostics)
        if not errors or self.form != "text":
            return
        files = len({each.at.path for each in checked.diagnostics})
        write(
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

    def checked(self, checked: Verdict, for_readers: int) -> None:
        """The closing line of a check without errors; a site for readers has more faults."""
        done = say(
            "checked · statements: {n} · warnings: {warnings}",
            n=checked.statements,
            warnings=len(checked.diagnostics),
        )
        more = say("more with --output, where it is for readers: {n}", n=for_readers)
        self._line(joined(" · ", (done, more) if for_readers else (done,)))
        self.held(checked)

    def built(self, built: BuildResult, folder: Path, seconds: float) -> None:
        """The closing lines of a build: what, how much, how fast, where."""
        self.notes(built)
        if published := built.published:
            self._published(published)
        self._line(
            say(
                "built in {seconds} s · statements: {statements} · pages: {pages} · PDFs: {pdfs} "
                "({laid_out} laid out) · files written: {written}, unchanged: {unchanged} · "
                "{where}",
                statements=built.checked.statements,
                pages=built.pages,
                pdfs=built.pdfs,
                laid_out=built.laid_out,
                written=len(published.written) if published else 0,
                unchanged=published.unchanged if published else built.files,
                seconds=_seconds(seconds),
                where=folder / "index.html",
            )
        )
        self.held(built.checked, has_folders=built.pdfs > 0)

    def filled(self, built: BuildResult, store: Path | str, seconds: float) -> None:
        """The closing line where a part of the statements was put into a store."""
        self.notes(built)
        number, of = built.shard or (1, 1)
        self._line(
            say(
                "part {number} of {of} made in {seconds} s · statements: {statements} · "
                "PDFs: {pdfs} ({laid_out} laid out) · nothing was published · {where}",
                number=number,
                of=of,
                seconds=_seconds(seconds),
                statements=built.checked.statements,
                pdfs=built.pdfs,
                laid_out=built.laid_out,
                where=store,
            )
        )

    def held(self, checked: Verdict, *, has_folders: bool = False) -> None:
        """Which drafts readers are not given, and how they would be."""
        if not checked.held:
            return
        names = ", ".join(checked.held[:FEW]) + (" …" if len(checked.held) > FEW else "")
        self._line(say("drafts held back: {n} ({names})", n=len(checked.held), names=names))
        self._line(
            say(
                "to give readers the drafts too, write `publish_drafts: true` in the "
                "consultation's index.md, or add --drafts"
            )
        )
        if has_folders and checked.held_in_folders:
            paths = ", ".join(checked.held_in_folders)
            self._line(say("drafts on an agenda stand in its meeting folder: {paths}", paths=paths))

    def notes(self, built: BuildResult) -> None:
        """What the user should know of the store."""
        for note in built.notes:
            write(tell(say("warning: {what}", what=note)), err=True)

    def _published(self, published: Published) -> None:
        for path, copy in published.saved.items():
            told = say("{path} had been changed by hand; a copy is in {copy}", path=path, copy=copy)
            if path in published.never_ours:
                told = say("{path} stood there already; a copy is in {copy}", path=path, copy=copy)
            self._line(told)
        if self.verbose:
            for path in published.written:
                self._line(say("wrote {path}", path=path))
            for path in published.removed:
                self._line(say("removed {path}", path=path))
            if published.reason:
                self._line(published.reason)

    def serving(self, address: str, *, opens: bool) -> None:
        """Where the preview is; with `opens`, the browser is told too."""
        self._line(say("The preview is at {address} · Ctrl-C ends it", address=address))
        if opens:
            import webbrowser
            from threading import Thread

            # A browser in the terminal would hold up the server.
            Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    def imported(self, each: FileImported) -> None:
        """What became of a letter, and what was written."""
        for line in each.report:
            self._line(line)
        for message in each.refusal:
            write(tell(message), err=True)
        for path in each.written:
            self._line(say("wrote {path}", path=path))
        self._line(joined("", ()))

    def manual(self, page: Path, *, opens: bool) -> None:
        """Where the manual is; with `opens`, the browser is told too, where there is one."""
        write(str(page))
        if opens:
            import webbrowser

            webbrowser.open(page.as_uri())

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
            write(as_text(found, preview.texts, _language()), err=True)
        elif not found and self._seen:
            self._line(say("nothing is wrong any more"))
        self._seen = found

    def _line(self, message: Message) -> None:
        if not self.quiet:
            write(tell(message), err=self.form != "text")
