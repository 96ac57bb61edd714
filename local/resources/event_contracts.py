"""EventBridge's archive of events, and its registry of schemas.

The emulator has no registry: the schemas are noted as made and kept nowhere. Nothing here asks for them.
"""

from typing import Any

from local.aws import Aws
from local.resources.iam import document
from local.resources.kinds import Inputs, Kind, Made, given, nothing_to_delete, unless

GONE = "ResourceNotFoundException"


def put_archive(aws: Aws, inputs: Inputs) -> Made:
    events, name = aws.client("events"), inputs["name"]
    asked: dict[str, Any] = given(
        Description=inputs.get("description"),
        EventPattern=document(inputs["eventPattern"]) if inputs.get("eventPattern") else None,
        RetentionDays=inputs.get("retentionDays"),
    )
    try:
        events.create_archive(ArchiveName=name, EventSourceArn=inputs["eventSourceArn"], **asked)
    except events.exceptions.ResourceAlreadyExistsException:
        events.update_archive(ArchiveName=name, **asked)
    return Made(name, {"arn": aws.arn("events", f"archive/{name}")})


def delete_archive(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("events").delete_archive(ArchiveName=name)


def _noted(_aws: Aws, inputs: Inputs) -> Made:
    return Made(inputs["name"])


KINDS = {
    "aws:cloudwatch/eventArchive:EventArchive": Kind(
        put_archive, delete_archive, named_by="name", replaced_when=("eventSourceArn",)
    ),
    "aws:schemas/registry:Registry": Kind(_noted, nothing_to_delete, named_by="name"),
    "aws:schemas/schema:Schema": Kind(_noted, nothing_to_delete, named_by="name"),
}
