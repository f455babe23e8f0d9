"""What every worker needs, imported once by the server that makes them."""

from innspill.cases import workshop
from innspill.render.fonts import coverage

__all__ = ["workshop"]

coverage()
