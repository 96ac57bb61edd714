"""What would stop a deployment half-way is refused before anything is made."""

import shutil
import subprocess
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
        ("${DetectBrandsArn}", "${ DetectBrandsArn }", "no marker is written as ${ DetectBrandsArn }"),
        ("${DetectBrandsArn}", "${detect-brands}", "no marker is written as ${detect-brands}"),
        ("${DetectBrandsArn}", "$DetectBrandsArn", "$DetectBrandsArn is no ARN"),
        ('"StartAt"', '"StartsAt"', "StartAt names no state"),
    ],
)
def test_a_changed_template_that_cannot_be_filled_is_named(
    before: str, after: str, why: str, templates: Path
) -> None:
    template = templates / "analysis-video.asl.json"
    text = template.read_text("utf-8")
    assert before in text
    template.write_text(text.replace(before, after, 1), "utf-8")
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
    monkeypatch.setattr(preflight, "_docker_answers", lambda: True)


def _existing(monkeypatch: pytest.MonkeyPatch, *found: Workforce) -> None:
    def look(_session: object, *, account: str) -> Sequence[Workforce]:
        assert account == ACCOUNT
        return found

    monkeypatch.setattr(preflight, "session_of", lambda _profile, _region: None)
    monkeypatch.setattr(preflight, "names_taken", lambda _session, *, table, role: ())
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
@pytest.mark.parametrize("there", ["brandlens-dev-projects", "brandlens-dev-ingest"])
def test_a_stack_of_this_name_whose_state_or_region_is_another_is_told(
    there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _existing(monkeypatch)

    def names_taken(_session: object, *, table: str, role: str) -> tuple[str, ...]:
        return tuple({there} & {table, role})

    monkeypatch.setattr(preflight, "names_taken", names_taken)
    monkeypatch.setattr(preflight, "stack_resource_ids", lambda _stack: frozenset())
    made: list[str] = []

    error = refused({}, made)

    assert f"{there} of the account is not this stack's" in error.why
    assert "pulumi login" in error.remedy
    assert made == [PROVIDER]


@pytest.mark.parametrize("there", [[], ["brandlens-dev-ingest", "brandlens-dev-projects"]])
def test_a_first_deployment_and_an_update_are_in_nobodys_way(there: list[str]) -> None:
    preflight.require_a_name_of_its_own(
        PLACE, Settings.check(GOOD), there=lambda: there, made=lambda: frozenset(there)
    )


def test_a_state_that_cannot_be_read_stops_nothing_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(preflight.pulumi.log, "warn", told.append)

    def made() -> frozenset[str]:
        raise NotFound("The state of stack dev cannot be read", "no stack named 'dev' found")

    preflight.require_a_name_of_its_own(
        PLACE, Settings.check(GOOD), there=lambda: ["brandlens-dev-projects"], made=made
    )

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


@pytest.mark.parametrize("engine", ["no command", "no daemon", "no answer"])
def test_a_machine_without_docker_builds_no_image(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **more: float) -> subprocess.CompletedProcess[bytes]:
        if engine == "no command":
            raise FileNotFoundError(command[0])
        if engine == "no answer":
            raise subprocess.TimeoutExpired(command, more["timeout"])
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(preflight.subprocess, "run", run)
    made: list[str] = []

    error = refused({"brandlens:image_build": URI}, made)

    assert error.why == "training_image_build: docker, which does not answer on this machine"
    assert "pulumi config set training_image_build codebuild" in error.remedy
    assert made == [PROVIDER]


@pytest.mark.parametrize("built", [URI, "codebuild"])
def test_images_that_are_built_elsewhere_need_no_docker(built: str) -> None:
    settings = Settings.check(GOOD | {"image_build": built, "training_image_build": built})

    preflight.require_container_engine(settings, has_docker=False)


def test_a_template_that_is_gone_is_named(templates: Path) -> None:
    (templates / "analysis.asl.json").unlink()
    with pytest.raises(TemplateRefused, match=r"analysis\.asl\.json cannot be read"):
        evaluate_with("dev", WITHOUT_PORTAL)


@pytest.mark.parametrize(
    ("setting", "remedy"),
    [
        ("region", "pulumi config set aws:region REGION"),
        ("stack", "pulumi stack rename NAME"),
        ("project", "set name in Pulumi.yaml"),
    ],
)
def test_a_setting_that_is_pulumis_own_is_not_ignored_where_it_has_no_say(setting: str, remedy: str) -> None:
    made: list[str] = []
    error = refused({f"brandlens:{setting}": "elsewhere"}, made)
    assert f"brandlens:{setting} is not where {setting} is set" in error.why
    assert error.remedy.endswith(remedy)
    assert made == []


def test_an_image_of_another_region_is_refused() -> None:
    with pytest.raises(InvalidSettings, match="of the stack's region"):
        Settings.check(GOOD | {"image_build": URI.replace(REGION, "us-east-1")})
