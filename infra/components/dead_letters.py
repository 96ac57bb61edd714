"""The queue where events end that nobody could handle."""

import pulumi
import pulumi_aws as aws

from infra.naming import Place
from infra.policies import Statement, document, refuse_plaintext

RETENTION_SECONDS = 14 * 24 * 3600
"""The longest SQS offers: time to notice, mend and redrive."""


class DeadLetters(pulumi.ComponentResource):
    """Makes the queue and its policy: EventBridge's rules of this stack may send, plaintext may not."""

    def __init__(self, place: Place, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:DeadLetters", "dead-letters", None, opts)
        child = pulumi.ResourceOptions(parent=self)
        name = place.name("dead-letters")
        self.arn = place.arn("sqs", name)
        self.queue = aws.sqs.Queue(
            "dead-letters",
            name=name,
            message_retention_seconds=RETENTION_SECONDS,
            sqs_managed_sse_enabled=True,
            opts=child,
        )
        from_rules = Statement(
            ("sqs:SendMessage",),
            (self.arn,),
            services=("events.amazonaws.com",),
            conditions={"ArnLike": {"aws:SourceArn": place.arn("events", f"rule/{place.prefix}*")}},
        )
        aws.sqs.QueuePolicy(
            "dead-letters",
            queue_url=self.queue.url,
            policy=document(from_rules, refuse_plaintext(self.arn, actions="sqs:*")),
            opts=child,
        )
        self.register_outputs({"url": self.queue.url})
