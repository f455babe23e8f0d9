"""What a stream holds, however it is packed."""

from __future__ import annotations

from typing import Any

import pikepdf

PACKING = {"/Length", "/Filter", "/DecodeParms", "/DL"}
"""What of a stream says how it is packed, and not what it is."""


def stream_data(stream: Any) -> bytes:
    """The data of a stream; of one that is packed as a picture, as it is packed."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        packing = (repr(stream.get(key)) for key in ("/Filter", "/DecodeParms"))
        return " ".join(packing).encode() + bytes(stream.read_raw_bytes())
