import pytest

from brandlens.cli.evaluating import Curve
from brandlens.cli.evaluation_tables import print_curve, print_evaluation, print_seconds
from brandlens.detect.evaluation.evaluate import evaluate
from brandlens.detect.evaluation.figures import LearningPoint
from brandlens.results import Box, Detection
from brandlens.screen_time import SecondsError

HERE = Box(left=0.1, top=0.1, width=0.2, height=0.2)


def printed(capsys: pytest.CaptureFixture[str]) -> list[list[str]]:
    return [line.split() for line in capsys.readouterr().out.splitlines()]


def test_a_brand_without_boxes_has_no_precision_to_show(capsys: pytest.CaptureFixture[str]) -> None:
    result = evaluate([[("Acme", HERE)]], [[]], ["Acme", "Globex"], shapes=[(640, 480)])
    print_evaluation(result, pictures=1, negatives={}, confidence=50)
    rows = printed(capsys)
    assert ["Globex", "—", "—", "—", "—", "—", "0"] in rows
    # Not found: what was found of it cannot have been right or wrong, and recall is naught.
    assert ["Acme", "0.000", "0.000", "—", "0.000", "0.000", "1"] in rows
    assert ["Longest", "side,", "pictures", "scaled", "to", "1280", "px", "mAP@0.5", "Boxes"] in rows
    assert ["under", "64", "px", "—", "0"] in rows
    assert ["Acme", "nothing", "1"] in rows
    assert not any("Best" in row or "false" in row for row in rows)


def test_a_model_without_mistakes_is_said_to_have_none(capsys: pytest.CaptureFixture[str]) -> None:
    found = Detection(label="Acme", confidence=90, box=HERE)
    result = evaluate([[("Acme", HERE)], []], [[found], []], ["Acme"], shapes=[(640, 480)] * 2)
    print_evaluation(result, pictures=2, negatives={"clean": 1}, confidence=50)
    said = capsys.readouterr().out
    assert "No mistakes" in said
    assert "0.000 false boxes a picture on the 1 without boxes" in said


def test_pictures_without_boxes_have_a_row_for_each_folder_and_no_average(
    capsys: pytest.CaptureFixture[str],
) -> None:
    false = Detection(label="Acme", confidence=90, box=HERE)
    groups = ["distractors", "clean", "clean"]
    result = evaluate([[], [], []], [[false, false], [false], []], ["Acme"], groups=groups)
    print_evaluation(result, pictures=3, negatives={"distractors": 1, "clean": 2}, confidence=50)
    said = capsys.readouterr().out
    assert "3 pictures, 0 boxes: mAP@0.5 —, mAP@0.5:0.95 —" in said
    assert "1.000 false boxes a picture on the 3 without boxes" in said
    rows = [line.split() for line in said.splitlines()]
    assert rows.index(["clean", "2", "0.500"]) + 1 == rows.index(["distractors", "1", "2.000"])


def test_only_the_commonest_mistakes_have_a_row_and_the_rest_a_sum(
    capsys: pytest.CaptureFixture[str],
) -> None:
    labels = [f"Brand{number}" for number in range(15)]
    missed = [("Brand0", HERE)] * 3 + [(label, HERE) for label in labels[1:]]
    result = evaluate([[one] for one in missed], [[]] * len(missed), labels)
    print_evaluation(result, pictures=len(missed), negatives={}, confidence=50)
    rows = [row for row in printed(capsys) if (row[1:] and row[-2] == "nothing") or row[:1] == ["others"]]
    assert rows[0] == ["Brand0", "nothing", "3"]
    assert (len(rows), rows[-1]) == (13, ["others", "3"])


def test_seconds_are_shown_with_their_error_and_a_brand_that_is_not_there_has_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    errors = (
        SecondsError(label="Acme", found=9.5, true=10),
        SecondsError(label="Globex", found=0, true=0),
        SecondsError(label="Initech", found=2, true=0),
    )
    print_seconds({"clip.mp4": errors})
    assert printed(capsys)[1:] == [
        ["clip.mp4", "Acme", "9.5", "10.0", "-0.5", "5.0%"],
        ["Initech", "2.0", "0.0", "+2.0"],
    ]


def test_a_learning_curve_ends_with_what_it_says_of_more_labels(capsys: pytest.CaptureFixture[str]) -> None:
    point = LearningPoint(boxes_per_label=7.5, mean_average_precision=0.5, held_out_boxes=900)
    print_curve(Curve((point,), "With twice the labels ..."))
    rows = printed(capsys)
    assert ["7.5", "0.500"] in rows
    assert rows[-1] == ["With", "twice", "the", "labels", "..."]
