"""What a person reads when a training is over."""

import pytest

from brandlens.cli.training_tables import print_training
from brandlens.results import Warning  # noqa: A004 - the document's own term
from brandlens.training.cost import training_cost
from brandlens.training.report import DataReport, LabelData, SizeBin, labeling_cost
from brandlens.training.scores import DataCounts, LabelScore, ModelScores
from brandlens.training.versions import ReplacedModel, TrainedModel
from tests.jobs import MODEL

SCORES = ModelScores(
    f1=0.8125,
    precision=None,
    recall=0.9,
    train_pictures=40,
    test_pictures=10,
    labels=(
        LabelScore(
            label="Acme", f1=0.8125, precision=0.74, recall=0.9, assumed_threshold=43.21, test_pictures=7
        ),
    ),
)
REPORT = DataReport(
    job_id="j",
    project="cup",
    type="object",
    labeled_by="annotations",
    train_pictures=40,
    test_pictures=10,
    negatives=6,
    boxes=51,
    split_by="scene",
    labels=(LabelData(label="Acme", train_pictures=34, test_pictures=7, boxes=51),),
    sizes=(
        SizeBin(from_pixels=0, below_pixels=16, boxes=3),
        SizeBin(from_pixels=16, below_pixels=32, boxes=0),
        SizeBin(from_pixels=32, below_pixels=None, boxes=48),
    ),
    cost=None,
    warnings=(Warning(code="TinyBoxes", message="3 boxes of Acme have a side of less than 16 pixels."),),
)


def read(
    capsys: pytest.CaptureFixture[str],
    reason: str | None = None,
    *,
    billable_seconds: int = 900,
    replaced: ReplacedModel | None = None,
    report: DataReport = REPORT,
    paid: bool = True,
) -> list[str]:
    trained = TrainedModel(
        model=MODEL,
        active=reason is None,
        reason=reason,
        replaced=replaced,
        scores=SCORES,
        data=DataCounts(train_pictures=40, test_pictures=10, boxes=51),
        warnings=1,
        cost=training_cost(labeling_cost(50, 0.08), billable_seconds, "rekognition"),
    )
    print_training(report, trained, paid=paid)
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_the_data_the_doubts_and_the_scores_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    lines = read(capsys)
    assert "Acme 51 34 7" in lines
    assert "6 of the pictures show none of them" in lines
    assert "Boxes by their shorter side: 3 of 0 to 15 pixels, 48 of 32 pixels and more" in lines
    assert "Warning: 3 boxes of Acme have a side of less than 16 pixels." in lines
    assert "Acme 0.812 0.740 0.900 43.2 % 7" in lines
    assert "All 0.812 0.900 10" in lines
    assert lines[-1] == "Project cup uses it from now on"


def test_a_version_that_is_not_used_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    reason = "its F1 of 0.812 is below 0.9, the least its project takes"
    assert read(capsys, reason)[-1] == f"Project cup does not use it: {reason}"


def test_what_it_cost_is_told_by_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert any(
        line.startswith(
            "It cost about 4.25 USD (SageMaker Ground Truth, labeled objects 4.00, "
            "Rekognition Custom Labels, training 0.25), by the stack's setting of 0.08 USD an object and "
        )
        for line in read(capsys)
    )


def test_where_nothing_was_paid_it_is_told_what_would_have_been(capsys: pytest.CaptureFixture[str]) -> None:
    lines = read(capsys, paid=False)
    assert any(line.startswith("On AWS it would have cost about 4.25 USD (") for line in lines)
    assert not any(line.startswith("It cost") for line in lines)


def test_a_version_that_scores_lower_than_the_one_it_replaces_is_warned_of(
    capsys: pytest.CaptureFixture[str],
) -> None:
    better = read(capsys, replaced=ReplacedModel(version="v1", f1=0.8))
    assert not any("Warning: it scores" in line for line in better)
    assert read(capsys, replaced=ReplacedModel(version="v1", f1=0.9))[-1] == (
        "Warning: it scores lower than version v1, which the project used before (0.812 against 0.900, "
        "each on its own test pictures). Train with that one's files again to have it back"
    )


def test_labels_of_whole_pictures_have_no_column_of_boxes(capsys: pytest.CaptureFixture[str]) -> None:
    label = LabelData(label="Acme", train_pictures=34, test_pictures=7, boxes=None)
    concept = REPORT.model_copy(update={"type": "concept", "labels": (label,), "sizes": (), "boxes": 0})
    lines = read(capsys, report=concept)
    assert "Label Pictures to learn from Pictures to test on" in lines
    assert "Acme 34 7" in lines
