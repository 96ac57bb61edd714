"""Every state of the machines that analyze, and what is done to a workflow that is in it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args

from local.home import REPOSITORY

Fault = Literal["stop", "cancel", "kill before", "kill after", "drop"]
"""`stop`: the execution itself is stopped. `cancel`: the one that all began with is, as by `brandlens jobs
cancel`. `kill`: the function's process dies, before or after its work is done. `drop`: the emulator's reply,
that the function has answered, is lost, so that the state waits until its time is up."""

FOLDER = "BRANDLENS_FAULTS"
"""The variable that tells the emulator where the faults are."""

SECONDS_A_MINUTE = "BRANDLENS_SECONDS_A_MINUTE"
"""The variable that tells it how long an emulated minute lasts."""

MACHINES = ("analysis-image", "analysis-video", "model-start")


@dataclass(frozen=True)
class Case:
    machine: str
    state: str
    fault: Fault

    @property
    def video(self) -> bool:
        return self.machine == "analysis-video"


def every_case() -> list[Case]:
    """Each state with each fault that can befall it: only one that calls a function has a process to kill."""
    return [
        Case(machine, state, fault)
        for machine in MACHINES
        for state, body in _states(_definition(machine))
        for fault in get_args(Fault)
        if _befalls(fault, body)
    ]


def _befalls(fault: Fault, state: dict[str, Any]) -> bool:
    resource = state.get("Resource", "")
    if fault in ("stop", "cancel"):
        return True
    return "lambda:invoke" in resource or (fault == "drop" and "startExecution" in resource)


def _definition(machine: str) -> Any:
    text = (REPOSITORY / "statemachines" / f"{machine}.asl.json").read_text("utf-8")
    return json.loads(re.sub(r"\$\{(\w+)\}", "0", text))


def _states(machine: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every state of a machine, those within others too, that a workflow with frames and a model comes to."""
    for name, state in machine["States"].items():
        if state["Type"] in ("Succeed", "Fail") or name in ("NothingToDetect", "Looked"):
            continue
        yield name, state
        for inner in (*state.get("Branches", ()), state.get("ItemProcessor")):
            if inner:
                yield from _states(inner)
