"""Seals by a certificate on a token: SoftHSM, which is one in software."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
import verapdf
from certificates import Issued, issued
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from repositories import Repo
from sites import innspill
from test_seal import COMMITTEE, Office, der, office, pdf, printed, said, verified

from innspill.pdf.seals import unsealed
from innspill.verification import VerifyResult

__all__ = ["office", "pdf", "printed"]  # fixtures

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, LABEL = "123456", "segl"


@dataclass(frozen=True, slots=True)
class Token:
    """A token's place on the disk."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}

    def begin(self, label: str) -> None:
        """Makes one, empty."""
        self.run("softhsm2-util", "--init-token", "--free", "--label", label,
                 "--pin", PIN, "--so-pin", PIN)  # fmt: skip

    def put(self, label: str, made: Issued, number: str) -> None:
        """Puts a certificate and its key on it, under an id."""
        for name, data in {
            "cert": der(made),
            "privkey": made.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()),
        }.items():
            (self.folder / "in.der").write_bytes(data)
            self.run("pkcs11-tool", "--module", MODULE, "--token-label", "Kort", "--login",
                     "--pin", PIN, "--write-object", self.folder / "in.der", "--type", name,
                     "--label", label, "--id", number)  # fmt: skip

    def run(self, *command: str | Path) -> None:
        environment = {**os.environ, **self.environment}
        subprocess.run(command, env=environment, check=True, capture_output=True)


@pytest.fixture(scope="module")
def token(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Token:
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    made = Token(folder)
    made.begin("Kort")
    made.put(LABEL, office.own, "01")
    made.put("utsteder", office.between, "02")
    made.put("kurve", issued(COMMITTEE, office.between, curve=True), "03")
    other = issued("Noen andre", is_authority=True)
    made.put("to like", other, "04")
    made.put("to like", other, "05")
    return made


def sealing(token: Token, *arguments: str | Path, label: str = LABEL) -> tuple[str | Path, ...]:
    return ("--pkcs11-module", MODULE, "--token-label", "Kort", "--cert-label", label, *arguments)


@pytest.mark.parametrize("label", [LABEL, "kurve"])
def test_a_token_seals_as_a_file_does(
    printed: Repo, office: Office, token: Token, pdf: Path, store: Path, label: str
) -> None:
    before = pdf.read_bytes()
    known = {**token.environment, "INNSPILL_SEAL_PASSWORD": PIN}
    innspill("seal", *sealing(token, pdf, label=label), cwd=printed.root, code=0, **known)
    assert unsealed(pdf.read_bytes()) == before
    assert not verapdf.judge([pdf])[pdf.name].failed
    found = verified(printed, pdf, store, der(office.root))  # who issued it was on the token too
    assert found.answer is VerifyResult.SAME, said(found)
    assert said(found).startswith(f"sealed by {COMMITTEE}")
    assert said(found).endswith("its certificate is one that --trust vouches for")


def test_a_build_and_a_parcel_are_sealed_by_a_token(
    printed: Repo, office: Office, token: Token, tmp_path: Path, store: Path
) -> None:
    known = {**token.environment, "INNSPILL_SEAL_PASSWORD": PIN}
    out = tmp_path / "build-ut"
    building = ("build", "--store", store, "--output", out, *sealing(token))
    innspill(*building, cwd=printed.root, code=0, **known)
    first = {path: path.read_bytes() for path in out.rglob("*.pdf")}
    assert len(first) > 3
    assert all(unsealed(data) != data for data in first.values())
    target = tmp_path / "pakke.zip"
    command = ("pack", "--store", store, "--output", target, *sealing(token), "sak/eksempel")
    innspill(*command, cwd=printed.root, code=0, **known)
    innspill(*building, cwd=printed.root, code=0, **known)
    assert {path: path.read_bytes() for path in out.rglob("*.pdf")} == first, "each keeps its own"


def test_what_can_not_be_used_is_told_in_a_sentence(
    printed: Repo, office: Office, token: Token, pdf: Path, tmp_path: Path
) -> None:
    before = pdf.read_bytes()

    def told(*arguments: str | Path, pin: str | None = PIN, code: int = 2) -> str:
        secret = {} if pin is None else {"INNSPILL_SEAL_PASSWORD": pin}
        ran = innspill("seal", *arguments, pdf, cwd=tmp_path, code=code, **token.environment,
                       **secret)  # fmt: skip
        assert pdf.read_bytes() == before
        return ran.stderr.strip()

    assert told(*sealing(token), pin="000000") == (
        'innspill: the token "Kort" does not open with that PIN'
    )
    assert told(*sealing(token), pin=None).endswith(
        "there is no terminal to ask for the PIN of Kort in: set INNSPILL_SEAL_PASSWORD"
    )
    assert told(*sealing(token, "--token-label", "Annet")) == (
        'innspill: there is no token "Annet"; there is: Kort'
    )
    assert told(*sealing(token, label="annen")) == (
        'innspill: the token "Kort" has no certificate "annen"; it has: '
        "kurve, segl, to like, to like, utsteder"
    )
    assert told(*sealing(token, label="to like")) == (
        'innspill: 2 certificates on the token "Kort" are called "to like": give each its own label'
    )
    assert told(*sealing(token, "--pkcs11-module", office.file)) == (
        f"innspill: {office.file} is no PKCS#11 module"
    )
    nowhere = told(*sealing(token, "--pkcs11-module", tmp_path / "borte.so"))
    assert "borte.so" in nowhere
    assert "does not exist" in nowhere
    three = "innspill: a certificate on a card or token takes all three: "
    assert told("--pkcs11-module", MODULE).startswith(three)
    assert told("--cert-label", LABEL).startswith(three)
    both = told(*sealing(token, "--certificate", office.file))
    assert both == "innspill: name one certificate: --certificate or --pkcs11-module"
    assert told() == "innspill: name a certificate: --certificate or --pkcs11-module"


def test_two_tokens_of_one_name(printed: Repo, token: Token, pdf: Path, tmp_path: Path) -> None:
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\n")
    two = Token(tmp_path)
    two.begin("Kort")
    two.begin("Kort")
    known = {**two.environment, "INNSPILL_SEAL_PASSWORD": PIN}
    ran = innspill("seal", *sealing(two), pdf, cwd=tmp_path, code=2, **known)
    assert ran.stderr == 'innspill: 2 tokens are called "Kort": take out all but one\n'
