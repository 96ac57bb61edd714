"""Room for the files that are written on the way to a small network, and are gone afterwards."""

import shutil
import tempfile
from collections.abc import Callable

ROOM = 64 * 1024**2
"""Bytes: about three times what ONNX Runtime leaves lying at a time, from a network of 3 MB."""


def has_room(warn: Callable[[str], None]) -> bool:
    """Tell whether temporary files find room; `warn` is told where they do not, and what follows.

    Looked up beforehand, for ONNX Runtime does not notice that a disk is full: it reads back half a file.
    """
    try:
        folder = tempfile.gettempdir()
        if shutil.disk_usage(folder).free >= ROOM:
            return True
        why = f"{folder} has less than {ROOM // 1024**2} MiB left"
    except OSError as error:
        why = str(error.strerror or error).lower()
    warn(
        f"The model is left in floats, three times as large and slower: there is no room to make it small, "
        f"for {why}. Free some space, or name another folder in TMPDIR."
    )
    return False
