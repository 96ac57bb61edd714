"""Small made works: frames, detections and pictures whose truth is known."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from io import BytesIO

from hypothesis import settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from brandlens import exposure
from brandlens.cost import Usage, cost_of, published_prices
from brandlens.exposure import Exposures, Summary, prove, summarize
from brandlens.jobs import Job, Model, Source
from brandlens.results import Box, Detection, Media, SampledFrame

RATE = 2.0
STILL = Media(kind="image", width=640, height=360, duration_seconds=None, frame_rate=None, codec="png")

find_exposures = partial(exposure.find_exposures, min_confidence=50)

unhurried = settings(deadline=None, max_examples=60)
"""Other work shares the machine: an example may take its time."""


def video(seconds: float) -> Media:
    return Media(kind="video", width=640, height=360, duration_seconds=seconds, frame_rate=25.0, codec="h264")


def box(left: float = 0.4, top: float = 0.4, width: float = 0.2, height: float = 0.1) -> Box:
    return Box(left=left, top=top, width=width, height=height)


def logo(label: str = "Acme", confidence: float = 90.0, **place: float) -> Detection:
    return Detection(label=label, confidence=confidence, box=box(**place))


def kept(slots: Iterable[int]) -> list[SampledFrame]:
    """Frames on the sampling grid, each at its slot's own time."""
    return [SampledFrame(index=slot, seconds=slot / RATE) for slot in slots]


def found(seen: Mapping[int, Sequence[Detection]], *, slots: int) -> Exposures:
    """Exposures of a video of `slots` kept frames of half a second, in which `seen` was found."""
    detections = {slot: seen.get(slot, ()) for slot in range(slots)}
    return find_exposures(video(slots / RATE), RATE, kept(range(slots)), detections)


def picture(boxes: Iterable[Box] = (), *, width: int = 640, height: int = 360) -> bytes:
    """A JPEG: grey, each box filled with fine stripes."""
    image = Image.new("RGB", (width, height), "grey")
    pen = ImageDraw.Draw(image)
    for area in boxes:
        top, bottom = area.top * height, (area.top + area.height) * height
        for x in range(int(area.left * width), int((area.left + area.width) * width), 6):
            pen.rectangle((x, top, x + 2, bottom), fill="white")
    out = BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def finished(exposures: Exposures, *, key: str = "inbox/demo/analyze/match.mp4") -> Summary:
    """The result of a work, its proof pictures drawn from its detections."""
    by_index = {frame.index: frame for frame in exposures.frames}
    proofs = [
        prove(exposures, index, picture(d.box for d in by_index[index].detections if d.box))
        for index in exposures.proof_frames
    ]
    return summarize(
        exposures,
        proofs,
        job=Job(
            job_id="job1",
            project="demo",
            source=Source(bucket="media", key=key, version="1"),
            started_at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
        ),
        model=Model(detector="rekognition", arn="arn:aws:rekognition:x", version="v1", min_confidence=50),
        cost=cost_of(Usage(inference_hours=0.5, lambda_requests=12), published_prices()),
        finished_at=datetime(2026, 1, 2, 3, 9, tzinfo=UTC),
    )


def document(summary: Summary, name: str) -> str:
    return next(d.body.decode() for d in summary.documents if d.name == name)


_fractions = st.floats(0, 1, allow_nan=False)
boxes = st.builds(box, left=_fractions, top=_fractions, width=_fractions, height=_fractions)
detections = st.builds(
    Detection,
    label=st.sampled_from(["Acme", "Globex", "Initech"]),
    confidence=st.floats(50, 100, allow_nan=False),
    box=st.none() | boxes,
)
works = st.lists(st.lists(detections, max_size=4), min_size=1, max_size=14)
"""What was found in each of a video's kept frames."""
