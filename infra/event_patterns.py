"""Which events start what, as EventBridge event patterns."""

from typing import Any

from brandlens.events import SOURCE


def dropped_objects(bucket: str) -> dict[str, Any]:
    """An object was created below `inbox/` of the bucket."""
    return {
        "source": ["aws.s3"],
        "detail-type": ["Object Created"],
        "detail": {"bucket": {"name": [bucket]}, "object": {"key": [{"prefix": "inbox/"}]}},
    }


def failed_executions(*state_machine_arns: str) -> dict[str, Any]:
    """An execution of one of the machines ended without success, even where it could not say so itself."""
    return {
        "source": ["aws.states"],
        "detail-type": ["Step Functions Execution Status Change"],
        "detail": {"stateMachineArn": list(state_machine_arns), "status": ["FAILED", "TIMED_OUT", "ABORTED"]},
    }


def ended_labeling_jobs(source: str, job_arn_prefix: str) -> dict[str, Any]:
    """A labeling job whose ARN begins so has ended. `source` is `aws.sagemaker`, but for emulators."""
    return {
        "source": [source],
        "detail-type": ["SageMaker Ground Truth Labeling Job State Change"],
        "resources": [{"prefix": job_arn_prefix}],
        "detail": {"LabelingJobStatus": ["Completed", "Failed", "Stopped"]},
    }


def published_events() -> dict[str, Any]:
    """Whatever brandlens publishes."""
    return {"source": [SOURCE]}
