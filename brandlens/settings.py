"""The settings of each function: one frozen model a function, read from a given environment mapping.

A model's fields are exactly the function's environment variables, lower-cased; infra sets those and no
others (a test compares the two), besides `TELEMETRY`, which aws-lambda-powertools reads in every function.
"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, Json, ValidationError

from brandlens.cost.budget import Budget
from brandlens.cost.quote import Terms
from brandlens.errors import InvalidSettings
from brandlens.jobs import Value
from brandlens.labeling.plan import LabelingTerms
from brandlens.training.embedded_job import TrainingTerms

TELEMETRY = frozenset({"POWERTOOLS_SERVICE_NAME", "POWERTOOLS_LOG_LEVEL", "POWERTOOLS_METRICS_NAMESPACE"})
"""Variables of every function, read by aws-lambda-powertools."""

Name = Annotated[str, Field(min_length=1)]


class Settings(Value):
    """The base of every function's settings."""

    @classmethod
    def variables(cls) -> frozenset[str]:
        """Names of the function's own environment variables."""
        return frozenset(field.upper() for field in cls.model_fields)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings from `environment`; `InvalidSettings` names the first bad one and its rule."""
        given = {name.lower(): environment[name] for name in cls.variables() if name in environment}
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            first = error.errors()[0]
            name = str(first["loc"][0]).upper()
            value = f"{name}={environment[name]!r}" if name in environment else name
            raise InvalidSettings(
                f"{value} is not a setting of {cls.__name__}", first["msg"], f"Set {name} on the function"
            ) from error


class IngestSettings(Settings):
    media_bucket: Name
    projects_table: Name
    jobs_table: Name
    event_bus: Name
    analysis_state_machine_arn: Name
    training_state_machine_arn: Name


class ListBatchSettings(Settings):
    media_bucket: Name
    work_bucket: Name
    jobs_table: Name


class PrepareDatasetSettings(Settings):
    media_bucket: Name
    work_bucket: Name
    jobs_table: Name
    novelty_threshold: float = Field(ge=0)
    max_training_frames_per_video: int = Field(ge=1)


class ProbeMediaSettings(Settings):
    """`segment_seconds` is how much of a video one extract_frames call decodes.

    `training_sample_rate_hz` is lowered for a video that would give a training more frames than allowed.
    """

    media_bucket: Name
    work_bucket: Name
    jobs_table: Name
    sample_rate_hz: float = Field(gt=0, le=60)
    training_sample_rate_hz: float = Field(gt=0, le=60)
    max_training_frames_per_video: int = Field(ge=1)
    novelty_threshold: float = Field(ge=0)
    segment_seconds: float = Field(gt=0)


class ExtractFramesSettings(Settings):
    media_bucket: Name
    work_bucket: Name
    jobs_table: Name


Limit = Annotated[Annotated[Decimal, Field(gt=0)] | None, BeforeValidator(lambda text: text or None)]
"""An amount of USD; None where the variable is empty."""


class ReserveBudgetSettings(Settings):
    """An empty budget sets no limit."""

    spending_table: Name
    jobs_table: Name
    models_table: Name
    quote_terms: Json[Terms]
    budget_per_job: Limit
    budget_per_month: Limit

    @property
    def budget(self) -> Budget:
        return Budget(per_job=self.budget_per_job, per_month=self.budget_per_month)


class Leasing(Settings):
    """`lease_minutes` bounds how long a job that died without a word keeps its model running.

    A job that lives renews its lease several times in that.
    """

    models_table: Name
    jobs_table: Name
    lease_minutes: float = Field(gt=0)

    @property
    def lease(self) -> timedelta:
        return timedelta(minutes=self.lease_minutes)


class StartModelSettings(Leasing):
    """`target_minutes` is how long looking at a job's frames should take at most."""

    event_bus: Name
    max_inference_units: int = Field(ge=1)
    target_minutes: float = Field(gt=0)

    @property
    def target(self) -> timedelta:
        return timedelta(minutes=self.target_minutes)


class DetectBrandsSettings(Leasing):
    work_bucket: Name
    results_bucket: Name


class MakeSpritesSettings(Settings):
    work_bucket: Name
    results_bucket: Name


class SummarizeSettings(Settings):
    """`idle_grace_minutes` is how long a model runs on, for the cost."""

    work_bucket: Name
    results_bucket: Name
    jobs_table: Name
    event_bus: Name
    spending_table: Name
    idle_grace_minutes: float = Field(ge=0)


class StopSchedule(Settings):
    """How a model's stop is scheduled when nobody needs it any longer."""

    models_table: Name
    idle_grace_minutes: float = Field(ge=0)
    scheduler_role_arn: Name
    scheduler_group: Name
    stop_function_arn: Name

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.idle_grace_minutes)


class ReleaseModelSettings(StopSchedule):
    pass


class StopIdleModelsSettings(Settings):
    """The tables besides that of models are looked at for the gauges of a sweep."""

    models_table: Name
    jobs_table: Name
    projects_table: Name
    spending_table: Name
    event_bus: Name
    idle_grace_minutes: float = Field(ge=0)

    @property
    def grace(self) -> timedelta:
        return timedelta(minutes=self.idle_grace_minutes)


