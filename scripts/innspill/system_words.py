"""Why the system refuses something, in the program's catalogue and not in the system's words."""

from __future__ import annotations

import errno

from innspill.messages import Message, say

_WORDS = {
    errno.EACCES: say("the right to do so is missing"),
    errno.EADDRINUSE: say("it is taken"),
    errno.EADDRNOTAVAIL: say("this machine has no such address"),
    errno.EBUSY: say("it is in use"),
    errno.EDQUOT: say("there is no space left for this user"),
    errno.EEXIST: say("there is one already"),
    errno.EFBIG: say("the file would be larger than is allowed"),
    errno.EINTR: say("it was interrupted"),
    errno.EINVAL: say("the system takes no such value"),
    errno.EIO: say("the disk or the network drive fails"),
    errno.EISDIR: say("it is a folder"),
    errno.ELOOP: say("its links lead in a circle"),
    errno.EMFILE: say("too many files are open"),
    errno.ENAMETOOLONG: say("the name is too long"),
    errno.ENFILE: say("too many files are open"),
    errno.ENODEV: say("there is no such device"),
    errno.ENOENT: say("there is no such file or folder"),
    errno.ENOLCK: say("files can't be locked there"),
    errno.ENOMEM: say("there is too little memory"),
    errno.ENOSPC: say("there is no space left"),
    errno.ENOSYS: say("the system can't do this"),
    errno.ENOTDIR: say("it is no folder"),
    errno.ENOTEMPTY: say("the folder is not empty"),
    errno.ENOTSUP: say("it can't be done there"),
    errno.EPERM: say("it is not allowed"),
    errno.EROFS: say("nothing can be written there"),
    errno.ESTALE: say("the network drive has lost it"),
    errno.ETIMEDOUT: say("there was no answer in time"),
    errno.ETXTBSY: say("it is in use"),
    errno.EXDEV: say("it lies on another disk"),
}


def why(fault: OSError) -> Message:
    """Why the system refused."""
    if fault.errno is None:
        return say("the system refuses it")
    return _WORDS.get(fault.errno) or say("the system refuses it (number {n})", n=fault.errno)
