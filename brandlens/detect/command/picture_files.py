"""Finds the pictures that a manifest names in a folder, and leaves out those that cannot be learned from."""

import os
import warnings
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from brandlens.detect.files import read_file
from brandlens.errors import BrandlensError, InvalidInput, InvalidLabels
from brandlens.exposure.wording import plural
from brandlens.labels.naming import found_as

MOST_UNUSABLE = 0.1
"""Share of the pictures that may be left out with a warning; more is a mistake of the caller's."""
_NAMED = 3
"""Pictures that a warning names; the others it counts."""
_AT_A_TIME = 4
"""Pictures decoded at a time: enough for the cores, few enough for the memory."""

Named = TypeVar("Named")
Usable = TypeVar("Usable")


class PictureFolder:
    """The files below a folder, asked for by `s3://` URI.

    Raises `InvalidInput` where `folder` is no folder.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InvalidInput(
                f"{folder} cannot be read", "it is not a folder", "Name the folder of pictures"
            )
        self._folder = folder
        self._there = {
            (Path(where) / name).relative_to(folder).as_posix()
            for where, _, names in os.walk(folder)
            for name in names
        }

    def find(self, uri: str) -> Path | None:
        """Return the file whose path ends as the URI's does, the longest such path, or None.

        For `s3://bucket/a/b.jpg` that is `bucket/a/b.jpg`, `a/b.jpg` or `b.jpg` below the folder.
        """
        name = found_as(uri, self._there)
        return None if name is None else self._folder / name

    def find_all(self, uris: Iterable[str]) -> dict[str, Path]:
        """Return the files of `uris`, missing ones left out.

        Raises `InvalidLabels` where two are found as one file: the labels of one are not of that file.
        """
        found: dict[str, Path] = {}
        names: dict[Path, str] = {}
        for uri in uris:
            path = self.find(uri)
            if path is None:
                continue
            if path in names:
                raise InvalidLabels(
                    f"{uri} cannot be told from {names[path]}",
                    f"both are found as {path}",
                    f"Lay the pictures below {self._folder} as they lie in the bucket",
                )
            names[path], found[uri] = uri, path
        return found


def usable(
    pictures: Sequence[Named], use: Callable[[Named], Usable], *, file: str
) -> tuple[list[Usable], tuple[str, ...]]:
    """Return what `use` makes of each picture, and a warning where some had to be left out.

    `use` raises a `BrandlensError` for a picture that cannot be used; it is called on several threads.
    `InvalidLabels` names the manifest `file` where more than `MOST_UNUSABLE` of the pictures are such.
    """

    def tried(picture: Named) -> tuple[list[Usable], list[str]]:
        try:
            return [use(picture)], []
        except BrandlensError as error:
            return [], [f"{error.what}: {error.why}"]

    # Pillow's warnings of odd files are filtered here, for the filters of threads overwrite one another's.
    with warnings.catch_warnings(), ThreadPoolExecutor(_AT_A_TIME, thread_name_prefix="pictures") as pool:
        warnings.simplefilter("ignore")
        results = list(pool.map(tried, pictures))
    used = [result for made, _ in results for result in made]
    faults = [fault for _, found in results for fault in found]
    if not faults:
        return used, ()
    count = f"{len(faults)} of {plural(len(pictures), 'picture')} cannot be used"
    if len(faults) > MOST_UNUSABLE * len(pictures):
        raise InvalidLabels(
            f"{file} cannot be learned from",
            f"{count}; the first: {faults[0]}",
            "Correct them, or take their lines out",
        )
    others = f"; and {len(faults) - _NAMED} more" if len(faults) > _NAMED else ""
    return used, (f"{count} and were left out: {'; '.join(faults[:_NAMED])}{others}.",)


def manifest_text(manifest: Path) -> str:
    """Return a manifest's text; `InvalidInput` where it cannot be read, or is not text in UTF-8."""
    try:
        # Windows' editors put a byte order mark first.
        return read_file(manifest).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"{manifest} cannot be read", f"it is not UTF-8 text ({error})", "Name a manifest: JSON lines"
        ) from error
