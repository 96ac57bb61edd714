"""What would stop a deployment half-way is refused before anything is made."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

import infra.__main__ as program
from brandlens.adapters.workforces import Workforce
from brandlens.errors import AccessRefused, InvalidSettings, NotFound
from infra import preflight
from infra.asl import TemplateRefused
from infra.naming import Place
from infra.settings import Settings
from tests.infra.recording import ACCOUNT, GOOD, REGION, WITHOUT_PORTAL, evaluate_with

PLACE = Place("brandlens", "dev", "aws", REGION, ACCOUNT)
URI = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/brandlens:1"

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

    with pytest.raises(TemplateRefused, match=r"analysis-video\.asl\.json cannot be filled") as caught:
        evaluate_with("dev", WITHOUT_PORTAL, told=made.append)

    assert why in str(caught.value)
    assert made == [PROVIDER]


def refused(config: dict[str, str], made: list[str]) -> InvalidSettings:
    with pytest.raises(InvalidSettings) as caught:
        evaluate_with("dev", WITHOUT_PORTAL | {"brandlens:preflight": "true"} | config, told=made.append)
    return caught.value


@pytest.fixture
def _docker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.shutil, "which", lambda _name: "/usr/bin/docker")


def _existing(monkeypatch: pytest.MonkeyPatch, *found: Workforce) -> None:
    def look(_session: object, *, account: str) -> Sequence[Workforce]:
        assert account == ACCOUNT
        return found

    monkeypatch.setattr(preflight, "session_of", lambda _profile, _region: None)
    monkeypatch.setattr(preflight, "table_exists", lambda _table, _session: False)
    monkeypatch.setattr(preflight, "private_workforces", look)


@pytest.mark.usefixtures("_docker")
def test_a_workforce_that_is_there_and_not_named_is_told_with_its_teams(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _existing(monkeypatch, Workforce("studio", ("editors", "night")))
    made: list[str] = []

    error = refused({}, made)

    assert "the private workforce studio is in eu-west-1 already" in error.why
    assert error.remedy.endswith("editors, night")
    assert made == [PROVIDER]


@pytest.mark.usefixtures("_docker")
@pytest.mark.parametrize("found", [(), (Workforce("brandlens-dev-labelers", ()),)])
def test_no_workforce_or_the_stacks_own_is_in_nobodys_way(
    found: tuple[Workforce, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    _existing(monkeypatch, *found)
    made: list[str] = []

    evaluate_with("dev", WITHOUT_PORTAL | {"brandlens:preflight": "true"}, told=made.append)

    assert len(made) > 100


@pytest.mark.usefixtures("_docker")
def test_a_stack_of_this_name_whose_state_is_elsewhere_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    _existing(monkeypatch)
    monkeypatch.setattr(preflight, "table_exists", lambda table, _session: table == "brandlens-dev-projects")
    monkeypatch.setattr(preflight, "stack_resource_ids", lambda _stack: frozenset())
    made: list[str] = []

    error = refused({}, made)

    assert "the table brandlens-dev-projects is in eu-west-1 already" in error.why
    assert "pulumi login" in error.remedy
    assert made == [PROVIDER]


@pytest.mark.parametrize(
    ("there", "made"), [(False, frozenset[str]()), (True, frozenset({"brandlens-dev-projects"}))]
)
def test_a_first_deployment_and_an_update_are_in_nobodys_way(there: bool, made: frozenset[str]) -> None:
    preflight.require_a_name_of_its_own(
        PLACE, Settings.check(GOOD), is_there=lambda _table: there, made=lambda: made
    )


def test_a_state_that_cannot_be_read_stops_nothing_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(preflight.pulumi.log, "warn", told.append)

    def made() -> frozenset[str]:
        raise NotFound("The state of stack dev cannot be read", "no stack named 'dev' found")

    preflight.require_a_name_of_its_own(PLACE, Settings.check(GOOD), is_there=lambda _table: True, made=made)

    (warning,) = told
    assert "Whether another stack has this name is not known" in warning


def test_with_a_work_team_named_nobody_looks() -> None:
    def look() -> Sequence[Workforce]:
        raise AssertionError("looked")

    settings = Settings.check(GOOD | {"work_team": "editors"})
    preflight.require_room_for_a_workforce(PLACE, settings, look)


def test_what_cannot_be_looked_at_stops_nothing_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(preflight.pulumi.log, "warn", told.append)

    def look() -> Sequence[Workforce]:
        raise AccessRefused("the account's workforces could not be listed", "no credentials")

    preflight.require_room_for_a_workforce(PLACE, Settings.check(GOOD), look)

    (warning,) = told
    assert "no credentials" in warning


def test_a_machine_without_docker_builds_no_image(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight.shutil, "which", lambda _name: None)
    made: list[str] = []

    error = refused({"brandlens:image_build": URI}, made)

    assert error.why == "training_image_build: docker, which is not on this machine"
    assert "pulumi config set training_image_build codebuild" in error.remedy
    assert made == [PROVIDER]


@pytest.mark.parametrize("built", [URI, "codebuild"])
def test_images_that_are_built_elsewhere_need_no_docker(built: str) -> None:
    settings = Settings.check(GOOD | {"image_build": built, "training_image_build": built})

    preflight.require_container_engine(settings, has_docker=False)
