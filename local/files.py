"""Files that are whole or absent, whenever the process dies."""

import os
from pathlib import Path

PARTIAL = ".part"
"""Suffix of a file that is being written."""


def write_whole(path: Path, text: str) -> None:
    """Replace `path` by `text` in one step, readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + PARTIAL)
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
