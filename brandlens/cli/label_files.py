"""Annotations and pictures on this machine, as `brandlens.labels.reading` asks for them, and written back."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from brandlens.detect.files import read_file
from brandlens.errors import AlreadyExists, InvalidInput
from brandlens.labels.sizes import Size, read_header

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png")


class NamedFiles(Mapping[str, bytes]):
    """Files by the names given to them, read when they are asked for; `InvalidInput` where one cannot be."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths

    def __getitem__(self, name: str) -> bytes:
        return read_file(self._paths[name])

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class FolderFiles(NamedFiles):
    """Every file below a folder by its path there; `InvalidInput` where `folder` is no folder."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise InvalidInput(f"{folder} cannot be read", "it is not a folder", "Name a folder")
        files = sorted(file for file in folder.rglob("*") if file.is_file())
        super().__init__({file.relative_to(folder).as_posix(): file for file in files})


class FolderSizes(Mapping[str, Size]):
    """How large every picture below a folder is, by its path there; a header is read when it is asked for.

    Raises `InvalidLabels` for a picture that is neither JPEG nor PNG, whatever it is called.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = dict.fromkeys(
            name for name in FolderFiles(folder) if name.lower().endswith(PICTURE_SUFFIXES)
        )

    def __getitem__(self, name: str) -> Size:
        if name not in self._names:
            raise KeyError(name)
        with (self._folder / name).open("rb") as file:
            return read_header(file, name=name).size

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def located(annotations: Path, pictures: Path) -> tuple[str, FolderFiles]:
    """Return how the annotations are called among the files they belong to, and those files.

    These are the pictures' where the annotations lie below their folder; otherwise those beside them.
    Raises `InvalidInput` where there are no annotations.
    """
    if not annotations.exists():
        raise InvalidInput(f"{annotations} cannot be read", "it is not there", "Name a file or a folder")
    if annotations.is_relative_to(pictures):
        root = pictures
    else:
        root = annotations if annotations.is_dir() else annotations.parent
    name = annotations.relative_to(root).as_posix()
    return "" if name == "." else name, FolderFiles(root)


def lay(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder by their paths; `AlreadyExists` and none written where one is there."""
    for name in files:
        if (folder / name).exists():
            raise AlreadyExists(
                f"{folder / name} is not written",
                "a file of that name is there",
                "Move it, or name another place",
            )
    for name, body in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
