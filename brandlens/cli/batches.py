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
from brandlens.dropfolder import is_request
from brandlens.errors import InvalidInput
from brandlens.training.items import is_annotations
from brandlens.training.request import REQUEST_FILE

_NAME_LENGTH = 16
_PURPOSE = "learned from"


@dataclass(frozen=True)
class Batch:
    """Files by their names in the batch's folder, whose key prefix is `prefix`, and what is asked of them.

    `annotations` is one of the names, or that of a folder. The batch's folder is named after all of this, so
    that the same batch is the same folder.
    """

    prefix: str
    files: Mapping[str, Path]
    annotations: str | None
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
    as Pascal VOC's are, without what lies there besides. Files in a folder that is given as annotations keep
    their path in it. Raises `InvalidInput` and `InvalidKey` naming the file.
    """
    name: str | None
    if annotations is not None and _encloses(annotations, paths):
        files, name = _around(paths, annotations), _absolute(annotations).name
    else:
        files = _files(paths)
        name = None if annotations is None else _annotations(files, paths, annotations)
    for each, file in files.items():
        if is_request(each):
            raise InvalidInput(
                f"{file} cannot be uploaded",
                f"a file called {REQUEST_FILE} begins a training",
                "Rename it, or leave it out",
            )
    request = json.dumps(
        {"labels": list(labels), "type": label_type, "annotations": name}, ensure_ascii=False
    ).encode()
    prefix = f"inbox/{project}/train/{_digest(files, request)}/"
    for each, file in files.items():
        check_key(file, prefix + each)
    return Batch(prefix, files, name, request)


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


def _encloses(annotations: Path, paths: Sequence[Path]) -> bool:
    """Whether the annotations are a folder that all the paths lie in, or are."""
    folder = _absolute(annotations)
    return folder.is_dir() and all(_absolute(path).is_relative_to(folder) for path in paths)


def _around(paths: Sequence[Path], annotations: Path) -> dict[str, Path]:
    """List the files of the paths, and the annotations of the folder that encloses them."""
    base = _absolute(annotations).parent
    files = {file.relative_to(base).as_posix(): file for _, file in named_files(paths, purpose=_PURPOSE)}
    return files | _annotation_files(annotations)


def _annotation_files(annotations: Path) -> dict[str, Path]:
    """List the annotations by their paths from the folder that they lie in: of a folder, not all is any."""
    found = named_files([annotations], purpose="read as annotations")
    return {
        file.relative_to(root.parent).as_posix(): file
        for root, file in found
        if file == root or is_annotations(file.name)
    }


def _annotations(files: dict[str, Path], paths: Sequence[Path], annotations: Path) -> str:
    """Return the annotations' name in the batch, and add them to it where they are not part of it."""
    given = _absolute(annotations)
    for path in paths if len(paths) == 1 else ():
        folder = _absolute(path)
        if given.is_relative_to(folder) and given != folder:
            name = given.relative_to(folder).as_posix()
            if any(each == name or each.startswith(f"{name}/") for each in files):
                return name
    for name, file in _annotation_files(annotations).items():
        _add(files, name, file)
    return given.name


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - not resolved, as the files are not


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
