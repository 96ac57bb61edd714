from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from brandlens.analysis_plan import AnalysisPlan
from brandlens.cost import published_prices
from brandlens.cost.budget import Budget, Reservation, account_of
from brandlens.cost.quote import Counted, Looker, Terms, reservation
from brandlens.errors import JobCanceled, OverBudget
from brandlens.jobs import Job, JobState, Model
from functions.reserve_budget.handler import LONGEST_JOB, Deps, ReserveBudget, Reserved, handle
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.jobs import MODEL, NOW, job
from tests.spending import FakeSpending, cost
from tests.statemachines.scenarios import EMBEDDED, JPEG, VIDEO

TERMS = Terms(
    sample_rate_hz=Fraction(2),
    segment_seconds=Fraction(10),
    max_inference_units=1,
    idle_grace_minutes=5,
    detect_batch_size=20,
    batches_per_unit=2,
)
JOB = job()
ACCOUNT = account_of(JOB)
COUNTED = Counted(sampled=60, kept=40, gb_seconds=20)


@dataclass
class Cloud:
    spending: FakeSpending = field(default_factory=FakeSpending)
    jobs: FakeJobs = field(default_factory=FakeJobs)
    leases: FakeLeases = field(default_factory=FakeLeases)

    def reserve(
        self,
        plan: AnalysisPlan = VIDEO.plan,
        counted: Counted | None = None,
        *,
        one: Job = JOB,
        model: Model = MODEL,
        per_job: float | None = None,
        per_month: float | None = None,
        hours: float = 0,
    ) -> Reserved:
        budget = Budget(per_job=_amount(per_job), per_month=_amount(per_month))
        deps = Deps(self.spending, self.jobs, self.leases, TERMS, budget)
        event = ReserveBudget(job=one, model=model, plan=plan, counted=counted)
        return handle(event, deps, now=NOW + timedelta(hours=hours))


def _amount(usd: float | None) -> Decimal | None:
    return None if usd is None else Decimal(str(usd))


@pytest.fixture
def cloud() -> Cloud:
    return Cloud()


def wanted(counted: Counted | None = None, *, frames_per_second: float | None = None) -> Reservation:
    looker = Looker(detector="rekognition", frames_per_second=frames_per_second)
    return reservation(VIDEO.plan, looker, TERMS, published_prices(), counted)


def test_before_extraction_what_is_certain_is_reserved_and_after_it_the_whole(cloud: Cloud) -> None:
    first = cloud.reserve()
    assert cloud.spending.total(ACCOUNT) == wanted().usd == _amount(first.usd)
    whole = cloud.reserve(counted=COUNTED)
    assert cloud.spending.total(ACCOUNT) == wanted(COUNTED).usd == _amount(whole.usd)
    assert whole.usd > first.usd


def test_a_video_whose_first_frame_is_over_budget_is_refused_before_it_is_decoded(cloud: Cloud) -> None:
    with pytest.raises(OverBudget):
        cloud.reserve(per_job=0.25)
    assert cloud.spending.total(ACCOUNT) == 0


def test_a_picture_is_reserved_for_as_a_whole_at_once(cloud: Cloud) -> None:
    cloud.reserve(JPEG.plan)
    reserved = cloud.spending.reservation(ACCOUNT, JOB.job_id)
    assert reserved is not None
    assert reserved.whole is not None
    assert reserved.usd > Decimal("0.33"), "the model's grace time alone costs that"


def test_a_repeated_reservation_changes_nothing(cloud: Cloud) -> None:
    cloud.reserve(counted=COUNTED, per_month=1)
    before = cloud.spending.total(ACCOUNT)
    assert cloud.reserve(counted=COUNTED, per_month=1, hours=0.1) == Reserved(usd=float(before))
    assert cloud.spending.total(ACCOUNT) == before


def test_a_job_over_its_own_budget_is_refused_with_both_figures_and_reserves_nothing(cloud: Cloud) -> None:
    with pytest.raises(OverBudget) as refused:
        cloud.reserve(counted=COUNTED, per_job=0.25)
    assert str(refused.value) == (
        "'inbox/cup/analyze/final.mp4' is not analyzed: it may cost 0.51 USD and the budget of one job is "
        "0.25 USD. Raise budget_per_job."
    )
    assert cloud.spending.total(ACCOUNT) == 0


