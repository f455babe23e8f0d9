"""The seals of what is published: each PDF says who published it.

The bytes below a seal are what they were, so what is reproducible stays so. A seal itself has a
time, so it is remembered by the PDF's digest and the certificate: an unchanged PDF keeps its own.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from innspill.failure import from_extra
from innspill.project import BuildOptions, SealRequest
from innspill.store import Store

if TYPE_CHECKING:
    from innspill.sealing.certificate import Certificate


@dataclass(frozen=True, slots=True)
class Seals:
    """Puts seals on what is published, on each PDF once."""

    request: SealRequest
    certificate: Certificate = field(repr=False)

    def pieces(self, below: bytes, store: Store) -> tuple[bytes, bytes]:
        """A PDF and its seal, which is remembered in the store. Raises MachineFault."""
        digest = hashlib.sha256(below).hexdigest()
        key = ("seal", digest, self.request.digest, self.certificate.digest)
        return below, store.remember(key, lambda: self.certificate.sealed(below, datetime.now(UTC)))


def seals_of(options: BuildOptions) -> Seals | None:
    """What puts the seals that are asked for. Raises OSError, NoSeal and MachineFault."""
    return Seals(options.seal, opened(options.seal)) if options.seal else None


def opened(request: SealRequest) -> Certificate:
    """The certificate that is asked for, open. Raises OSError, NoSeal and MachineFault."""
    with from_extra("seal"):
        from innspill.sealing.certificate import open_certificate
    return open_certificate(request, datetime.now(UTC))
