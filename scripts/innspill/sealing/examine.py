"""Whether a seal holds, whose it is, and whether the roots that are given vouch for it.

Nothing is fetched: what the seal and the given roots hold must do.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from asn1crypto import cms, core, x509
from pyhanko.keys.pemder import load_certs_from_pemder_data
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from innspill.pdf.seals import Seal
from innspill.sealing.awaited import awaited
from innspill.sealing.certificate import USES
from innspill.sealing.names import identifier_of, name_of
from innspill.sealing.path import is_all_on_path
from innspill.sealing.timestamp import is_plain

for _library in ("pyhanko", "pyhanko_certvalidator"):  # what they find is told here, once
    logging.getLogger(_library).addHandler(logging.NullHandler())


class Trust(Enum):
    """Whether someone vouches for a certificate."""

    UNCHECKED = auto()
    """No roots were given."""
    TRUSTED = auto()
    UNTRUSTED = auto()
    EXPIRED = auto()
    """It would be, had the seal's own time been told by someone else."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is found of a seal that holds."""

    who: str
    trust: Trust
    stamped: datetime | None = None
    """When it stood there, as a service says."""
    stamper: str = ""
    """Which service; alone, one that nobody vouches for."""


def certificates_in(data: bytes) -> list[bytes]:
    """The certificates in a PEM file, each as DER. Raises ValueError where it has none."""
    found = list(load_certs_from_pemder_data(data))
    for each in found:
        _ = each.native  # parsed whole, or not at all
    if not found:
        raise ValueError
    return [each.dump() for each in found]


def examine(seal: Seal, roots: Sequence[bytes]) -> Examined | None:
    """What is found of a seal; None where it is broken. `roots` are certificates as DER."""
    known = [x509.Certificate.load(each) for each in roots]
    try:
        content = cms.ContentInfo.load(seal.signature)
        length = len(content.dump())
        if any(seal.signature[length:]) or not _is_as_made(content, known):
            return None
        signed = content["content"]
        status = _status(seal, signed, known)
        stamp = status.timestamp_validity
        if not (status.intact and status.valid) or (stamp and not (stamp.intact and stamp.valid)):
            return None
        trust = _trust(seal, signed, known, status)
    except Exception:  # whatever someone has made of the bytes
        return None
    who = name_of(status.signing_cert)
    if stamp is None:
        return Examined(who, trust)
    is_believed = not known or stamp.trusted
    return Examined(
        who, trust, stamp.timestamp if is_believed else None, name_of(stamp.signing_cert)
    )


def _is_as_made(content: cms.ContentInfo, roots: Sequence[x509.Certificate]) -> bool:
    """Whether each byte of a signature follows from what is signed, or is signed itself."""
    signed = content["content"]
    (info,) = signed["signer_infos"]
    attributes = {each["type"].native: each["values"][0] for each in info["signed_attrs"]}
    named = [bytes(each["cert_hash"]) for each in attributes["signing_certificate_v2"]["certs"]]
    held = {
        hashlib.sha256(each.chosen.dump()).digest(): each.chosen for each in signed["certificates"]
    }
    if set(named) != held.keys():
        return False
    own = held[named[0]]
    if not is_all_on_path(own, list(held.values()), roots):
        return False
    protected = attributes["cms_algorithm_protection"]
    parts = {
        "version": "v1",
        "sid": identifier_of(own),
        "digest_algorithm": protected["digest_algorithm"],
        "signature_algorithm": protected["signature_algorithm"].untag(),
        "signed_attrs": info["signed_attrs"].untag(),
        "signature": info["signature"].native,
    }
    if info["unsigned_attrs"] is not core.VOID:
        (told,) = info["unsigned_attrs"]
        (token,) = told["values"]
        if told["type"].native != "signature_time_stamp_token" or not is_plain(token, roots):
            return False
        parts["unsigned_attrs"] = info["unsigned_attrs"].untag()
    again = cms.ContentInfo(
        {
            "content_type": "signed_data",
            "content": cms.SignedData(
                {
                    "version": "v1",
                    "digest_algorithms": [protected["digest_algorithm"]],
                    "encap_content_info": {"content_type": "data"},
                    "certificates": [
                        cms.CertificateChoices("certificate", c) for c in held.values()
                    ],
                    "signer_infos": [cms.SignerInfo(parts)],
                }
            ),
        }
    )
    return bool(again.dump() == content.dump())


def _status(
    seal: Seal,
    signed: cms.SignedData,
    roots: list[x509.Certificate],
    moment: datetime | None = None,
) -> StandardCMSSignatureStatus:
    return awaited(
        async_validate_detached_cms(
            seal.signed,
            signed,
            ValidationContext(trust_roots=roots, moment=moment, allow_fetching=False),
            ValidationContext(trust_roots=roots, allow_fetching=False),
            key_usage_settings=KeyUsageConstraints(key_usage=USES),
        )
    )


def _trust(
    seal: Seal,
    signed: cms.SignedData,
    roots: list[x509.Certificate],
    now: StandardCMSSignatureStatus,
) -> Trust:
    if not roots:
        return Trust.UNCHECKED
    if now.trusted:
        return Trust.TRUSTED
    stamp = now.timestamp_validity
    if stamp and stamp.trusted and _status(seal, signed, roots, stamp.timestamp).trusted:
        return Trust.TRUSTED
    is_too_late = _status(seal, signed, roots, seal.when).trusted
    return Trust.EXPIRED if is_too_late else Trust.UNTRUSTED
