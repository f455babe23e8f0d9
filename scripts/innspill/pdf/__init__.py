"""From WeasyPrint's PDF to one for the archive and for every reader; see `finish`."""
