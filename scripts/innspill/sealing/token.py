"""A certificate on a card, or on another token that keeps its key to itself: PKCS#11.

The standard (PKCS#11 3.1, 4.6.3) gives a certificate and its key the same id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pkcs11
from asn1crypto import x509
from pkcs11 import Attribute, ObjectClass
from pyhanko.sign.pkcs11 import PKCS11Signer

from innspill.failure import MachineFault
from innspill.messages import say
from innspill.project import TokenCertificate
from innspill.sealing.fault import NoSeal
from innspill.sealing.path import path_of


def open_token(
    asked: TokenCertificate, pin: Callable[[], str]
) -> tuple[PKCS11Signer, x509.Certificate]:
    """What signs with a token's key, and its certificate. Raises NoSeal and MachineFault."""
    with at_token():
        token = _token(asked)
        session = _session(token, asked.token, pin())
        found = list(session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}))
        every = [x509.Certificate.load(each[Attribute.VALUE]) for each in found]
        named = [at for at, each in enumerate(found) if each[Attribute.LABEL] == asked.certificate]
        if len(named) != 1:
            labels = [each[Attribute.LABEL] for each in found]
            raise _not_one(asked, len(named), labels)
        own, identity = every[named[0]], found[named[0]][Attribute.ID]
        key = {Attribute.CLASS: ObjectClass.PRIVATE_KEY, Attribute.ID: identity}
        if len(list(session.get_objects(key))) != 1:
            raise NoSeal(
                say('the token "{token}" has no key with the id of the certificate "{label}"',
                    token=asked.token, label=asked.certificate)
            )  # fmt: skip
        signer = PKCS11Signer(
            session,
            asked.certificate,
            cert_id=identity,
            ca_chain=path_of(own, every)[1:],
            key_id=identity,
            # Few tokens can both digest and sign by an elliptic curve.
            use_raw_mechanism=own.public_key.algorithm == "ec",
        )
        return signer, own


@contextmanager
def at_token() -> Iterator[None]:
    """Whatever else a token answers is the machine's fault."""
    try:
        yield
    except pkcs11.PKCS11Error as fault:
        message = say("the card or token does not answer as it should: is it still in its place?")
        raise MachineFault(message) from fault


def _token(asked: TokenCertificate) -> pkcs11.Token:
    try:
        module = pkcs11.lib(str(asked.module.resolve()))
    except (pkcs11.PKCS11Error, OSError, RuntimeError) as fault:
        raise NoSeal(say("{path} is no PKCS#11 module", path=asked.module)) from fault
    every = [each for each in module.get_tokens() if each.label]
    named = [each for each in every if each.label == asked.token]
    if len(named) == 1:
        return named[0]
    if named:
        raise NoSeal(
            say('{n} tokens are called "{token}": take out all but one',
                n=len(named), token=asked.token)
        )  # fmt: skip
    names = ", ".join(sorted(each.label for each in every)) or "–"
    raise NoSeal(
        say('there is no token "{token}"; there is: {names}', token=asked.token, names=names)
    )


def _session(token: pkcs11.Token, name: str, pin: str) -> pkcs11.Session:
    try:
        session: pkcs11.Session = token.open(user_pin=pin)
    except pkcs11.PinLocked as fault:
        raise NoSeal(say('the token "{token}" has locked its PIN', token=name)) from fault
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as fault:
        raise NoSeal(say('the token "{token}" does not open with that PIN', token=name)) from fault
    return session


def _not_one(asked: TokenCertificate, count: int, labels: list[str]) -> NoSeal:
    if count:
        return NoSeal(
            say('{n} certificates on the token "{token}" are called "{label}": give each its own '
                "label", n=count, token=asked.token, label=asked.certificate)
        )  # fmt: skip
    return NoSeal(
        say('the token "{token}" has no certificate "{label}"; it has: {names}',
            token=asked.token, label=asked.certificate, names=", ".join(sorted(labels)) or "–")
    )  # fmt: skip
