"""Seals on PDFs: put there by `innspill seal` and `build --seal`, and told by `innspill verify`."""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pikepdf
import pytest
import verapdf
from asn1crypto import cms, keys, tsp
from asn1crypto import x509 as asn1
from certificates import PASSWORD, Issued, issued
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from repositories import Repo, begun
from sites import ANSWERS, ROOT, build_quietly, innspill, project, statement

from innspill.commands import build
from innspill.pdf.seals import FIELD, seal_in, unsealed
from innspill.project import BuildOptions, SealRequest
from innspill.seal import seal_files
from innspill.sealing.certificate import open_certificate
from innspill.sealing.path import path_of
from innspill.sealing.timestamp import _own, is_plain
from innspill.verification import Verification, VerifyResult
from innspill.verify import verify_paths
from innspill.verify_seal import finding_of

COMMITTEE = "Eksempel kommune"


@dataclass(frozen=True, slots=True)
class Office:
    """Who seals, and who vouches for it."""

    root: Issued
    between: Issued
    own: Issued
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "segl.p12"

    @property
    def pem(self) -> Path:
        return self.folder / "rot.pem"

    def request(self, timestamp: str = "") -> SealRequest:
        return SealRequest(self.file, "digest", timestamp, lambda: PASSWORD)


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    root = issued("Eksempelrot", is_authority=True, days=(-30, 700))
    between = issued("Eksempelutsteder", root, is_authority=True, days=(-30, 700))
    own = issued(COMMITTEE, between, number="NTRNO-000000000")
    made = Office(root, between, own, tmp_path_factory.mktemp("certificates"))
    own.p12(made.file)
    made.pem.write_bytes(root.pem() + between.pem())
    return made


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory, store: Path) -> Repo:
    """A project with an adopted statement in several forms; built without seals."""
    repo = begun(tmp_path_factory.mktemp("seal") / "repo")
    (repo.root / ".gitignore").write_text("build*/\n.innspill/\n", encoding="utf-8")
    front = "attach_source: true\nadopted: 2024-03-07\nprints: [large, booklet]\n"
    repo.commit(statement(ANSWERS, front), "Vedtatt", "2024-03-07")
    assert build_quietly(project(repo.root, store=store)).published
    return repo


@pytest.fixture
def pdf(printed: Repo, tmp_path: Path) -> Path:
    return Path(shutil.copy(printed.root / "build/sak/eksempel/uttalelse.pdf", tmp_path))


