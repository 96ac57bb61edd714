"""Each function is given exactly what its settings model reads, and everything it is given exists."""

from decimal import Decimal

import pytest

from brandlens.cost.analysis import DETECT_GB, EXTRACT_GB
from brandlens.cost.budget import Budget
from brandlens.settings import BY_FUNCTION, TELEMETRY, ReserveBudgetSettings
from infra.functions import FUNCTIONS
from tests.infra.recording import ACCOUNT, REGION, Program, evaluate


def _environment(program: Program, function: str) -> dict[str, str]:
    return dict(program.one("aws:lambda/function:Function", function).inputs["environment"]["variables"])


def test_every_function_with_settings_is_deployed_and_no_other() -> None:
    assert {spec.name for spec in FUNCTIONS} == set(BY_FUNCTION)


@pytest.mark.parametrize("function", sorted(BY_FUNCTION))
def test_a_functions_environment_is_its_settings_models(function: str, dev: Program) -> None:
    deployed = _environment(dev, function)

    assert set(deployed) == BY_FUNCTION[function].variables() | TELEMETRY
    BY_FUNCTION[function].read(deployed)


def test_every_name_a_function_is_given_is_that_of_a_resource_of_the_stack(dev: Program) -> None:
    made = {
        str(resource.inputs[key])
        for resource in dev.resources
        for key in ("name", "bucket")
        if not resource.kind.startswith("brandlens:") and key in resource.inputs
    }
    arns = {
        f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:brandlens-dev-analysis",
        f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:brandlens-dev-training",
        f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:brandlens-dev-stop-idle-models",
        f"arn:aws:iam::{ACCOUNT}:role/brandlens-dev-model-stops",
        f"arn:aws:iam::{ACCOUNT}:role/brandlens-dev-labeling",
        f"arn:aws:iam::{ACCOUNT}:role/brandlens-dev-training-jobs",
        f"arn:aws:sns:{REGION}:{ACCOUNT}:brandlens-dev-labeling-notices",
        f"arn:aws:sagemaker:{REGION}:{ACCOUNT}:workteam/private-crowd/brandlens-dev-labelers",
    }
    for function in BY_FUNCTION:
        for key, value in _environment(dev, function).items():
            if key.endswith(("_BUCKET", "_TABLE", "_BUS", "_GROUP")):
                assert value in made, key
            if key.endswith("_ARN"):
                assert value in arns, key


def test_settings_reach_the_functions_that_read_them() -> None:
    program = evaluate(
        sample_rate_hz="0.5", idle_grace_minutes="7", log_level="DEBUG", max_inference_units="3"
    )

    assert _environment(program, "probe_media")["SAMPLE_RATE_HZ"] == "0.5"
    assert _environment(program, "release_model")["IDLE_GRACE_MINUTES"] == "7.0"
    assert _environment(program, "start_model")["MAX_INFERENCE_UNITS"] == "3"
    assert _environment(program, "ingest")["POWERTOOLS_LOG_LEVEL"] == "DEBUG"


def test_budgets_are_empty_until_they_are_set() -> None:
    without = _environment(evaluate(), "reserve_budget")
    limited = _environment(evaluate(budget_per_job="2.5", budget_per_month="100"), "reserve_budget")

    assert ReserveBudgetSettings.read(without).budget == Budget()
    assert ReserveBudgetSettings.read(limited).budget == Budget(
        per_job=Decimal("2.5"), per_month=Decimal(100)
    )


def test_costs_are_reckoned_with_the_memory_that_functions_have() -> None:
    memory = {spec.name: spec.memory_mb / 1024 for spec in FUNCTIONS}

    assert (memory["extract_frames"], memory["detect_brands"]) == (EXTRACT_GB, DETECT_GB)
