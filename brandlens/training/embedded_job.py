"""A version of the embedded detector -> the SageMaker training job that makes it.

https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html
"""

import hashlib
from typing import Any

from pydantic import Field

from brandlens.jobs import Value
from brandlens.training.files import PICTURES

TRAIN_CHANNEL, TEST_CHANNEL, PICTURES_CHANNEL = "train", "test", "pictures"
"""What the job is given, each a folder in its container."""
MODEL_FILE, EVALUATION_FILE = "model.zip", "evaluation.json"
"""What the job leaves: the model as `brandlens.detect.artifact` saves it, and its evaluation on the test
pictures as `brandlens.detect.evaluation.summary_file` writes it."""

PROGRAM = ("python", "-m", "brandlens.detect.sagemaker")
INSTANCE_TYPE = "ml.m5.xlarge"
"""4 virtual processors and 16 GiB; `brandlens/cost/prices.json` has its price."""
_VOLUME_GB = 30
"""Room for a hundred thousand pictures of 0.2 MB."""
_MOST_RETRIES = 3
"""How often SageMaker begins anew after a fault of its own; the checkpoint keeps what was learned."""
_SEED = 1
_MOST_OF_A_PREFIX = 46
"""Characters of a job's name before its version's: a name has 63 at most, a version 15 and a dash."""
_DIGEST_LENGTH = 8


class Hyperparameters(Value):
    """What the training is told: the time to learn in, and what chance begins with."""

    seconds: float = Field(gt=0)
    seed: int = Field(ge=0)


class TrainingTerms(Value):
    """On what terms one environment trains the embedded detector.

    `image` and `role_arn` are what the job runs, and as whom. Checkpoints pass through `work_bucket`.
    `seconds` is the time to learn in, `most_seconds` the time after which SageMaker stops the job, however
    far it is.
    """

    image: str
    role_arn: str
    work_bucket: str
    seconds: float = Field(gt=0)
    most_seconds: int = Field(gt=0)


def job_names_prefix(name: str) -> str:
    """Return what begins the names of the training jobs of the service's project called `name`."""
    if len(name) <= _MOST_OF_A_PREFIX:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{name[: _MOST_OF_A_PREFIX - _DIGEST_LENGTH - 1].rstrip('-')}-{digest}"


def training_job_name(prefix: str, version: str) -> str:
    """Name the training job of a version: whoever asks gets the same."""
    return f"{prefix}-{version}"


def plan_training_job(
    name: str, *, bucket: str, train_manifest: str, test_manifest: str, output: str, terms: TrainingTerms
) -> dict[str, Any]:
    """Return the parameters of CreateTrainingJob.

    Manifests are keys in `bucket`, and so are their pictures, below `brandlens.training.files.PICTURES`
    beside the training manifest. `output` is a prefix there for what the job leaves.
    """
    pictures = f"{train_manifest.rpartition('/')[0]}/{PICTURES}"
    channels = {TRAIN_CHANNEL: train_manifest, TEST_CHANNEL: test_manifest, PICTURES_CHANNEL: pictures}
    hyperparameters = Hyperparameters(seconds=terms.seconds, seed=_SEED)
    return {
        "TrainingJobName": name,
        "AlgorithmSpecification": {
            "TrainingImage": terms.image,
            "TrainingInputMode": "File",
            "ContainerEntrypoint": list(PROGRAM),
        },
        "HyperParameters": {field: str(value) for field, value in hyperparameters.model_dump().items()},
        "RoleArn": terms.role_arn,
        "InputDataConfig": [
            {
                "ChannelName": channel,
                "DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{bucket}/{key}"}},
            }
            for channel, key in channels.items()
        ],
        "OutputDataConfig": {"S3OutputPath": f"s3://{bucket}/{output}", "CompressionType": "NONE"},
        "CheckpointConfig": {"S3Uri": f"s3://{terms.work_bucket}/{output}"},
        "ResourceConfig": {
            "InstanceType": INSTANCE_TYPE,
            "InstanceCount": 1,
            "VolumeSizeInGB": _VOLUME_GB,
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": terms.most_seconds},
        "RetryStrategy": {"MaximumRetryAttempts": _MOST_RETRIES},
        # All that the program needs lies in its channels.
        "EnableNetworkIsolation": True,
    }
