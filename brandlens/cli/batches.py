"""From what the user names on the command line to a batch in the drop folder, ready to be learned from."""

import hashlib
import json
import os
import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from brandlens.adapters.transfer import Transfer
from brandlens.cli.console import Reporter
from brandlens.cli.dropping import Drop, Dropped, check_key, drop, named_files
from brandlens.errors import InvalidInput
from brandlens.training.request import REQUEST_FILE

_NAME_LENGTH = 16
_PURPOSE = "learned from"


@dataclass(frozen=True)
class Batch:
    """Files by their names in the batch's folder, whose key prefix is `prefix`, and what is asked of them.

    The folder is named after all of this, so that the same batch is the same folder.
    """

    prefix: str
    files: Mapping[str, Path]
    request: bytes

    @property
    def request_key(self) -> str:
        return f"{self.prefix}{REQUEST_FILE}"


def plan_batch(
    paths: Sequence[Path],
    annotations: Path | None,
    *,
    project: str,
    labels: Sequence[str],
    label_type: Literal["object", "concept"],
) -> Batch:
    """List the files of a batch.

    A single folder's files keep their path below it, as its annotations name them; of several paths, each
    keeps its own name. Annotations that are none of these files are uploaded beside them: a file, or a folder
    as Pascal VOC's are. Raises `InvalidInput` and `InvalidKey` naming the file.
    """
    files = _files(paths)
    name = None if annotations is None else _annotations(files, paths, annotations)
    if REQUEST_FILE in files:
        raise InvalidInput(
            f"{files[REQUEST_FILE]} cannot be uploaded",
            f"a file called {REQUEST_FILE} begins a training",
            "Rename it, or leave it out",
        )
    request = json.dumps(
        {"labels": list(labels), "type": label_type, "annotations": name}, ensure_ascii=False
    ).encode()
    prefix = f"inbox/{project}/train/{_digest(files, request)}/"
    for each, file in files.items():
        check_key(file, prefix + each)
    return Batch(prefix, files, request)


def upload_batch(batch: Batch, there: Collection[str], transfer: Transfer, report: Reporter) -> Dropped:
    """Upload the files whose keys are not there yet, then what begins the training; return the latter."""
    drops = [Drop(file, batch.prefix + name) for name, file in batch.files.items()]
    drop([each for each in drops if each.key not in there], transfer, report)
    with tempfile.TemporaryDirectory() as folder:
        request = Path(folder) / REQUEST_FILE
        request.write_bytes(batch.request)
        source = transfer.upload(request, batch.request_key, sent=lambda _: None)
    return Dropped(request, source)


def _files(paths: Sequence[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for root, file in named_files(paths, purpose=_PURPOSE):
        base = root if len(paths) == 1 and root.is_dir() else root.parent
        _add(files, file.relative_to(base).as_posix(), file)
    return files


def _annotations(files: dict[str, Path], paths: Sequence[Path], annotations: Path) -> str:
    """Return the annotations' name in the batch, and add them to it where they are not part of it."""
    given = Path(os.path.abspath(annotations))  # noqa: PTH100 - not resolved, as the files are not
    for path in paths if len(paths) == 1 else ():
        folder = Path(os.path.abspath(path))  # noqa: PTH100
        if given.is_relative_to(folder) and given != folder:
            name = given.relative_to(folder).as_posix()
            if any(each == name or each.startswith(f"{name}/") for each in files):
                return name
    for root, file in named_files([annotations], purpose="read as annotations"):
        _add(files, file.relative_to(root.parent).as_posix(), file)
    return given.name


def _add(files: dict[str, Path], name: str, file: Path) -> None:
    if files.setdefault(name, file) != file:
        raise InvalidInput(
            f"{file} and {files[name]} would meet",
            f"both would be {name} in the batch",
            "Name the folder that holds both, or rename one",
        )


def _digest(files: Mapping[str, Path], request: bytes) -> str:
    whole = hashlib.sha256(request)
    for name, content in sorted(_contents(files.items())):
        whole.update(f"\n{name}\n{content}".encode(errors="surrogateescape"))
    return whole.hexdigest()[:_NAME_LENGTH]


def _contents(files: Iterable[tuple[str, Path]]) -> Iterable[tuple[str, str]]:
    for name, file in files:
        with file.open("rb") as body:
            yield name, hashlib.file_digest(body, "sha256").hexdigest()
