"""Keeps a training's state in a folder, so that it goes on after a kill where it was."""

import hashlib
import io
import json
import pickle
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock, Timeout

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.files import why_refused
from brandlens.errors import InvalidSettings

FILE = "training.pt"
LOCK = "training.lock"
FORMAT_VERSION = 1
"""Of what a training keeps; to be raised with every change of a `state()` that goes into it."""


class Checkpoint:
    """The state of one training, told from any other by the pictures, labels and settings it has.

    `warn` is told, once, of a state that could not be kept.
    """

    def __init__(
        self,
        folder: Path,
        images: Sequence[LabeledImage],
        labels: Sequence[str],
        settings: Mapping[str, Any],
        *,
        warn: Callable[[str], None],
    ) -> None:
        self._file = folder / FILE
        self._fingerprint = _fingerprint(images, labels, settings)
        self._warn = warn
        self._warned = False

    def claim(self) -> AbstractContextManager[object]:
        """Make the folder, and keep other trainings out of it until the context ends or the process does.

        Raises
        ------
        InvalidSettings
            Another training uses the folder, or it cannot be made or written.
        """
        folder = self._file.parent
        what = f"Cannot keep the training's state in {folder}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"state")
            return FileLock(folder / LOCK).acquire(blocking=False)
        except Timeout as error:
            raise InvalidSettings(
                what,
                "another training runs and keeps its own there",
                "Name another folder, or wait for its end",
            ) from error
        except OSError as error:
            raise InvalidSettings(
                what, why_refused(error, folder), "Name a folder that can be written"
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
        """Replace the state kept before, whole or not at all.

        Where the disk refuses, what was kept before stays, and the training can go on: it is worth more than
        its checkpoint.
        """
        draft = self._file.with_suffix(".draft")
        # In memory first: torch does not tell what the system said of a file.
        kept = io.BytesIO()
        torch.save({**state, "format_version": FORMAT_VERSION, "fingerprint": self._fingerprint}, kept)
        try:
            draft.write_bytes(kept.getbuffer())
            draft.replace(self._file)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            self._warn_of(error)

    def _warn_of(self, error: OSError) -> None:
        if self._warned:
            return
        self._warned = True
        folder = self._file.parent
        self._warn(
            f"The training goes on, but its state cannot be kept in {folder}: {why_refused(error, folder)}. "
            "Killed now, it would lose what it learned since the last one kept. Once there is room, the next "
            "is kept again."
        )

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
