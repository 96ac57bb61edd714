"""Where a training's files lie.

What is kept lies in the media bucket below `training_prefix`: the dataset, what is known of it, and the
evaluation of the model it gave. What passes lies in the work bucket below `brandlens.jobs.result_prefix`, and
is gone before people may have labeled everything.
"""

from brandlens.jobs import Job, JobRecord

PICTURES = "pictures/"
"""Kept: the pictures of the dataset, named by `picture_file`."""
PICTURES_LIST = "pictures.jsonl"
"""Kept: the pictures of the dataset, a `brandlens.training.pictures.DatasetPicture` a line."""
DATASET_WARNINGS = "warnings.json"
"""Kept: what the reader of the data report must know of the files (`brandlens.workfiles.WARNINGS`)."""
BROUGHT_LABELS = "labels.jsonl"
"""Kept, where annotations came with the batch: their labels, of the pictures of the list and in its order.

`brandlens.training.brought_labels` reads it.
"""
LABELING = "labeling/"
"""Kept: what people are asked to label, and what they answered."""
TRAIN_MANIFEST = "train.manifest"
TEST_MANIFEST = "test.manifest"
REPORT = "report.json"
"""Kept: the data report."""
EVALUATION = "evaluation/"
"""Kept: where the service writes its evaluation of the model."""
MODEL = "model.json"
"""Kept: what came of the training, a `brandlens.training.versions.TrainedModel`."""

ITEMS = "items.jsonl"
"""Passing: the files of the batch, a `brandlens.training.items.BatchItem` a line."""
PARTS = "parts/"
"""Passing: below it, each file's frames in a folder of its own, as `brandlens.workfiles` names them."""
PART_PLAN = "plan.json"
"""Passing, in a part's folder: what its file is and how its frames are picked, as probe_media answered."""
PART_FAILURE = "failure.json"
"""Passing, in a part's folder: why its file could not be used, a `JobError`."""


def artifact_key(project: str, version: str) -> str:
    """Key in the results bucket of an embedded model. No project's name begins so, and no job's results."""
    return f"_models/{project}/{version}/model.zip"


def training_prefix(job: Job | JobRecord) -> str:
    """Key prefix in the media bucket of everything that a training leaves."""
    return f"{job.project}/training/{job.job_id}/"


def picture_file(part: str, index: int) -> str:
    """Name a picture of the dataset below `PICTURES`: its file's part, and its slot on that file's grid."""
    return f"{part}/{index:08d}.jpg"
