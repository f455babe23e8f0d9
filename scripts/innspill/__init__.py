"""Innspill: a committee's statement from Markdown to a site and PDFs."""

__version__ = "0.1.0"
