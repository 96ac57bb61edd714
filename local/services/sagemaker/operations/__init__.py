"""The API's operations: functions of the context, the caller and the validated parameters to a result."""

from collections.abc import Callable, Mapping
from typing import Any

from local.services.aws_json.signature import Caller
from local.services.aws_json.wire import Wire
from local.services.sagemaker.context import Context
from local.services.sagemaker.operations import labeling_jobs, training_jobs, workforces, workteams

WIRE = Wire("sagemaker")

Operation = Callable[[Context, Caller, dict[str, Any]], dict[str, Any]]

OPERATIONS: Mapping[str, Operation] = {
    "CreateWorkforce": workforces.create,
    "DescribeWorkforce": workforces.describe,
    "ListWorkforces": workforces.list_all,
    "DeleteWorkforce": workforces.delete,
    "CreateWorkteam": workteams.create,
    "UpdateWorkteam": workteams.update,
    "DescribeWorkteam": workteams.describe,
    "ListWorkteams": workteams.list_all,
    "DeleteWorkteam": workteams.delete,
    "CreateLabelingJob": labeling_jobs.create,
    "DescribeLabelingJob": labeling_jobs.describe,
    "ListLabelingJobs": labeling_jobs.list_all,
    "StopLabelingJob": labeling_jobs.stop,
    "CreateTrainingJob": training_jobs.create,
    "DescribeTrainingJob": training_jobs.describe,
    "StopTrainingJob": training_jobs.stop,
}
