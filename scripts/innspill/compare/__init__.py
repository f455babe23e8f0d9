"""Compare: two composed statements into a redline, of what a reader sees and nothing else."""
