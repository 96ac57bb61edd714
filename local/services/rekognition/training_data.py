"""From manifests in S3 to pictures on disk, with AWS's tolerance for bad lines."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Protocol

from brandlens.detect.command.pictures import require_pixels
from brandlens.errors import InvalidLabels
from local.services.aws_json.errors import ServiceError
from local.services.rekognition.lessons import AnyImage, AnyLesson, Labeled, Picture
from local.services.rekognition.pictures import MAX_OBJECT_BYTES, check_picture
from local.services.rekognition.records import S3Object

_MAX_MANIFEST_BYTES = 1024**3
_MAX_INVALID_SHARE = 0.2
_TEST_EVERY = 5


class Objects(Protocol):
    """Where manifests, pictures and summaries lie."""

    def read(self, wanted: S3Object, *, max_bytes: int) -> bytes: ...
    def write(self, target: S3Object, body: bytes) -> None: ...


class TrainingFailed(Exception):
    """Carries the sentence that DescribeProjectVersions shows."""


def fetch_manifests(manifests: Sequence[S3Object], objects: Objects) -> bytes:
    """Return the manifests' lines, one after the other."""
    try:
        return b"\n".join(objects.read(manifest, max_bytes=_MAX_MANIFEST_BYTES) for manifest in manifests)
    except ServiceError as error:
        raise TrainingFailed(f"The manifest file could not be read. {error.message}") from error


def read_lines(body: bytes, lesson: AnyLesson, *, file: str) -> list[Any]:
    """Read a manifest. A few unusable lines are left out, as on AWS; more than a fifth fail the training."""
    try:
        lines = [line for line in body.decode().split("\n") if line.strip()]
    except UnicodeDecodeError as error:
        raise TrainingFailed("The manifest file extension or contents are invalid.") from error
    if not lines:
        raise TrainingFailed("The manifest file contains no rows.")
    pictures: dict[str, Labeled] = {}
    faults = []
    for number, line in enumerate(lines, start=1):
        try:
            picture = lesson.read(line, file=file, number=number)
            pictures[picture.name] = picture
        except InvalidLabels as error:
            faults.append(str(error))
    _require_few(faults, len(lines))
    if len({_location(picture)[0] for picture in pictures.values()}) > 1:
        raise TrainingFailed("The manifest file contains images from multiple S3 buckets.")
    return list(pictures.values())


def split(pictures: Sequence[Picture]) -> tuple[list[Picture], list[Picture]]:
    """Split a fifth off for the test, evenly over the names' order, labeled pictures first."""
    ordered = sorted(pictures, key=lambda picture: (not picture.labels, picture.name))
    return [p for n, p in enumerate(ordered) if n % _TEST_EVERY], ordered[::_TEST_EVERY]


def download(pictures: Sequence[Any], lesson: AnyLesson, folder: Path, objects: Objects) -> list[Any]:
    """Fetch the pictures into `folder`. Those that cannot be used count as unusable lines."""
    folder.mkdir(parents=True, exist_ok=True)

    def fetch(picture: Labeled) -> AnyImage | str:
        bucket, key = _location(picture)
        try:
            body = objects.read(S3Object(Bucket=bucket, Name=key), max_bytes=MAX_OBJECT_BYTES)
            check_picture(body, max_bytes=MAX_OBJECT_BYTES)
        except ServiceError as error:
            return f"{picture.name}: {error.message}"
        path = folder / hashlib.sha256(picture.name.encode()).hexdigest()
        path.write_bytes(body)
        try:
            require_pixels(picture.name, body)
        except InvalidLabels as error:
            return str(error)
        joined: AnyImage | str = lesson.joined(picture, path)
        return joined

    with ThreadPoolExecutor(max_workers=8) as pool:
        results = list(pool.map(fetch, pictures))
    _require_few([result for result in results if isinstance(result, str)], len(results))
    return [result for result in results if not isinstance(result, str)]


def _location(picture: Labeled) -> tuple[str, str]:
    bucket, _, key = picture.name.removeprefix("s3://").partition("/")
    return bucket, key


def _require_few(faults: Sequence[str], of: int) -> None:
    if len(faults) > _MAX_INVALID_SHARE * of:
        raise TrainingFailed(f"The manifest file contains too many invalid rows. The first: {faults[0]}")
