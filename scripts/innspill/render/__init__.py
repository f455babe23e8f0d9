"""Phase 4, render: pure functions from the model to bytes.

They never read `content/`, the clock, the environment or git.
"""
