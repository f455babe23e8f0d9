"""The way from paper to a page: its address, short and as a QR code (ISO/IEC 18004)."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from urllib.parse import quote

from innspill.model import SiteFacts


@dataclass(frozen=True, slots=True)
class WebAddress:
    """Where a print's page is on the web."""

    address: str
    """The whole address, as the QR code and links have it."""
    short: str
    """The address as people type it: without the scheme and the file that servers add."""
    image: str
    """The address of the QR code, which the print's fetcher knows."""
    path: str
    """The same behind `innspill:`."""
    svg: bytes = field(repr=False)


def way_to(site: SiteFacts, url: str) -> WebAddress | None:
    """The way to a page, None where the site has no settled address."""
    if site.address is None:
        return None
    address = site.address + quote(url)
    path = f"print/{url.removesuffix('.html')}.svg"
    short = (site.address + url.removesuffix("index.html")).partition("://")[2].rstrip("/")
    return WebAddress(address, short, f"innspill:{quote(path)}", path, _drawn(address))


def _drawn(address: str) -> bytes:
    """The code as SVG, without a border: the paper around it is white."""
    import segno

    drawing = io.BytesIO()
    segno.make_qr(address, error="m", boost_error=False).save(
        drawing, kind="svg", border=0, xmldecl=False, omitsize=True
    )
    return drawing.getvalue()
