"""The table of functions: what each is given and what each may do."""

from collections.abc import Callable
from dataclasses import dataclass

from infra import grants
from infra.naming import Place
from infra.policies import Statement


@dataclass(frozen=True)
class FunctionSpec:
    """One function of `functions/`.

    Attributes
    ----------
    name
        Its folder below `functions/`.
    memory_mb
        Memory in MiB; Lambda's processor share grows with it, one whole processor at 1,769.
    timeout_seconds
        At most 900, as Lambda has it.
    environment
        Its own variables: the fields of its model in `brandlens/settings.py`. Telemetry's come besides.
    rights
        What it may do, besides logging, tracing and reporting its failures.
    """

    name: str
    memory_mb: int
    timeout_seconds: int
    environment: tuple[str, ...]
    rights: Callable[[Place], tuple[Statement, ...]]


_SCHEDULES_STOPS = ("IDLE_GRACE_MINUTES", "SCHEDULER_ROLE_ARN", "SCHEDULER_GROUP", "STOP_FUNCTION_ARN")

FUNCTIONS = (
    FunctionSpec(
        name="ingest",
        memory_mb=512,
        timeout_seconds=60,
        environment=(
            "MEDIA_BUCKET",
            "PROJECTS_TABLE",
            "JOBS_TABLE",
            "EVENT_BUS",
            "ANALYSIS_STATE_MACHINE_ARN",
            "TRAINING_STATE_MACHINE_ARN",
        ),
        rights=lambda place: (
            *grants.read_objects(place, "media", "inbox/*"),
            *grants.read_projects(place),
            *grants.receive_jobs(place),
            *grants.start_executions(place, "analysis"),
            *grants.start_executions(place, "training"),
            *grants.publish_events(place),
        ),
    ),
    FunctionSpec(
        name="list_batch",
        memory_mb=3008,
        timeout_seconds=900,
        environment=("MEDIA_BUCKET", "WORK_BUCKET", "JOBS_TABLE"),
        rights=lambda place: (
            *grants.list_versions(place, "media"),
            *grants.write_objects(place, "work", "*/items.jsonl"),
            *grants.update_jobs(place),
        ),
    ),
    FunctionSpec(
        name="prepare_dataset",
        memory_mb=3008,
        timeout_seconds=900,
        environment=(
            "MEDIA_BUCKET",
            "WORK_BUCKET",
            "JOBS_TABLE",
            "NOVELTY_THRESHOLD",
            "MAX_TRAINING_FRAMES_PER_VIDEO",
        ),
        rights=lambda place: (
            *grants.read_objects(place, "media", "inbox/*"),
            *grants.write_objects(place, "media", "*/training/*"),
            *grants.read_objects(place, "work"),
            *grants.update_jobs(place),
        ),
    ),
    FunctionSpec(
        name="probe_media",
        memory_mb=3008,
        timeout_seconds=300,
        environment=(
            "MEDIA_BUCKET",
            "WORK_BUCKET",
            "JOBS_TABLE",
            "SAMPLE_RATE_HZ",
            "TRAINING_SAMPLE_RATE_HZ",
            "MAX_TRAINING_FRAMES_PER_VIDEO",
            "NOVELTY_THRESHOLD",
            "SEGMENT_SECONDS",
        ),
        rights=lambda place: (
            *grants.read_objects(place, "media", "inbox/*"),
            *grants.read_objects(place, "work", "*/parts/*"),
            *grants.write_objects(place, "work", "*/parts/*"),
            *grants.update_jobs(place),
        ),
    ),
    FunctionSpec(
        name="extract_frames",
        memory_mb=3008,
        timeout_seconds=900,
        environment=("MEDIA_BUCKET", "WORK_BUCKET", "JOBS_TABLE"),
        rights=lambda place: (
            *grants.read_objects(place, "media", "inbox/*"),
            *grants.read_objects(place, "work", "*/segments/*"),
            *grants.write_objects(place, "work"),
            *grants.update_jobs(place),
        ),
    ),
    FunctionSpec(
        name="reserve_budget",
        memory_mb=512,
        timeout_seconds=60,
        environment=(
            "SPENDING_TABLE",
            "JOBS_TABLE",
            "MODELS_TABLE",
            "QUOTE_TERMS",
            "BUDGET_PER_JOB",
            "BUDGET_PER_MONTH",
        ),
        rights=lambda place: (
            *grants.book_spending(place),
            *grants.list_spending(place),
            *grants.update_jobs(place),
            *grants.know_models(place),
        ),
    ),
    FunctionSpec(
        name="start_model",
        memory_mb=512,
        timeout_seconds=60,
        environment=(
            "MODELS_TABLE",
            "JOBS_TABLE",
            "EVENT_BUS",
            "MAX_INFERENCE_UNITS",
            "TARGET_MINUTES",
            "LEASE_MINUTES",
        ),
        rights=lambda place: (
            *grants.take_leases(place),
            *grants.know_models(place),
            *grants.start_models(place),
            *grants.update_jobs(place),
            *grants.publish_events(place),
        ),
    ),
    FunctionSpec(
        name="detect_brands",
        memory_mb=1769,
        timeout_seconds=180,
        environment=("WORK_BUCKET", "RESULTS_BUCKET", "JOBS_TABLE", "MODELS_TABLE", "LEASE_MINUTES"),
        rights=lambda place: (
            *grants.read_objects(place, "work"),
            *grants.write_objects(place, "work", "*/detections/*"),
            *grants.write_objects(place, "work", "*/failures/*"),
            *grants.renew_leases(place),
            *grants.ask_models(place),
            *grants.open_models(place),
            *grants.update_jobs(place),
        ),
    ),
    FunctionSpec(
        name="make_sprites",
        memory_mb=3008,
        timeout_seconds=900,
        environment=("WORK_BUCKET", "RESULTS_BUCKET"),
        rights=lambda place: (*grants.read_objects(place, "work"), *grants.write_objects(place, "results")),
    ),
    FunctionSpec(
        name="summarize",
        memory_mb=3008,
        timeout_seconds=900,
        environment=(
            "WORK_BUCKET",
            "RESULTS_BUCKET",
            "JOBS_TABLE",
            "EVENT_BUS",
            "IDLE_GRACE_MINUTES",
            "SPENDING_TABLE",
        ),
        rights=lambda place: (
            *grants.book_spending(place),
            *grants.read_objects(place, "work"),
            *grants.read_objects(place, "results"),
            *grants.write_objects(place, "results"),
            *grants.delete_objects(place, "results"),
            *grants.update_jobs(place),
            *grants.publish_events(place),
        ),
    ),
    FunctionSpec(
        name="release_model",
        memory_mb=512,
        timeout_seconds=60,
        environment=("MODELS_TABLE", *_SCHEDULES_STOPS),
        rights=lambda place: (
            *grants.release_leases(place),
            *grants.know_models(place),
            *grants.schedule_stops(place),
        ),
    ),
    FunctionSpec(
        name="create_model_version",
        memory_mb=1024,
        timeout_seconds=120,
        environment=(
            "MEDIA_BUCKET",
            "PROJECTS_TABLE",
            "JOBS_TABLE",
            "MODELS_TABLE",
            "REKOGNITION_PROJECT_PREFIX",
            "MIN_CONFIDENCE",
            "WORK_BUCKET",
            "TRAINING_IMAGE",
            "TRAINING_ROLE_ARN",
            "EMBEDDED_TRAINING_SECONDS",
            "TRAINING_TIMEOUT_HOURS",
        ),
        rights=lambda place: (
            *grants.read_objects(place, "media", "*/training/*"),
            *grants.update_jobs(place),
            *grants.remember_versions(place),
            *grants.read_projects(place),
            *grants.train_models(place),
            *grants.train_embedded_models(place),
        ),
    ),
    FunctionSpec(
        name="check_model_version",
        memory_mb=512,
        timeout_seconds=60,
        environment=("JOBS_TABLE", "MODELS_TABLE"),
        rights=lambda place: (
            *grants.update_jobs(place),
            *grants.remember_versions(place),
            *grants.describe_models(place),
            *grants.describe_training_jobs(place),
        ),
    ),
    FunctionSpec(
        name="register_model",
        memory_mb=1024,
        timeout_seconds=120,
        environment=(
            "MEDIA_BUCKET",
            "RESULTS_BUCKET",
            "PROJECTS_TABLE",
            "JOBS_TABLE",
            "MODELS_TABLE",
            "EVENT_BUS",
            "SPENDING_TABLE",
            "MIN_CONFIDENCE",
        ),
        rights=lambda place: (
            *grants.read_objects(place, "media", "*/training/*"),
            *grants.write_objects(place, "media", "*/training/*/model.json"),
            *grants.activate_models(place),
            *grants.update_jobs(place),
            *grants.remember_versions(place),
            *grants.describe_models(place),
            *grants.describe_training_jobs(place),
            *grants.keep_models(place),
            *grants.publish_events(place),
            *grants.book_spending(place),
        ),
    ),
    FunctionSpec(
        name="request_labeling",
        memory_mb=512,
        timeout_seconds=60,
        environment=(
            "MEDIA_BUCKET",
            "JOBS_TABLE",
            "TASKS_TABLE",
            "EVENT_BUS",
            "LABELING_JOB_ARN_PREFIX",
            "LABELING_ROLE_ARN",
            "WORK_TEAM_ARN",
            "WORKERS_PER_ITEM",
            "LABELING_TASK_SECONDS",
            "LABELING_DAYS_OPEN",
        ),
        rights=lambda place: (
            *grants.update_jobs(place),
            *grants.remember_waits(place),
            *grants.end_waits(place),
            *grants.ask_people(place),
            *grants.stop_labeling(place),
            *grants.publish_events(place),
        ),
    ),
    FunctionSpec(
        name="labeling_callback",
        memory_mb=512,
        timeout_seconds=60,
        environment=("TASKS_TABLE", "EVENT_BUS"),
        rights=lambda place: (*grants.end_waits(place), *grants.publish_events(place)),
    ),
    FunctionSpec(
        name="collect_annotations",
        memory_mb=3008,
        timeout_seconds=900,
        environment=("MEDIA_BUCKET", "JOBS_TABLE", "LABELING_PRICE_PER_OBJECT"),
        rights=lambda place: (
            *grants.read_objects(place, "media", "*/training/*"),
            *grants.write_objects(place, "media", "*/training/*.manifest"),
            *grants.write_objects(place, "media", "*/training/*/report.json"),
            *grants.update_jobs(place),
        ),
    ),
    FunctionSpec(
        name="record_failure",
        memory_mb=512,
        timeout_seconds=120,
        environment=(
            "MODELS_TABLE",
            *_SCHEDULES_STOPS,
            "JOBS_TABLE",
            "SPENDING_TABLE",
            "MEDIA_BUCKET",
            "WORK_BUCKET",
            "RESULTS_BUCKET",
            "EVENT_BUS",
            "LABELING_JOB_ARN_PREFIX",
        ),
        rights=lambda place: (
            *grants.book_spending(place),
            *grants.stop_labeling(place),
            *grants.stop_training_jobs(place),
            *grants.release_leases(place),
            *grants.schedule_stops(place),
            *grants.update_jobs(place),
            *grants.read_objects(place, "media", "*/training/*"),
            *grants.read_objects(place, "work", "*/failures/*"),
            *grants.read_objects(place, "results"),
            *grants.delete_objects(place, "results"),
            *grants.publish_events(place),
        ),
    ),
    FunctionSpec(
        name="stop_idle_models",
        memory_mb=512,
        timeout_seconds=120,
        environment=("MODELS_TABLE", "EVENT_BUS", "IDLE_GRACE_MINUTES"),
        rights=lambda place: (
            *grants.review_leases(place),
            *grants.stop_models(place),
            *grants.publish_events(place),
        ),
    ),
    FunctionSpec(
        name="api",
        memory_mb=1769,
        timeout_seconds=29,
        environment=(
            "MEDIA_BUCKET",
            "RESULTS_BUCKET",
            "PROJECTS_TABLE",
            "JOBS_TABLE",
            "MODELS_TABLE",
            "SPENDING_TABLE",
            "MARKS_TABLE",
            "EVENT_BUS",
            "ANALYSIS_STATE_MACHINE_ARN",
            "REKOGNITION_PROJECT_PREFIX",
            "QUOTE_TERMS",
            "BUDGET_PER_JOB",
            "BUDGET_PER_MONTH",
            "LABELING_JOB_ARN_PREFIX",
            "WORK_TEAM_ARN",
            "PORTAL_ORIGIN",
            "VIEWER_ROLE",
            "EDITOR_ROLE",
            "TEAM_POOL_ID",
            "LABELER_POOL_ID",
            "LABELER_GROUP",
            "LABELING_NOTICES_ARN",
        ),
        rights=lambda place: (
            *grants.read_objects(place, "media", "inbox/*"),
            *grants.upload_objects(place),
            *grants.read_objects(place, "results"),
            *grants.manage_projects(place),
            *grants.list_jobs(place),
            *grants.cancel_jobs(place),
            *grants.run_models(place),
            *grants.know_spending(place),
            *grants.keep_marks(place),
            *grants.follow_labeling(place),
            *grants.tell_labelers(place),
            *grants.publish_events(place),
        ),
    ),
)
