"""What `training` does with a batch, run in the emulator."""

import json
import time

import pytest

from brandlens.labeling.ending import Labels
from functions.probe_media.parts import Files
from tests.statemachines.batches import REGISTERED, TASKS, VERSION, Batch, start
from tests.statemachines.definitions import BATCH_SIZE, HURRIED_STATES
from tests.statemachines.director import Raise
from tests.statemachines.scenarios import SHORT_VIDEO, VIDEO
from tests.statemachines.stage import Running, Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]

MESSAGE = 'File "Größe 🎬\\x.mov" was not read: {"a": 1} is no reason. Try again.'
ASKED = Batch(files=2, medium=SHORT_VIDEO, tasks=TASKS)


def tokens(running: Running) -> list[str]:
    """Wait until every task has been asked for, and return the tokens in the tasks' order."""
    deadline = time.monotonic() + 30
    while True:
        given = [payload for callee, payload in running.script.calls if callee == "request_labeling"]
        by_kind = {payload["task"]["kind"]: payload["task_token"] for payload in given}
        if len(by_kind) == len(TASKS):
            return [by_kind[task.kind] for task in TASKS]
        assert time.monotonic() < deadline, "people were not asked"
        time.sleep(0.01)


def labels(kind: str) -> str:
    return Labels(
        labeling_job_name=kind, output_manifest=f"s3://media/{kind}/output.manifest"
    ).model_dump_json()


def test_a_batch_with_labels_is_prepared_and_trained(stage: Stage) -> None:
    batch = Batch(files=3)
    ended = start(stage, batch).ended()
    assert (ended.status, ended.output) == ("SUCCEEDED", REGISTERED.model_dump(mode="json"))
    once = ("list_batch", "prepare_dataset", "collect_annotations", "model-training")
    trained = ("create_model_version", "check_model_version", "register_model")
    assert dict(ended.called) == dict.fromkeys((*once, *trained), 1) | {"probe_media": 2}
    for function in ("list_batch", "prepare_dataset", "collect_annotations", "create_model_version"):
        (given,) = ended.events(function)
        assert (given.job, given.request) == (ended.job, batch.request)
    assert ended.events("collect_annotations")[0].outputs == ()
    assert ended.events("register_model")[0].version == VERSION


def test_files_are_looked_at_in_batches_and_each_video_is_a_part_of_the_job(stage: Stage) -> None:
    batch = Batch(files=3, medium=VIDEO, tasks=TASKS)
    running = start(stage, batch)
    tokens(running)
    stage.aws.client("stepfunctions").stop_execution(executionArn=running.execution_arn)
    ended = running.ended()
    looks = [Files.model_validate(payload) for payload in ended.inputs("probe_media")]
    assert sorted(len(look.items) for look in looks) == [1, BATCH_SIZE]
    assert all((look.job, look.common.annotated) == (ended.job, False) for look in looks)
    parts = [ended.job.model_copy(update={"source": item.source, "part": item.part}) for item in batch.items]
    extracted = ended.events("extract_frames")
    assert {(one.job.part, one.segment.number) for one in extracted} == {
        (part.part, segment.number) for part in parts for segment in VIDEO.segments
    }
    assert all(one.job in parts and one.plan == VIDEO.plan for one in extracted)


def test_of_a_video_in_a_batch_with_labels_no_frame_is_extracted(stage: Stage) -> None:
    ended = start(stage, Batch(files=2, medium=VIDEO)).ended()
    (look,) = ended.inputs("probe_media")
    assert Files.model_validate(look).common.annotated
    assert (ended.status, ended.called["extract_frames"]) == ("SUCCEEDED", 0)


def test_files_whose_look_breaks_off_leave_the_others_alone(stage: Stage) -> None:
    ended = start(stage, Batch(files=4), {"probe_media": [Raise("ZeroDivisionError")]}).ended()
    assert (ended.status, ended.called["probe_media"], ended.called["prepare_dataset"]) == ("SUCCEEDED", 2, 1)


