"""How a print's HTML writes the address of what lies beside it."""

SIBLING = "innspill-sibling:"
"""Begins a link to a place in a PDF that lies beside this one: `innspill-sibling:a.pdf#p5-2`."""
