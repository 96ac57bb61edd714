"""A topic whose subscribers are told by e-mail."""

from typing import TYPE_CHECKING

import boto3

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

_PENDING = "PendingConfirmation"


class Topic:
    """A `Notices`. SNS asks whoever is subscribed for their consent by e-mail."""

    def __init__(self, topic_arn: str, session: boto3.Session | None = None) -> None:
        self._topic = topic_arn
        self._client: SNSClient = (session or default_session()).client("sns", config=CONFIG)

    def subscribe(self, email: str) -> None:
        with mapped_errors("nobody could be subscribed to notices"):
            self._client.subscribe(TopicArn=self._topic, Protocol="email", Endpoint=email)

    def unsubscribe(self, email: str) -> None:
        with mapped_errors("nobody could be unsubscribed from notices"):
            pages = self._client.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=self._topic)
            for subscription in (each for page in pages for each in page["Subscriptions"]):
                # One that was never confirmed has no ARN to end it by, and ends by itself in three days.
                if subscription["Endpoint"] == email and subscription["SubscriptionArn"] != _PENDING:
                    self._client.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
