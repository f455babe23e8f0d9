"""Seals on PDFs: PAdES by pyHanko, the one library here that knows signatures. An extra."""
