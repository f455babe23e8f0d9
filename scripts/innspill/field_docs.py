"""The docstrings under the fields of a module's classes, which Python itself throws away."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from inspect import cleandoc, getsource
from itertools import pairwise
from types import ModuleType


@cache
def field_docs(module: ModuleType) -> dict[str, dict[str, str]]:
    """What each field holds, in words, by the names of its class and of itself."""
    classes = (each for each in ast.parse(getsource(module)).body if isinstance(each, ast.ClassDef))
    return {each.name: dict(_documented(each)) for each in classes}


def _documented(owner: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, behind in pairwise(owner.body):
        match statement, behind:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(ast.Constant(str(text))):
                yield name, cleandoc(text)
