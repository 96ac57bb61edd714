"""Models that no service runs are neither started nor stopped."""

from dataclasses import dataclass, field

import pytest

from brandlens.cli import model_versions
from brandlens.errors import InvalidInput
from tests.fakes.projects import FakeProject, FakeProjects
from tests.jobs import MODEL

EMBEDDED = MODEL.model_copy(update={"detector": "embedded"})


@dataclass
class FakeCloud:
    projects: FakeProjects = field(
        default_factory=lambda: FakeProjects(FakeProject("cup", detector="embedded", active_model=EMBEDDED))
    )


@pytest.fixture(autouse=True)
def cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_versions, "open_cloud", lambda _: FakeCloud())


def test_an_embedded_model_needs_no_start() -> None:
    with pytest.raises(InvalidInput, match="Model version v1 needs no start"):
        model_versions.start("cup", env="dev")


def test_an_embedded_model_needs_no_stop() -> None:
    with pytest.raises(InvalidInput, match="Model version v1 needs no stop"):
        model_versions.stop("cup", env="dev")
