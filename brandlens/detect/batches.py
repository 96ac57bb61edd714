"""What the embedded models have in common towards their callers: pictures one by one, or many."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from brandlens.detect.pictures import Picture
from brandlens.results import Detection


class PictureDetector(ABC):
    """A `brandlens.ports.Detector` that also takes pictures in batches."""

    @abstractmethod
    def detect(self, image: Picture, *, min_confidence: float) -> tuple[Detection, ...]:
        """Return what is found in one picture at `min_confidence` percent or more."""

    def detect_batch(
        self, images: Iterable[Picture], *, min_confidence: float
    ) -> Iterator[tuple[Detection, ...]]:
        """Yield for each picture, in order, what `detect` returns; an error is raised in its picture's turn.

        The network is asked once a picture, on all its threads. Measured at 1280 x 720 on two cores: four in
        one call take 104 ms each, one by one 101; decoding the next meanwhile gains nothing either.
        """
        for image in images:
            yield self.detect(image, min_confidence=min_confidence)
