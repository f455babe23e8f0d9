"""What WeasyPrint is told, and from its PDF to one for the archive and every reader: `finish`."""
