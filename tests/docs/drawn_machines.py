"""A state machine as a Mermaid flowchart: its steps in order, with the function or machine that each calls.

Choices and passes are left out, and what they lead to is drawn after what leads to them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

States = Mapping[str, Mapping[str, Any]]
_DRAWN = ("Task", "Map", "Parallel", "Wait")
_CALLED = re.compile(r"\$\{(\w+)Arn\}")
FAILURE = "RecordFailure"


def flowchart(machine: str, definition: Mapping[str, Any], called: Mapping[str, str]) -> list[str]:
    """Return the lines of one machine's box. `called` is what each marker's `...Arn` stands for."""
    lines = [f'subgraph {_id(machine)}["{machine}"]', "direction TB"]
    lines += _body(machine, definition["StartAt"], definition["States"], called)
    return [*lines, "end"]


def catches_everything(states: States) -> bool:
    """Whether any error of any step that may fail leads to the failure path."""
    may_fail = [
        state
        for name, state in states.items()
        if state["Type"] in ("Task", "Map", "Parallel") and name != FAILURE
    ]
    return bool(may_fail) and all(
        {"States.ALL"} == {error for catch in state.get("Catch", []) for error in catch["ErrorEquals"]}
        for state in may_fail
    )


def _body(path: str, start: str, states: States, called: Mapping[str, str]) -> Iterator[str]:
    for name, state in states.items():
        yield from _node(f"{path}/{name}", name, state, called)
    drawn = [name for name, state in states.items() if state["Type"] in _DRAWN]
    reached = {start, *(following for name in drawn for following in _following(states, name))}
    for name in drawn:
        for following in _following(states, name):
            yield from _edges(path, name, following, states)
        if name == FAILURE and name not in reached and not catches_everything(states):
            raise ValueError(f"{path}: not every step's errors lead to {FAILURE}, which the drawing says")


def _node(path: str, name: str, state: Mapping[str, Any], called: Mapping[str, str]) -> Iterator[str]:
    match state["Type"]:
        case "Task":
            callee = _callee(state, called)
            after = "after any error: " if name == FAILURE else ""
            people = "people label; " if state["Resource"].endswith(".waitForTaskToken") else ""
            shape = "machine" if state["Resource"].startswith("arn:aws:states:::states:") else "function"
            yield f'{_id(path)}["{after}{name}<br/>{people}<i>{callee}</i>"]:::{shape}'
        case "Wait":
            yield f'{_id(path)}(["{name}"]):::wait'
        case "Map":
            inner = state["ItemProcessor"]
            mode = inner["ProcessorConfig"]["Mode"].lower()
            yield f'subgraph {_id(path)}["{name}: {mode} map"]'
            yield from _body(path, inner["StartAt"], inner["States"], called)
            yield "end"
        case "Parallel":
            yield f'subgraph {_id(path)}["{name}: side by side"]'
            for number, branch in enumerate(state["Branches"]):
                yield from _body(f"{path}/{number}", branch["StartAt"], branch["States"], called)
            yield "end"


def _edges(path: str, name: str, following: str, states: States) -> Iterator[str]:
    for end in _ends(f"{path}/{name}", states[name], first=False):
        for begin in _ends(f"{path}/{following}", states[following], first=True):
            yield f"{_id(end)} --> {_id(begin)}"


def _ends(path: str, state: Mapping[str, Any], *, first: bool) -> list[str]:
    """Return the steps that a state begins, or ends, with: a map's or a parallel's are those inside it."""
    match state["Type"]:
        case "Map":
            inside = [(path, state["ItemProcessor"])]
        case "Parallel":
            inside = [(f"{path}/{number}", branch) for number, branch in enumerate(state["Branches"])]
        case _:
            return [path]
    found = []
    for place, branch in inside:
        states = branch["States"]
        names = _drawn_from(states, branch["StartAt"]) if first else _last(states)
        for name in names:
            found += _ends(f"{place}/{name}", states[name], first=first)
    return found


def _last(states: States) -> list[str]:
    return [name for name, state in states.items() if state["Type"] in _DRAWN and _may_end(states, name)]


def _may_end(states: States, name: str) -> bool:
    seen, open_states = set(), [name]
    while open_states:
        state = states[open_states.pop()]
        if state.get("End"):
            return True
        for target in _targets(state):
            if states[target]["Type"] not in (*_DRAWN, "Fail", "Succeed") and target not in seen:
                seen.add(target)
                open_states.append(target)
    return False


def _following(states: States, name: str) -> list[str]:
    found = (drawn for target in _targets(states[name]) for drawn in _drawn_from(states, target))
    return list(dict.fromkeys(found))


def _drawn_from(states: States, name: str) -> list[str]:
    """Return the first drawn states on the ways from a state, itself included."""
    if states[name]["Type"] in _DRAWN:
        return [name]
    found = (drawn for target in _targets(states[name]) for drawn in _drawn_from(states, target))
    return list(dict.fromkeys(found))


def _targets(state: Mapping[str, Any]) -> list[str]:
    choices = [choice["Next"] for choice in state.get("Choices", [])]
    catches = [catch["Next"] for catch in state.get("Catch", []) if catch["ErrorEquals"] != ["States.ALL"]]
    return [target for target in (state.get("Next"), *choices, state.get("Default"), *catches) if target]


def _callee(state: Mapping[str, Any], called: Mapping[str, str]) -> str:
    arguments = state["Arguments"]
    found = _CALLED.fullmatch(arguments.get("FunctionName") or arguments["StateMachineArn"])
    assert found is not None
    return called[found[1]]


def _id(path: str) -> str:
    """Return a name that Mermaid takes for a node, none of its own words among them."""
    return "n_" + re.sub(r"\W", "_", path)