def test_a_month_without_room_refuses_with_quote_budget_and_what_is_booked(cloud: Cloud) -> None:
    cloud.spending.settle(ACCOUNT, "another", cost(9.75))
    with pytest.raises(OverBudget) as refused:
        cloud.reserve(counted=COUNTED, per_month=10)
    assert str(refused.value) == (
        "'inbox/cup/analyze/final.mp4' is not analyzed: it may cost 0.51 USD, and of the 10.00 USD that "
        "project 'cup' may spend in 2026-11, 9.75 USD are spent or reserved. Raise "
        "budget_per_month, or wait for the next month."
    )
    assert cloud.spending.total(ACCOUNT) == Decimal("9.75")


def test_a_job_that_no_month_has_room_for_is_not_told_to_wait_for_the_next(cloud: Cloud) -> None:
    with pytest.raises(OverBudget, match=r"Raise budget_per_month\.$"):
        cloud.reserve(counted=COUNTED, per_month=0.25)


def test_a_month_that_is_used_up_refuses_a_video_before_it_is_extracted(cloud: Cloud) -> None:
    cloud.spending.settle(ACCOUNT, "another", cost(10))
    with pytest.raises(OverBudget):
        cloud.reserve(per_month=10)


def test_jobs_under_way_leave_room_only_for_what_they_may_not_spend(cloud: Cloud) -> None:
    each = float(wanted(COUNTED).usd)
    jobs = [job(f"inbox/cup/analyze/{number}.mp4") for number in range(4)]
    for one in jobs[:3]:
        cloud.reserve(counted=COUNTED, one=one, per_month=3.5 * each)
    with pytest.raises(OverBudget):
        cloud.reserve(counted=COUNTED, one=jobs[3], per_month=3.5 * each)
    cloud.spending.settle(ACCOUNT, jobs[0].job_id, cost(0.01))
    cloud.reserve(counted=COUNTED, one=jobs[3], per_month=3.5 * each)


def test_what_a_dead_job_had_reserved_makes_room_once_it_cannot_be_running(cloud: Cloud) -> None:
    dead = job("inbox/cup/analyze/dead.mp4")
    cloud.jobs.receive(dead, "analysis")
    cloud.jobs.enter_step(dead.job_id, "detect", total=40, now=NOW)
    cloud.reserve(counted=COUNTED, one=dead)
    almost, over = (LONGEST_JOB / timedelta(hours=1) + hours for hours in (-0.1, 0.1))
    begun = wanted(COUNTED).begun
    room = float(wanted(COUNTED).usd) + begun.estimated_usd + 0.000_001
    with pytest.raises(OverBudget):
        cloud.reserve(counted=COUNTED, per_month=room, hours=almost)
    cloud.reserve(counted=COUNTED, per_month=room, hours=over)
    spending = cloud.spending.spending(ACCOUNT, dead.job_id)
    assert spending is not None
    assert spending.cost.estimated_usd == pytest.approx(begun.estimated_usd), "it had looked at no frame"


def test_a_job_that_has_ended_reserves_nothing_more(cloud: Cloud) -> None:
    cloud.jobs.receive(JOB, "analysis")
    cloud.jobs.finish(JOB.job_id, JobState.CANCELED, now=NOW)
    cloud.spending.settle(ACCOUNT, JOB.job_id, cost(0.5))
    with pytest.raises(JobCanceled):
        cloud.reserve(counted=COUNTED)
    assert cloud.spending.total(ACCOUNT) == Decimal("0.5")


def test_a_job_that_died_while_it_ended_is_begun_anew_and_pays_nothing_twice(cloud: Cloud) -> None:
    cloud.jobs.receive(JOB, "analysis")
    cloud.spending.settle(ACCOUNT, JOB.job_id, cost(0.5))
    cloud.reserve(counted=COUNTED)
    assert cloud.spending.total(ACCOUNT) == Decimal("0.5")


def test_a_job_is_booked_in_the_month_in_which_it_was_received(cloud: Cloud) -> None:
    cloud.reserve(counted=COUNTED, hours=24 * 30)
    assert cloud.spending.total(ACCOUNT) == wanted(COUNTED).usd


def test_a_model_that_was_measured_to_be_fast_is_reserved_less_for(cloud: Cloud) -> None:
    cloud.leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    cloud.leases.measured(MODEL.arn, 20.0)
    reserved = cloud.reserve(counted=COUNTED)
    assert _amount(reserved.usd) == wanted(COUNTED, frames_per_second=20).usd < wanted(COUNTED).usd


def test_the_embedded_detector_is_reserved_for_without_a_model(cloud: Cloud) -> None:
    reserved = cloud.reserve(counted=COUNTED, model=EMBEDDED)
    assert reserved.usd < 0.01
