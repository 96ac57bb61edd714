"""What `analysis-video` does with a video, run in the emulator."""

from dataclasses import replace

import pytest

from brandlens.cost.quote import Counted
from brandlens.jobs import Model, result_prefix
from brandlens.workfiles import frame_file
from functions.start_model.handler import ModelState
from infra.machines import CALLS_PER_INFERENCE_UNIT
from tests.jobs import MODEL
from tests.statemachines.definitions import BATCH_SIZE, DETECT_CONCURRENCY
from tests.statemachines.director import Late, Raise
from tests.statemachines.scenarios import EMBEDDED, GB_SECONDS, SHORT_VIDEO, UNITS, VIDEO
from tests.statemachines.stage import Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]

NO_FRAMES = {"sampled": 0, "kept": 0, "gb_seconds": GB_SECONDS}
BATCHES = VIDEO.frames // BATCH_SIZE


def test_a_video_is_extracted_by_segments_looked_at_by_batches_and_summarized_last(stage: Stage) -> None:
    ended = stage.run(VIDEO)
    assert (ended.status, ended.output) == ("SUCCEEDED", {"state": "SUCCEEDED"})
    order = [callee for callee, _ in ended.calls]
    assert order[:3] == ["analysis-video", "probe_media", "reserve_budget"]
    assert order[3:6] == ["extract_frames"] * 3
    assert order[6:9] == ["reserve_budget", "model-start", "start_model"]
    looked = [callee for callee in order[9:-1] if callee != "make_sprites"]
    assert looked == ["detect_brands"] * BATCHES + ["release_model"]
    assert ended.called["make_sprites"] == 1
    assert order[-1] == "summarize"


def test_the_model_is_let_go_though_sprites_are_still_made(stage: Stage) -> None:
    ended = stage.run(VIDEO, {"make_sprites": [Late(1.0)]})
    (release,) = ended.events("release_model")
    assert release.looked is not None
    assert (release.looked.frames, release.looked.units) == (VIDEO.frames, UNITS)
    (summarize,) = ended.events("summarize")
    assert summarize.spent.model_seconds == release.looked.seconds < 1


def test_as_many_batches_are_looked_at_at_once_as_the_units_that_run_ask_for(stage: Stage) -> None:
    ready = ModelState(ready=True, status="RUNNING", units=5).model_dump(mode="json")
    ended = stage.run(VIDEO, {"start_model": [ready]})
    (summarize,) = ended.events("summarize")
    assert summarize.spent.detect_concurrency == 5 * CALLS_PER_INFERENCE_UNIT


def test_every_function_is_handed_what_its_handler_takes(stage: Stage) -> None:
    ended = stage.run(VIDEO, {"make_sprites": [Late(0.1)]})
    (probe,) = ended.events("probe_media")
    assert (probe.job, probe.media_format) == (ended.job, "mov")
    before, after = ended.events("reserve_budget")
    assert all(
        (event.job, event.model, event.plan) == (ended.job, MODEL, VIDEO.plan) for event in (before, after)
    )
    assert before.counted is None
    assert after.counted == Counted(
        sampled=2 * VIDEO.frames, kept=VIDEO.frames, gb_seconds=GB_SECONDS * len(VIDEO.segments)
    )
    extracts = sorted(ended.events("extract_frames"), key=lambda event: event.segment.number)
    assert tuple(event.segment for event in extracts) == VIDEO.segments
    assert all((event.job, event.plan) == (ended.job, VIDEO.plan) for event in extracts)
    batches = ended.events("detect_brands")
    common = {(batch.common.job, batch.common.model, batch.common.total) for batch in batches}
    assert common == {(ended.job, MODEL, VIDEO.frames)}
    assert {len(batch.items) for batch in batches} == {BATCH_SIZE}
    prefix = result_prefix(ended.job)
    assert sorted(item.key for batch in batches for item in batch.items) == [
        prefix + frame_file(index) for index in range(VIDEO.frames)
    ]
    (sprites,) = ended.events("make_sprites")
    assert (sprites.job, sprites.plan) == (ended.job, VIDEO.plan)
    for function in ("start_model", "release_model"):
        (lease,) = ended.events(function)
        assert (lease.job, lease.model) == (ended.job, MODEL)
    (start,) = ended.events("start_model")
    assert start.frames == VIDEO.frames
    (summarize,) = ended.events("summarize")
    assert (summarize.job, summarize.model, summarize.plan) == (ended.job, MODEL, VIDEO.plan)
    spent = summarize.spent
    assert spent.detect_concurrency == UNITS * CALLS_PER_INFERENCE_UNIT
    assert spent.extract_gb_seconds == GB_SECONDS * len(VIDEO.segments)
    assert (spent.leases_left, spent.inference_units) == (0, UNITS)
    assert spent.model_seconds == spent.detect_seconds > 0


