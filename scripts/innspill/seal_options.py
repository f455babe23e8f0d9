"""The options of the commands that put seals on PDFs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial, wraps
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import click

from innspill.errors import WrongArguments
from innspill.messages import Message, say
from innspill.project import SealRequest, TokenCertificate
from innspill.report import tell

PASSWORD = "INNSPILL_SEAL_PASSWORD"

Command = TypeVar("Command", bound=Callable[..., Any])


def seal_options(option: str, what: Message) -> Callable[[Command], Command]:
    """Gives a command its `seal`, what is asked for; `option` names the PKCS#12 file."""

    def decorate(command: Command) -> Command:
        @wraps(command)
        def asked(
            certificate: Path | None,
            module: Path | None,
            token_label: str,
            cert_label: str,
            timestamp: str,
            **others: Any,
        ) -> Any:
            source = _source(option, certificate, module, token_label, cert_label)
            return command(seal=_request(option, source, timestamp), **others)

        decorated: Any = asked
        for each in reversed(_options(option, what)):
            decorated = each(decorated)
        return decorated  # type: ignore[no-any-return]

    return decorate


def _options(option: str, what: Message) -> list[Callable[[Command], Command]]:
    on_token = say("The label of the certificate on that token.")
    return [
        click.option(
            option, "certificate", metavar="FILE.p12", default=None,
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help=tell(what),
        ),
        click.option(
            "--pkcs11-module", "module", metavar="FILE.so", default=None,
            type=click.Path(path_type=Path, exists=True, dir_okay=False),
            help=tell(
                say(
                    "Instead of a file: what opens the card or token that has the certificate and "
                    "its key (PKCS#11). The PIN is asked for, or taken from {name}.",
                    name=PASSWORD,
                )
            ),
        ),
        click.option(
            "--token-label", metavar="LABEL", default="", help=tell(say("The token's label."))
        ),
        click.option("--cert-label", metavar="LABEL", default="", help=tell(on_token)),
        click.option(
            "--timestamp", metavar="URL", default="",
            help=tell(
                say("A service that tells the time of a seal (RFC 3161). Default: this machine's "
                    "clock alone.")
            ),
        ),
    ]  # fmt: skip


def _source(
    option: str, certificate: Path | None, module: Path | None, token: str, label: str
) -> Path | TokenCertificate | None:
    if module and token and label and not certificate:
        return TokenCertificate(module, token, label)
    if module and certificate:
        raise WrongArguments(
            say("name one certificate: {option} or --pkcs11-module", option=option)
        )
    if module or token or label:
        raise WrongArguments(
            say("a certificate on a card or token takes all three: --pkcs11-module, --token-label "
                "and --cert-label")
        )  # fmt: skip
    return certificate


def _request(
    option: str, source: Path | TokenCertificate | None, timestamp: str
) -> SealRequest | None:
    if source is None and timestamp:
        raise WrongArguments(
            say("--timestamp is for seals: name a certificate with {option}", option=option)
        )
    if source is None:
        return None
    told = repr(source).encode() if isinstance(source, TokenCertificate) else source.read_bytes()
    digest = sha256(told + b"\0" + timestamp.encode()).hexdigest()
    return SealRequest(source, digest, timestamp, partial(_password, source))


def _password(source: Path | TokenCertificate) -> str:
    """The password or PIN, never an argument: those are seen by all on a machine."""
    if (told := os.environ.get(PASSWORD)) is not None:
        return told
    if isinstance(source, TokenCertificate):
        text = say("PIN of {token}", token=source.token)
        no_terminal = say(
            "there is no terminal to ask for the PIN of {token} in: set {name}",
            token=source.token,
            name=PASSWORD,
        )
    else:
        text = say("Password of {path}", path=source)
        no_terminal = say(
            "there is no terminal to ask for the password of {path} in: set {name}",
            path=source,
            name=PASSWORD,
        )
    if not sys.stdin.isatty():
        raise WrongArguments(no_terminal)
    return str(click.prompt(tell(text), hide_input=True, default="", show_default=False, err=True))
