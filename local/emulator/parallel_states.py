"""Parallel in JSONata: MiniStack reads no `Arguments`, `Assign` or `Output`, and branches share variables."""

from typing import Any

from ministack.services import stepfunctions

_BRANCHES = ("Branches", "Next", "End")


def build() -> None:
    """Give a Parallel state the fields that the emulator gives a Map, and its branches their own scope."""
    _give_branches_their_own_variables()
    run_branches = stepfunctions._run_parallel_branches

    def run_parallel_branches(state: Any, given: Any, execution: Any, context: Any) -> Any:
        if stepfunctions._state_query_language(state, context) != "JSONata":
            return run_branches(state, given, execution, context)
        branches = {name: state[name] for name in _BRANCHES if name in state}
        arguments = stepfunctions._apply_jsonata_arguments(state, given, context)
        results, following = run_branches(branches, arguments, execution, context)
        output = stepfunctions._apply_jsonata_output(state, given, context, result=results, default=results)
        stepfunctions._apply_state_assign(state, given, context, result=results)
        return output, following

    stepfunctions._run_parallel_branches = run_parallel_branches


def _give_branches_their_own_variables() -> None:
    """Let a branch see the variables of its surroundings and keep its own, as AWS scopes them."""
    run = stepfunctions._run_sub_machine

    def run_sub_machine(states: Any, start_at: Any, given: Any, execution: Any, context: Any) -> Any:
        own = {**context, "variables": dict(context.get("variables") or {})}
        return run(states, start_at, given, execution, own)

    stepfunctions._run_sub_machine = run_sub_machine
