"""The differences between the emulator and AWS that are bridged here, inside the emulator's own process.

MiniStack is pinned to one exact version, so its inner functions are known; a bridge whose function is gone
stops the start with an AttributeError. `local/README.md` lists the differences.
"""

from local.emulator import (
    api_refusals,
    closed_sign_up,
    condition_syntax,
    distributed_map,
    event_targets,
    function_instances,
    identity_roles,
    input_paths,
    nested_executions,
    object_events,
    object_versions,
    parallel_states,
    pending_invocations,
    policy_wildcards,
    query_time,
    ranged_versions,
    resumed_executions,
    runtime_delay,
    saving,
    schedule_groups,
    table_changes,
    task_tokens,
    time_limits,
    trail,
    transport,
    walking,
)


def build() -> None:
    """Put every bridge in place; called once, before the emulator serves."""
    transport.build()
    policy_wildcards.build()
    trail.build()
    schedule_groups.build()
    event_targets.build()
    input_paths.build()
    function_instances.build()
    identity_roles.build()
    api_refusals.build()
    closed_sign_up.build()
    distributed_map.build()
    parallel_states.build()
    walking.build()
    query_time.build()
    nested_executions.build()
    object_versions.build()
    object_events.build()
    ranged_versions.build()
    time_limits.build()
    task_tokens.build()
    runtime_delay.build()
    condition_syntax.build()
    table_changes.build()
    resumed_executions.build()
    pending_invocations.build()
    saving.build()
