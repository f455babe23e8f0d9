"""The path from a certificate to its root, each signature on it found right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509 import load_der_x509_certificate


def path_of(own: x509.Certificate, pool: Iterable[x509.Certificate]) -> list[x509.Certificate]:
    """A certificate, the one of who signed it, and so on, as far as the pool has them."""
    known, path = list(pool), [own]
    while not vouches(path[-1], path[-1]):
        above = (each for each in known if each not in path and vouches(each, path[-1]))
        if (found := next(above, None)) is None:
            break
        path.append(found)
    return path


def vouches(issuer: x509.Certificate, for_whom: x509.Certificate) -> bool:
    """Whether a certificate's key signed another, by that name (RFC 5280, 6.1.3)."""
    if issuer.subject != for_whom.issuer:
        return False
    try:
        signed, by = (load_der_x509_certificate(each.dump()) for each in (for_whom, issuer))
        signed.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def is_all_on_path(
    own: x509.Certificate,
    embedded: Sequence[x509.Certificate],
    roots: Sequence[x509.Certificate],
) -> bool:
    """Whether each embedded certificate stands on the path from one, with its signature right.

    That of the last can only be tried where its issuer is among the roots.
    """
    path = path_of(own, (*embedded, *roots))
    if not {each.dump() for each in embedded} <= {each.dump() for each in path}:
        return False
    last = path[-1]
    issuers = [each for each in (*embedded, *roots) if each.subject == last.issuer]
    return not issuers or vouches(last, last)
