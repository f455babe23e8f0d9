"""Phase 2, compose: sources into one complete, immutable model of the site."""
