"""The docstrings under a class's fields, read from its source when something asks what they say.

Pydantic can read them where a model is made; that costs each start of the program more than the
models themselves, and only faults and the data's schema ask.
"""

from __future__ import annotations

import ast
import inspect
from contextlib import suppress
from functools import cache


@cache
def under_fields(model: type) -> dict[str, str]:
    """What the docstring under each field says, by the field's name."""
    with suppress(OSError):  # a program without its source has none
        (made,) = ast.parse(inspect.getsource(model)).body
        assert isinstance(made, ast.ClassDef)
        return dict(_said(made))
    return {}


def _said(made: ast.ClassDef) -> list[tuple[str, str]]:
    return [
        (field.target.id, inspect.cleandoc(below.value.value))
        for field, below in zip(made.body, made.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    ]
