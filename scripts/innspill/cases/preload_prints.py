"""What a worker needs to make PDFs besides, imported once by the server that makes them."""

import contextlib

from innspill.render.pdf import PrintLibraryMissing, load

with contextlib.suppress(PrintLibraryMissing):  # told when the first PDF is made
    load()
