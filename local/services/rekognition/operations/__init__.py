"""The API's operations: functions of the context, the caller and the validated parameters to a result."""

from collections.abc import Callable, Mapping
from typing import Any

from local.services.aws_json.signature import Caller
from local.services.aws_json.wire import Wire
from local.services.rekognition.context import Context
from local.services.rekognition.operations import datasets, detection, projects, tags, versions

WIRE = Wire("rekognition")

Operation = Callable[[Context, Caller, dict[str, Any]], dict[str, Any]]

OPERATIONS: Mapping[str, Operation] = {
    "CreateProject": projects.create,
    "DescribeProjects": projects.describe,
    "DeleteProject": projects.delete,
    "CreateDataset": datasets.create,
    "DescribeDataset": datasets.describe,
    "DeleteDataset": datasets.delete,
    "UpdateDatasetEntries": datasets.update_entries,
    "ListDatasetEntries": datasets.list_entries,
    "CreateProjectVersion": versions.create,
    "DescribeProjectVersions": versions.describe,
    "DeleteProjectVersion": versions.delete,
    "StartProjectVersion": versions.start,
    "StopProjectVersion": versions.stop,
    "DetectCustomLabels": detection.detect,
    "TagResource": tags.tag,
    "UntagResource": tags.untag,
    "ListTagsForResource": tags.list_tags,
}
