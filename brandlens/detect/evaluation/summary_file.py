"""Writes the evaluation of a model as Custom Labels does, in the summary file that
https://docs.aws.amazon.com/rekognition/latest/customlabels-dg/im-summary-file.html lays out.

`brandlens.training.evaluation` reads it, whoever trained the model.
"""

import json
from collections.abc import Mapping
from datetime import datetime

from brandlens.detect.evaluation.assumed_thresholds import Score, overall


def summary_file(
    scores: Mapping[str, Score],
    *,
    version: str,
    train_pictures: int,
    test_pictures: int,
    showing: Mapping[str, int],
    ended_at: datetime,
) -> bytes:
    """Return the summary as JSON.

    `version` is the ARN, or the name, of what was evaluated. `showing` is how many of the test pictures show
    each label. `ended_at` is in UTC.
    """
    document = {
        "Version": 1,
        "EvaluationDetails": {
            "ProjectVersionArn": version,
            "EvaluationEndTimestamp": ended_at.replace(tzinfo=None).isoformat(),
            "Labels": sorted(scores),
            "NumberOfTrainingImages": train_pictures,
            "NumberOfTestingImages": test_pictures,
        },
        "AggregatedEvaluationResults": {"Metrics": _metrics(overall(list(scores.values())))},
        "LabelEvaluationResults": [
            {
                "Label": label,
                "Metrics": {**_metrics(score), "Threshold": score.threshold / 100},
                "NumberOfTestingImages": showing[label],
            }
            for label, score in sorted(scores.items(), key=lambda item: item[1].f1)
        ],
    }
    return json.dumps(document).encode()


def _metrics(score: Score) -> dict[str, float]:
    return {"Precision": score.precision, "Recall": score.recall, "F1Score": score.f1}
