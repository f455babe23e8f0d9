"""What can go wrong while publishing, told in a sentence that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from innspill.failure import MachineFault
from innspill.messages import Message, say
from innspill.system_words import why

UNTOUCHED = say("What is published is as it was.")
UNFINISHED = say("What is published is half new; the next run finishes it.")
IN_PLACE = say("The new site is in place.")
NO_OTHER_WAY = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
"""A full or a failing disk."""


class PublishError(MachineFault):
    """The set of files could not be published."""


@contextmanager
def as_publish_error(failed: Message, where: Path, then: Message = UNTOUCHED) -> Iterator[None]:
    """Turns an OSError into a PublishError: what failed, where, why, and what to do.

    `then` says in what condition the published folder is.
    """
    try:
        yield
    except OSError as error:
        raise PublishError(
            say(
                "{failed}: {path}: {why}. {then} {advice}",
                failed=failed,
                path=error.filename or str(where),
                why=why(error),
                then=then,
                advice=_advice(error.errno),
            )
        ) from error


def _advice(number: int | None) -> Message:
    match number:
        case errno.ENOSPC | errno.EDQUOT:
            return say("Free some space there and run it again.")
        case errno.EFBIG:
            return say("Raise the limit on the size of files (ulimit -f) and run it again.")
        case errno.EACCES | errno.EPERM:
            return say("Give the user who runs it the right to write there.")
        case errno.EROFS:
            return say("Choose a folder on a disk that can be written to.")
        case errno.ENOLCK | errno.ENOTSUP | errno.ENOSYS | errno.EBADF:
            return say("Choose a folder on a disk where files can be locked.")
        case _:
            return say("Mend that and run it again.")
