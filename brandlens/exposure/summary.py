"""Step two: exposures and what their proof pictures show -> every document of the result."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from brandlens.errors import InvalidInput
from brandlens.exposure.documents import Document, detections_jsonl, exposures_csv, timeline_vtt
from brandlens.exposure.exposures import Exposures
from brandlens.exposure.metrics import summarize_brands
from brandlens.exposure.proofs import Proof
from brandlens.exposure.report import render_report
from brandlens.jobs import Job, Model
from brandlens.results import Analysis, AnalysisJob, Appearance, Cost, Files


@dataclass(frozen=True)
class Summary:
    """A finished result. `documents` come in writing order, `analysis.json` last: it names the others."""

    analysis: Analysis
    documents: tuple[Document, ...]


def summarize(
    exposures: Exposures,
    proofs: Iterable[Proof],
    *,
    job: Job,
    model: Model,
    cost: Cost,
    finished_at: datetime,
) -> Summary:
    """Assemble the result.

    `proofs` holds one `Proof` for each of `exposures.proof_frames`, in any order. Raises `InvalidInput` when
    one is missing: a result must not look whole while it lacks a proof.
    """
    by_index = {proof.index: proof for proof in proofs}
    appearances = tuple(_with_sharpness(appearance, by_index) for appearance in exposures.appearances)
    still = exposures.media.kind == "image"
    analysis = Analysis(
        job=AnalysisJob(
            id=job.job_id,
            project=job.project,
            source=job.source,
            started_at=job.started_at,
            finished_at=finished_at,
        ),
        model=model,
        media=exposures.media,
        sampling=exposures.sampling,
        brands=summarize_brands(appearances),
        appearances=appearances,
        files=Files(timeline=None, sprites=None) if still else Files(),
        cost=cost,
        warnings=exposures.warnings,
    )
    thumbnails = {index: p.thumbnail for index, p in by_index.items() if p.thumbnail is not None}
    documents = [
        detections_jsonl(exposures.frames),
        exposures_csv(appearances),
        *([] if still else [timeline_vtt(appearances)]),
        Document(
            "report.html", render_report(analysis, exposures.frames, thumbnails), "text/html; charset=utf-8"
        ),
        Document("analysis.json", analysis.model_dump_json(indent=2).encode(), "application/json"),
    ]
    return Summary(analysis=analysis, documents=tuple(documents))


def _with_sharpness(appearance: Appearance, proofs: Mapping[int, Proof]) -> Appearance:
    proof = proofs.get(appearance.proof_frame.index)
    if proof is None:
        raise InvalidInput(
            f"appearance {appearance.id} has no proof",
            f"frame {appearance.proof_frame.index} was not looked at",
            "Give every proof frame to prove() first",
        )
    return appearance.model_copy(update={"sharpness": proof.sharpness[appearance.id]})
