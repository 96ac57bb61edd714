"""Files that a caller names."""

from pathlib import Path

from brandlens.errors import InvalidInput


def read_file(path: Path) -> bytes:
    """Return a file's bytes; `InvalidInput` where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InvalidInput(
            f"{path} cannot be read", (error.strerror or str(error)).lower(), "Name a file that can"
        ) from error