def test_a_video_that_cannot_be_decoded_leaves_the_others_alone(stage: Stage) -> None:
    running = start(
        stage, Batch(files=2, medium=SHORT_VIDEO, tasks=TASKS), {"extract_frames": [Raise("NoFrames")]}
    )
    tokens(running)
    called = [callee for callee, _ in running.script.calls]
    assert (called.count("extract_frames"), called.count("prepare_dataset")) == (2, 1)
    stage.aws.client("stepfunctions").stop_execution(executionArn=running.execution_arn)


def test_a_batch_of_which_nothing_can_be_used_ends_as_the_dataset_says(stage: Stage) -> None:
    turns = {
        "probe_media": [Raise("CorruptMedia")] * 2,
        "prepare_dataset": [Raise("NoTrainingPictures", MESSAGE)],
    }
    ended = start(stage, Batch(files=2), turns).ended()
    assert (ended.status, ended.called["extract_frames"], ended.called["collect_annotations"]) == (
        "FAILED",
        0,
        0,
    )
    assert (ended.reason.code, ended.reason.message) == ("NoTrainingPictures", MESSAGE)


@pytest.mark.parametrize(
    "function",
    ["list_batch", "prepare_dataset", "collect_annotations", "create_model_version", "register_model"],
)
def test_a_permanent_error_is_recorded_once_as_it_was_raised(stage: Stage, function: str) -> None:
    ended = start(stage, Batch(), {function: [Raise("InvalidTrainingRequest", MESSAGE)]}).ended()
    assert (ended.status, ended.called[function]) == ("FAILED", 1)
    assert (ended.reason.code, ended.reason.message) == ("InvalidTrainingRequest", MESSAGE)
    assert not ended.reason.retryable


def test_people_are_asked_once_for_each_task_and_their_answers_collected_in_order(stage: Stage) -> None:
    running = start(stage, ASKED)
    states = stage.aws.client("stepfunctions")
    for token, kind in reversed([*zip(tokens(running), ("video", "image"), strict=True)]):
        states.send_task_success(taskToken=token, output=labels(kind))
    ended = running.ended()
    assert (ended.status, ended.called["request_labeling"]) == ("SUCCEEDED", 2)
    assert all((e.job, e.request) == (ended.job, ASKED.request) for e in ended.events("request_labeling"))
    (collected,) = ended.events("collect_annotations")
    assert [(one.task, one.output_manifest) for one in collected.outputs] == [
        (task, f"s3://media/{task.kind}/output.manifest") for task in TASKS
    ]


def test_a_labeling_that_comes_to_nothing_fails_the_training_with_its_reason(stage: Stage) -> None:
    running = start(stage, ASKED)
    cause = json.dumps({"errorType": "LabelingFailed", "errorMessage": MESSAGE})
    first, second = tokens(running)
    stage.aws.client("stepfunctions").send_task_failure(taskToken=first, error="LabelingFailed", cause=cause)
    stage.aws.client("stepfunctions").send_task_success(taskToken=second, output=labels("image"))
    ended = running.ended()
    assert (ended.status, ended.called["collect_annotations"]) == ("FAILED", 0)
    assert (ended.reason.code, ended.reason.message) == ("LabelingFailed", MESSAGE)


def test_people_who_cannot_be_asked_fail_the_training_at_once(stage: Stage) -> None:
    refused = Raise("InvalidInput", MESSAGE)
    ended = start(stage, Batch(tasks=TASKS[:1]), {"request_labeling": [refused]}).ended()
    assert (ended.status, ended.called["request_labeling"]) == ("FAILED", 1)
    assert (ended.reason.code, ended.reason.message) == ("InvalidInput", MESSAGE)


def test_people_who_never_answer_fail_the_training_when_the_labeling_closes(stage: Stage) -> None:
    ended = start(stage, Batch(tasks=TASKS[:1]), place=HURRIED_STATES).ended()
    assert (ended.status, ended.called["collect_annotations"]) == ("FAILED", 0)
    assert ended.reason.code == "LabelingFailed"
    assert "not everything was labeled while the labeling was open" in ended.reason.message
