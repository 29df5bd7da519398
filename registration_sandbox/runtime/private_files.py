"""Files with secrets in them: only their owner reads them, whatever was at their place before."""

import os
import tempfile
from pathlib import Path


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
