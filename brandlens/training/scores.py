"""How well a model version did on its test pictures, and what it learned from."""

from pydantic import Field

from brandlens.jobs import Value


class LabelScore(Value):
    """One label's figures on the test pictures, fractions of 1.

    `assumed_threshold` is the confidence, in percent, at which they hold: what the service takes where a call
    names none. `test_pictures` is how many of them show the label.
    """

    label: str
    f1: float = Field(ge=0, le=1)
    precision: float = Field(ge=0, le=1)
    recall: float = Field(ge=0, le=1)
    assumed_threshold: float | None = Field(ge=0, le=100)
    test_pictures: int = Field(ge=0)


class ModelScores(Value):
    """A model version's figures on its test pictures, fractions of 1; `labels` by name.

    Precision and recall of all labels together are null where the service does not tell.
    """

    f1: float = Field(ge=0, le=1)
    precision: float | None = Field(default=None, ge=0, le=1)
    recall: float | None = Field(default=None, ge=0, le=1)
    train_pictures: int = Field(ge=0)
    test_pictures: int = Field(ge=0)
    labels: tuple[LabelScore, ...]


class DataCounts(Value):
    """What a model learned from and was tested on; `boxes` are of both together, 0 for concepts."""

    train_pictures: int
    test_pictures: int
    boxes: int
