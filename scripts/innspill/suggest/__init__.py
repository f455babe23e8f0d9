"""`innspill suggest`: points and proposals out of a letter's own sentences."""
