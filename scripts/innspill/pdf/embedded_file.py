"""A file that is to stand in a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file, and what it is to the PDF."""

    name: str
    media_type: str
    relationship: Literal["Source", "Data"]
    """ISO 19005-3, 6.8: what the PDF was made from, or its content as data."""
    description: str
    data: bytes = field(repr=False)
