"""The event of a labeling job's end, on the account's default bus.

https://docs.aws.amazon.com/sagemaker/latest/dg/sms-monitor-cloud-watch.html
"""

import json
from typing import Any

from local.services.sagemaker.records import LabelingJobRecord

STATE_CHANGE = "SageMaker Ground Truth Labeling Job State Change"


class Events:
    def __init__(self, client: Any, source: str) -> None:
        self._client, self._source = client, source

    def state_changed(self, job: LabelingJobRecord) -> None:
        """Announce the state the job is in; the SDK's own error where the emulator does not take it."""
        entry = {
            "Source": self._source,
            "DetailType": STATE_CHANGE,
            "Resources": [job.arn],
            "Detail": json.dumps({"LabelingJobStatus": job.status}),
            "Time": job.since,
        }
        answer = self._client.put_events(Entries=[entry])
        assert answer["FailedEntryCount"] == 0, answer
