"""`innspill seal`: PDFs that were made before say who published them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from innspill.durable import written_whole
from innspill.errors import WrongArguments
from innspill.manifest import read_manifest
from innspill.messages import Message, say
from innspill.pdf.read_back import NotReadable, read_back
from innspill.pdf.seals import NotSealable, has_seal
from innspill.project import SealRequest
from innspill.seals import opened

if TYPE_CHECKING:
    from innspill.sealing.certificate import Certificate


class NotSealed(WrongArguments):
    """A file can't be sealed."""


def seal_files(paths: Sequence[Path], request: SealRequest, output: Path | None) -> list[Path]:
    """Seals PDFs in their place, or one in another, and answers which are written.

    All are sealed before any is written. Raises OSError, NotSealed, NoSeal and MachineFault.
    """
    texts = [path.read_bytes() for path in paths]
    for path, text in zip(paths, texts, strict=True):
        why = _why_not(text) or (_why_not_there(path) if output is None else None)
        if why:
            raise NotSealed(say("{path}: {why}", path=path, why=why))
    certificate = opened(request)
    targets = [output or path for path in paths]
    sealed = [_sealed(certificate, path, text) for path, text in zip(paths, texts, strict=True)]
    for target, text in zip(targets, sealed, strict=True):
        with written_whole(target) as partial:
            partial.write_bytes(text)
            if target.exists():
                partial.chmod(target.stat().st_mode & 0o777)
    return targets


def _sealed(certificate: Certificate, path: Path, below: bytes) -> bytes:
    try:
        return below + certificate.sealed(below, datetime.now(UTC))
    except NotSealable as fault:
        why = say("it is not as Innspill wrote it")
        raise NotSealed(say("{path}: {why}", path=path, why=why)) from fault


def _why_not(data: bytes) -> Message | None:
    """Why a file can't be sealed, None where it can."""
    if not data.startswith(b"%PDF-"):
        return say("it is no PDF")
    if has_seal(data):
        return say("it is sealed already")
    try:
        read = read_back(data)
    except NotReadable as fault:
        if isinstance(fault.__cause__, pikepdf.PasswordError):
            return say("it is locked with a password")
        return say("it is a damaged PDF")
    return None if read.made_from.program else say("it was not made by Innspill")


def _why_not_there(path: Path) -> Message | None:
    """Why a file should not be changed where it stands."""
    whole = path.resolve()
    for folder in whole.parents:
        if whole.relative_to(folder).as_posix() in (read_manifest(folder) or ()):
            return say(
                "it is part of a published site, which tells its size and digest: "
                "name another place with --output, or seal all with `innspill build --seal`"
            )
    return None
