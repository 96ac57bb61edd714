"""What would look at a project's next files, for a quote."""

from brandlens.cost.quote import Looker
from brandlens.jobs import Model
from brandlens.ports import LeaseStore, Project


def looker_of(project: Project, leases: LeaseStore) -> Looker:
    """Return the project's detector, and how fast its active model was measured to be."""
    if project.active_model is None:
        return Looker(detector=project.detector)
    return looker_with(project.active_model, leases)


def looker_with(model: Model, leases: LeaseStore) -> Looker:
    """Return the model's detector, and how fast it was measured to be."""
    known = leases.known(model.arn)
    return Looker(
        detector=model.detector,
        frames_per_second=None if known is None else known.frames_per_second,
    )
