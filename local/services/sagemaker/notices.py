"""Telling a work team that there is something to label, by the SNS topic that it names.

https://docs.aws.amazon.com/sagemaker/latest/dg/sms-sns-manage.html
"""

import logging
from typing import Any

from botocore.exceptions import ClientError

from local.services.sagemaker.records import LabelingJobRecord, WorkteamRecord
from local.services.sagemaker.store import Store

LOG = logging.getLogger("sagemaker")


class Notices:
    """`site` is where the worker page is: host and port."""

    def __init__(self, client: Any, store: Store, site: str) -> None:
        self._client, self._store, self._site = client, store, site

    def work_is_there(self, job: LabelingJobRecord) -> None:
        """Tell the job's team; a team that cannot be told finds the job on its page all the same."""
        human = job.request["HumanTaskConfig"]
        team = self._store.get(WorkteamRecord, human["WorkteamArn"])
        topic = team and (team.notifications or {}).get("NotificationTopicArn")
        if not topic:
            return
        message = f"{human['TaskTitle']}: there is something to label at http://{self._site}"
        try:
            self._client.publish(TopicArn=topic, Subject="A new labeling job", Message=message)
        except ClientError as error:
            LOG.warning("%s was not told of %s: %s", topic, job.arn, error)
