"""Leases and what is known of models: one contract for the table and its fake."""

from datetime import datetime, timedelta

import boto3
import pytest

from brandlens.adapters.models_table import ModelsTable
from brandlens.ports import LeaseStore
from tests.fakes.leases import FakeLeases
from tests.jobs import MODEL, NOW, job
from tests.unit.adapters.tables import make_tables

JOB = job()
LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["table", "fake"])
def leases(request: pytest.FixtureRequest, session: boto3.Session) -> LeaseStore:
    if request.param == "fake":
        return FakeLeases()
    make_tables(session)
    return ModelsTable("models", session)


def test_a_lease_lives_until_it_expires_or_is_released(leases: LeaseStore) -> None:
    other = job("inbox/cup/analyze/other.mp4")
    assert leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    assert leases.acquire(MODEL, other, now=NOW, expires_at=LATER + timedelta(hours=1))
    assert leases.live(MODEL.arn, now=NOW) == 2
    assert leases.live(MODEL.arn, now=LATER + timedelta(seconds=1)) == 1
    leases.release(MODEL.arn, other.job_id, now=LATER)
    assert leases.live(MODEL.arn, now=LATER + timedelta(seconds=1)) == 0


def test_a_renewed_lease_lasts_longer_but_a_released_one_does_not_come_back(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW + timedelta(minutes=1))
    assert leases.renew(MODEL.arn, JOB.job_id, now=NOW, expires_at=LATER + timedelta(minutes=1))
    assert leases.live(MODEL.arn, now=LATER) == 1
    leases.release(MODEL.arn, JOB.job_id, now=NOW)
    assert not leases.renew(MODEL.arn, JOB.job_id, now=NOW, expires_at=LATER + timedelta(minutes=1))
    assert leases.live(MODEL.arn, now=NOW) == 0
    assert leases.held_by(JOB.job_id) == []


def test_leases_are_found_by_their_job(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    assert leases.held_by(JOB.job_id) == [MODEL.arn]
    assert leases.held_by("nobody") == []


def test_a_model_is_remembered_after_its_last_lease(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    leases.release(MODEL.arn, JOB.job_id, now=LATER)
    (known,) = leases.models()
    assert (known.model, known.project, known.last_needed_at) == (MODEL, "cup", LATER)


def test_releasing_what_was_never_taken_remembers_nothing(leases: LeaseStore) -> None:
    leases.release(MODEL.arn, JOB.job_id, now=NOW)
    assert list(leases.models()) == []


def test_a_stop_is_not_taken_on_when_a_lease_was_taken_since_we_looked(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    leases.release(MODEL.arn, JOB.job_id, now=NOW)
    (known,) = leases.models()
    leases.acquire(MODEL, JOB, now=LATER, expires_at=LATER + timedelta(hours=1))
    assert not leases.claim_stop(known, now=LATER)


def test_whoever_takes_a_lease_while_the_model_is_stopped_learns_it(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    (known,) = leases.models()
    assert leases.claim_stop(known, now=NOW)
    assert not leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    leases.stopped(MODEL.arn, claimed_at=LATER)
    assert not leases.renew(MODEL.arn, JOB.job_id, now=NOW, expires_at=LATER)
    leases.stopped(MODEL.arn, claimed_at=NOW)
    assert leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)


def test_a_stop_whose_author_died_holds_nobody_up_for_long(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    (known,) = leases.models()
    leases.claim_stop(known, now=NOW)
    assert leases.acquire(MODEL, JOB, now=NOW + timedelta(minutes=4), expires_at=LATER)


def test_a_renewed_lease_counts_as_taken_and_keeps_a_stop_away(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    known = leases.known(MODEL.arn)
    assert known is not None
    leases.renew(MODEL.arn, JOB.job_id, now=LATER, expires_at=LATER + timedelta(hours=1))
    assert not leases.claim_stop(known, now=LATER)
    (renewed,) = leases.models()
    assert (renewed.leases_taken, renewed.last_needed_at) == (2, NOW)


def test_a_stop_is_taken_on_by_one_until_its_author_must_be_dead(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    (known,) = leases.models()
    assert leases.claim_stop(known, now=NOW)
    assert not leases.claim_stop(known, now=NOW + timedelta(minutes=2))
    assert leases.claim_stop(known, now=NOW + timedelta(minutes=4))


def test_a_model_nobody_leased_is_not_known(leases: LeaseStore) -> None:
    assert leases.known(MODEL.arn) is None


def test_a_run_is_ours_from_before_its_start_to_after_its_stop(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    assert run_of(leases) == (None, False)
    leases.begin_run(MODEL.arn, now=NOW)
    assert run_of(leases) == (NOW, False)
    (known,) = leases.models()
    leases.see_run(known)
    assert run_of(leases) == (NOW, True)
    assert leases.claim_stop(known, now=LATER)
    leases.stopped(MODEL.arn, claimed_at=LATER)
    assert run_of(leases)[0] is None


def test_a_run_is_forgotten_only_once_its_start_must_have_been_asked_for(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    leases.begin_run(MODEL.arn, now=NOW)
    (known,) = leases.models()
    leases.forget_run(known, now=NOW + timedelta(minutes=2))
    assert run_of(leases)[0] == NOW
    leases.forget_run(known, now=NOW + timedelta(minutes=4))
    assert run_of(leases)[0] is None


def test_what_was_read_of_a_run_says_nothing_of_the_next(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=NOW)
    leases.begin_run(MODEL.arn, now=NOW)
    (before,) = leases.models()
    leases.begin_run(MODEL.arn, now=LATER)
    leases.see_run(before)
    leases.forget_run(before, now=LATER)
    assert run_of(leases) == (LATER, False)


def test_a_models_speed_is_remembered(leases: LeaseStore) -> None:
    leases.acquire(MODEL, JOB, now=NOW, expires_at=LATER)
    (known,) = leases.models()
    assert known.frames_per_second is None
    leases.measured(MODEL.arn, 4.25)
    leases.acquire(MODEL, JOB, now=LATER, expires_at=LATER)
    (known,) = leases.models()
    assert known.frames_per_second == 4.25


def run_of(leases: LeaseStore) -> tuple[datetime | None, bool]:
    known = leases.known(MODEL.arn)
    assert known is not None
    return known.run_began, known.run_seen
