"""Certificates for tests: an authority, one below it, and those that these vouch for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "hemmelig eksempel"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Issued:
    """A certificate, its key, and the certificates between it and the root."""

    certificate: x509.Certificate
    key: Key
    between: tuple[x509.Certificate, ...] = ()

    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def p12(
        self, path: Path, *, password: str = PASSWORD, with_key: bool = True, bare: bool = False
    ) -> Path:
        """Writes it as a PKCS#12 file."""
        data = pkcs12.serialize_key_and_certificates(
            b"eksempel",
            self.key if with_key else None,
            self.certificate,
            None if bare else self.between,
            BestAvailableEncryption(password.encode()),
        )
        path.write_bytes(data)
        return path


def name(text: str, number: str = "") -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, text)]
    if number:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, number))
    return x509.Name(parts)


def issued(
    text: str,
    by: Issued | None = None,
    *,
    number: str = "",
    days: tuple[int, int] = (-2, 700),
    is_authority: bool = False,
    is_stamper: bool = False,
    uses: str = "content_commitment",
    curve: bool = False,
) -> Issued:
    """A certificate by an authority, or by itself; valid from and until so many days from now."""
    key: Key = (
        ec.generate_private_key(ec.SECP256R1())
        if curve
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
    )
    now = datetime.now(UTC)
    every = (
        *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
        *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
    )
    wanted = "key_cert_sign" if is_authority else uses
    builder = (
        x509.CertificateBuilder()
        .subject_name(name(text, number))
        .issuer_name(by.certificate.subject if by else name(text, number))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + timedelta(days[0]))
        .not_valid_after(now + timedelta(days[1]))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.KeyUsage(**{use: use == wanted for use in every}), critical=True)
    )
    if is_stamper:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    certificate = builder.sign(by.key if by else key, hashes.SHA256())
    between = (
        (by.certificate, *by.between)
        if by and by.certificate.issuer != by.certificate.subject
        else ()
    )
    return Issued(certificate, key, between)
