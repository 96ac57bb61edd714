import pytest

from brandlens.cost.analysis import DETECT_GB, Spent, analysis_usage
from brandlens.cost.usage import Usage

SPENT = Spent(
    model_seconds=360, detect_seconds=360, detect_concurrency=4, extract_gb_seconds=100, inference_units=2
)


def used(leases_left: int | None, *, batches: int = 10) -> Usage:
    return analysis_usage(
        SPENT.model_copy(update={"leases_left": leases_left}),
        grace_seconds=300,
        segments=3,
        kept=200,
        batches=batches,
        express=batches,
        proofs=5,
    )


def test_who_lets_a_model_go_last_pays_for_its_grace_time() -> None:
    assert used(0).inference_hours == pytest.approx((360 + 300) * 2 / 3600)


@pytest.mark.parametrize("leases_left", [1, 7, None])
def test_who_leaves_a_model_to_others_or_had_none_pays_for_no_grace_time(leases_left: int | None) -> None:
    assert used(leases_left).inference_hours == pytest.approx(360 * 2 / 3600)


def test_no_more_batches_are_paid_for_at_once_than_there_are() -> None:
    assert used(0, batches=3).lambda_gb_seconds == pytest.approx(100 + 3 * 360 * DETECT_GB)
    assert used(0, batches=10).lambda_gb_seconds == pytest.approx(100 + 4 * 360 * DETECT_GB)
