"""A trained model on disk: a folder or a `.zip` with `model.onnx`, `model.json` and `SHA256SUMS`.

`model.json` says of which kind the model is: one that finds objects, or one that tells concepts.
`SHA256SUMS` is in the format of coreutils, so `sha256sum -c SHA256SUMS` checks it too.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field, ValidationError

from brandlens.detect import packing
from brandlens.detect.concepts.dataset import ConceptKind
from brandlens.detect.concepts.report import ConceptReport
from brandlens.detect.report import TrainingReport
from brandlens.errors import ModelFailed
from brandlens.jobs import Value

FORMAT_VERSION: Literal[1] = 1

NETWORK, DESCRIPTION, CHECKSUMS = "model.onnx", "model.json", "SHA256SUMS"


class ModelLabel(Value):
    """A label and the network score that counts as 50 percent confidence."""

    name: str
    operating_score: float = Field(gt=0, lt=1)


class Description(Value):
    """`model.json` of a model that finds objects. Labels are in the order of the network's outputs.

    Pictures are scaled down to `longest_side` pixels.
    """

    format_version: Literal[1] = FORMAT_VERSION
    kind: Literal["object"] = "object"
    longest_side: int
    second_looks: tuple[float, ...] = ()
    """See `brandlens.detect.second_look`: pixels that the longest side of a find is given in each."""
    labels: tuple[ModelLabel, ...]
    report: TrainingReport


class ConceptDescription(Value):
    """`model.json` of a model that tells concepts. Labels are in the order of the network's outputs.

    Pictures are looked at with an area of about side x side pixels.
    """

    format_version: Literal[1] = FORMAT_VERSION
    kind: ConceptKind
    side: int = Field(gt=0, le=1024)
    labels: tuple[ModelLabel, ...]
    report: ConceptReport


_DESCRIPTIONS: dict[str, type[Description] | type[ConceptDescription]] = {
    "object": Description,
    "multi-class": ConceptDescription,
    "multi-label": ConceptDescription,
}


class _Header(BaseModel):
    """What every format tells; models without a kind are older than concepts."""

    format_version: int
    kind: str = "object"


@dataclass(frozen=True, slots=True)
class Trained:
    """A trained detector: the ONNX network's bytes and its description."""

    network: bytes
    description: Description

    @property
    def report(self) -> TrainingReport:
        return self.description.report


@dataclass(frozen=True, slots=True)
class TrainedConcepts:
    """A trained classifier of concepts: the ONNX network's bytes and its description."""

    network: bytes
    description: ConceptDescription

    @property
    def report(self) -> ConceptReport:
        return self.description.report


def save(trained: Trained | TrainedConcepts, path: Path) -> None:
    """Write `trained` as the new folder `path`, or archive if it ends in `.zip`, whole or not at all.

    Raises
    ------
    AlreadyExists
        Something of that name is there.
    ModelFailed
        The disk refused.
    """
    files = {NETWORK: trained.network, DESCRIPTION: trained.description.model_dump_json(indent=1).encode()}
    files[CHECKSUMS] = "".join(_checksum_line(name, body) + "\n" for name, body in files.items()).encode()
    packing.write(files, path)


def load(path: Path) -> Trained | TrainedConcepts:
    """Read what `save` wrote, checking every byte.

    Raises
    ------
    NotFound
        There is no model.
    ModelFailed
        It was changed since it was saved, or is of a newer format or an unknown kind.
    """
    files = packing.read(path, (NETWORK, DESCRIPTION, CHECKSUMS))
    sums = files[CHECKSUMS].decode(errors="replace").splitlines()
    for name in (NETWORK, DESCRIPTION):
        if _checksum_line(name, files[name]) not in sums:
            raise ModelFailed(
                f"Cannot load the model {path}",
                f"{name} does not match its checksum, so it was damaged or changed",
                "Copy it again or train it again",
            )
    description = _described(files[DESCRIPTION], path)
    if isinstance(description, ConceptDescription):
        return TrainedConcepts(files[NETWORK], description)
    return Trained(files[NETWORK], description)


def _described(document: bytes, path: Path) -> Description | ConceptDescription:
    try:
        header = _Header.model_validate_json(document)
        if header.format_version > FORMAT_VERSION:
            raise ModelFailed(
                f"Cannot load the model {path}",
                f"its format is {header.format_version} and this brandlens knows {FORMAT_VERSION} at most",
                "Update brandlens",
            )
        if header.kind not in _DESCRIPTIONS:
            raise ModelFailed(
                f"Cannot load the model {path}",
                f"its kind is {header.kind!r} and this brandlens knows {', '.join(_DESCRIPTIONS)}",
                "Update brandlens",
            )
        return _DESCRIPTIONS[header.kind].model_validate_json(document)
    except ValidationError as error:
        raise ModelFailed(
            f"Cannot load the model {path}",
            f"{DESCRIPTION} is not understood ({error.errors()[0]['msg']})",
            "Train it again",
        ) from error


def _checksum_line(name: str, body: bytes) -> str:
    return f"{hashlib.sha256(body).hexdigest()}  {name}"
