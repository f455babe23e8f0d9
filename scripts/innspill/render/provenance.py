"""What a PDF will say that it was made from: see `innspill.pdf.made_from`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from innspill import __version__
from innspill.model import Statement, StatementHead
from innspill.pdf.made_from import MadeFrom
from innspill.project import PACKAGE, shipped
from innspill.render.template_digest import files_of, lines_digest
from innspill.render.templates import Templates

CODE = (".py", ".po", ".ttf")


def provenance(
    form: str, page: str, statements: Iterable[StatementHead], templates: Templates
) -> MadeFrom:
    """What a PDF of some form was made from."""
    shown = tuple(statements)
    one = shown[0] if len(shown) == 1 else None
    earlier = one.earlier if isinstance(one, Statement) and page != one.url else None
    revision = one.stamp.revision if one and one.stamp else None
    return MadeFrom(
        form,
        page,
        tuple(_text(each) for each in shown),
        revision.name if revision else "",
        earlier.revision.id if earlier else "",
        templates.whose,
        program(),
    )


def _text(statement: StatementHead) -> str:
    stamp = statement.stamp.name if statement.stamp else ""
    return f"{statement.source}@{stamp} sha256:{statement.digest}"


@cache
def program() -> str:
    """The program, and the digest of all of it that says what a PDF is like."""
    code = {path: data for path, data in files_of(PACKAGE).items() if path.endswith(CODE)}
    templates = {f"templates/{path}": data for path, data in files_of(shipped()).items()}
    return f"Innspill {__version__} sha256:{lines_digest(code | templates)}"
