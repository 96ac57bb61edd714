"""How the `exposures.csv` of a finished analysis gets to where the table reads it.

Athena reads whatever lies below a table's location, and a result's folder holds pictures and a report too.
So each `exposures.csv` is copied to a folder of nothing else, by the day it was finished. A copy that is made
twice is the same object.
"""

from typing import Any

FOLDER = "exposures/"


def definition(bucket: str) -> dict[str, Any]:
    """Return the state machine, in Amazon States Language, whose input is the event."""
    source = "$states.input.detail.result.bucket & '/' & $states.input.detail.result.prefix & 'exposures.csv'"
    key = (
        f"'{FOLDER}project=' & $states.input.detail.project"
        " & '/day=' & $substringBefore($states.input.detail.occurred_at, 'T')"
        " & '/' & $states.input.detail.job_id & '.csv'"
    )
    return {
        "Comment": "Copies the exposures of a finished analysis",
        "QueryLanguage": "JSONata",
        "TimeoutSeconds": 600,
        "StartAt": "Copy",
        "States": {
            "Copy": {
                "Type": "Task",
                "Resource": "arn:aws:states:::aws-sdk:s3:copyObject",
                "Arguments": {
                    "CopySource": f"{{% {source} %}}",
                    "Bucket": bucket,
                    "Key": f"{{% {key} %}}",
                },
                "Retry": [
                    {
                        "ErrorEquals": ["States.ALL"],
                        "IntervalSeconds": 2,
                        "BackoffRate": 2,
                        "MaxAttempts": 5,
                        "JitterStrategy": "FULL",
                    }
                ],
                "End": True,
            }
        },
    }
