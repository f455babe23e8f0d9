"""Whom a certificate is of: in a line, and as a signature names it."""

from __future__ import annotations

from asn1crypto import cms, x509

NUMBERS = ("organization_identifier", "serial_number")
"""The fields that may hold the number of an organisation (EN 319 412-3, 4.2.1)."""


def name_of(certificate: x509.Certificate) -> str:
    """The name, and in brackets the number of the organisation where it has one."""
    subject = {
        name: value if isinstance(value, str) else ", ".join(map(str, value))
        for name, value in certificate.subject.native.items()
    }
    names = (subject.get("common_name", ""), subject.get("organization_name", ""))
    shown = ", ".join(dict.fromkeys(each for each in names if each)) or "–"
    number = next((subject[each] for each in NUMBERS if each in subject), "")
    return f"{shown} ({number})" if number else shown


def identifier_of(certificate: x509.Certificate) -> cms.SignerIdentifier:
    """How a signature names its signer's certificate (RFC 5652, 5.3)."""
    serial = {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
    return cms.SignerIdentifier("issuer_and_serial_number", cms.IssuerAndSerialNumber(serial))
