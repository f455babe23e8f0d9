"""Why a PDF can't be finished."""

from __future__ import annotations

from innspill.errors import InnspillError


class Unexpected(InnspillError):
    """WeasyPrint wrote something in a way that is not known here."""


class Unmatched(InnspillError):
    """The PDF's text is not the HTML's: a stylesheet hides, adds or reorders some."""

    def __init__(self, page: int, expected: str, found: str) -> None:
        super().__init__(page, expected, found)
        self.page = page
        """From 1."""
        self.expected = expected
        """How the text goes on, as it is compared: without white space and capitals."""
        self.found = found


class OffPage(InnspillError):
    """Something runs over the page's edge, where no one sees it."""

    def __init__(self, page: int, text: str) -> None:
        super().__init__(page, text)
        self.page = page
        """From 1."""
        self.text = text
        """As it is compared; empty for an image."""


class WrongMarker(InnspillError):
    """A list's item is drawn with another number, letter or bullet than it has."""

    def __init__(self, page: int | None, found: str, expected: str, text: str) -> None:
        super().__init__(page, found, expected, text)
        self.page = page
        """From 1; None where nothing is drawn."""
        self.found = found
        self.expected = expected
        """Empty for a bullet."""
        self.text = text
        """What the item says."""
