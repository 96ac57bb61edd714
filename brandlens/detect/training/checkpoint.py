"""Keeps a training's state in a folder, so that it goes on after a kill where it was."""

import hashlib
import json
import pickle
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import torch

from brandlens.detect.dataset import LabeledImage
from brandlens.errors import InvalidSettings, ModelFailed

FILE = "training.pt"
FORMAT_VERSION = 1
"""Of what a training keeps; to be raised with every change of a `state()` that goes into it."""


class Checkpoint:
    """The state of one training, told from any other by the pictures, labels and settings it has."""

    def __init__(
        self, folder: Path, images: Sequence[LabeledImage], labels: Sequence[str], settings: Mapping[str, Any]
    ) -> None:
        self._file = folder / FILE
        self._fingerprint = _fingerprint(images, labels, settings)

    def require_place(self) -> None:
        """Make the folder, and raise `InvalidSettings` where that or writing in it fails."""
        folder = self._file.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"state")
        except OSError as error:
            raise InvalidSettings(
                f"Cannot keep the training's state in {folder}",
                (error.strerror or str(error)).lower(),
                "Name a folder that can be written",
            ) from error

    def load(self, device: torch.device) -> dict[str, Any] | None:
        """Return the state kept last, None where there is none.

        Raises
        ------
        InvalidSettings
            It is of another training, of another format, or no training's.
        """
        try:
            state = torch.load(self._file, map_location=device, weights_only=True)
        except FileNotFoundError:
            return None
        except (OSError, RuntimeError, EOFError, LookupError, ValueError, pickle.UnpicklingError) as error:
            raise self._refused(f"its {FILE} cannot be read") from error
        if not isinstance(state, dict) or state.pop("format_version", None) != FORMAT_VERSION:
            raise self._refused("it was kept by another version of brandlens")
        if state.pop("fingerprint", None) != self._fingerprint:
            raise self._refused("it is of other pictures, labels or settings")
        return state

    def save(self, state: Mapping[str, Any]) -> None:
        """Replace the state kept before, whole or not at all. Raises `ModelFailed` where the disk refuses."""
        draft = self._file.with_suffix(".draft")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            kept = {**state, "format_version": FORMAT_VERSION, "fingerprint": self._fingerprint}
            torch.save(kept, draft)
            draft.replace(self._file)
        except (OSError, RuntimeError) as error:
            with suppress(OSError):
                draft.unlink()
            raise ModelFailed(
                f"Cannot keep the training's state in {self._file.parent}",
                str(error),
                "Free some space or choose another folder",
            ) from error

    def _refused(self, why: str) -> InvalidSettings:
        return InvalidSettings(
            f"Cannot go on with the training in {self._file.parent}",
            why,
            f"Name another folder, or begin anew: remove {self._file}",
        )


def forget(folder: Path) -> None:
    """Remove what a training keeps in a folder: the model it came to is saved."""
    (folder / FILE).unlink(missing_ok=True)


def _fingerprint(images: Sequence[LabeledImage], labels: Sequence[str], settings: Mapping[str, Any]) -> str:
    pictures = [
        (image.scene, image.width, image.height, [(label, tuple(box)) for label, box in image.boxes])
        for image in images
    ]
    document = json.dumps([pictures, list(labels), dict(settings)], sort_keys=True, default=str)
    return hashlib.sha256(document.encode()).hexdigest()
