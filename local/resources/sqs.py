"""Queues and who may send to them."""

from local.aws import Aws
from local.resources.iam import document
from local.resources.kinds import Inputs, Kind, Made, unless

GONE = ("AWS.SimpleQueueService.NonExistentQueue", "QueueDoesNotExist")

ATTRIBUTES = {
    "delaySeconds": "DelaySeconds",
    "maxMessageSize": "MaximumMessageSize",
    "messageRetentionSeconds": "MessageRetentionPeriod",
    "receiveWaitTimeSeconds": "ReceiveMessageWaitTimeSeconds",
    "visibilityTimeoutSeconds": "VisibilityTimeout",
    "redrivePolicy": "RedrivePolicy",
    "redriveAllowPolicy": "RedriveAllowPolicy",
    "kmsMasterKeyId": "KmsMasterKeyId",
    "sqsManagedSseEnabled": "SqsManagedSseEnabled",
}


def put_queue(aws: Aws, inputs: Inputs) -> Made:
    sqs, name = aws.client("sqs"), inputs["name"]
    attributes = {
        theirs: str(inputs[ours]).lower() if isinstance(inputs[ours], bool) else str(inputs[ours])
        for ours, theirs in ATTRIBUTES.items()
        if inputs.get(ours) is not None
    }
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    if attributes:
        sqs.set_queue_attributes(QueueUrl=url, Attributes=attributes)
    if tags := inputs.get("tags"):
        sqs.tag_queue(QueueUrl=url, Tags=tags)
    return Made(url, {"arn": aws.arn("sqs", name), "url": url})


def delete_queue(aws: Aws, url: str, _inputs: Inputs) -> None:
    with unless(*GONE):
        aws.client("sqs").delete_queue(QueueUrl=url)


def put_policy(aws: Aws, inputs: Inputs) -> Made:
    aws.client("sqs").set_queue_attributes(
        QueueUrl=inputs["queueUrl"], Attributes={"Policy": document(inputs["policy"])}
    )
    return Made(inputs["queueUrl"])


def delete_policy(aws: Aws, url: str, _inputs: Inputs) -> None:
    with unless(*GONE):
        aws.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": ""})


KINDS = {
    "aws:sqs/queue:Queue": Kind(
        put_queue,
        delete_queue,
        named_by="name",
        fingerprint=lambda aws: aws.endpoint,  # it is in the queue's URL
    ),
    "aws:sqs/queuePolicy:QueuePolicy": Kind(put_policy, delete_policy, replaced_when=("queueUrl",)),
}
