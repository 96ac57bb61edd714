"""Whether a batch can be learned from, as far as its `job.json` tells, and what its training begins with."""

from brandlens.dropfolder import Drop
from brandlens.errors import InvalidKey, InvalidTrainingRequest, UnknownProject
from brandlens.events import TrainingStarted
from brandlens.jobs import Job, Value
from brandlens.ports import Project
from brandlens.training.request import MAX_BYTES, REQUEST_FILE, TrainingRequest, parse_request
from functions.ingest.deps import Deps


class AcceptedTraining(Value):
    """The input of the state machine `training`."""

    job: Job
    request: TrainingRequest

    @property
    def started(self) -> TrainingStarted:
        job, request = self.job, self.request
        return TrainingStarted(
            job_id=job.job_id,
            project=job.project,
            source=job.source,
            occurred_at=job.started_at,
            labels=request.labels,
            type=request.type,
            annotated=request.annotations is not None,
        )


def accept(job: Job, drop: Drop, deps: Deps) -> AcceptedTraining:
    """Check the request; raises the `Refused` leaf that says why it is turned away."""
    key = job.source.key
    if drop.purpose == "misplaced":
        raise InvalidKey(
            f"{key!r} begins no training",
            f"it lies in no batch's folder, or is not called {REQUEST_FILE} just so",
            f"Drop it at inbox/PROJECT/train/BATCH/{REQUEST_FILE}",
        )
    # One byte more than allowed tells that there are too many.
    body = deps.media.read(key, length=MAX_BYTES + 1, version=job.source.version)
    request = parse_request(body, key=key)
    project = deps.projects.get(job.project)
    if project is None:
        raise UnknownProject(
            f"{key!r} is refused",
            f"there is no project {job.project!r}",
            f"Create it: brandlens project create {job.project} --labels {','.join(request.labels)}",
        )
    _check(request, project, key)
    return AcceptedTraining(job=job, request=request)


def _check(request: TrainingRequest, project: Project, key: str) -> None:
    if request.type != project.label_type:
        raise InvalidTrainingRequest(
            f"{key!r} is refused",
            f"its type is {request.type}, and the labels of project {project.name!r} are of type "
            f"{project.label_type}",
            f'Write "type": "{project.label_type}", or make another project',
        )
    if unknown := [label for label in request.labels if label not in project.labels]:
        raise InvalidTrainingRequest(
            f"{key!r} is refused",
            f"it names the label {unknown[0]!r}, and project {project.name!r} knows "
            f"{', '.join(project.labels)}",
            "Correct the label, or make a project that knows it",
        )