def test_a_video_of_one_segment_and_one_frame_is_a_list_of_one(stage: Stage) -> None:
    ended = stage.run(SHORT_VIDEO)
    assert ended.status == "SUCCEEDED"
    (extract,) = ended.events("extract_frames")
    assert extract.segment == SHORT_VIDEO.segments[0]
    (detect,) = ended.events("detect_brands")
    assert (len(detect.items), detect.common.total) == (1, 1)
    (summarize,) = ended.events("summarize")
    assert summarize.spent.extract_gb_seconds == GB_SECONDS


def test_with_the_embedded_detector_no_model_is_started_released_or_paid_for(stage: Stage) -> None:
    ended = stage.run(replace(VIDEO, model=EMBEDDED))
    assert ended.status == "SUCCEEDED"
    assert not ended.called.keys() & {"model-start", "start_model", "release_model"}
    assert (ended.called["detect_brands"], ended.called["make_sprites"]) == (BATCHES, 1)
    (summarize,) = ended.events("summarize")
    assert (summarize.model, summarize.spent.model_seconds) == (EMBEDDED, 0)
    assert summarize.spent.detect_concurrency == DETECT_CONCURRENCY
    assert (summarize.spent.leases_left, summarize.spent.inference_units) == (None, 0)


def test_a_video_without_a_frame_starts_no_model_and_is_left_to_the_summary_to_refuse(stage: Stage) -> None:
    empty = replace(VIDEO, frames=0)
    refused = Raise("NoFrames", "no frame could be decoded: the file ends early.")
    ended = stage.run(empty, {"extract_frames": [NO_FRAMES] * 3, "summarize": [refused]})
    assert dict(ended.called) == {
        "analysis-video": 1,
        "probe_media": 1,
        "reserve_budget": 1,
        "extract_frames": 3,
        "summarize": 1,
        "record_failure": 1,
    }
    (summarize,) = ended.events("summarize")
    assert (summarize.spent.model_seconds, summarize.spent.detect_seconds) == (0, 0)
    assert (ended.status, ended.reason.code, ended.reason.message) == (
        "FAILED",
        refused.error,
        refused.message,
    )


def test_as_many_batches_may_fail_as_the_settings_tolerate(stage: Stage) -> None:
    ended = stage.run(VIDEO, {"detect_brands": [Raise("ModelFailed")]})
    assert ended.status == "SUCCEEDED"
    assert (ended.called["detect_brands"], ended.called["record_failure"]) == (BATCHES, 0)


def test_one_more_batch_that_fails_than_is_tolerated_fails_the_analysis(stage: Stage) -> None:
    ended = stage.run(VIDEO, {"detect_brands": [Raise("ModelFailed")] * 2})
    assert (ended.status, ended.called["release_model"], ended.called["summarize"]) == ("FAILED", 0, 0)
    assert ended.reason.code == "States.ExceedToleratedFailureThreshold"
    assert ended.reason.message == "More frames could not be looked at than the settings tolerate."


OVER_BUDGET = Raise("OverBudget", "'a.mp4' is not analyzed: it may cost 1.89 USD. Raise budget_per_job.")


def test_a_video_whose_extraction_is_over_budget_is_not_decoded(stage: Stage) -> None:
    ended = stage.run(VIDEO, {"reserve_budget": [OVER_BUDGET]})
    assert dict(ended.called) == {
        "analysis-video": 1,
        "probe_media": 1,
        "reserve_budget": 1,
        "record_failure": 1,
    }
    assert (ended.reason.code, ended.reason.message) == (OVER_BUDGET.error, OVER_BUDGET.message)


@pytest.mark.parametrize("model", [MODEL, EMBEDDED], ids=["rekognition", "embedded"])
def test_a_video_over_budget_starts_no_model_and_asks_no_detector(stage: Stage, model: Model) -> None:
    ended = stage.run(replace(VIDEO, model=model), {"reserve_budget": [Late(0), OVER_BUDGET]})
    assert dict(ended.called) == {
        "analysis-video": 1,
        "probe_media": 1,
        "reserve_budget": 2,
        "extract_frames": 3,
        "record_failure": 1,
    }
    assert (ended.reason.code, ended.reason.message) == (OVER_BUDGET.error, OVER_BUDGET.message)