class RequestLabelingSettings(Settings):
    """The fields from `labeling_job_arn_prefix` on are those of `brandlens.labeling.plan.LabelingTerms`."""

    media_bucket: Name
    jobs_table: Name
    tasks_table: Name
    event_bus: Name
    labeling_job_arn_prefix: Name
    labeling_role_arn: Name
    work_team_arn: Name
    workers_per_item: int = Field(ge=1, le=9)
    labeling_task_seconds: int = Field(ge=30, le=28_800)
    labeling_days_open: int = Field(ge=1, le=30)

    @property
    def terms(self) -> LabelingTerms:
        return LabelingTerms(
            job_arn_prefix=self.labeling_job_arn_prefix,
            role_arn=self.labeling_role_arn,
            work_team_arn=self.work_team_arn,
            workers_per_item=self.workers_per_item,
            task_seconds=self.labeling_task_seconds,
            days_open=self.labeling_days_open,
        )


class LabelingCallbackSettings(Settings):
    tasks_table: Name
    event_bus: Name


class CollectAnnotationsSettings(Settings):
    """`labeling_price_per_object` is in USD, for the cost record."""

    media_bucket: Name
    jobs_table: Name
    labeling_price_per_object: float = Field(ge=0)


class CreateModelVersionSettings(Settings):
    """`min_confidence`, in percent, is what the models that come about are asked with by default.

    The fields from `work_bucket` on are those of `brandlens.training.embedded_job.TrainingTerms`.
    """

    media_bucket: Name
    projects_table: Name
    jobs_table: Name
    models_table: Name
    rekognition_project_prefix: Name
    min_confidence: float = Field(ge=0, le=100)
    work_bucket: Name
    training_image: Name
    training_role_arn: Name
    embedded_training_seconds: float = Field(gt=0)
    training_timeout_hours: float = Field(gt=0)

    @property
    def training_terms(self) -> TrainingTerms:
        return TrainingTerms(
            image=self.training_image,
            role_arn=self.training_role_arn,
            work_bucket=self.work_bucket,
            seconds=self.embedded_training_seconds,
            most_seconds=round(self.training_timeout_hours * 3600),
        )


class CheckModelVersionSettings(Settings):
    jobs_table: Name
    models_table: Name


class RegisterModelSettings(Settings):
    media_bucket: Name
    results_bucket: Name
    projects_table: Name
    jobs_table: Name
    models_table: Name
    event_bus: Name
    spending_table: Name
    min_confidence: float = Field(ge=0, le=100)


class ApiSettings(Settings):
    """The pool of labelers, and the topic that they are told by, are empty where their workforce is not ours.

    `portal_origin` is the one origin whose pages may call, empty where there is none. `viewer_role` and
    `editor_role` are the names of the roles that the portal's people have.
    """

    media_bucket: Name
    results_bucket: Name
    projects_table: Name
    jobs_table: Name
    models_table: Name
    spending_table: Name
    marks_table: Name
    event_bus: Name
    analysis_state_machine_arn: Name
    rekognition_project_prefix: Name
    quote_terms: Json[Terms]
    budget_per_job: Limit
    budget_per_month: Limit
    labeling_job_arn_prefix: Name
    work_team_arn: Name
    portal_origin: str
    viewer_role: Name
    editor_role: Name
    team_pool_id: Name
    labeler_pool_id: str
    labeler_group: str
    labeling_notices_arn: str


class WriteInvitationSettings(Settings):
    work_team_arn: Name
    invitation_days: int = Field(ge=1)


class RecordFailureSettings(StopSchedule):
    jobs_table: Name
    spending_table: Name
    labeling_job_arn_prefix: Name
    media_bucket: Name
    work_bucket: Name
    results_bucket: Name
    event_bus: Name


BY_FUNCTION: Mapping[str, type[Settings]] = {
    "ingest": IngestSettings,
    "list_batch": ListBatchSettings,
    "prepare_dataset": PrepareDatasetSettings,
    "probe_media": ProbeMediaSettings,
    "extract_frames": ExtractFramesSettings,
    "reserve_budget": ReserveBudgetSettings,
    "start_model": StartModelSettings,
    "detect_brands": DetectBrandsSettings,
    "make_sprites": MakeSpritesSettings,
    "summarize": SummarizeSettings,
    "release_model": ReleaseModelSettings,
    "stop_idle_models": StopIdleModelsSettings,
    "request_labeling": RequestLabelingSettings,
    "labeling_callback": LabelingCallbackSettings,
    "collect_annotations": CollectAnnotationsSettings,
    "create_model_version": CreateModelVersionSettings,
    "check_model_version": CheckModelVersionSettings,
    "register_model": RegisterModelSettings,
    "record_failure": RecordFailureSettings,
    "api": ApiSettings,
    "write_invitation": WriteInvitationSettings,
}
"""Every function's settings, by the name of its folder."""
