"""Topics and who may publish to them."""

from local.aws import Aws
from local.resources.iam import document
from local.resources.kinds import Inputs, Kind, Made, nothing_to_delete, tag_list, unless

GONE = "NotFoundException"
_ATTRIBUTES = {"displayName": "DisplayName", "kmsMasterKeyId": "KmsMasterKeyId"}


def put_topic(aws: Aws, inputs: Inputs) -> Made:
    client = aws.client("sns")
    arn = client.create_topic(Name=inputs["name"], Tags=tag_list(inputs))["TopicArn"]
    for ours, theirs in _ATTRIBUTES.items():
        if inputs.get(ours) is not None:
            client.set_topic_attributes(TopicArn=arn, AttributeName=theirs, AttributeValue=inputs[ours])
    return Made(arn, {"arn": arn})


def delete_topic(aws: Aws, arn: str, _inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("sns").delete_topic(TopicArn=arn)


def put_policy(aws: Aws, inputs: Inputs) -> Made:
    policy = document(inputs["policy"])
    aws.client("sns").set_topic_attributes(
        TopicArn=inputs["arn"], AttributeName="Policy", AttributeValue=policy
    )
    return Made(inputs["arn"])


KINDS = {
    "aws:sns/topic:Topic": Kind(put_topic, delete_topic, named_by="name"),
    "aws:sns/topicPolicy:TopicPolicy": Kind(put_policy, nothing_to_delete, replaced_when=("arn",)),
}
