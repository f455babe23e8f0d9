"""Phase 3, check: a tuple of small rules over the model, each yielding what it finds."""
