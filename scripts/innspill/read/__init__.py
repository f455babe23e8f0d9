"""Phase 1, read: bytes from the disk, front matter and Markdown, every value with its line."""
