"""Files with secrets in them: only their owner reads them, whatever was at their place before."""

import os
import tempfile
from pathlib import Path


def is_stream(path: Path) -> bool:
    """Return whether a path is no place for a file: a pipe or a device, or what a process has open, as /dev/stdout."""
    parent = path.parent.resolve()
    return (path.exists() and not path.is_file()) or parent == Path("/dev") or Path("/proc") in parent.parents


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner reads, in one step: all of it, or what was there stays.

    A file of that name, or a link, is replaced, not written into. Raises OSError.
    """
    begun, name = tempfile.mkstemp(dir=path.parent, prefix=".begun-")  # of mode 0600, and its name was free
    try:
        with open(begun, "wb") as file:
            file.write(content)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
