"""The templates: where they are found, how they are run, and what their errors say.

A user's own `templates/` overrides the shipped ones file by file; where there is one, all
templates run in a sandbox.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from innspill.diagnostics import Diagnostic, Location, error
from innspill.errors import InnspillError
from innspill.limits import USUAL, Limits, OverLimit, limited
from innspill.messages import Message, say
from innspill.project import shipped
from innspill.render.environment import TemplatesInMemory, TooLarge, make_environment
from innspill.render.template_digest import lines_digest, shipped_digest, templates_digest

NARROW = re.compile(r"\b(CaseFacts|SiteFacts)\b")
"""How Jinja calls what a statement's own templates are given of its consultation and its site."""


class TemplateFault(InnspillError):
    """A template that can't be read or run."""

    def __init__(self, diagnostic: Diagnostic, text: str = "") -> None:
        """Takes what is wrong, and the template's text where there is one."""
        super().__init__(diagnostic, text)
        self.diagnostic = diagnostic
        self.texts = {diagnostic.at.path: text} if text else {}
        """By the path that the diagnostic names."""

    def __str__(self) -> str:
        return str(self.diagnostic.message)


class Templates:
    """The templates of one build.

    Raises TemplateFault where one of the user's own is a link out of their folder.
    """

    def __init__(
        self,
        own: Path | None,
        limits: Limits = USUAL,
        in_memory: TemplatesInMemory | None = None,
        commit: str = "",
    ) -> None:
        """Takes the folder of the user's own, or those that are in no folder here.

        `commit` is the one in git that last changed those that prints are made with.
        """
        self.own, self.limits, self.in_memory, self.commit = own, limits, in_memory, commit
        self.folders = [folder for folder in (own, shipped()) if folder is not None]
        self._environment = cache(partial(make_environment, in_memory or own, shipped()))
        for path in own.rglob("*") if own else ():
            if not path.resolve().is_relative_to(own.resolve()):  # type: ignore[union-attr]
                message = say("the template is a link that leads out of its folder")
                raise TemplateFault(error("template", message, Location(_shown(str(path)))))

    def __reduce__(self) -> tuple[type[Templates], tuple[object, ...]]:
        """In another process, it is made anew."""
        return Templates, (self.own, self.limits, self.in_memory, self.commit)

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """The user's own, by their names, as they are when they are first asked for."""
        own = self.own
        if own is None:
            return self.in_memory.files if self.in_memory else {}
        paths = (each for each in own.rglob("*") if each.is_file())
        return {each.relative_to(own).as_posix(): each.read_bytes() for each in paths}

    @cached_property
    def digest(self) -> str:
        """What says all of the user's own, their commit too; empty where there are none."""
        digest = lines_digest(self.files)
        return f"{digest}@{self.commit}" if self.commit else digest

    @cached_property
    def whose(self) -> str:
        """Whose templates prints are made with, their commit, and their digest."""
        if digest := templates_digest(self.files):
            return f"own@{self.commit} sha256:{digest}" if self.commit else f"own sha256:{digest}"
        return f"shipped sha256:{shipped_digest()}"

    def by_value(self) -> Templates:
        """The same as they are now, whatever becomes of the folder of the user's own."""
        if self.own is None:
            return self
        in_memory = TemplatesInMemory(_shown(str(self.own)), self.files)
        return Templates(None, self.limits, in_memory, self.commit)

    def of_commit(self, commit: str) -> Templates:
        """The same, which a commit in git last changed."""
        if commit == self.commit:
            return self
        return Templates(self.own, self.limits, self.in_memory, commit)

    def render(self, name: str, language: str, values: Mapping[str, Any]) -> str:
        """A template's text, its sentences in `language`.

        Raises TemplateFault, which names the template's file and line.
        """
        return self.encoded(name, language, values).decode()

    def encoded(self, name: str, language: str, values: Mapping[str, Any]) -> bytes:
        """The same as UTF-8."""
        try:
            # A lone surrogate, which no file can hold, is the template's fault too.
            with limited(self.limits.rendering):
                return self._environment(language).get_template(name).render(values).encode()
        except TemplateFault:  # of a template that this one shows a page's part of
            raise
        except Exception as fault:
            raise self._fault(fault, name) from fault

    def file(self, name: str) -> str:
        """A file of the templates that is taken as it is: a stylesheet, a script.

        Raises TemplateFault where there is none.
        """
        data, shown = self._found(name)
        if data is not None:
            try:
                return data.decode().replace("\r\n", "\n").replace("\r", "\n")
            except UnicodeDecodeError as fault:
                message = say("the file is not UTF-8")
                raise TemplateFault(error("template", message, Location(shown))) from fault
        message = say("there is no template {name}", name=name)
        raise TemplateFault(error("template", message, Location(name)))

    def _found(self, name: str) -> tuple[bytes | None, str]:
        """A file's bytes, None where there is none, and its path as messages show it."""
        if self.in_memory and name in self.in_memory.files:
            return self.in_memory.files[name], self.in_memory.path(name)
        for folder in self.folders:
            if (path := folder / name).is_file():
                return path.read_bytes(), _shown(str(path))
        return None, name

    def _is_template(self, path: str) -> bool:
        """Whether a file whose code failed is a template."""
        if self.in_memory and self.in_memory.at(path) is not None:
            return True
        return any(Path(path).is_relative_to(folder) for folder in self.folders)

    def _fault(self, fault: Exception, name: str) -> TemplateFault:
        if isinstance(fault, TemplateNotFound):
            message = say("there is no template {name}", name=fault.name)
            return TemplateFault(error("template", message, Location(name)))
        path, line = name, 1
        if isinstance(fault, TemplateSyntaxError):
            path, line = fault.filename or name, fault.lineno
        else:
            raised = fault.__cause__ if isinstance(fault, OverLimit) else fault
            for file, number in _frames(raised):
                if self._is_template(file):
                    path, line = file, number
        at = Location(_shown(path), line)
        data = self.in_memory.at(path) if self.in_memory else None
        text = _text(path) if data is None else data.decode(errors="replace")
        return TemplateFault(error("template", _why(fault), at, _help(fault)), text)


