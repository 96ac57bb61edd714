"""Every version is listed once, those that came to nothing too, with what is known of them."""

from datetime import timedelta

from brandlens.jobs import Model
from brandlens.training.scores import ModelScores
from brandlens.training.version_list import ListedVersion, list_versions
from brandlens.training.version_list import described as described_by_record
from brandlens.training.versions import Artifact, ModelVersion, TrainedVersion
from tests.jobs import NOW

SCORES = ModelScores(f1=0.9, train_pictures=8, test_pictures=2, labels=())


def model(name: str) -> Model:
    return Model(detector="rekognition", arn=f"arn:{name}", version=name, min_confidence=50)


def remembered(name: str, **changes: object) -> ModelVersion:
    ended = {"finished_at": NOW + timedelta(hours=1), "scores": SCORES}
    version = ModelVersion(model=model(name), project="cup", job_id="j", created_at=NOW)
    return version.model_copy(update=ended | changes)


def described(name: str, status: str = "STOPPED", **changes: object) -> TrainedVersion:
    version = TrainedVersion(arn=f"arn:{name}", name=name, status=status, message="The model is stopped.")
    return version.model_copy(update=changes)


def listed(known: ModelVersion | None, now: TrainedVersion | None) -> ListedVersion:
    (one,) = list_versions("cup", [known] if known else [], [now] if now else [], model("v1"))
    return one


def test_the_active_version_shows_its_figures_and_its_state() -> None:
    one = listed(remembered("v1"), described("v1", "RUNNING"))
    assert (one.version, one.status, one.active, one.f1, one.reason) == ("v1", "RUNNING", True, 0.9, None)


def test_a_version_that_was_used_before_names_the_one_in_its_place() -> None:
    assert listed(remembered("v0"), described("v0")).reason == "the project uses version v1 instead"
    assert listed(None, described("v0")).reason is None
    unused = list_versions("cup", [remembered("v0")], [described("v0")], None)
    assert [one.reason for one in unused] == [None]


def test_a_version_below_the_gate_shows_why_it_is_not_used() -> None:
    one = listed(remembered("v2", reason="its F1 is too low"), described("v2"))
    assert (one.active, one.f1, one.reason) == (False, 0.9, "its F1 is too low")


def test_a_failed_training_shows_its_services_reason_even_if_nobody_was_there_to_remember_it() -> None:
    failed = described("v2", "TRAINING_FAILED", message="Too few labels.")
    assert listed(remembered("v2", finished_at=None, scores=None), failed).reason == "Too few labels"
    assert listed(None, failed).reason == "Too few labels"


def test_a_version_whose_job_was_canceled_says_how_it_may_be_used_after_all() -> None:
    known = remembered("v2", finished_at=None, scores=None)
    assert listed(known, described("v2", "TRAINING_IN_PROGRESS")).reason is None
    one = listed(known, described("v2", "TRAINING_COMPLETED", f1=0.7))
    assert one.f1 == 0.7
    assert "train with the same files again" in str(one.reason)


def test_a_version_that_its_service_forgot_is_still_there() -> None:
    assert listed(remembered("v2"), None).status == "DELETED"


def test_a_version_that_only_its_service_knows_is_listed_after_the_others() -> None:
    versions = list_versions(
        "cup", [remembered("v2"), remembered("v1")], [described("v0", f1=0.5), described("v1")], None
    )
    assert [(one.version, one.f1) for one in versions] == [("v2", 0.9), ("v1", 0.9), ("v0", 0.5)]
    assert not any(one.active for one in versions)


def test_an_embedded_version_shows_how_far_its_training_is_without_any_service() -> None:
    artifact = Artifact(bucket="results", key="_models/cup/v1/model.zip", sha256="0" * 64)
    begun = remembered("v1", finished_at=None, scores=None)
    failed = remembered("v1", scores=None, reason="it was stopped")
    told = [
        (one.status, one.active, one.reason)
        for version in (begun, remembered("v1", artifact=artifact), failed)
        for one in [listed(version, described_by_record(version))]
    ]
    assert told == [
        ("TRAINING_IN_PROGRESS", True, None),
        ("TRAINING_COMPLETED", True, None),
        ("TRAINING_FAILED", True, "it was stopped"),
    ]
