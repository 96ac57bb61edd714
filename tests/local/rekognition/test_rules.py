"""The service's rules as pure functions."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.detect.evaluation.assumed_thresholds import overall, score_labels
from brandlens.results import Box, Detection
from local.services.aws_json.errors import ServiceError
from local.services.rekognition import lifecycle
from local.services.rekognition.records import Status, VersionRecord
from local.services.rekognition.throttle import Throttle

NOW = datetime(2026, 3, 1, tzinfo=UTC)
HERE, THERE = Box(left=0, top=0, width=0.2, height=0.2), Box(left=0.5, top=0.5, width=0.2, height=0.2)


def version(status: Status) -> VersionRecord:
    return VersionRecord(
        arn="arn",
        created_at=NOW,
        project_arn="project",
        name="v1",
        status=status,
        since=NOW,
        status_message="",
        output_bucket="b",
        output_prefix="",
    )


@pytest.mark.parametrize(
    ("status", "becomes"),
    [
        ("STARTING", "RUNNING"),
        ("STOPPING", "STOPPED"),
        ("RUNNING", "RUNNING"),
        ("TRAINING_IN_PROGRESS", "TRAINING_IN_PROGRESS"),
        ("TRAINING_FAILED", "TRAINING_FAILED"),
    ],
)
def test_only_states_on_the_way_move_by_themselves_and_not_early(status: Status, becomes: Status) -> None:
    before = lifecycle.settled(version(status), NOW + timedelta(seconds=2.9), 3)
    after = lifecycle.settled(version(status), NOW + timedelta(days=9), 3)

    assert before == version(status)
    assert after is not None
    assert after.status == becomes


def test_a_deletion_ends_with_nothing() -> None:
    assert lifecycle.settled(version("DELETING"), NOW + timedelta(seconds=3), 3) is None


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (lambda v: lifecycle.started(v, NOW, 1, None), {"TRAINING_COMPLETED", "STOPPED", "FAILED"}),
        (lambda v: lifecycle.stopped(v, NOW), {"RUNNING"}),
        (
            lambda v: lifecycle.deleted(v, NOW),
            {"TRAINING_COMPLETED", "TRAINING_FAILED", "STOPPED", "FAILED"},
        ),
    ],
)
@pytest.mark.parametrize("status", Status.__args__)  # type: ignore[attr-defined]
def test_each_action_needs_a_state_that_allows_it(
    act: Callable[[VersionRecord], VersionRecord], allowed: set[str], status: Status
) -> None:
    if status in allowed:
        assert act(version(status)).status in {"STARTING", "STOPPING", "DELETING"}
    else:
        with pytest.raises(ServiceError, match="ResourceInUse"):
            act(version(status))


@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=200), st.integers(1, 4))
def test_no_ten_seconds_see_more_calls_than_their_units_allow(pauses: list[float], units: int) -> None:
    now = 0.0
    throttle = Throttle(5, lambda: now)
    admitted = []
    for pause in pauses:
        now += pause
        if throttle.admits("model", units):
            admitted.append(now)

    for start in admitted:
        assert sum(start <= at < start + 10 for at in admitted) <= 5 * units * 11 + 1e-6
    assert admitted[0] == pauses[0]


def test_a_throttled_model_answers_again_as_time_passes_and_others_are_not_held_up() -> None:
    now = 0.0
    throttle = Throttle(5, lambda: now)

    assert [throttle.admits("a", 1) for _ in range(6)] == [True] * 5 + [False]
    assert throttle.admits("b", 1)
    now = 0.2
    assert [throttle.admits("a", 1) for _ in range(2)] == [True, False]


def found(confidence: float, box: Box) -> Detection:
    return Detection(label="Acme", confidence=confidence, box=box)


def test_the_assumed_threshold_parts_the_best_f1_from_what_is_below() -> None:
    truths = [[("Acme", HERE)], [("Acme", HERE)], []]
    detections = [[found(90, HERE), found(40, THERE)], [found(60, HERE)], [found(50, THERE)]]

    score = score_labels(truths, detections, ["Acme"])["Acme"]

    assert (score.threshold, score.precision, score.recall, score.f1) == (55, 1, 1, 1)


def test_detections_of_equal_confidence_pass_a_threshold_together() -> None:
    truths, detections = [[("Acme", HERE)]], [[found(70, HERE), found(70, THERE)]]

    score = score_labels(truths, detections, ["Acme"])["Acme"]

    assert (score.right, score.found, score.boxes) == (1, 2, 1)


def test_a_label_that_is_never_found_scores_nothing_and_counts_in_the_whole() -> None:
    truths = [[("Acme", HERE), ("Umbrella", THERE)]]
    scores = score_labels(truths, [[found(70, HERE)]], ["Acme", "Umbrella"])

    assert scores["Umbrella"].f1 == 0
    assert scores["Umbrella"].threshold == 50
    assert overall(list(scores.values())).f1 == pytest.approx(2 / 3)
