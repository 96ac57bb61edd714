"""A model's files on disk: a folder, or one uncompressed zip archive where the name ends in `.zip`."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from brandlens.detect.files import why_refused
from brandlens.errors import AlreadyExists, ModelFailed, NotFound

ARCHIVE = ".zip"
MOST_BYTES = 256 * 1024**2
"""Largest file that is read, far above any model's: a mistaken file must not fill the memory."""


def write(files: Mapping[str, bytes], path: Path) -> None:
    """Write `files`, by their names, as the new folder or archive `path`, whole or not at all.

    Raises
    ------
    AlreadyExists
        Something of that name is there.
    ModelFailed
        The disk refused.
    """
    if path.exists():
        raise AlreadyExists(f"Cannot save the model as {path}", "it is there already", "Choose another name")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
        try:
            whole = draft / path.name
            if path.suffix == ARCHIVE:
                _write_archive(files, whole)
            else:
                whole.mkdir()
                for name, body in files.items():
                    _write_file(whole / name, body)
            whole.rename(path)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise ModelFailed(
            f"Cannot save the model as {path}",
            why_refused(error, path.parent),
            "Free some space or choose another place",
        ) from error


def read(path: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Return the files called `names` of a folder or archive.

    Raises
    ------
    NotFound
        There is no model, or one of the files is missing.
    ModelFailed
        A file is damaged, far too large, or cannot be read; an archive holds anything else.
    """
    try:
        if path.is_file():
            return _read_archive(path, names)
        return {name: _read_file(path / name) for name in names}
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(
            f"Cannot load a model from {path}",
            f"{error.filename} is not there",
            "Train one or name its folder or archive",
        ) from error
    except OSError as error:
        raise ModelFailed(
            f"Cannot load the model {path}", why_refused(error, path.parent), "Copy it again"
        ) from error


def _write_file(path: Path, body: bytes) -> None:
    with path.open("xb") as file:
        file.write(body)
        file.flush()
        # Disks across a network may tell that they are full only now.
        os.fsync(file.fileno())


def _write_archive(files: Mapping[str, bytes], path: Path) -> None:
    with path.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            for name, body in files.items():
                # Without a date, so that equal models are equal archives.
                archive.writestr(zipfile.ZipInfo(name), body)
        file.flush()
        os.fsync(file.fileno())


def _read_file(path: Path) -> bytes:
    if path.stat().st_size > MOST_BYTES:
        raise _refused(path.parent, f"{path.name} is larger than {MOST_BYTES // 1024**2} MiB")
    return path.read_bytes()


def _read_archive(path: Path, names: Sequence[str]) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if member.filename not in names:
                    raise _refused(path, f"it holds {member.filename!r}, which no model has")
                if member.compress_type != zipfile.ZIP_STORED:
                    raise _refused(path, f"{member.filename} is compressed")
                if member.file_size > MOST_BYTES:
                    raise _refused(path, f"{member.filename} is larger than {MOST_BYTES // 1024**2} MiB")
            there = archive.namelist()
            if len(set(there)) != len(there):
                raise _refused(path, "it holds a file twice")
            for name in names:
                if name not in there:
                    raise FileNotFoundError(2, "missing", f"{name} in {path}")
            return {name: archive.read(name) for name in names}
    # What zipfile raises depends on where the damage is: a flag may say encrypted, a name be no text.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _refused(path, f"the archive is damaged ({error})") from error


def _refused(path: Path, why: str) -> ModelFailed:
    return ModelFailed(f"Cannot load the model {path}", why, "Copy it again or train it again")
