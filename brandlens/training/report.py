"""What a dataset holds, and what is doubtful about it: the data report."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from pydantic import Field

from brandlens.cost import published_prices
from brandlens.jobs import Job, Value
from brandlens.labels.geometry import to_pixels
from brandlens.labels.image_manifest import ClassifiedPicture
from brandlens.labels.pictures import LabeledPicture
from brandlens.results import Cost, Warning  # noqa: A004 - the document's own term
from brandlens.training.request import TrainingRequest
from brandlens.training.split import DatasetSplit, SplitKind

SCHEMA_VERSION: Final = "1.0"

ENOUGH_PICTURES = 10
"""Of a label, from which it gets no warning. Custom Labels asks for 10 or more of each:
https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/md-prepare-images.html.
"""
TINY_PIXELS = 16
"""A box whose shorter side is below this is tiny: so little of a logo is hard to tell from another."""

SIZE_EDGES = (0, TINY_PIXELS, 32, 64, 128, 256)
"""Where the bins of the size histogram begin, in pixels of a box's shorter side."""


class LabelData(Value):
    """How much there is of one label; `boxes` is null for labels of whole pictures."""

    label: str
    train_pictures: int
    test_pictures: int
    boxes: int | None


class SizeBin(Value):
    """How many boxes have a shorter side of `from_pixels` or more, and less than `below_pixels` if any."""

    from_pixels: int
    below_pixels: int | None
    boxes: int


class DataReport(Value):
    """`report.json` of a training.

    `split_by` is how test pictures were chosen: `scene`, whole videos and groups of stills that look alike;
    `time`, parts of a video; `picture`, single stills. `negatives` are pictures that show none of the labels.
    `cost` is what labeling cost, null where labels came with the batch.
    """

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    job_id: str
    project: str
    type: Literal["object", "concept"]
    labeled_by: Literal["people", "annotations"]
    train_pictures: int = Field(ge=0)
    test_pictures: int = Field(ge=0)
    negatives: int = Field(ge=0)
    boxes: int = Field(ge=0)
    split_by: SplitKind
    labels: tuple[LabelData, ...]
    sizes: tuple[SizeBin, ...]
    cost: Cost | None
    warnings: tuple[Warning, ...]


def labeling_cost(objects: int, usd_per_object: float) -> Cost:
    """Price what people labeled: Ground Truth counts each picture and each frame as an object."""
    price = published_prices().prices["labeled_objects"]
    item = price.model_copy(update={"usd": usd_per_object}).item(objects)
    return Cost(
        estimated_usd=item.usd,
        items=(item,),
        basis=f"the stack's setting of {usd_per_object:g} USD an object",
    )


def data_report(
    job: Job,
    request: TrainingRequest,
    split: DatasetSplit[LabeledPicture] | DatasetSplit[ClassifiedPicture],
    *,
    cost: Cost | None,
    warnings: Iterable[Warning],
) -> DataReport:
    """Report a dataset; `warnings` are those known before."""
    pictures = (*split.train, *split.test)
    sides = [
        (label, side) for one in pictures if isinstance(one, LabeledPicture) for label, side in _sides(one)
    ]
    drawn, known = Counter(label for label, _ in sides), frozenset(request.labels)
    taught, tested = _shown(split.train), _shown(split.test)
    labels = tuple(
        LabelData(
            label=label,
            train_pictures=taught[label],
            test_pictures=tested[label],
            boxes=drawn[label] if request.type == "object" else None,
        )
        for label in request.labels
    )
    return DataReport(
        job_id=job.job_id,
        project=job.project,
        type=request.type,
        labeled_by="annotations" if request.annotations is not None else "people",
        train_pictures=len(split.train),
        test_pictures=len(split.test),
        negatives=sum(known.isdisjoint(one.labels) for one in pictures),
        boxes=len(sides),
        split_by=split.kind,
        labels=labels,
        sizes=_histogram([side for _, side in sides]) if request.type == "object" else (),
        cost=cost,
        warnings=(
            *warnings,
            *_warnings_of_split(split.kind),
            *(warning for one in labels for warning in _warnings_of_label(one)),
            *_warnings_of_sizes(sides),
        ),
    )


def _shown(pictures: Iterable[LabeledPicture | ClassifiedPicture]) -> Counter[str]:
    return Counter(label for picture in pictures for label in set(picture.labels))


def _sides(picture: LabeledPicture) -> Iterator[tuple[str, int]]:
    """Yield each box's label and its shorter side in pixels."""
    for drawn in picture.boxes:
        pixels = to_pixels(drawn.box, picture.width, picture.height)
        yield drawn.label, round(min(pixels.width, pixels.height))


def _histogram(sides: Sequence[int]) -> tuple[SizeBin, ...]:
    counts = Counter(bisect_right(SIZE_EDGES, side) - 1 for side in sides)
    ends = (*SIZE_EDGES[1:], None)
    return tuple(
        SizeBin(from_pixels=start, below_pixels=end, boxes=counts[place])
        for place, (start, end) in enumerate(zip(SIZE_EDGES, ends, strict=True))
    )


def _warnings_of_split(kind: SplitKind) -> Iterator[Warning]:
    if kind == "time":
        yield _warning(
            "TestedOnTheSameVideo",
            "The test frames are from videos that also taught, at other times, so the score flatters. "
            "Add another video.",
        )
    if kind == "picture":
        yield _warning(
            "TestedOnAlikePictures",
            "The test pictures look like some that taught, so the score flatters. "
            "Add pictures of other scenes.",
        )


def _warnings_of_label(data: LabelData) -> Iterator[Warning]:
    count = data.train_pictures + data.test_pictures
    if not count:
        yield _warning(
            "LabelNotSeen",
            f"No picture shows {data.label}: the model will not know it. Add pictures that do.",
        )
    elif count < ENOUGH_PICTURES:
        yield _warning(
            "FewPictures",
            f"{count} {'picture shows' if count == 1 else 'pictures show'} {data.label}; "
            f"{ENOUGH_PICTURES} or more are better.",
        )
    if count and not data.test_pictures:
        yield _warning(
            "LabelNotTested", f"No test picture shows {data.label}: nothing is known of its score."
        )


def _warnings_of_sizes(sides: Iterable[tuple[str, int]]) -> Iterator[Warning]:
    tiny = Counter(label for label, side in sides if side < TINY_PIXELS)
    for label, count in sorted(tiny.items()):
        boxes = f"{count} {'box' if count == 1 else 'boxes'}"
        yield _warning(
            "TinyBoxes",
            f"{boxes} of {label} {'has' if count == 1 else 'have'} a side of less than {TINY_PIXELS} pixels: "
            "larger pictures teach better.",
        )


def _warning(code: str, message: str) -> Warning:
    return Warning(code=code, message=message)
