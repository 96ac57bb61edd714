"""The state machines: which there are, what their templates' markers stand for and what their roles need."""

from collections.abc import Iterable, Mapping
from typing import Any

from infra import asl
from infra.functions import FUNCTIONS
from infra.naming import Place, pascal
from infra.policies import TRACING, Statement, allow, allow_anywhere
from infra.settings import Settings

MACHINES = ("model-start", "model-training", "analysis-image", "analysis-video", "analysis", "training")
"""Every machine, those that others start before those that start them."""

DETECT_BATCH_SIZE = 20
"""Frames of one detection call; at Rekognition's usual fraction of a second each, well inside its timeout."""

LABELING_SLACK_SECONDS = 3600
"""How long after its last day a labeling job may take to say how it ended."""

PREPARE_BATCH_SIZE = 10
"""Files of a batch that one probe_media call looks at, four at a time: seconds each, if they are large."""

CALLS_PER_INFERENCE_UNIT = 2
"""Batches looked at at once for each inference unit: one goes on while another begins or ends."""


def marker_values(place: Place, settings: Settings) -> dict[str, str]:
    """What every marker of every template stands for, by marker."""
    functions = {f"{pascal(spec.name)}Arn": place.function_arn(spec.name) for spec in FUNCTIONS}
    machines = {f"{pascal(machine)}Arn": place.state_machine_arn(machine) for machine in MACHINES}
    return (
        functions
        | machines
        | {
            "WorkBucket": place.bucket("work"),
            "ExtractConcurrency": str(settings.extract_concurrency),
            "DetectConcurrency": str(settings.max_inference_units * CALLS_PER_INFERENCE_UNIT),
            "CallsPerInferenceUnit": str(CALLS_PER_INFERENCE_UNIT),
            "DetectBatchSize": str(DETECT_BATCH_SIZE),
            "PrepareBatchSize": str(PREPARE_BATCH_SIZE),
            "ModelPollSeconds": str(settings.model_poll_seconds),
            "LabelingTimeoutSeconds": str(settings.labeling_days_open * 24 * 3600 + LABELING_SLACK_SECONDS),
            "TrainingPollSeconds": str(settings.training_poll_seconds),
            "TrainingTimeoutHours": f"{settings.training_timeout_hours:g}",
            "ToleratedFailurePercentage": str(settings.tolerated_failure_percentage),
        }
    )


def definitions(place: Place, settings: Settings, templates: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every machine's definition, its template filled, by the machine's name.

    Raises
    ------
    TemplateRefused
        A template is no JSON, a marker in it is none of ours, or it is mistyped; the machine is named.
    """
    values = marker_values(place, settings)
    filled = {}
    for machine, template in templates.items():
        named = asl.markers(template)
        try:
            filled[machine] = asl.render(
                template, {marker: values[marker] for marker in named & values.keys()}
            )
            asl.require_sound(template, filled[machine])
        except asl.TemplateRefused as error:
            raise asl.TemplateRefused(
                f"statemachines/{machine}.asl.json cannot be filled: {error}"
            ) from error
    return filled


def called(names: Iterable[str], markers: frozenset[str]) -> tuple[str, ...]:
    """Those functions or machines among `names` that a template with these markers calls."""
    return tuple(name for name in names if f"{pascal(name)}Arn" in markers)


def rights(
    place: Place, machine: str, markers: frozenset[str], *, distributed: bool, reads_items: bool
) -> tuple[Statement, ...]:
    """What the machine's role may do: call exactly the functions and machines its template names, and log.

    `distributed` machines hold a Distributed Map, whose children are executions of the machine itself. One
    that `reads_items` has them from a job's list of files.
    """
    functions = [place.function_arn(name) for name in called((spec.name for spec in FUNCTIONS), markers)]
    children = called(MACHINES, markers)
    statements = [allow("lambda:InvokeFunction", on=functions)]
    if children:
        statements += [
            allow("states:StartExecution", on=[place.state_machine_arn(child) for child in children]),
            allow(
                "states:DescribeExecution",
                "states:StopExecution",
                on=[place.executions_arn(child) for child in children],
            ),
            # The rule by which Step Functions learns that a child of .sync has ended; it bears this name.
            allow(
                "events:PutTargets",
                "events:PutRule",
                "events:DescribeRule",
                on=place.arn("events", "rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"),
            ),
        ]
    if distributed:
        statements += [
            allow("states:StartExecution", on=place.state_machine_arn(machine)),
            allow("states:DescribeExecution", "states:StopExecution", on=place.executions_arn(machine)),
        ]
    if "WorkBucket" in markers:
        statements.append(allow("s3:ListBucket", on=place.bucket_arn("work")))
    if reads_items:
        statements.append(allow("s3:GetObject", on=f"{place.bucket_arn('work')}/*/items.jsonl"))
    return (*statements, _DELIVER_LOGS, TRACING)


_DELIVER_LOGS = allow_anywhere(
    "logs:CreateLogDelivery",
    "logs:GetLogDelivery",
    "logs:UpdateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:DescribeResourcePolicies",
    "logs:DescribeLogGroups",
    because="CloudWatch Logs' delivery actions have no resource types",
)