def _frames(fault: BaseException | None) -> Iterator[tuple[str, int]]:
    """The files and lines that a fault came through, those of templates as they are written.

    Jinja tells these itself, but of an `Exception` alone.
    """
    for frame, number in traceback.walk_tb(fault.__traceback__ if fault else None):
        template = frame.f_globals.get("__jinja_template__")
        line = template.get_corresponding_lineno(number) if template else number
        yield frame.f_code.co_filename, line


def _why(fault: Exception) -> Message:
    """What went wrong in a template."""
    match fault:
        case OverLimit(is_memory=True):
            return say("the template takes more memory than {n} MB", n=fault.limit.megabytes)
        case OverLimit():
            return say("the template takes longer than {n} seconds", n=fault.limit.seconds)
        case RecursionError():
            return say("the template calls itself without end")
        case TooLarge():
            return say("the template reckons with a number that is too large")
        case TemplateError(message=str(what)):
            return say("the template fails: {why}", why=what)
    return say("the template fails: {why}", why=f"{type(fault).__name__}: {fault}")


def _help(fault: Exception) -> Message | None:
    if isinstance(fault, OverLimit) and not fault.is_memory:
        return say("if it needs them, allow more with {option}", option="--render-limit")
    if isinstance(fault, UndefinedError) and NARROW.search(str(fault)):
        return say("templates for one page are given no more of what is around it")
    return None


def _text(path: str) -> str:
    """A template's text as far as it can be read: it is what the message shows a line of."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _shown(path: str) -> str:
    """A path as seen from the working folder; of a link, the link's own."""
    file = Path(path)
    try:
        return (file.parent.resolve() / file.name).relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path
