"""Projects: the brands to look for and the model that does."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from brandlens.api.fields import Body, Labels, ProjectName
from brandlens.jobs import DetectorName, Model, Value


class NewProject(Body):
    """A project to be made. `min_f1` is the least F1 with which a new model version becomes active."""

    name: ProjectName
    labels: Labels
    label_type: Literal["object", "concept"] = "object"
    detector: DetectorName = "rekognition"
    min_f1: float = Field(default=0.0, ge=0, le=1)


class ProjectChanges(Body):
    """What is to be changed; what is left out stays. A model knows the labels that it was taught."""

    labels: Labels | None = None
    min_f1: float | None = Field(default=None, ge=0, le=1)


class ProjectItem(Value):
    """A project. `active_model` is what its files are analyzed with, null before a training has given one."""

    name: str
    labels: tuple[str, ...]
    label_type: Literal["object", "concept"]
    detector: DetectorName
    min_f1: float
    created_at: datetime
    active_model: Model | None


class ProjectList(Value):
    """Every project, by name."""

    projects: tuple[ProjectItem, ...]
