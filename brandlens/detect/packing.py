"""A model's files on disk: a folder, or a zip archive where the name ends in `.zip`.

Archives are written uncompressed, since a network's bytes hardly get fewer; those zipped by hand are read as
well.
"""

import os
import shutil
import tempfile
import zipfile
import zlib
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
            members = _members(archive, path, names)
            return {name: _unpacked(archive, members[name]) for name in names}
    # What zipfile raises depends on where the damage is: a flag may say encrypted, a name be no text.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, zlib.error) as error:
        raise _refused(path, f"the archive is damaged ({error})") from error


def _members(archive: zipfile.ZipFile, path: Path, names: Sequence[str]) -> dict[str, zipfile.ZipInfo]:
    """Return what an archive holds by name; all of it may lie in one folder, as when that was zipped by hand.

    Nothing is ever written where a member says.
    """
    files = [member for member in archive.infolist() if not member.is_dir()]
    folders = {member.filename.rpartition("/")[0] for member in files}
    members: dict[str, zipfile.ZipInfo] = {}
    for member in files:
        name = member.filename.rpartition("/")[2] if len(folders) == 1 else member.filename
        if name not in names:
            raise ModelFailed(
                f"Cannot load the model {path}",
                f"it holds {member.filename!r}, which no model has",
                f"Zip the model's folder alone, or {', '.join(names)}",
            )
        if name in members:
            raise _refused(path, "it holds a file twice")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ModelFailed(
                f"Cannot load the model {path}", f"{name} is compressed in a rare way", "Zip it with deflate"
            )
        if member.file_size > MOST_BYTES:
            raise _refused(path, f"{name} is larger than {MOST_BYTES // 1024**2} MiB")
        members[name] = member
    for name in names:
        if name not in members:
            raise FileNotFoundError(2, "missing", f"{name} in {path}")
    return members


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        # A size, for without one all is unpacked before it is found to be more than the entry says.
        return file.read(member.file_size + 1)


def _refused(path: Path, why: str) -> ModelFailed:
    return ModelFailed(f"Cannot load the model {path}", why, "Copy it again or train it again")
