"""A state machine's template that cannot be filled is refused before anything is made."""

import shutil
from pathlib import Path

import pytest

import infra.__main__ as program
from infra.asl import TemplateRefused
from tests.infra.recording import WITHOUT_PORTAL, evaluate_with

PROVIDER = "aws"


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the templates that the program fills instead."""
    copy = tmp_path / "statemachines"
    shutil.copytree(program.TEMPLATES, copy)
    monkeypatch.setattr(program, "TEMPLATES", copy)
    return copy


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("${DetectBrandsArn}", "${DetectBrandArn}", "no value for DetectBrandArn"),
        ('"States": {', '"States": {,', "not JSON"),
    ],
)
def test_a_changed_template_that_cannot_be_filled_is_named(
    before: str, after: str, why: str, templates: Path
) -> None:
    template = templates / "analysis-video.asl.json"
    text = template.read_text("utf-8")
    assert before in text
    template.write_text(text.replace(before, after), "utf-8")
    made: list[str] = []

    with pytest.raises(TemplateRefused, match=r"analysis-video\.asl\.json cannot be filled") as refused:
        evaluate_with("dev", WITHOUT_PORTAL, told=made.append)

    assert why in str(refused.value)
    assert made == [PROVIDER]
