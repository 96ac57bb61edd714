"""The drawn parts of the documentation are those of the program and the templates as they are."""

import json
import re

import pytest

from infra.__main__ import TEMPLATES
from infra.functions import FUNCTIONS
from infra.machines import MACHINES
from tests.docs.drawn import DOCS, drawn, machines, with_drawn
from tests.docs.drawn_machines import FAILURE, catches_everything, flowchart
from tests.infra.recording import Program


@pytest.mark.parametrize("page", ["architecture.md", "security.md"])
def test_what_is_drawn_is_current(dev: Program, page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert text == with_drawn(text, drawn(dev)[page]), (
        "run `python -m tests.docs.drawn` and commit the result"
    )


def test_every_function_and_every_machine_is_in_a_diagram(dev: Program) -> None:
    diagrams = "\n".join(drawn(dev)["architecture.md"].values())
    for name in (*(spec.name for spec in FUNCTIONS), *MACHINES):
        assert re.search(rf"[>\"]{name}[<\"]", diagrams), name


@pytest.mark.parametrize("machine", MACHINES)
def test_every_step_that_calls_something_is_drawn_once(machine: str) -> None:
    def tasks(states: dict[str, dict[str, object]]) -> int:
        count = 0
        for state in states.values():
            inside = [state["ItemProcessor"]] if "ItemProcessor" in state else state.get("Branches", [])
            count += state["Type"] == "Task"
            count += sum(tasks(part["States"]) for part in inside)  # type: ignore[attr-defined]
        return count

    template = json.loads((TEMPLATES / f"{machine}.asl.json").read_text("utf-8"))
    lines = machines(machine)
    assert sum(line.endswith((":::function", ":::machine")) for line in lines) == tasks(template["States"])


def test_the_machines_that_end_jobs_catch_whatever_goes_wrong() -> None:
    for machine in ("analysis", "training"):
        template = json.loads((TEMPLATES / f"{machine}.asl.json").read_text("utf-8"))
        assert catches_everything(template["States"])


def test_a_step_whose_errors_lead_nowhere_cannot_be_drawn_as_if_they_did() -> None:
    call = {"Type": "Task", "Resource": "", "Arguments": {"FunctionName": "${AArn}"}, "End": True}
    template = {"StartAt": "Work", "States": {"Work": call, FAILURE: call}}
    with pytest.raises(ValueError, match="not every step's errors"):
        flowchart("broken", template, {"A": "a"})


def test_a_page_without_a_place_for_a_part_is_refused() -> None:
    with pytest.raises(ValueError, match="no place for analysis"):
        with_drawn("# A page\n", {"analysis": "a diagram"})
