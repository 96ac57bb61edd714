"""Files that a caller names."""

import errno
from pathlib import Path

from brandlens.errors import InvalidInput


def read_file(path: Path) -> bytes:
    """Return a file's bytes; `InvalidInput` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be read", why_refused(error, path.parent), "Name a file that can"
        ) from error


def why_refused(error: OSError, folder: Path) -> str:
    """Say in plain words why the system refused to read or write something in `folder`."""
    if error.errno == errno.ENOSPC:
        return f"the disk of {folder} is full"
    return (error.strerror or str(error)).lower()
