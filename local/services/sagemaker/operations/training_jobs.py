"""CreateTrainingJob, DescribeTrainingJob, StopTrainingJob."""

from typing import Any

from local.services.aws_json.errors import ServiceError
from local.services.aws_json.signature import Caller
from local.services.sagemaker.context import Context, arn_prefix
from local.services.sagemaker.errors import in_use, invalid
from local.services.sagemaker.training import lifecycle
from local.services.sagemaker.training.records import TrainingJobRecord, Transition

MOST_AT_ONCE = 2
"""Jobs that the account trains at a time: what one machine can bear."""
_ECHOED = (
    "HyperParameters",
    "AlgorithmSpecification",
    "RoleArn",
    "InputDataConfig",
    "OutputDataConfig",
    "ResourceConfig",
    "StoppingCondition",
    "EnableNetworkIsolation",
    "CheckpointConfig",
    "Environment",
    "RetryStrategy",
)
"""What DescribeTrainingJob repeats of the request."""


def create(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    name = params["TrainingJobName"]
    arn = _arn(caller, name)
    with context.store.lock:
        if context.store.exists(arn):
            raise in_use(
                "Training job names must be unique within an AWS account and region, and a training job with "
                f"this name already exists ({arn})"
            )
        going_on = [
            job
            for job in context.store.every(TrainingJobRecord, arn_prefix(caller))
            if job.status in ("InProgress", "Stopping")
        ]
        if len(going_on) >= MOST_AT_ONCE:
            raise ServiceError(
                "ResourceLimitExceeded",
                f"The account-level service limit for training jobs is {MOST_AT_ONCE} Instances, with "
                f"current utilization of {len(going_on)} Instances and a request delta of 1 Instances.",
            )
        job = lifecycle.begun(arn, params, context.now())
        context.store.put(job)
        context.store.tag(arn, {tag["Key"]: tag["Value"] for tag in params.get("Tags", [])})
    context.trainings.start(job)
    return {"TrainingJobArn": arn}


def describe(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    job = _job(context, caller, params)
    told: dict[str, Any] = {
        "TrainingJobName": job.name,
        "TrainingJobArn": job.arn,
        "ModelArtifacts": {"S3ModelArtifacts": job.model_uri if job.status == "Completed" else ""},
        "TrainingJobStatus": job.status,
        "SecondaryStatus": job.secondary,
        "CreationTime": job.created_at,
        "LastModifiedTime": job.transitions[-1].began,
        "SecondaryStatusTransitions": [_transition(one) for one in job.transitions],
    }
    told |= {name: job.request[name] for name in _ECHOED if name in job.request}
    if job.failure_reason is not None:
        told["FailureReason"] = job.failure_reason
    if job.training_began is not None:
        told["TrainingStartTime"] = job.training_began
    if job.training_began is not None and job.training_ended is not None:
        seconds = max(1, round((job.training_ended - job.training_began).total_seconds()))
        told |= {
            "TrainingEndTime": job.training_ended,
            "TrainingTimeInSeconds": seconds,
            "BillableTimeInSeconds": seconds,
        }
    return told


def stop(context: Context, caller: Caller, params: dict[str, Any]) -> dict[str, Any]:
    with context.store.lock:
        job = _job(context, caller, params)
        context.store.put(lifecycle.stopping(job, context.now()))
    context.trainings.stop(job.arn)
    return {}


def _job(context: Context, caller: Caller, params: dict[str, Any]) -> TrainingJobRecord:
    job = context.store.get(TrainingJobRecord, _arn(caller, params["TrainingJobName"]))
    if job is None:
        # As AWS says it, although the API's reference lists ResourceNotFound.
        raise invalid("Requested resource not found.")
    return job


def _arn(caller: Caller, name: str) -> str:
    return f"{arn_prefix(caller)}training-job/{name}"


def _transition(one: Transition) -> dict[str, Any]:
    ended = {} if one.ended is None else {"EndTime": one.ended}
    return {"Status": one.status, "StartTime": one.began, **ended}
