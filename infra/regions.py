"""Where a stack can be: models are trained and asked, and people label, in its own region."""

from brandlens.labeling.regions import ACCOUNTS as GROUND_TRUTH

CUSTOM_LABELS = frozenset({
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "us-east-1",
    "us-east-2",
    "us-west-2",
})  # fmt: skip
"""Where Rekognition has Custom Labels: https://docs.aws.amazon.com/general/latest/gr/rekognition.html."""

REGIONS = tuple(sorted(CUSTOM_LABELS & GROUND_TRUTH.keys()))
