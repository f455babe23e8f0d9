"""Putting a seal on a PDF with the certificate and the key of a PKCS#12 file, or on a token.

PAdES baseline B-B (EN 319 142-1), or B-T where a service tells the time. Every certificate of the
seal is named by its digest in what is signed (RFC 5035), so that no byte of it can be changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import aiohttp
from asn1crypto import algos, cms, tsp, x509
from asn1crypto.pkcs12 import Pfx
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.sign.attributes import CMSAttributeProvider, SignedAttributeProviderSpec
from pyhanko.sign.general import as_signing_certificate_v2
from pyhanko.sign.signers.pdf_cms import Signer, SimpleSigner, select_suitable_signing_md
from pyhanko.sign.timestamps import TimestampRequestError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from innspill.failure import MachineFault
from innspill.messages import say
from innspill.pdf.seals import update_of
from innspill.project import SealRequest, TokenCertificate
from innspill.sealing.awaited import awaited
from innspill.sealing.fault import NoSeal
from innspill.sealing.names import name_of
from innspill.sealing.path import path_of
from innspill.sealing.timestamp import PlainTimeStamper
from innspill.sealing.token import at_token, open_token

ROOM, ROOM_OF_TIME = 4096, 8192
"""Bytes kept for a signature besides its certificates, and for what tells the time."""
USES = {"digital_signature", "non_repudiation"}
"""What a certificate that seals is for, one of them (RFC 5280, 4.2.1.3)."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key, and what tells the time."""

    signer: Signer = field(repr=False)
    own: x509.Certificate = field(repr=False)
    timestamp: str = ""
    """The address of the service that tells the time; none for this machine's clock alone."""

    @property
    def digest(self) -> str:
        """Of the certificate: a token may have another by the same label."""
        return hashlib.sha256(self.own.dump()).hexdigest()

    def sealed(self, below: bytes, when: datetime) -> bytes:
        """What is put behind a PDF to seal it. Raises NotSealable and MachineFault."""
        known = sum(len(each.dump()) for each in _certificates(self.signer, self.own))
        room = ROOM + known + (ROOM_OF_TIME if self.timestamp else 0)
        update = update_of(below, when, room)
        algorithm = select_suitable_signing_md(self.own.public_key)
        digest = hashlib.new(algorithm, update.signed(below)).digest()
        stamper = PlainTimeStamper(self.timestamp, timeout=30) if self.timestamp else None
        signing = self.signer.async_sign(digest, algorithm, use_pades=True, timestamper=stamper)
        try:
            with at_token():
                signature = awaited(signing).dump()
        except (TimestampRequestError, aiohttp.ClientError, OSError, ValueError) as fault:
            if not self.timestamp:
                raise
            raise MachineFault(
                say("the service {url} does not tell the time: nothing is sealed",
                    url=self.timestamp)
            ) from fault  # fmt: skip
        if len(signature) > room:
            raise MachineFault(
                say("what {url} answers is too large for a seal", url=self.timestamp)
            )
        return update.filled(signature, room)


def open_certificate(request: SealRequest, now: datetime) -> Certificate:
    """The certificate that is asked for. Raises NoSeal, OSError and MachineFault."""
    source = request.certificate
    signer: Signer
    if isinstance(source, TokenCertificate):
        signer, own = open_token(source, request.password)
    else:
        signer, own = _open_file(source, request.password)
    signer.signed_attr_prov_spec = _Attributes(signer, own)
    _check(own, now)
    return Certificate(signer, own, request.timestamp)


def _open_file(path: Path, password: Callable[[], str]) -> tuple[SimpleSigner, x509.Certificate]:
    """What signs with the key of a PKCS#12 file, and its certificate. Raises NoSeal, OSError."""
    data = path.read_bytes()
    if not _is_pkcs12(data):
        raise NoSeal(say("{path} is no PKCS#12 file (.p12 or .pfx)", path=path))
    secret = password().encode()
    try:
        key, own, _ = pkcs12.load_key_and_certificates(data, secret or None)
    except ValueError as fault:
        raise NoSeal(say("{path} does not open with that password", path=path)) from fault
    if own is None or key is None:
        raise NoSeal(say("{path} has no certificate with a key: export both in one", path=path))
    whole = SimpleSigner.load_pkcs12_data(data, (), secret or None)
    certificate = x509.Certificate.load(own.public_bytes(Encoding.DER))
    above = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    above.register_multiple(path_of(certificate, whole.cert_registry)[1:])
    return SimpleSigner(certificate, whole.signing_key, above), certificate


def _is_pkcs12(data: bytes) -> bool:
    """Whether it is PKCS#12 (RFC 7292, 4), whatever its password."""
    try:
        return bool(Pfx.load(data, strict=True)["version"].native == "v3")
    except (ValueError, TypeError):
        return False


def _check(certificate: x509.Certificate, now: datetime) -> None:
    """Raises NoSeal where the certificate can't seal today."""
    who = name_of(certificate)
    until = certificate.not_valid_after
    if until < now:
        raise NoSeal(
            say("the certificate of {who} was valid until {day}: get a new one",
                who=who, day=f"{until:%Y-%m-%d}")
        )  # fmt: skip
    if certificate.not_valid_before > now:
        day = f"{certificate.not_valid_before:%Y-%m-%d}"
        raise NoSeal(say("the certificate of {who} is not valid before {day}", who=who, day=day))
    usage = certificate.key_usage_value
    if usage is not None and not USES & set(usage.native):
        raise NoSeal(say("the certificate of {who} is not one to sign with", who=who))


def _certificates(signer: Signer, own: x509.Certificate) -> list[x509.Certificate]:
    """The signer's own, and then the others of the file."""
    others = (each for each in signer.cert_registry if each.dump() != own.dump())
    return [own, *sorted(others, key=lambda each: each.dump())]


class _Named(CMSAttributeProvider):
    """The digests of all certificates of the seal (RFC 5035, 3)."""

    attribute_type = "signing_certificate_v2"

    def __init__(self, certificates: list[x509.Certificate]) -> None:
        self.certificates = certificates

    async def build_attr_value(self, dry_run: bool = False) -> tsp.SigningCertificateV2:
        """What is signed of them."""
        named = [as_signing_certificate_v2(each)["certs"][0] for each in self.certificates]
        return tsp.SigningCertificateV2({"certs": named})


class _Algorithms(CMSAttributeProvider):
    """The algorithms, so that nobody can say that they were others (RFC 6211)."""

    attribute_type = "cms_algorithm_protection"

    def __init__(self, digest: str, signature: algos.SignedDigestAlgorithm) -> None:
        self.digest, self.signature = digest, signature

    async def build_attr_value(self, dry_run: bool = False) -> cms.CMSAlgorithmProtection:
        """What is signed of them."""
        return cms.CMSAlgorithmProtection(
            {
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": self.digest}),
                "signature_algorithm": self.signature,
            }
        )


class _Attributes(SignedAttributeProviderSpec):
    """What is signed besides the file's digest."""

    def __init__(self, signer: Signer, own: x509.Certificate) -> None:
        self.signer, self.own = signer, own

    def signed_attr_providers(
        self, data_digest: bytes, digest_algorithm: str
    ) -> Iterator[CMSAttributeProvider]:
        """The attributes, as pyHanko asks for them."""
        yield _Named(_certificates(self.signer, self.own))
        mechanism = self.signer.get_signature_mechanism_for_digest(digest_algorithm)
        yield _Algorithms(digest_algorithm, mechanism)
