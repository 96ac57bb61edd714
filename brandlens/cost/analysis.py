"""What an analysis used, from what its state machine measured, or from what that will be at most."""

from pydantic import Field

from brandlens.cost.usage import Usage
from brandlens.jobs import Value

EXTRACT_GB = 3008 / 1024
"""Memory of extract_frames, in GiB."""

DETECT_GB = 1769 / 1024
"""Memory of detect_brands, in GiB."""

EXPRESS_GB = 1 / 16
"""Memory that an Express execution is charged for, in GiB: one chunk of 64 MiB."""


class Spent(Value):
    """What the state machine measured.

    `model_seconds` is how long the job held its running model, on `inference_units`, both 0 where none had to
    run. `detect_seconds` is how long detection took, `detect_concurrency` how many batches it looked at at
    once, `extract_gb_seconds` what extraction used of Lambda. `leases_left` is how many other jobs still
    needed the model when this one let it go; null where the job held none.
    """

    model_seconds: float = Field(ge=0)
    detect_seconds: float = Field(ge=0)
    detect_concurrency: int = Field(ge=1)
    extract_gb_seconds: float = Field(ge=0)
    leases_left: int | None = None
    inference_units: int = Field(ge=0)


def analysis_usage(
    spent: Spent,
    *,
    grace_seconds: float,
    segments: int,
    kept: int,
    batches: int,
    express: int,
    proofs: int,
) -> Usage:
    """Estimate what was used.

    The grace time, for which a model runs on, is charged to the job that let it go last; where another job
    takes the model up within that time both are charged for what is left of it, so this is a little high.
    `express` is how many of the batches were Express executions: all of a video's, none of an image's.
    Detection's Lambda time is taken as if every parallel batch had run all the time, so it is a little high;
    functions that run for a second or two (probe, sprites, summary) are not measured. Counts of calls follow
    from what each state does: two reads and a write a kept frame, a manifest a segment, two transitions a
    segment and some twenty for everything else.
    """
    batch_seconds = spent.detect_seconds * min(batches, spent.detect_concurrency)
    idle_seconds = grace_seconds if spent.leases_left == 0 else 0.0
    return Usage(
        inference_hours=(spent.model_seconds + idle_seconds) / 3600 * spent.inference_units,
        lambda_gb_seconds=spent.extract_gb_seconds + batch_seconds * DETECT_GB,
        lambda_requests=segments + batches + 10,
        state_transitions=2 * segments + batches + 22,
        express_requests=express,
        express_gb_seconds=batch_seconds * EXPRESS_GB if express else 0.0,
        s3_writes=kept + segments + batches + proofs + 8,
        s3_reads=2 * kept + segments + batches + proofs,
    )
