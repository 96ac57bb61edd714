"""Model versions: how good they are, whether they run and what that costs."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from brandlens.api.fields import Body, Query
from brandlens.jobs import DetectorName, Value
from brandlens.training.version_list import ListedVersion

CostingStatus = Literal["STARTING", "RUNNING", "STOPPING"]
RunStatus = Literal["STOPPED", "STARTING", "RUNNING", "STOPPING"]


class ModelItem(Value):
    """A model version of a project. `detector` embedded needs no start."""

    id: str
    detector: DetectorName
    version: ListedVersion


class ModelList(Value):
    """Every model version of a project, the newest first."""

    models: tuple[ModelItem, ...]


class ModelsQuery(Query):
    """Only models that run, or are on their way there or from there, can be asked for across projects."""

    state: Literal["running"] = "running"


class RunningModel(Value):
    """A model version that runs, and so costs.

    `usd_per_hour` is at published prices, for all of its inference units. `needed_by` is how many hold it:
    jobs, and whoever started it by hand. `ours` is false for a run that somebody else began, which we never
    stop.
    """

    id: str
    project: str
    version: str
    status: CostingStatus
    inference_units: int
    usd_per_hour: float
    needed_by: int
    ours: bool
    run_began: datetime | None


class RunningModelList(Value):
    """The models that run, those that cost most first."""

    models: tuple[RunningModel, ...]
    usd_per_hour: float


class ModelStart(Body):
    """For how long a model is to run at least, needed or not."""

    minutes: int = Field(default=60, ge=1, le=1440)


class ModelRun(Value):
    """What became of a start or a stop. `needed_by` is how many hold the model: it stops after them."""

    id: str
    status: RunStatus
    needed_by: int
