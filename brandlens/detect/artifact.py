"""A trained detector on disk: a folder with `model.onnx`, `model.json` and `SHA256SUMS`.

`SHA256SUMS` is in the format of coreutils, so `sha256sum -c SHA256SUMS` checks it too.
"""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from brandlens.detect.report import TrainingReport
from brandlens.errors import AlreadyExists, ModelFailed, NotFound
from brandlens.jobs import Value

FORMAT_VERSION: Literal[1] = 1

NETWORK, DESCRIPTION, CHECKSUMS = "model.onnx", "model.json", "SHA256SUMS"


class ModelLabel(Value):
    """A label and the network score that counts as 50 percent confidence."""

    name: str
    operating_score: float = Field(gt=0, lt=1)


class Description(Value):
    """`model.json`. Labels are in the order of the network's outputs."""

    format_version: Literal[1] = FORMAT_VERSION
    longest_side: int
    labels: tuple[ModelLabel, ...]
    report: TrainingReport


class _Version(BaseModel):
    format_version: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained detector: the ONNX network's bytes and its description."""

    network: bytes
    description: Description

    @property
    def report(self) -> TrainingReport:
        return self.description.report


def save(trained: Trained, directory: Path) -> None:
    """Write `trained` as the new folder `directory`, whole or not at all.

    Raises
    ------
    AlreadyExists
        Something of that name is there.
    ModelFailed
        The disk refused.
    """
    if directory.exists():
        raise AlreadyExists(
            f"Cannot save the model as {directory}", "it is there already", "Name another folder"
        )
    files = {NETWORK: trained.network, DESCRIPTION: trained.description.model_dump_json(indent=1).encode()}
    files[CHECKSUMS] = "".join(_checksum_line(name, body) + "\n" for name, body in files.items()).encode()
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=directory.parent, prefix=f".{directory.name}."))
        try:
            for name, body in files.items():
                (draft / name).write_bytes(body)
            draft.chmod(0o755)
            draft.rename(directory)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise ModelFailed(
            f"Cannot save the model as {directory}", str(error), "Free some space or choose another folder"
        ) from error


def load(directory: Path) -> Trained:
    """Read a folder written by `save`, checking every byte.

    Raises
    ------
    NotFound
        There is no model.
    ModelFailed
        It was changed since it was saved, or is of a newer format.
    """
    try:
        files = {name: (directory / name).read_bytes() for name in (NETWORK, DESCRIPTION, CHECKSUMS)}
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(
            f"Cannot load a model from {directory}",
            f"{error.filename} is not there",
            "Train one or name its folder",
        ) from error
    sums = files[CHECKSUMS].decode(errors="replace").splitlines()
    for name in (NETWORK, DESCRIPTION):
        if _checksum_line(name, files[name]) not in sums:
            raise ModelFailed(
                f"Cannot load the model in {directory}",
                f"{name} does not match its checksum, so it was damaged or changed",
                "Copy it again or train it again",
            )
    return Trained(files[NETWORK], _described(files[DESCRIPTION], directory))


def _described(document: bytes, directory: Path) -> Description:
    try:
        version = _Version.model_validate_json(document).format_version
        if version > FORMAT_VERSION:
            raise ModelFailed(
                f"Cannot load the model in {directory}",
                f"its format is {version} and this brandlens knows {FORMAT_VERSION} at most",
                "Update brandlens",
            )
        return Description.model_validate_json(document)
    except ValidationError as error:
        raise ModelFailed(
            f"Cannot load the model in {directory}",
            f"{DESCRIPTION} is not understood ({error.errors()[0]['msg']})",
            "Train it again",
        ) from error


def _checksum_line(name: str, body: bytes) -> str:
    return f"{hashlib.sha256(body).hexdigest()}  {name}"
