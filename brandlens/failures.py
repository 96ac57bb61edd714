"""Finds the error of ours inside what Step Functions reports.

Each layer wraps the one below: ``startExecution.sync:2`` fails with `States.TaskFailed` and the child's
DescribeExecution as JSON in its cause; a Lambda function's cause is ``{"errorType", "errorMessage", ...}``;
an execution's status-change event has the status TIMED_OUT or ABORTED instead.
"""

import json
from collections.abc import Mapping
from typing import Any

from brandlens.errors import JobCanceled, JobTimedOut, Transient, by_code
from brandlens.jobs import JobError

TOO_MANY_FAILURES = "States.ExceedToleratedFailureThreshold"
"""What a Distributed Map fails with. It says nothing of what failed inside."""

_LONGEST = 1000
"""Characters of a message that events and the jobs table keep."""

_OURS: Mapping[str, str] = {
    "States.Timeout": JobTimedOut.__name__,
    "TIMED_OUT": JobTimedOut.__name__,
    "ABORTED": JobCanceled.__name__,
}

_SENTENCES: Mapping[str, str] = {
    JobTimedOut.__name__: "The job, or a step of it, ran longer than its time limit.",
    JobCanceled.__name__: "The job was stopped before it was done.",
    TOO_MANY_FAILURES: "More frames could not be looked at than the settings tolerate.",
    "Lambda.Unknown": "A function ended without a word, most likely for want of memory or time.",
    "Runtime.ExitError": "A function ended without a word, most likely for want of memory.",
    "Sandbox.Timedout": "A function ran longer than its time limit.",
}
"""What to say for errors whose causes are empty or tell a reader nothing."""


def job_error(error: str, cause: str | None) -> JobError:
    """Unwrap `error` and `cause`, as a state machine caught them, to the innermost error.

    The code is one of our leaves, else the name as AWS or Python gave it.
    """
    name, message = _innermost(error, cause or "")
    code = _OURS.get(name, name)
    leaf = by_code(code)
    if leaf is None or not message:
        unforeseen = f"The work failed unexpectedly: {code}: {message or 'no further word'}"
        message = _SENTENCES.get(code, unforeseen)
    retryable = leaf is not None and issubclass(leaf, Transient)
    return JobError(code=code, message=message[:_LONGEST], retryable=retryable)


def _innermost(error: str, cause: str) -> tuple[str, str]:
    wrapped = _json_object(cause)
    if "errorType" in wrapped:
        return str(wrapped["errorType"]), str(wrapped.get("errorMessage") or "")
    if "Error" in wrapped:
        return _innermost(str(wrapped["Error"]), str(wrapped.get("Cause") or ""))
    if wrapped.get("Status") in _OURS:
        return str(wrapped["Status"]), ""
    return error, "" if wrapped else cause.strip()


def _json_object(text: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
