"""Makes a dataset of a batch's frames and stills: copies them, drops repetitions and finds scenes."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import NamedTuple

from PIL import Image

from brandlens.errors import InvalidLabels
from brandlens.ports import ObjectStore
from brandlens.results import SampledFrame
from brandlens.training.files import PARTS, PICTURES, picture_file
from brandlens.training.parts import PreparedPart
from brandlens.training.pictures import DatasetPicture
from brandlens.training.resemblance import Fingerprints, fingerprint, shows_nothing_new
from brandlens.training.scenes import Scenes
from brandlens.workfiles import frame_file

_THREADS = 16
_AT_ONCE = 64
"""Pictures in memory."""


class Candidate(NamedTuple):
    """A frame that may become a picture of the dataset."""

    part: PreparedPart
    frame: SampledFrame

    @property
    def is_still(self) -> bool:
        return self.part.media.kind == "image"

    @property
    def source_key(self) -> str:
        return self.part.item.source.key

    @property
    def work_file(self) -> str:
        """Where the frame lies, below the job's prefix."""
        return f"{PARTS}{self.part.item.part}/{frame_file(self.frame.index)}"

    @property
    def name(self) -> str:
        return picture_file(self.part.item.part, self.frame.index)


class Seen(NamedTuple):
    """A candidate's picture and what was found out about it alone."""

    candidate: Candidate
    jpeg: bytes
    digest: bytes
    bits: int
    width: int
    height: int


class DatasetMaker:
    """Makes one dataset.

    Parameters
    ----------
    work, work_prefix
        Where the candidates are read from.
    media, media_prefix
        Where the pictures are written to.
    novelty_threshold
        Gray levels, as in `brandlens.media.novelty`: what shows nothing beyond them is a near-duplicate.
    keep_all
        Whether every candidate is wanted, because it is labeled already. Else near-duplicates among different
        files are dropped; within a video, extraction has dropped them.
    """

    def __init__(
        self,
        work: ObjectStore,
        work_prefix: str,
        media: ObjectStore,
        media_prefix: str,
        *,
        novelty_threshold: float,
        keep_all: bool,
    ) -> None:
        self._work, self._work_prefix = work, work_prefix
        self._media, self._folder = media, media_prefix + PICTURES
        self._threshold, self._keep_all = novelty_threshold, keep_all

    def make(
        self, candidates: Sequence[Candidate], progress: Callable[[int], None]
    ) -> tuple[DatasetPicture, ...]:
        """Write the dataset's pictures and return them, in the order of the candidates.

        `progress` is told how many more candidates were looked at. Raises `InvalidLabels` when all are wanted
        and two are the very same picture.
        """
        chosen: list[Seen] = []
        digests: dict[bytes, str] = {}
        prints, scenes = Fingerprints(len(candidates)), Scenes()
        with ThreadPoolExecutor(_THREADS) as pool:
            for start in range(0, len(candidates), _AT_ONCE):
                batch = candidates[start : start + _AT_ONCE]
                new = []
                for seen in pool.map(self._look, batch):
                    if self._is_wanted(seen, chosen, digests, prints, scenes):
                        digests[seen.digest] = seen.candidate.source_key
                        prints.add(seen.bits)
                        chosen.append(seen._replace(jpeg=b""))
                        new.append(seen)
                list(pool.map(self._write, new))
                progress(len(batch))
        return tuple(_picture(seen, scenes) for seen in chosen)

    def _look(self, candidate: Candidate) -> Seen:
        jpeg = self._read(candidate)
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
            width, height = image.size
        return Seen(candidate, jpeg, hashlib.sha256(jpeg).digest(), fingerprint(jpeg), width, height)

    def _read(self, candidate: Candidate) -> bytes:
        return self._work.read(self._work_prefix + candidate.work_file)

    def _write(self, seen: Seen) -> None:
        self._media.write(self._folder + seen.candidate.name, seen.jpeg, content_type="image/jpeg")

    def _is_wanted(
        self,
        seen: Seen,
        chosen: Sequence[Seen],
        digests: dict[bytes, str],
        prints: Fingerprints,
        scenes: Scenes,
    ) -> bool:
        candidate = seen.candidate
        if same := digests.get(seen.digest):
            if self._keep_all:
                raise InvalidLabels(
                    f"{candidate.source_key!r} cannot be learned from",
                    f"it is the very picture of {same!r}",
                    "Leave one of them out",
                )
            return False
        alike = [
            chosen[place].candidate
            for place in prints.alike(seen.bits)
            if chosen[place].candidate.source_key != candidate.source_key
        ]
        if not self._keep_all and self._is_repeated(seen.jpeg, alike):
            return False
        for other in alike:
            # Two videos are two scenes even if a studio's opening is in both.
            if other.is_still or candidate.is_still:
                scenes.join(other.source_key, candidate.source_key)
        return True

    def _is_repeated(self, jpeg: bytes, alike: Iterable[Candidate]) -> bool:
        return any(shows_nothing_new(jpeg, self._read(other), self._threshold) for other in alike)


def _picture(seen: Seen, scenes: Scenes) -> DatasetPicture:
    candidate = seen.candidate
    return DatasetPicture(
        name=candidate.name,
        source_key=candidate.source_key,
        seconds=None if candidate.is_still else candidate.frame.seconds,
        width=seen.width,
        height=seen.height,
        scene=scenes.of(candidate.source_key),
        sha256=seen.digest.hex(),
    )
