"""CreateLabelingJob, DescribeLabelingJob, ListLabelingJobs, StopLabelingJob."""

import uuid
from collections.abc import Mapping
from typing import Any

from local.services.aws_json.paging import page
from local.services.aws_json.signature import Caller
from local.services.sagemaker import lifecycle
from local.services.sagemaker.context import Context, arn_prefix
from local.services.sagemaker.errors import in_use, invalid
from local.services.sagemaker.operations import workteams
from local.services.sagemaker.operations.sorting import in_order
from local.services.sagemaker.records import LabelingJobRecord
from local.services.sagemaker.task_types import task_type_of

_ECHOED = (
    "LabelAttributeName",
    "InputConfig",
    "OutputConfig",
    "RoleArn",
    "LabelCategoryConfigS3Uri",
    "StoppingConditions",
    "LabelingJobAlgorithmsConfig",
    "HumanTaskConfig",
    "Tags",
)
"""What DescribeLabelingJob repeats of the request."""


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    name = params["LabelingJobName"]
    task_type = task_type_of(params, caller.region)
    team = params["HumanTaskConfig"]["WorkteamArn"]
    if not workteams.exists(context, caller, team):
        raise invalid(f"The work team {team} does not exist.")
    arn = f"{arn_prefix(caller)}labeling-job/{name.lower()}"
    with context.store.lock:
        if context.store.exists(arn):
            raise in_use(f"A labeling job with the name {name} already exists.")
        now = context.now()
        context.store.put(
            LabelingJobRecord(
                arn=arn,
                created_at=now,
                name=name,
                reference=uuid.uuid4().hex[:16],
                task_type=task_type,
                status="Initializing",
                since=now,
                request=params,
            )
        )
        context.store.tag(arn, {tag["Key"]: tag["Value"] for tag in params.get("Tags", [])})
    return {"LabelingJobArn": arn}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    job = context.job(params["LabelingJobName"], caller)
    return {
        **_summary(context, job),
        "JobReferenceCode": job.reference,
        **{name: job.request[name] for name in _ECHOED if name in job.request},
    }


def list_all(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    jobs = [job for job in context.store.every(LabelingJobRecord, arn_prefix(caller)) if _wanted(job, params)]
    ordered = in_order(
        jobs,
        params,
        {
            "Name": lambda job: job.name,
            "CreationTime": lambda job: job.created_at,
            "Status": lambda job: job.status,
        },
        default="CreationTime",
    )
    shown, token = page(ordered, params, refusal="ValidationException")
    return {"LabelingJobSummaryList": [_list_entry(context, job) for job in shown], **token}


def stop(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        job = context.job(params["LabelingJobName"], caller)
        context.store.put(lifecycle.stopping(job, context.now()))
    return {}


def _wanted(job: LabelingJobRecord, params: Mapping[str, Any]) -> bool:
    bounds = (
        ("CreationTimeAfter", "CreationTimeBefore", job.created_at),
        ("LastModifiedTimeAfter", "LastModifiedTimeBefore", job.since),
    )
    return params.get("StatusEquals", job.status) == job.status and all(
        params.get(after, time) <= time <= params.get(before, time) for after, before, time in bounds
    )


def _summary(context: Context, job: LabelingJobRecord) -> dict[str, Any]:
    summary: dict[str, Any] = {
        "LabelingJobName": job.name,
        "LabelingJobArn": job.arn,
        "LabelingJobStatus": job.status,
        "LabelCounters": _counters(context, job),
        "CreationTime": job.created_at,
        "LastModifiedTime": job.since,
    }
    if job.failure_reason is not None:
        summary["FailureReason"] = job.failure_reason
    if job.output_manifest is not None:
        summary["LabelingJobOutput"] = {"OutputDatasetS3Uri": job.output_manifest}
    return summary


def _list_entry(context: Context, job: LabelingJobRecord) -> dict[str, Any]:
    human = job.request["HumanTaskConfig"]
    return {
        **_summary(context, job),
        "WorkteamArn": human["WorkteamArn"],
        "PreHumanTaskLambdaArn": human["PreHumanTaskLambdaArn"],
        **human["AnnotationConsolidationConfig"],
        "InputConfig": job.request["InputConfig"],
    }


def _counters(context: Context, job: LabelingJobRecord) -> dict[str, int]:
    done, total = context.store.tasks_done(job.arn)
    over = job.status in ("Completed", "Failed")
    return {
        "TotalLabeled": done,
        "HumanLabeled": done,
        "MachineLabeled": 0,
        "FailedNonRetryableError": total - done if over else 0,
        "Unlabeled": 0 if over else total - done,
    }
