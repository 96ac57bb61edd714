"""The environment variables of functions: every one there is, and which of them a function gets."""

from collections.abc import Mapping
from fractions import Fraction

import pulumi

from brandlens.cost.quote import Terms
from infra.components.sign_in import INVITATION_DAYS
from infra.function_spec import FunctionSpec
from infra.machines import CALLS_PER_INFERENCE_UNIT, DETECT_BATCH_SIZE
from infra.naming import Place
from infra.settings import Settings

LEASE_MINUTES = 4
"""How long a job that died without a word keeps its model, until a sweep finds it at most five minutes
later. One that lives renews its lease some times in that, though a function may be slow to start."""


def variables(
    place: Place,
    settings: Settings,
    training_image: pulumi.Input[str],
    *,
    origin: pulumi.Input[str] | None,
    team_pool_id: pulumi.Input[str],
) -> dict[str, pulumi.Input[str]]:
    """Every variable that a function's settings model may name, with its value in this stack, but for
    `LABELER_POOL_ID`: the pool of those who label calls a function itself.

    `training_image` is the URI in Amazon ECR of the image that the embedded detector is trained in, `origin`
    is the portal's, None for none, and the pool is Cognito's, of the portal's people.
    """
    ours = not settings.work_team
    return {
        "MEDIA_BUCKET": place.bucket("media"),
        "RESULTS_BUCKET": place.bucket("results"),
        "WORK_BUCKET": place.bucket("work"),
        "EVENT_BUS": place.name("results"),
        "PROJECTS_TABLE": place.name("projects"),
        "JOBS_TABLE": place.name("jobs"),
        "TASKS_TABLE": place.name("tasks"),
        "MODELS_TABLE": place.name("models"),
        "SPENDING_TABLE": place.name("spending"),
        "MARKS_TABLE": place.name("marks"),
        "ANALYSIS_STATE_MACHINE_ARN": place.state_machine_arn("analysis"),
        "TRAINING_STATE_MACHINE_ARN": place.state_machine_arn("training"),
        "SAMPLE_RATE_HZ": str(settings.sample_rate_hz),
        "TRAINING_SAMPLE_RATE_HZ": str(settings.training_sample_rate_hz),
        "MAX_TRAINING_FRAMES_PER_VIDEO": str(settings.max_training_frames_per_video),
        "NOVELTY_THRESHOLD": str(settings.novelty_threshold),
        "SEGMENT_SECONDS": str(settings.segment_seconds),
        "MAX_INFERENCE_UNITS": str(settings.max_inference_units),
        "QUOTE_TERMS": quote_terms(settings).model_dump_json(),
        "BUDGET_PER_JOB": _amount(settings.budget_per_job),
        "BUDGET_PER_MONTH": _amount(settings.budget_per_month),
        "IDLE_GRACE_MINUTES": str(settings.idle_grace_minutes),
        "TARGET_MINUTES": str(settings.target_minutes),
        "LEASE_MINUTES": str(LEASE_MINUTES),
        "REKOGNITION_PROJECT_PREFIX": place.prefix,
        "MIN_CONFIDENCE": str(settings.min_confidence),
        "TRAINING_IMAGE": training_image,
        "TRAINING_ROLE_ARN": place.role_arn("training-jobs"),
        "EMBEDDED_TRAINING_SECONDS": str(settings.embedded_training_seconds),
        "TRAINING_TIMEOUT_HOURS": str(settings.training_timeout_hours),
        "LABELING_JOB_ARN_PREFIX": place.labeling_job_arn_prefix,
        "LABELING_ROLE_ARN": place.role_arn("labeling"),
        "WORK_TEAM_ARN": place.work_team_arn(settings.work_team),
        "WORKERS_PER_ITEM": str(settings.workers_per_item),
        "LABELING_TASK_SECONDS": str(settings.labeling_task_seconds),
        "INVITATION_DAYS": str(INVITATION_DAYS),
        "LABELER_GROUP": place.name("labelers") if ours else "",
        "LABELING_NOTICES_ARN": place.arn("sns", place.name("labeling-notices")) if ours else "",
        "TEAM_POOL_ID": team_pool_id,
        "PORTAL_ORIGIN": "" if origin is None else origin,
        "VIEWER_ROLE": place.name("viewer"),
        "EDITOR_ROLE": place.name("editor"),
        "LABELING_DAYS_OPEN": str(settings.labeling_days_open),
        "LABELING_PRICE_PER_OBJECT": str(settings.labeling_price_per_object),
        "SCHEDULER_GROUP": place.name("model-stops"),
        "SCHEDULER_ROLE_ARN": place.role_arn("model-stops"),
        "STOP_FUNCTION_ARN": place.function_arn("stop_idle_models"),
    }


def quote_terms(settings: Settings) -> Terms:
    """What this stack's quotes rest on."""
    return Terms(
        sample_rate_hz=Fraction(str(settings.sample_rate_hz)),
        segment_seconds=Fraction(str(settings.segment_seconds)),
        max_inference_units=settings.max_inference_units,
        idle_grace_minutes=settings.idle_grace_minutes,
        detect_batch_size=DETECT_BATCH_SIZE,
        batches_per_unit=CALLS_PER_INFERENCE_UNIT,
    )


def _amount(budget: float | None) -> str:
    """An amount as a variable, empty where there is no limit."""
    return "" if budget is None else repr(budget)


def environment(
    spec: FunctionSpec, values: Mapping[str, pulumi.Input[str]], settings: Settings, place: Place
) -> dict[str, pulumi.Input[str]]:
    """The function's own variables, and those that aws-lambda-powertools reads in every function."""
    return {
        "POWERTOOLS_SERVICE_NAME": spec.name,
        "POWERTOOLS_LOG_LEVEL": settings.log_level,
        "POWERTOOLS_METRICS_NAMESPACE": place.metrics_namespace,
        **{name: values[name] for name in spec.environment},
    }
