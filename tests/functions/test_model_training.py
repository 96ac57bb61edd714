"""create_model_version, check_model_version and register_model: from a dataset to a judged model version."""

from datetime import timedelta

import pytest

from brandlens.cost.budget import account_of
from brandlens.errors import JobCanceled, ModelFailed, TooManyTrainings, UnknownProject
from brandlens.events import TrainingCompleted
from brandlens.jobs import JobState
from brandlens.training.files import (
    REPORT,
    training_prefix,
)
from brandlens.training.versions import (
    ReplacedModel,
)
from tests.fakes.projects import FakeProject
from tests.functions.training_world import AGAIN, JOB, LATER, Cloud
from tests.jobs import NOW


@pytest.fixture
def cloud() -> Cloud:
    made = Cloud()
    made.dataset()
    return made


def test_a_training_begins_in_the_one_project_of_its_project_on_its_own_manifests(cloud: Cloud) -> None:
    version = cloud.create()
    prefix = training_prefix(JOB)
    assert version.project_arn.split("/")[1] == "brandlens-dev-cup"
    assert cloud.trainer.begun == [
        ("media", f"{prefix}train.manifest", f"{prefix}test.manifest", f"{prefix}evaluation")
    ]
    known = cloud.known(version)
    assert (known.project, known.job_id, known.created_at, known.scores) == ("cup", JOB.job_id, NOW, None)
    assert cloud.jobs.records[JOB.job_id].step == "train model"


def test_a_repeated_training_finds_the_version_that_is_there(cloud: Cloud) -> None:
    first = cloud.create()
    cloud.dataset(AGAIN)
    assert cloud.create() == cloud.create(AGAIN) == first
    assert len(cloud.trainer.begun) == 1
    assert cloud.known(first).job_id == JOB.job_id


def test_other_labels_make_another_version(cloud: Cloud) -> None:
    first = cloud.create()
    cloud.dataset(AGAIN, left=20)
    other = cloud.create(AGAIN)
    assert other.project_arn == first.project_arn
    assert other.version != first.version


def test_a_training_that_failed_may_be_tried_again_and_both_stay_listed(cloud: Cloud) -> None:
    first = cloud.create()
    cloud.trainer.becomes(first.version, status="TRAINING_FAILED", message="Too few labels.")
    with pytest.raises(ModelFailed, match="Too few labels"):
        cloud.check(first)
    second = cloud.create()
    assert second.version == f"{first.version}-2"
    assert cloud.known(first).reason == "Too few labels"
    assert cloud.known(first).finished_at == LATER
    assert {known.model.version for known in cloud.versions.of_project("cup")} == {
        first.version,
        second.version,
    }


def test_a_lesson_that_keeps_failing_is_not_paid_for_forever(cloud: Cloud) -> None:
    for _ in range(20):
        version = cloud.create()
        cloud.trainer.becomes(version.version, status="TRAINING_FAILED", message="Too few labels.")
    with pytest.raises(ModelFailed, match="every training on these pictures failed: Too few labels"):
        cloud.create()


def test_a_training_that_has_to_wait_for_its_turn_leaves_nothing_behind(cloud: Cloud) -> None:
    cloud.trainer.failures = [TooManyTrainings("not begun", "two are going on")]
    with pytest.raises(TooManyTrainings):
        cloud.create()
    assert not cloud.versions.known
    assert cloud.known(cloud.create()).job_id == JOB.job_id


def test_the_job_tells_how_far_its_training_is_and_never_less(cloud: Cloud) -> None:
    version = cloud.create()
    told = []
    for percent in (None, 30, 10, 60):
        cloud.trainer.becomes(version.version, percent_done=percent)
        progress = cloud.check(version)
        told.append(cloud.jobs.records[JOB.job_id].done)
        assert not progress.done
    assert told == [0, 30, 30, 60]
    cloud.trained(version, 0.9)
    assert cloud.check(version).done
    assert cloud.jobs.records[JOB.job_id].done == 100


