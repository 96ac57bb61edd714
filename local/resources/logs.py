"""Log groups, and the policies by which services write to them."""

from local.aws import Aws
from local.resources.iam import document
from local.resources.kinds import Inputs, Kind, Made, unless

GONE = "ResourceNotFoundException"


def put_group(aws: Aws, inputs: Inputs) -> Made:
    logs, name = aws.client("logs"), inputs["name"]
    with unless("ResourceAlreadyExistsException"):
        logs.create_log_group(logGroupName=name, tags=inputs.get("tags") or {})
    if days := inputs.get("retentionInDays"):
        logs.put_retention_policy(logGroupName=name, retentionInDays=days)
    return Made(name, {"arn": aws.arn("logs", f"log-group:{name}")})


def delete_group(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("logs").delete_log_group(logGroupName=name)


def put_resource_policy(aws: Aws, inputs: Inputs) -> Made:
    aws.client("logs").put_resource_policy(
        policyName=inputs["policyName"], policyDocument=document(inputs["policyDocument"])
    )
    return Made(inputs["policyName"])


def delete_resource_policy(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("logs").delete_resource_policy(policyName=name)


KINDS = {
    "aws:cloudwatch/logGroup:LogGroup": Kind(put_group, delete_group, named_by="name"),
    "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": Kind(
        put_resource_policy, delete_resource_policy, named_by="policyName"
    ),
}
