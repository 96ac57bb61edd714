"""Reads a batch's annotations as the training will, so that what it would refuse is not uploaded first."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from brandlens.cli.batches import Batch
from brandlens.cli.label_files import NamedFiles
from brandlens.errors import InvalidLabels
from brandlens.labels.reading import read_annotations, read_classifications
from brandlens.labels.sizes import Size, read_header
from brandlens.training.items import is_annotations


def check_annotations(batch: Batch, labels: Sequence[str], label_type: Literal["object", "concept"]) -> None:
    """Raise `InvalidLabels` where the batch's annotations do not fit its pictures and the labels.

    Files that are no pictures, or broken, are as if they were not there: the training leaves them out.
    """
    if batch.annotations is None:
        return
    sizes, others = _sizes(batch.files)
    read = read_annotations if label_type == "object" else read_classifications
    try:
        read(batch.annotations, NamedFiles(batch.files), labels=labels, sizes=sizes)
    except InvalidLabels as error:
        missed = [fault for name, fault in others.items() if name.rpartition("/")[2] in error.why]
        if not missed:
            raise
        raise InvalidLabels(error.what, error.why, f"{error.remedy}. {missed[0]}".rstrip(".")) from error


def _sizes(files: Mapping[str, Path]) -> tuple[dict[str, Size], dict[str, InvalidLabels]]:
    """Return the size of each picture, and why other files have none."""
    sizes: dict[str, Size] = {}
    others: dict[str, InvalidLabels] = {}
    for name, path in files.items():
        if is_annotations(name):
            continue
        try:
            with path.open("rb") as file:
                sizes[name] = read_header(file, name=name).size
        except InvalidLabels as error:
            others[name] = error
    return sizes, others
