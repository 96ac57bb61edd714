"""From detections to exposure: when, how large and how prominent each brand was on screen.

Pure: values in, documents out. A caller works in two steps, because the second needs the pictures that the
first one names::

    # 1. Frames and detections -> appearances, and the few frames that prove them.
    exposures = find_exposures(media, rate_hz, sampled_frames, detections, warnings, min_confidence=50)

    proofs = []
    for index in exposures.proof_frames:               # one picture in memory at a time
        picture = work.read(f"{prefix}frames/{index:08d}.jpg")
        results.write(f"{prefix}{proof_file(index)}", picture, content_type="image/jpeg")
        proofs.append(prove(exposures, index, picture))

    # 2. Exposures and what the proof pictures show -> every document of the result.
    summary = summarize(exposures, proofs, job=job, model=model, cost=cost, finished_at=now)
    for document in summary.documents:                 # in writing order: analysis.json is last
        results.write(prefix + document.name, document.body, content_type=document.content_type)

Signatures::

    find_exposures(
        media: Media, rate_hz: float | None, sampled: Iterable[SampledFrame],
        detections: Mapping[int, Sequence[Detection]],      # by index of the kept frame
        warnings: Sequence[Warning] = (), *, min_confidence: float,
    ) -> Exposures      # .appearances, .proof_frames: tuple[int, ...]
    proof_file(index: int) -> str                           # "frames/00000042.jpg"
    prove(exposures: Exposures, index: int, picture: bytes) -> Proof
    summarize(
        exposures: Exposures, proofs: Iterable[Proof], *,
        job: Job, model: Model, cost: Cost, finished_at: datetime,
    ) -> Summary        # .analysis: Analysis, .documents: tuple[Document, ...]
    Document            # .name, .body: bytes, .content_type

An image is one `SampledFrame(index=0, seconds=0)` with `rate_hz=None`. `cost` comes from
`brandlens.cost.cost_of(Usage(...), published_prices())`. A kept frame without an entry in `detections` counts
as not looked at and adds a warning. A warning with both a start and an end is a gap: no frame is held on
screen into it.
"""

from brandlens.exposure.appearances import proof_file
from brandlens.exposure.documents import Document
from brandlens.exposure.exposures import Exposures, find_exposures
from brandlens.exposure.proofs import Proof, prove
from brandlens.exposure.summary import Summary, summarize

__all__ = ["Document", "Exposures", "Proof", "Summary", "find_exposures", "proof_file", "prove", "summarize"]
