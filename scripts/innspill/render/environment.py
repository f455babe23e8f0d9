"""How Jinja is set up: in a sandbox where a user has templates of their own, else plainly.

Autoescape and StrictUndefined hold in both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    pass_context,
)
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from innspill.messages import Message, catalogue, file_size, long_date
from innspill.render.compiled import Compiled
from innspill.render.escaping import escaped

SENTENCES = 1024
"""How many sentences are kept: more than all templates have."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which is asked once for each type whether an attribute may be read.

    Its answer hangs on nothing but the two, and it is asked half a million times for a hundred
    statements.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._answers: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = (type(obj), attr)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = super().is_safe_attribute(obj, attr, value)
        return answer


class _Context(Context):
    """Calls what a template calls without a look at all that Jinja would hand it besides."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: Any,
        _loop_vars: dict[str, Any] | None = None,
        _block_vars: dict[str, Any] | None = None,
        **values: Any,
    ) -> Any:
        if hasattr(called, "jinja_pass_arg"):
            more = {"_loop_vars": _loop_vars or {}, "_block_vars": _block_vars or {}}
            return super().call(called, *args, **more, **values)
        return called(*args, **values)


class _Template(Template):
    """A template that only joins what it escapes, so that no piece need be marked as safe."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> Template:
        made = super().from_code(*given, **named)
        # The name that compiled templates import `markupsafe.escape` under.
        made.root_render_func.__globals__["escape"] = escaped
        return made


class _Plain(Environment):
    """Jinja as it is, but quicker: for the program's own templates, which need no guard."""

    context_class = _Context
    template_class = _Template


def make_environment(folders: Iterable[Path], compiled: Compiled, language: str) -> Environment:
    """Jinja for templates in `folders`, the first before the others, in one language."""
    kind: type[Environment] = _Sandbox if compiled.is_sandboxed else _Plain
    environment = kind(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=compiled,
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        catalogue(language), newstyle=True
    )
    environment.globals |= _sentences(language)
    environment.filters |= _filters(language)
    return environment


def _sentences(language: str) -> dict[str, Callable[..., Markup]]:
    """As the extension has them, but called at once: most of what templates call are these."""
    words = catalogue(language)

    @lru_cache(SENTENCES)
    def alone(text: str) -> Markup:
        return Markup(words.gettext(text)) % {}

    def sentence(text: str, /, **values: object) -> Markup:
        return _filled(words.gettext(text), values) if values else alone(text)

    def counted(one: str, many: str, num: int, /, **values: object) -> Markup:
        return _filled(words.ngettext(one, many, num), {"num": num, **values})

    return {"_": sentence, "ngettext": counted}


def _filled(text: str, values: dict[str, object]) -> Markup:
    """A sentence with its places filled, every value escaped; numbers may have forms of theirs."""
    safe = {
        name: value if isinstance(value, (int, float)) else escaped(value)
        for name, value in values.items()
    }
    return Markup(text % safe)


def _filters(language: str) -> dict[str, Callable[..., str]]:
    # Filters that take the context are never applied while a template is compiled.
    @pass_context
    def day(_: Context, value: date) -> str:
        return long_date(value, language)

    @pass_context
    def size(_: Context, value: int) -> str:
        return file_size(value, language)

    @pass_context
    def told(_: Context, message: Message) -> str:
        return message.within(catalogue(language))

    return {"day": day, "size": size, "told": told, "kind": _kind}


@pass_context
def _kind(_: Context, path: str) -> str:
    """A file's kind as its name ends: `PDF`."""
    return PurePosixPath(path).suffix.removeprefix(".").upper() or "–"
