"""What `analysis-image` does with a picture, run in the emulator."""

from dataclasses import replace

import pytest

from brandlens.jobs import result_prefix
from brandlens.workfiles import frame_file
from tests.jobs import MODEL
from tests.statemachines.director import Late, Raise
from tests.statemachines.scenarios import EMBEDDED, GB_SECONDS, JPEG, PNG, UNITS, Scenario
from tests.statemachines.stage import Stage

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("statemachines")]


@pytest.mark.parametrize("picture", [JPEG, PNG], ids=lambda picture: picture.media_format)
def test_a_picture_is_probed_prepared_looked_at_and_summarized_in_this_order(
    stage: Stage, picture: Scenario
) -> None:
    ended = stage.run(picture)
    assert [callee for callee, _ in ended.calls] == [
        "analysis-image",
        "probe_media",
        "reserve_budget",
        "extract_frames",
        "model-start",
        "start_model",
        "detect_brands",
        "release_model",
        "summarize",
    ]
    assert (ended.status, ended.output) == ("SUCCEEDED", {"state": "SUCCEEDED"})


def test_every_function_is_handed_what_its_handler_takes(stage: Stage) -> None:
    ended = stage.run(PNG, {"detect_brands": [Late(0.1)]})
    (probe,) = ended.events("probe_media")
    assert (probe.job, probe.media_format) == (ended.job, "png")
    (reserve,) = ended.events("reserve_budget")
    assert (reserve.job, reserve.model, reserve.plan, reserve.counted) == (ended.job, MODEL, PNG.plan, None)
    (extract,) = ended.events("extract_frames")
    assert (extract.job, extract.plan, extract.segment) == (ended.job, PNG.plan, PNG.segments[0])
    (detect,) = ended.events("detect_brands")
    assert (detect.common.job, detect.common.model, detect.common.total) == (ended.job, MODEL, 1)
    assert [item.key for item in detect.items] == [result_prefix(ended.job) + frame_file(0)]
    for function in ("start_model", "release_model"):
        (lease,) = ended.events(function)
        assert (lease.job, lease.model) == (ended.job, MODEL)
    (summarize,) = ended.events("summarize")
    assert (summarize.job, summarize.model, summarize.plan) == (ended.job, MODEL, PNG.plan)
    assert (summarize.spent.detect_concurrency, summarize.spent.extract_gb_seconds) == (1, GB_SECONDS)
    assert (summarize.spent.leases_left, summarize.spent.inference_units) == (0, UNITS)
    assert summarize.spent.model_seconds >= 0.1
    assert summarize.spent.detect_seconds >= 0.1


def test_with_the_embedded_detector_no_model_is_started_released_or_paid_for(stage: Stage) -> None:
    ended = stage.run(replace(JPEG, model=EMBEDDED))
    assert ended.status == "SUCCEEDED"
    assert not ended.called.keys() & {"model-start", "start_model", "release_model"}
    assert ended.called["detect_brands"] == 1
    (summarize,) = ended.events("summarize")
    assert (summarize.model, summarize.spent.model_seconds) == (EMBEDDED, 0)
    assert (summarize.spent.leases_left, summarize.spent.inference_units) == (None, 0)


def test_a_picture_over_budget_is_not_prepared_looked_at_or_paid_for(stage: Stage) -> None:
    refused = Raise("OverBudget", "'a.png' is not analyzed: it may cost 0.41 USD. Raise budget_per_job.")
    ended = stage.run(PNG, {"reserve_budget": [refused]})
    assert dict(ended.called) == {
        "analysis-image": 1,
        "probe_media": 1,
        "reserve_budget": 1,
        "record_failure": 1,
    }
    assert (ended.reason.code, ended.reason.message) == (refused.error, refused.message)
