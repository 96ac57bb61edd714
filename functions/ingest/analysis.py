"""Whether a dropped file can be analyzed, and what its analysis begins with."""

from brandlens.dropfolder import Drop
from brandlens.errors import InvalidKey, NoTrainedModel, UnknownProject
from brandlens.events import AnalysisStarted
from brandlens.jobs import Job, MediaFormat, Model, Value
from brandlens.media.magic import SNIFF_BYTES, media_format
from functions.ingest.deps import Deps


class Accepted(Value):
    """The input of the state machine `analysis`."""

    job: Job
    media_format: MediaFormat
    model: Model

    @property
    def started(self) -> AnalysisStarted:
        job = self.job
        return AnalysisStarted(
            job_id=job.job_id, project=job.project, source=job.source, occurred_at=job.started_at
        )


def accept(job: Job, drop: Drop, deps: Deps) -> Accepted:
    """Check the object, cheapest first; raises the `Refused` leaf that says why it is turned away."""
    if drop.purpose == "unknown":
        raise InvalidKey(
            f"{job.source.key!r} is not analyzed",
            "its key asks for nothing we know",
            "Drop it at inbox/PROJECT/analyze/FILE",
        )
    project = deps.projects.get(job.project)
    if project is None:
        raise UnknownProject(
            f"{job.source.key!r} is not analyzed",
            f"there is no project {job.project!r}",
            f"Create it: brandlens project create {job.project} --labels A,B",
        )
    head = deps.media.read(job.source.key, length=SNIFF_BYTES, version=job.source.version)
    kind = media_format(head)
    if project.active_model is None:
        raise NoTrainedModel(
            f"{job.source.key!r} is not analyzed",
            f"project {job.project!r} has no trained model",
            f"Train it first: brandlens train {job.project} FOLDER --annotations FILE",
        )
    return Accepted(job=job, media_format=kind, model=project.active_model)
