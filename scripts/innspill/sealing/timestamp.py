"""What a service says of the time, with no more beside what it signed than its certificates.

What a service sends along is not signed (RFC 5652, 5.1), so nobody could tell whether someone
changed it. Put into a seal are the certificates on the path to its root, and nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from asn1crypto import cms, x509
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

from innspill.sealing.names import identifier_of
from innspill.sealing.path import is_all_on_path, path_of

OWN = {"signing_certificate_v2": "sha256", "signing_certificate": "sha1"}
"""The signed attributes that name the signer's own certificate (RFC 5035), by what digest."""


class PlainTimeStamper(HTTPTimeStamper):
    """Asks a service for the time (RFC 3161)."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """What it says, plain. Raises TimestampRequestError besides what pyHanko does."""
        told = await super().async_timestamp(message_digest, md_algorithm)
        try:
            return plain(told)
        except (LookupError, ValueError, TypeError) as fault:
            raise TimestampRequestError from fault


def plain(token: cms.ContentInfo) -> cms.ContentInfo:
    """The same with its signer's path alone. Raises LookupError, ValueError and TypeError."""
    signed = token["content"]
    (info,) = signed["signer_infos"]
    certificates = _certificates(signed)
    own = _own(info, certificates)
    digest = info["digest_algorithm"]
    kept = ("digest_algorithm", "signed_attrs", "signature_algorithm")
    parts = {name: info[name].untag() for name in kept}
    # RFC 5652, 5.1 and 5.3: the versions follow from the rest.
    parts |= {"version": "v1", "sid": identifier_of(own)}
    again = {
        "version": "v3",
        "digest_algorithms": [digest],
        "encap_content_info": signed["encap_content_info"],
        "certificates": [
            cms.CertificateChoices("certificate", each) for each in path_of(own, certificates)
        ],
        "signer_infos": [cms.SignerInfo({**parts, "signature": info["signature"].native})],
    }
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(again)})


def is_plain(token: cms.ContentInfo, roots: Sequence[x509.Certificate]) -> bool:
    """Whether it is so, and each signature on the path is right. Raises as `plain`."""
    if plain(token).dump() != token.dump():
        return False
    signed = token["content"]
    certificates = _certificates(signed)
    return is_all_on_path(_own(signed["signer_infos"][0], certificates), certificates, roots)


def _certificates(signed: cms.SignedData) -> list[x509.Certificate]:
    return [each.chosen for each in signed["certificates"] if each.name == "certificate"]


def _own(info: cms.SignerInfo, certificates: Sequence[x509.Certificate]) -> x509.Certificate:
    """The signer's certificate, by the digest that is signed. Raises LookupError."""
    for each in info["signed_attrs"]:
        if (usual := OWN.get(each["type"].native)) is None:
            continue
        named = each["values"][0]["certs"][0]
        algorithm = named["hash_algorithm"]["algorithm"].native if usual == "sha256" else usual
        for own in certificates:
            if hashlib.new(algorithm, own.dump()).digest() == named["cert_hash"].native:
                return own
    raise LookupError