def test_a_version_that_was_deleted_while_it_was_waited_for_fails_the_job(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trainer.versions.clear()
    with pytest.raises(ModelFailed, match="it was deleted"):
        cloud.check(version)
    assert cloud.known(version).reason == "it was deleted"


def test_a_version_that_passes_the_gate_becomes_active_and_is_announced(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.75)
    registered = cloud.register(version)
    assert (registered.active, registered.f1, registered.model.arn) == (True, 0.75, version.version_arn)
    assert cloud.projects.projects["cup"].active_model == registered.model
    record = cloud.jobs.records[JOB.job_id]
    assert (record.state, record.result) == (JobState.SUCCEEDED, f"s3://media/{training_prefix(JOB)}")
    (event,) = cloud.bus.events
    assert isinstance(event, TrainingCompleted)
    assert (event.active, event.reason, event.warnings, event.data.boxes) == (True, None, 1, 3)
    assert event.scores.labels[0].assumed_threshold == 40
    assert event.result.report == training_prefix(JOB) + REPORT
    known = cloud.known(version)
    assert known.scores == event.scores
    assert (known.finished_at, known.billable_seconds) == (LATER, 1800)


def test_a_training_is_billed_to_the_job_that_began_it(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.dataset(AGAIN)
    assert cloud.create(AGAIN) == version
    cloud.trained(version, 0.9)
    for each in (JOB, AGAIN):
        cloud.register(version, each)
    first, again = (cloud.kept(each).cost for each in (JOB, AGAIN))
    assert [(item.name, item.quantity, item.usd) for item in first.items] == [
        ("Rekognition Custom Labels, training", 0.5, 0.5)
    ]
    assert (again.estimated_usd, again.items) == (0, ())
    booked = {each.job_id: each.cost for each in cloud.spending.spendings(account_of(JOB))}
    assert booked == {JOB.job_id: first, AGAIN.job_id: again}


def test_a_version_below_the_gate_stays_listed_with_its_reason_and_the_active_one_stays(
    cloud: Cloud,
) -> None:
    good = cloud.create()
    cloud.trained(good, 0.9)
    active = cloud.register(good).model
    cloud.dataset(AGAIN, left=20)
    poor = cloud.create(AGAIN)
    cloud.trained(poor, 0.7499)
    assert not cloud.register(poor, AGAIN).active
    assert cloud.projects.projects["cup"].active_model == active
    reason = "its F1 of 0.749 is below 0.75, the least its project takes"
    assert cloud.known(poor).reason == reason
    kept = cloud.kept(AGAIN)
    assert (kept.active, kept.reason) == (False, reason)
    assert cloud.jobs.records[AGAIN.job_id].state is JobState.SUCCEEDED


def test_a_version_that_found_nothing_right_never_becomes_active_whatever_the_gate(cloud: Cloud) -> None:
    cloud.projects.projects["cup"] = FakeProject("cup", min_f1=0)
    useless = cloud.create()
    cloud.trained(useless, 0)

    assert not cloud.register(useless).active
    assert cloud.projects.projects["cup"].active_model is None
    assert cloud.kept(JOB).reason == "its F1 is 0: it found nothing right on its test pictures"


def test_a_version_tells_of_the_one_it_takes_the_place_of(cloud: Cloud) -> None:
    good = cloud.create()
    cloud.trained(good, 0.9)
    cloud.register(good)
    cloud.dataset(AGAIN, left=20)
    worse = cloud.create(AGAIN)
    cloud.trained(worse, 0.8)

    assert cloud.register(worse, AGAIN).active
    assert cloud.kept(JOB).replaced is None
    assert cloud.kept(AGAIN).replaced == ReplacedModel(version=good.version, f1=0.9)


def test_registering_twice_changes_nothing_the_second_time(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.9)
    first = cloud.register(version)
    before = dict(cloud.versions.known), cloud.projects.projects["cup"], dict(cloud.media.objects)
    assert cloud.register(version, now=LATER + timedelta(hours=1)) == first
    assert before == (cloud.versions.known, cloud.projects.projects["cup"], cloud.media.objects)
    assert cloud.bus.detail_types == ["Training Completed"]


def test_a_job_that_was_canceled_activates_nothing(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.9)
    cloud.jobs.finish(JOB.job_id, JobState.CANCELED, now=NOW)
    with pytest.raises(JobCanceled, match="CANCELED"):
        cloud.register(version)
    assert cloud.projects.projects["cup"].active_model is None
    assert not cloud.bus.events


def test_a_project_that_was_deleted_meanwhile_gets_no_model(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trained(version, 0.9)
    cloud.projects.delete("cup")
    with pytest.raises(UnknownProject, match="was deleted"):
        cloud.register(version)


def test_a_version_without_an_evaluation_is_not_used(cloud: Cloud) -> None:
    version = cloud.create()
    cloud.trainer.becomes(version.version, status="TRAINING_COMPLETED")
    with pytest.raises(ModelFailed, match="no evaluation"):
        cloud.register(version)


def test_nothing_is_trained_for_a_project_that_was_deleted_meanwhile(cloud: Cloud) -> None:
    cloud.projects.delete("cup")
    with pytest.raises(UnknownProject, match="was deleted"):
        cloud.create()
    assert not cloud.trainer.begun