@pytest.fixture(scope="session")
def sealed(
    printed: Repo, office: Office, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """The statement's PDFs, sealed."""
    folder = tmp_path_factory.mktemp("sealed")
    paths = [
        Path(shutil.copy(path, folder))
        for path in sorted((printed.root / "build/sak/eksempel").glob("*.pdf"))
    ]
    assert seal_files(paths, office.request(), None) == paths
    return {path.name: path.read_bytes() for path in paths}


def verified(repo: Repo, path: Path, store: Path, *roots: bytes) -> Verification:
    [found] = verify_paths(project(repo.root, store=store), (path,), 600, roots)
    return found


def der(issued: Issued) -> bytes:
    return issued.certificate.public_bytes(Encoding.DER)


def said(found: Verification) -> str:
    return "\n".join(map(str, found.findings))


def test_the_bytes_below_stay_and_the_file_is_still_archival(
    printed: Repo, sealed: dict[str, bytes], tmp_path: Path
) -> None:
    assert len(sealed) > 3
    for name, data in sealed.items():
        below = (printed.root / "build/sak/eksempel" / name).read_bytes()
        assert data.startswith(below)
        assert unsealed(data) == below
        (tmp_path / name).write_bytes(data)
        with pikepdf.open(tmp_path / name) as whole:
            (field,) = whole.Root.AcroForm.Fields
            assert str(field.T) == FIELD
            assert field.V.ByteRange[2] + field.V.ByteRange[3] == len(data)
    claimed = verapdf.judge([printed.root / "build/sak/eksempel" / name for name in sealed])
    archival = [name for name, verdict in claimed.items() if not verdict.failed]
    assert len(archival) > 2
    now = verapdf.judge([tmp_path / name for name in archival])
    assert now == {name: claimed[name] for name in archival}


def test_verify_says_by_whom_and_whether_it_is_what_was_adopted(
    printed: Repo, office: Office, sealed: dict[str, bytes], tmp_path: Path, store: Path
) -> None:
    path = tmp_path / "fra pulten.pdf"
    path.write_bytes(sealed["uttalelse.pdf"])
    found = verified(printed, path, store)
    assert found.answer is VerifyResult.SAME
    assert said(found).startswith(f"sealed by {COMMITTEE} (NTRNO-000000000); 20")
    assert said(found).endswith("its certificate was not checked: give --trust")
    found = verified(printed, path, store, der(office.root))
    assert found.answer is VerifyResult.SAME
    assert said(found).endswith("its certificate is one that --trust vouches for")
    found = verified(printed, path, store, der(issued("Annen rot", is_authority=True)))
    assert found.answer is VerifyResult.WORDS
    assert said(found).endswith("nobody whom --trust names vouches for its certificate")
    path.write_bytes(sealed["uttalelse.pdf"] + b"% mer\n")
    found = verified(printed, path, store, der(office.root))
    assert found.answer is VerifyResult.WORDS
    assert "something was added to the file after the seal" in said(found)


def test_a_seal_on_what_was_not_adopted_makes_it_no_better(
    printed: Repo, office: Office, pdf: Path, store: Path
) -> None:
    with pikepdf.open(pdf, allow_overwriting_input=True) as changed:
        stream = changed.pages[0].Contents.read_bytes()
        changed.pages[0].Contents = changed.make_stream(stream + b"\n0 g 0 0 300 300 re f\n")
        changed.save(object_stream_mode=pikepdf.ObjectStreamMode.generate)
    seal_files([pdf], office.request(), None)
    found = verified(printed, pdf, store, der(office.root))
    assert not found.answer.is_good
    assert "its certificate is one that --trust vouches for" in said(found)


def test_an_update_that_does_more_than_seal_is_told(
    sealed: dict[str, bytes], office: Office
) -> None:
    """Another's update may paint over a page and be signed, by a certificate that is trusted."""
    data = sealed["uttalelse.pdf"]
    below = unsealed(data)
    update = data[len(below) :].replace(b"/Tabs /S", b"/Tabs /R", 1)
    assert len(below + update) == len(data)
    seal = seal_in(below + update)
    assert seal is not None
    assert not seal.is_plain
    finding = finding_of(below + update, seal, (der(office.root),))
    assert finding is not None
    assert finding.answer is VerifyResult.OTHER


FLIPS = 100


def test_every_byte_that_is_changed_is_told(sealed: dict[str, bytes], office: Office) -> None:
    """Half of them in what the seal adds, which is the smaller part."""
    chance = random.Random(16)
    data = sealed["uttalelse.pdf"]
    added = len(unsealed(data))
    for number in range(FLIPS):
        at = chance.randrange(added if number % 2 else 0, len(data))
        changed = bytearray(data)
        changed[at] ^= 1 << chance.randrange(8)
        finding = finding_of(bytes(changed), seal_in(bytes(changed)), ())
        assert finding is not None, at
        assert finding.answer is VerifyResult.OTHER, at


def test_the_command_ends_with_one_and_trusts_whom_it_is_told_to(
    printed: Repo, sealed: dict[str, bytes], office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "uttalelse.pdf"
    path.write_bytes(sealed["uttalelse.pdf"].replace(b"%PDF-1.7", b"%PDF-1.6", 1))
    told = innspill("verify", path, cwd=printed.root, code=1).stdout
    assert "its seal is broken: the file was changed since it was sealed" in told
    told = innspill("verify", "--trust", path, path, cwd=printed.root, code=2).stderr
    assert told == f"innspill: {path} holds no certificate\n"
    path.write_bytes(sealed["uttalelse.pdf"])
    command = ("verify", "--format", "json", "--trust", office.pem, path)
    [told] = json.loads(innspill(*command, cwd=printed.root).stdout)
    assert told["answer"] == "same"
    assert told["findings"][0].endswith("; its certificate is one that --trust vouches for")


@dataclass(slots=True)
class Clock:
    """A service that tells the time, on this machine."""

    address: str
    stamper: DummyTimeStamper


def _asn1(issued: Issued) -> asn1.Certificate:
    return asn1.Certificate.load(der(issued))


@pytest.fixture
def clock(office: Office) -> Iterator[Clock]:
    own = issued(
        *("Eksempelklokke", office.between),
        days=(-30, 700),
        is_stamper=True,
        uses="digital_signature",
    )
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    chain.register(_asn1(office.between))
    key = own.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        _asn1(own),
        keys.PrivateKeyInfo.load(key),
        chain,
    )

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            request = tsp.TimeStampReq.load(asked)
            told = asyncio.run(stamper.async_request_tsa_response(request)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Clock(f"http://127.0.0.1:{server.server_port}/", stamper)
        server.shutdown()


def test_a_service_tells_the_time(
    printed: Repo, office: Office, pdf: Path, store: Path, clock: Clock
) -> None:
    seal_files([pdf], office.request(clock.address), None)
    assert not verapdf.judge([pdf])[pdf.name].failed
    found = verified(printed, pdf, store, der(office.root))
    assert found.answer is VerifyResult.SAME
    assert re.search(r" UTC, as Eksempelklokke says; its certificate is one ", said(found))


def token_in(data: bytes) -> cms.ContentInfo:
    """What the service said, as a seal has it."""
    seal = seal_in(data)
    assert seal is not None
    (info,) = cms.ContentInfo.load(seal.signature)["content"]["signer_infos"]
    return info["unsigned_attrs"][0]["values"][0]


def names_in(token: cms.ContentInfo) -> set[str]:
    return {each.chosen.subject.native["common_name"] for each in token["content"]["certificates"]}


@pytest.mark.parametrize("sends_root", [True, False])
def test_every_byte_of_what_a_service_says_counts(
    printed: Repo, office: Office, pdf: Path, clock: Clock, sends_root: bool
) -> None:
    """Its certificates too, where the root is at hand: sent along, or one that is trusted."""
    if sends_root:
        clock.stamper.certs_to_embed.append(_asn1(office.root))
    clock.stamper.certs_to_embed.append(_asn1(issued("Noen andre", is_authority=True)))
    seal_files([pdf], office.request(clock.address), None)
    data, roots = pdf.read_bytes(), () if sends_root else (der(office.root),)
    token = token_in(data)
    held = [each.chosen for each in token["content"]["certificates"]]
    path = {"Eksempelklokke", "Eksempelutsteder", *(["Eksempelrot"] if sends_root else [])}
    assert names_in(token) == path, "of what it sends along, no more is put into the seal"
    finding = finding_of(data, seal_in(data), roots)
    assert finding is not None
    assert finding.answer is VerifyResult.SAME
    said, chance = token.dump(), random.Random(16)
    *_, last = path_of(_own(token["content"]["signer_infos"][0], held), held)
    name = said.find(last.dump()) + last.dump().find(last.issuer.dump())
    untold = range(name, name + len(last.issuer.dump()))  # signed by another, it may be honest
    before, behind = re.split(said.hex().encode(), data, flags=re.IGNORECASE)
    for _ in range(FLIPS):
        at = chance.choice([at for at in range(len(said)) if at not in untold])
        changed = bytearray(said)
        changed[at] ^= 1 << chance.randrange(8)
        whole = before + changed.hex().encode() + behind
        finding = finding_of(whole, seal_in(whole), roots)
        assert finding is not None, at
        assert finding.answer is VerifyResult.OTHER, at


def test_a_certificate_that_no_path_goes_through_is_told(
    printed: Repo, office: Office, pdf: Path, clock: Clock
) -> None:
    seal_files([pdf], office.request(clock.address), None)
    token = token_in(pdf.read_bytes())
    assert is_plain(token, ())
    held = token["content"]["certificates"]
    for more in (issued("Noen andre", is_authority=True), issued("Eksempelrot", is_authority=True)):
        put = cms.CertificateChoices("certificate", _asn1(more))
        parts = ("version", "digest_algorithms", "encap_content_info", "signer_infos")
        signed = {each: token["content"][each] for each in parts}
        signed = cms.SignedData({**signed, "certificates": [*held, put]})
        again = cms.ContentInfo({"content_type": "signed_data", "content": signed})
        assert len(names_in(again)) == 3
        assert not is_plain(cms.ContentInfo.load(again.dump()), ())


@pytest.mark.parametrize("is_stamped", [True, False])
def test_a_certificate_that_expired_since(
    printed: Repo, office: Office, pdf: Path, store: Path, clock: Clock, is_stamped: bool
) -> None:
    """With a service's time it still holds; with the sealer's own clock nobody can tell."""
    old = datetime.now(UTC) - timedelta(days=5)
    clock.stamper.fixed_dt = old
    issued(COMMITTEE, office.between, days=(-9, -2)).p12(pdf.with_name("utgaatt.p12"))
    address = clock.address if is_stamped else ""
    request = replace(office.request(address), certificate=pdf.with_name("utgaatt.p12"))
    below = pdf.read_bytes()
    pdf.write_bytes(below + open_certificate(request, old).sealed(below, old))
    found = verified(printed, pdf, store, der(office.root))
    assert found.answer is (VerifyResult.SAME if is_stamped else VerifyResult.UNKNOWN), said(found)
    assert ("no service says when it was sealed" in said(found)) != is_stamped


def refused(*command: str | Path, cwd: Path, code: int = 2, password: str = PASSWORD) -> str:
    ran = innspill(*command, cwd=cwd, code=code, INNSPILL_SEAL_PASSWORD=password)
    return ran.stderr.strip()


def test_what_can_not_be_sealed_is_told(
    printed: Repo, office: Office, pdf: Path, sealed: dict[str, bytes], tmp_path: Path
) -> None:
    whole = pdf.read_bytes()
    for name, data in {
        "alt.pdf": sealed["uttalelse.pdf"],
        "halv.pdf": whole[: len(whole) // 3],
        "tekst.pdf": b"Et eksempel.",
    }.items():
        (tmp_path / name).write_bytes(data)
    with pikepdf.open(pdf) as opened:
        opened.save(tmp_path / "laast.pdf", encryption=pikepdf.Encryption(owner="a", user="b", R=6))
    with pikepdf.new() as empty:
        empty.add_blank_page()
        empty.save(tmp_path / "annen.pdf")
    reasons = {
        "alt.pdf": "it is sealed already",
        "halv.pdf": "it is a damaged PDF",
        "tekst.pdf": "it is no PDF",
        "laast.pdf": "it is locked with a password",
        "annen.pdf": "it was not made by Innspill",
    }
    for name, reason in reasons.items():
        before = (tmp_path / name).read_bytes()
        command = ("seal", "--certificate", office.file, pdf, tmp_path / name)
        assert refused(*command, cwd=tmp_path).endswith(f"{name}: {reason}")
        assert (tmp_path / name).read_bytes() == before
        assert pdf.read_bytes() == whole


def test_a_certificate_that_can_not_seal_is_told(office: Office, pdf: Path, tmp_path: Path) -> None:
    before = pdf.read_bytes()
    issued(COMMITTEE, office.root, days=(-9, -2)).p12(tmp_path / "gammel.p12")
    issued(COMMITTEE, office.root, days=(2, 9)).p12(tmp_path / "ny.p12")
    issued(COMMITTEE, office.root, uses="key_agreement").p12(tmp_path / "annen.p12")
    office.own.p12(tmp_path / "uten.p12", with_key=False)
    (tmp_path / "rot.p12").write_bytes(office.root.pem())
    reasons = {
        "gammel.p12": rf"the certificate of {COMMITTEE} was valid until \S+: get a new one",
        "ny.p12": rf"the certificate of {COMMITTEE} is not valid before \S+",
        "annen.p12": rf"the certificate of {COMMITTEE} is not one to sign with",
        "uten.p12": r"\S+ has no certificate with a key: export both in one",
        "rot.p12": r"\S+ is no PKCS#12 file \(.p12 or .pfx\)",
    }
    for name, reason in reasons.items():
        told = refused("seal", "--certificate", name, pdf, cwd=tmp_path)
        assert re.fullmatch(f"innspill: {reason}", told), told
    command = ("seal", "--certificate", office.file, pdf)
    told = refused(*command, cwd=tmp_path, password="feil")
    assert told.endswith("segl.p12 does not open with that password")
    told = innspill(*command, cwd=tmp_path, code=2).stderr.strip()
    assert told.endswith("set INNSPILL_SEAL_PASSWORD")
    silent = ("--timestamp", "http://127.0.0.1:9/")
    told = refused(*command, *silent, cwd=tmp_path, code=3)
    assert told.endswith("http://127.0.0.1:9/ does not tell the time: nothing is sealed")
    assert pdf.read_bytes() == before


def test_a_disk_that_is_full_is_told_with_the_file(
    printed: Repo, office: Office, pdf: Path, tmp_path: Path
) -> None:
    before = pdf.read_bytes()
    limit = ("sh", "-c", 'ulimit -f "$1"; shift; exec "$@"', "sh", str(len(before) // 512))
    program = (sys.executable, "-m", "innspill", "seal", "--certificate", office.file, pdf)
    environment = {**os.environ, "INNSPILL_SEAL_PASSWORD": PASSWORD, "LC_ALL": "C.UTF-8"}
    command = [*limit, *map(str, program)]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 3, ran.stderr
    assert ran.stderr.startswith(f"innspill: {pdf}: ")
    assert pdf.read_bytes() == before
    assert [each.name for each in pdf.parent.iterdir() if each.name.endswith(".part")] == []


def test_an_elliptic_curve_seals_too(
    printed: Repo, office: Office, pdf: Path, tmp_path: Path, store: Path
) -> None:
    issued(COMMITTEE, office.between, curve=True).p12(tmp_path / "kurve.p12")
    target = tmp_path / "ut.pdf"
    command = ("seal", "--certificate", "kurve.p12", "--output", target, pdf)
    ran = innspill(*command, cwd=tmp_path, INNSPILL_SEAL_PASSWORD=PASSWORD)
    assert ran.stdout == f"sealed {target}\n"
    assert b"/Sig" not in pdf.read_bytes()
    found = verified(printed, target, store, der(office.root))
    assert found.answer is VerifyResult.SAME


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_build_seals_each_pdf_once(
    printed: Repo, office: Office, store: Path, tmp_path: Path
) -> None:
    place = project(printed.root, store=store, output=tmp_path / "build-ut")
    options = BuildOptions(seal=office.request())
    assert build(place, options, lambda _: None).published
    first = contents(place.output)
    manifest = json.loads((place.output / "manifest.json").read_bytes())["files"]
    page = (place.output / "sak/eksempel/index.html").read_text(encoding="utf-8")
    for path in place.output.rglob("*.pdf"):
        data, name = path.read_bytes(), path.relative_to(place.output).as_posix()
        below = (printed.root / "build" / name).read_bytes()
        assert unsealed(data) == below
        assert len(data) > len(below)
        assert manifest[name] == {**manifest[name], "size": len(data), "sha256": first[name]}
    size = (place.output / "sak/eksempel/uttalelse-stor-skrift.pdf").stat().st_size
    assert str(round(size / 1000)) in page

    nothing = BuildOptions(seal=SealRequest(office.file, "digest", "", lambda: pytest.fail("ask")))
    again = build(place, nothing, lambda _: None)
    assert again.files is not None, "the password is not even asked for"
    for path in (store / "last").iterdir():
        path.unlink()
    once_more = build(place, options, lambda _: None)
    assert once_more.published
    assert not once_more.published.written
    assert contents(place.output) == first

    found = verified(printed, place.output, store, der(office.root))
    assert found.answer is VerifyResult.SAME, said(found)
    assert re.match(rf"\d PDFs: sealed by {COMMITTEE} \(\S+\); its certificate is", said(found))
    for name in ("sammendrag", "uttalelse"):
        path = place.output / f"sak/eksempel/{name}.pdf"
        path.write_bytes(path.read_bytes() + b"% mer\n")
    found = verified(printed, place.output, store, der(office.root))
    assert not found.answer.is_good
    for name in ("sammendrag", "uttalelse"):
        assert f"sak/eksempel/{name}.pdf: sealed by {COMMITTEE}" in said(found)


def test_a_file_of_a_published_site_is_not_sealed_where_it_stands(
    printed: Repo, office: Office
) -> None:
    path = printed.root / "build/sak/eksempel/uttalelse.pdf"
    told = refused("seal", "--certificate", office.file, path, cwd=printed.root)
    assert "it is part of a published site" in told


@pytest.mark.parametrize("command", ["seal", "verify"])
def test_without_the_extra_it_is_told_how_to_install_it(
    printed: Repo, office: Office, pdf: Path, sealed: dict[str, bytes], tmp_path: Path, command: str
) -> None:
    (tmp_path / "asn1crypto.py").write_text(
        "raise ModuleNotFoundError('asn1crypto', name='asn1crypto')\n", encoding="utf-8"
    )
    arguments: tuple[str | Path, ...] = ("seal", "--certificate", office.file, pdf)
    if command == "verify":
        pdf.write_bytes(sealed["uttalelse.pdf"])
        arguments = ("verify", pdf)
    path = f"{tmp_path}:{ROOT / 'scripts'}"
    secret = {"INNSPILL_SEAL_PASSWORD": PASSWORD}
    ran = innspill(*arguments, cwd=printed.root, code=3, PYTHONPATH=path, **secret)
    told = ran.stderr.strip()
    assert told.startswith("innspill: for seals, asn1crypto is missing here. ")
    assert told.endswith("`pip install 'innspill[seal]'`.")
