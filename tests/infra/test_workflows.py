"""The workflows of GitHub Actions: well-formed, and without a key that outlives a run."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))


def _steps(workflow: Path) -> list[dict[str, Any]]:
    jobs = yaml.safe_load(workflow.read_text("utf-8"))["jobs"].values()
    return [step for job in jobs for step in job.get("steps", [])]


def test_every_workflow_is_what_github_takes() -> None:
    assert [workflow.stem for workflow in WORKFLOWS] == ["preview", "pulumi", "test", "up"]
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_no_workflow_reads_a_secret_or_may_write_to_the_repository(workflow: Path) -> None:
    text = workflow.read_text("utf-8")
    assert "secrets." not in text
    assert yaml.safe_load(text)["permissions"]["contents"] == "read"


def test_credentials_are_those_of_a_role_that_github_vouches_for() -> None:
    (credentials,) = [
        step
        for step in _steps(ROOT / ".github/workflows/pulumi.yml")
        if "aws-actions" in step.get("uses", "")
    ]
    assert set(credentials["with"]) == {"role-to-assume", "aws-region"}


def test_what_the_workflows_run_is_there() -> None:
    targets = {step["run"] for workflow in WORKFLOWS for step in _steps(workflow) if "run" in step}
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert targets == {"make pr", "make ffmpeg"}
    assert all(f"\n{target.removeprefix('make ')}:" in makefile for target in targets)


def test_nothing_is_deployed_before_the_tests_pass_and_no_preview_drops_an_update_that_waits() -> None:
    up = yaml.safe_load((ROOT / ".github/workflows/up.yml").read_text("utf-8"))["jobs"]
    assert up["up"]["needs"] == "test"
    assert up["test"]["uses"] == "./.github/workflows/test.yml"
    (job,) = yaml.safe_load((ROOT / ".github/workflows/pulumi.yml").read_text("utf-8"))["jobs"].values()
    assert "inputs.command" in job["concurrency"]["group"]
    assert job["concurrency"]["cancel-in-progress"] is False


def test_stacks_that_are_deployed_have_settings() -> None:
    text = (ROOT / ".github/workflows/up.yml").read_text("utf-8")
    for stack in ("dev", "prod"):
        assert f"'{stack}'" in text
        assert (ROOT / f"Pulumi.{stack}.yaml").exists()
