"""From what the user names on the command line to objects in the drop folder."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from brandlens.adapters.transfer import Transfer
from brandlens.cli.console import Reporter
from brandlens.errors import InvalidInput, InvalidKey
from brandlens.jobs import Source, job_id_for

MAX_KEY_BYTES = 1024
"""S3's limit on a key, in bytes of UTF-8."""


@dataclass(frozen=True)
class Drop:
    """One file to upload and where it goes."""

    path: Path
    key: str


@dataclass(frozen=True)
class Dropped:
    """One uploaded file and the job it starts."""

    path: Path
    source: Source

    @property
    def job_id(self) -> str:
        return job_id_for(self.source)


def plan_drops(paths: Iterable[Path], project: str) -> list[Drop]:
    """List the files to upload: each file named, and every file below each folder named, in a stable order.

    A folder's files keep their path below the folder's own name, so two files of one base name never meet.
    """
    drops: dict[str, Path] = {}
    for root, file in named_files(paths, purpose="analyzed"):
        key = f"inbox/{project}/analyze/{file.relative_to(root.parent).as_posix()}"
        check_key(file, key)
        if drops.setdefault(key, file) != file:
            raise InvalidInput(
                f"{file} and {drops[key]} would meet", f"both would be uploaded as {key}",
                "Name the folder that holds both, or analyze them one after the other",
            )  # fmt: skip
    return [Drop(file, key) for key, file in drops.items()]


def named_files(paths: Iterable[Path], *, purpose: str) -> Iterator[tuple[Path, Path]]:
    """Yield what was named and each file that is meant by it: itself, or all below it but hidden ones.

    `InvalidInput` where nothing is; it says that the path cannot be `purpose`.
    """
    for path in paths:
        what = f"{path} cannot be {purpose}"
        if not path.exists():
            raise InvalidInput(what, "there is no such file or folder", "Check the path")
        # Not resolved: a link is uploaded under its own name.
        root = Path(os.path.abspath(path))  # noqa: PTH100
        if not (root.is_dir() or root.is_file()):
            raise InvalidInput(what, "it is neither a file nor a folder", "Name a picture or a video")
        files = (
            sorted(f for f in root.rglob("*") if f.is_file() and not _is_hidden(f, root))
            if root.is_dir()
            else [root]
        )
        if not files:
            raise InvalidInput(what, "the folder holds no file", "Name a folder with media")
        for file in files:
            yield root, file


def check_key(file: Path, key: str) -> None:
    """Refuse a file whose key S3 would not take, with `InvalidKey`."""
    try:
        size = len(key.encode())
    except UnicodeEncodeError as error:
        raise InvalidKey(
            f"{file.name!a} cannot be uploaded", "its name is not UTF-8, as S3 wants it", "Rename it"
        ) from error
    if size > MAX_KEY_BYTES:
        raise InvalidKey(
            f"{file.name} cannot be uploaded",
            f"its key would be {size:,} bytes of UTF-8 and S3 takes {MAX_KEY_BYTES:,}",
            "Shorten the name",
        )


def _is_hidden(file: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(root).parts)


def drop(drops: Iterable[Drop], transfer: Transfer, report: Reporter) -> list[Dropped]:
    """Upload the files one by one, reporting megabytes."""
    drops = list(drops)
    total = sum(each.path.stat().st_size for each in drops) / 1e6
    done = 0.0

    def sent(count: int) -> None:
        nonlocal done
        done += count / 1e6
        report("Uploading (MB)", done, total)

    report("Uploading (MB)", 0, total)
    dropped = [Dropped(each.path, transfer.upload(each.path, each.key, sent=sent)) for each in drops]
    report("Uploading (MB)", total, total)
    return dropped
