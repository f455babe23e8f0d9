"""The executor for other machines: Dask's workers (dask.distributed).

Nothing is shared but the store. Functions and values are sent as bytes; of what is a file of this
machine's, the digest, by which the worker finds the bytes in the store. So a worker believes
nothing of a function or a file but what this process says of it. A worker takes part only where
program, templates, packages and the libraries that lay text out are the same as here.
"""

from __future__ import annotations

import copyreg
import hashlib
import io
import pickle
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, TypeVar

from distributed import Client, KilledWorker, get_worker

from innspill.blob import Blob, blob_of
from innspill.executor import HELD, Executor
from innspill.failure import MachineFault, has_place, keep_place
from innspill.messages import say
from innspill.project import Project
from innspill.render.layout_versions import layout_versions
from innspill.render.templates import Templates
from innspill.shortcut import digest_of_program
from innspill.store import Store, store_at

PATIENCE = 30
"""Seconds: how long a scheduler, or the first worker, is waited for."""

T = TypeVar("T")
R = TypeVar("R")


class OtherProgram(MachineFault):
    """A worker, or a scheduler, with which other bytes would be made."""

    def __init__(self, address: str) -> None:
        """Takes its address."""
        super().__init__(
            say(
                "{address} has other versions than this machine: of Innspill, of Python and its "
                "packages, or of Pango. Install the same there, and start it again.",
                address=address,
            )
        )
        self.args = (address,)  # what it is made from, where it comes from another process


class DaskExecutor(Executor):
    """The workers of a scheduler. Raises MachineFault where it can't be reached or has none."""

    def __init__(self, scheduler: str, store: Store) -> None:
        """Takes the scheduler's address, and the store that its workers reach too."""
        self._scheduler, self._store = scheduler, store
        try:
            self._client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as fault:
            raise self._out_of_reach() from fault
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as fault:
            self._client.close()
            raise self._without_workers() from fault
        # One worker is another machine all the same.
        super().__init__(max(2, sum(self._client.nthreads().values())))

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self._client.close()  # which cancels what is under way

    def map(
        self,
        function: Callable[[T], R],
        values: Iterable[T],
        describe: Callable[[T], str],
        few: int = 0,
    ) -> Iterator[R]:
        """All of them on the workers, which have begun already: see `Executor.map`."""
        return super().map(function, values, describe, 0)

    def _keep(self, function: Callable[[T], R]) -> str:
        sent = blob_of(self._bytes_of(function))
        self._store.send(sent)
        return sent.sha256

    def _submit(self, function: Any, value: Any) -> Any:
        where, given = self._store.outermost.shown, self._bytes_of(value)
        call = pickle.dumps(_Call(program_here(), where, function, given))
        return self._client.submit(pickle.loads, call, pure=False)

    def _result(self, function: Any, value: T, future: Any, describe: Callable[[T], str]) -> Any:
        try:
            return self._outcome(future)
        except KilledWorker:  # on each that it was tried on; or what was under way there beside it
            try:
                return self._outcome(self._submit(function, value))
            except KilledWorker as fault:
                message = say(
                    "the workers ended that made {what}; perhaps their memory ran out. What they "
                    "said at last tells more.",
                    what=describe(value),
                )
                raise MachineFault(message) from fault

    def _outcome(self, future: Any) -> Any:
        while True:
            try:
                return future.result(timeout=PATIENCE)
            except TimeoutError as fault:
                if not self._client.nthreads():
                    raise self._without_workers() from fault
            except CancelledError as fault:
                raise self._out_of_reach() from fault
            except (ImportError, AttributeError, TypeError) as fault:
                if has_place(fault):
                    raise
                # It never came to this program: what is there can't take what was sent.
                raise OtherProgram(self._scheduler) from fault

    def _out_of_reach(self) -> MachineFault:
        return MachineFault(
            say("the scheduler {address} can't be reached", address=self._scheduler)
        )

    def _without_workers(self) -> MachineFault:
        return MachineFault(
            say(
                "the scheduler {address} has no worker: start some with `dask worker {address}`",
                address=self._scheduler,
            )
        )

    def _bytes_of(self, value: object) -> bytes:
        """A value or a function as bytes that hold no path of this machine."""
        written = io.BytesIO()
        pickler = pickle.Pickler(written, protocol=pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = copyreg.dispatch_table | {
            Blob: self._of_blob,
            Store: lambda _: (_store, (self._store.outermost.shown,)),
            Templates: lambda templates: templates.by_value().__reduce__(),
        }
        pickler.dump(value)
        return written.getvalue()

    def _of_blob(self, blob: Blob) -> tuple[Any, ...]:
        self._store.send(blob)
        pieces = partial(_pieces, self._store.outermost.shown, blob.sha256)
        return Blob, (blob.size, blob.sha256, pieces)


@cache
def program_here() -> str:
    """The digest of all that makes: the program as it came, and what it stands on."""
    nowhere = Path()
    program = digest_of_program(Project(nowhere, None, nowhere, nowhere))
    return hashlib.sha256("\0".join((program, *layout_versions())).encode()).hexdigest()


_ONE = Lock()
"""A worker may have several threads; the program has one at work in a process."""


@dataclass(frozen=True, slots=True)
class _Call:
    """Called where it is unpickled: Dask sends no name that a worker of another version lacks."""

    program: str
    where: str
    function: str
    value: bytes

    def __reduce__(self) -> tuple[Any, ...]:
        return _call, (self.program, self.where, self.function, self.value)


def _call(program: str, where: str, function: str, value: bytes) -> Any:
    """On a worker: what the function makes of the value. Raises OtherProgram."""
    if program != program_here():
        raise OtherProgram(get_worker().address)
    try:
        with _ONE:
            return _function(where, function)(pickle.loads(value))
    except Exception as fault:
        keep_place(fault)
        raise


@lru_cache(HELD)
def _function(where: str, sha256: str) -> Callable[[Any], Any]:
    found: Callable[[Any], Any] = pickle.loads(b"".join(_pieces(where, sha256)))
    return found


@cache
def _store(where: str) -> Store:
    return store_at(where)


def _pieces(where: str, sha256: str) -> Iterable[bytes]:
    """The bytes with this digest. Raises MachineFault where the store has others, or none."""
    found = _store(where).sent(sha256)
    if found is None:
        raise MachineFault(
            say(
                "the worker {address} does not find in the store {path} what was put there for "
                "it: it must reach the same store, with the same INNSPILL_STORE_KEY.",
                address=get_worker().address,
                path=where,
            )
        )
    return (found,)
