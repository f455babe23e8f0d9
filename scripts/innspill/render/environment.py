"""How Jinja is set up: in a sandbox where a user has templates of their own, else plainly.

Autoescape and StrictUndefined hold in both.
"""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Callable, MutableMapping
from datetime import date
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    nodes,
    pass_context,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from innspill.messages import Message, catalogue, file_size, long_date
from innspill.render.compiled import Compiled
from innspill.render.escaping import escaped

SENTENCES = 1024
"""How many sentences are kept: more than all templates have."""
BITS = 10_000
"""Of the largest number that a user's template may reckon with."""


class TooLarge(Exception):
    """A number with which the processor would be busy for ever."""


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which is asked once for each type whether an attribute may be read.

    Its answer hangs on nothing but the two, and it is asked half a million times for a hundred
    statements.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._answers: dict[tuple[type, str], bool] = {}

    # Nothing can break in on Python while it multiplies two numbers.
    intercepted_binops = frozenset({"*", "**", "/", "//", "%"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Raises TooLarge."""
        if isinstance(left, int) and isinstance(right, int):
            times = max(right, 1) if operator == "**" else 1
            if max(left.bit_length() * times, right.bit_length()) > BITS:
                raise TooLarge
        return super().call_binop(context, operator, left, right)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        key = (type(obj), attr)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = super().is_safe_attribute(obj, attr, value)
        return answer


class _Code(CodeGenerator):
    """Attributes and calls as Python has them: nothing is asked, and nothing handed in besides."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(  # noqa: N802 - Jinja's
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        self.write("call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")


class _Template(Template):
    """A template that only joins what it escapes, so that no piece need be marked as safe."""

    @classmethod
    def from_code(cls, *given: Any, **named: Any) -> Template:
        made = super().from_code(*given, **named)
        # The first is the name that compiled templates import `markupsafe.escape` under.
        made.root_render_func.__globals__.update(escape=escaped, call=operator.call)
        return made


class _Plain(Environment):
    """Jinja without a guard, and so without its costs: for the program's own templates.

    What a template calls must not ask for Jinja's context, and what has no such attribute fails
    at once, where Jinja would look for an item of that name.
    """

    code_generator_class = _Code
    template_class = _Template

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return self.globals if d is None else super().make_globals(d)


def make_environment(own: Path | None, shipped: Path, language: str) -> Environment:
    """Jinja in one language for the program's templates, and a user's own before them."""
    kind: type[Environment] = _Sandbox if own else _Plain
    environment = kind(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in (own, shipped) if folder]),
        bytecode_cache=Compiled(shipped, "sandbox" if own else f"plain-{_digest()}"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(  # type: ignore[attr-defined]
        catalogue(language), newstyle=True
    )
    environment.globals |= _sentences(language)
    environment.filters |= _filters(language)
    return environment


@cache
def _digest() -> str:
    """Of the code that says how the program's own templates are compiled."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:16]


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

    return {"_": sentence, "gettext": sentence, "ngettext": counted}


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
