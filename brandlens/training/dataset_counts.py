"""How much is in a dataset, read from its manifests as Custom Labels takes them."""

import json

from brandlens.labels.manifest import OBJECT_DETECTION
from brandlens.labels.manifest_lines import attributes_of
from brandlens.training.scores import DataCounts


def dataset_counts(train: bytes, test: bytes) -> DataCounts:
    """Count the pictures of both manifests, and the boxes of both together."""
    lines = [[json.loads(line) for line in part.splitlines() if line.strip()] for part in (train, test)]
    boxes = [
        len(fields[attribute]["annotations"])
        for fields in lines[0] + lines[1]
        for attribute in attributes_of(fields, [OBJECT_DETECTION])
    ]
    return DataCounts(train_pictures=len(lines[0]), test_pictures=len(lines[1]), boxes=sum(boxes))
