"""stop_idle_models: a sweep takes the gauges, the look at one model does not."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from brandlens.gauges import Gauged, GaugeName
from functions.stop_idle_models import handler
from tests.fakes.jobs import FakeJobs
from tests.fakes.leases import FakeLeases
from tests.fakes.models import FakeModels
from tests.fakes.projects import FakeProjects
from tests.fakes.workflows import FakeBus
from tests.functions.lease_world import GRACE
from tests.functions.test_runtime import Context
from tests.spending import FakeSpending

SWEEP = {"source": "aws.events", "detail-type": "Scheduled Event"}


@dataclass
class NoLongerThere(FakeModels):
    """A service that cannot be asked."""

    def status(self, model: Any) -> str:
        raise AssertionError(model)


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch) -> None:
    leases = FakeLeases()
    deps = handler.Deps(NoLongerThere(), leases, FakeBus(), GRACE)
    gauged = Gauged(FakeJobs(), NoLongerThere(), leases, FakeProjects(), FakeSpending())
    monkeypatch.setattr(handler, "_deps", lambda: deps)
    monkeypatch.setattr(handler, "_gauged", lambda: gauged)


def measured(event: dict[str, str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    handler.lambda_handler(event, Context())  # type: ignore[arg-type]
    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"_aws"' in line]
    (whole,) = metrics
    return dict(whole)


def test_a_sweep_takes_every_gauge_with_its_unit(capsys: pytest.CaptureFixture[str]) -> None:
    metrics = measured(SWEEP, capsys)

    assert {name: metrics[name] for name in GaugeName} == {name: [0.0] for name in GaugeName}
    (described,) = metrics["_aws"]["CloudWatchMetrics"]
    units = {each["Name"]: each["Unit"] for each in described["Metrics"]}
    assert units[GaugeName.OLDEST_ANALYSIS] == "Seconds"
    assert units[GaugeName.MONTH_SPENT] == "None"
    assert ["service"] in described["Dimensions"]


def test_the_look_at_one_model_takes_no_gauge(capsys: pytest.CaptureFixture[str]) -> None:
    assert not set(GaugeName) & measured({"model_arn": "arn"}, capsys).keys()
