"""Publishes until there is no more room, and looks whether the old site is whole.

    publish_full.py FOLDER {exchange,refused,first} {disk,limit,files}

Room ends with the disk, with a limit on the size of files, or with the number of files
that the disk can hold. Prints the error's sentence.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from publish_child import refuse
from publish_sites import NEW, leftovers, old_site, outputs, publish_now, seen

from innspill.manifest import verify
from innspill.publish import PublishError, libc

ROOM = 1_000_000
"""Bytes, or a thousandth of that in files: about what the disks of the test have."""


def main(folder: Path, way: str, end: str) -> None:
    """One site that has no room, and then one that has."""
    if way == "refused":
        libc.exchange = refuse
    if way != "first":
        old_site(folder)
    before = seen(folder)
    if end == "limit":
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, resource.RLIM_INFINITY))
    try:
        publish_now(
            outputs({f"a/{n}/x": b"" for n in range(ROOM // 1000)})
            if end == "files"
            else outputs({"a/small": b"fits", "b/index.html": b"x" * 2 * ROOM}),
            folder,
        )
    except PublishError as error:
        print(error.message)
    else:
        raise AssertionError("there was room")
    assert seen(folder) == before
    assert leftovers(folder) == []
    published = publish_now(NEW, folder)
    assert verify(folder) == ()
    assert way != "refused" or published.reason
    assert way != "first" or not published.reason


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
