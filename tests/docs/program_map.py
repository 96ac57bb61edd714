"""What the Pulumi program makes, read as who starts whom and who may touch which data."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from infra.functions import FUNCTIONS
from infra.machines import MACHINES
from infra.naming import kebab
from tests.infra.recording import Program, Registered, rights

PREFIX = "brandlens-dev-"
"""Of the stack that the program is evaluated for."""
_POLICY = "aws:iam/rolePolicy:RolePolicy"
_SERVICES = {
    "apigateway.amazonaws.com": "HTTP API<br/>a signed call",
    "cognito-idp.amazonaws.com": "user pool of labelers<br/>a message to send",
}
"""What has a function called without a rule, by the principal that may."""
_READS = ("Get", "List", "Query", "Scan", "ConditionCheck", "BatchGet", "Describe")


@dataclass(frozen=True)
class Start:
    """Something that has a function called: `what` happens, and the function's name."""

    what: str
    function: str


def starts(program: Program) -> list[Start]:
    """Return the events, schedules and services that call functions, by function."""
    found = [*_by_rules(program), *_by_schedules(program), *_by_services(program)]
    return sorted(found, key=lambda start: (start.function, start.what))


def _by_rules(program: Program) -> Iterator[Start]:
    for target in program.of("aws:cloudwatch/eventTarget:EventTarget"):
        rule = program.one("aws:cloudwatch/eventRule:EventRule", target.name)
        if ":function:" in target.inputs["arn"]:
            yield Start(f"{rule.name}<br/>{_happens(rule)}", _short(target.inputs["arn"]))


def _happens(rule: Registered) -> str:
    if schedule := rule.inputs.get("scheduleExpression"):
        return str(schedule)
    (detail_type,) = json.loads(rule.inputs["eventPattern"])["detail-type"]
    return str(detail_type)


def _by_schedules(program: Program) -> Iterator[Start]:
    for role in program.of("aws:iam/role:Role"):
        if "scheduler.amazonaws.com" in role.inputs["assumeRolePolicy"]:
            for function in rights(program, role.name)["lambda:InvokeFunction"]:
                yield Start(f"{role.name}<br/>a one-time schedule", _short(function))


def _by_services(program: Program) -> Iterator[Start]:
    for leave in program.of("aws:lambda/permission:Permission"):
        if leave.inputs["principal"] != "events.amazonaws.com":
            yield Start(_SERVICES[leave.inputs["principal"]], _short(leave.inputs["function"]))


def started_by(program: Program, role: str) -> list[str]:
    """Return the state machines that a function or machine may start, itself left out."""
    found = rights(program, role).get("states:StartExecution", set())
    return [machine for machine in _machines(found) if machine != role]


def answered_by(program: Program, function: str) -> list[str]:
    """Return the state machines whose waits for people a function may end."""
    return _machines(rights(program, function).get("states:SendTaskSuccess", set()))


def publishes(program: Program, function: str) -> bool:
    return "events:PutEvents" in rights(program, function)


def access(program: Program, function: str) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Return what a function's role may do to buckets and to tables, `r`, `w` or `rw` by name, and the other
    services whose actions it may call, telemetry's and its dead letters' left out."""
    buckets: dict[str, set[str]] = {}
    tables: dict[str, set[str]] = {}
    services: set[str] = set()
    for action, resources in _all_rights(program, function).items():
        service, name = action.split(":")
        mode = "r" if name.startswith(_READS) else "w"
        for resource in resources:
            if service == "s3":
                buckets.setdefault(_bucket(resource), set()).add(mode)
            elif service == "dynamodb":
                tables.setdefault(_table(resource), set()).add(mode)
            elif service not in ("logs", "xray", "sqs"):
                services.add(service)
    return _modes(buckets), _modes(tables), sorted(services)


def _all_rights(program: Program, function: str) -> Mapping[str, set[str]]:
    found = dict(rights(program, function))
    for policy in program.of(_POLICY):
        if policy.inputs["role"] == PREFIX + kebab(function) and policy.name != function:
            for action, resources in rights(program, policy.name).items():
                found[action] = found.get(action, set()) | resources
    return found


def _modes(found: Mapping[str, set[str]]) -> dict[str, str]:
    return {name: "".join(sorted(modes)) for name, modes in sorted(found.items())}


def _bucket(arn: str) -> str:
    return arn.removeprefix(f"arn:aws:s3:::{PREFIX}").partition("/")[0].rpartition("-")[0]


def _table(arn: str) -> str:
    return arn.partition(f"table/{PREFIX}")[2].partition("/")[0]


def _machines(arns: Iterable[str]) -> list[str]:
    names = {arn.rpartition(f":{PREFIX}")[2] for arn in arns}
    return [machine for machine in MACHINES if machine in names]


def _short(function: str) -> str:
    name = function.rpartition(":")[2].removeprefix(PREFIX)
    (found,) = [spec.name for spec in FUNCTIONS if kebab(spec.name) == name]
    return found
