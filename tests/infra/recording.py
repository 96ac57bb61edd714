"""Evaluates the whole Pulumi program and records what it registers, afresh at every call."""

import asyncio
import json
import runpy
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import chdir, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pulumi
from pulumi.runtime import mocks as pulumi_mocks
from pulumi.runtime import set_all_config
from pulumi.runtime.settings import configure, set_root_resource
from pulumi.runtime.stack import run_in_stack

import infra
from infra.__main__ import main

INFRA = Path(infra.__file__).parent
ACCOUNT = "123456789012"
REGION = "eu-west-1"
IMAGE_DIGEST = f"sha256:{'4f' * 32}"
"""That of whatever the program builds."""
GOOD = {
    "project": "brandlens",
    "stack": "dev",
    "region": REGION,
    "admin_email": "ops@example.com",
    "accept_ffmpeg_licence": "true",
}
"""Every setting that has no default, under its name in `infra.settings.Settings`."""
REQUIRED = (
    {"aws:region": REGION}
    | {f"brandlens:{name}": GOOD[name] for name in ("admin_email", "accept_ffmpeg_licence")}
    | {"brandlens:portal": "false", "brandlens:preflight": "false"}
)
"""The same as Pulumi's configuration has it."""

WITHOUT_PORTAL = REQUIRED | {"brandlens:portal": "false"}
"""So that nothing has to be built."""


@dataclass(frozen=True)
class Registered:
    """One resource as the program asked for it. `parent` and `after` are URNs."""

    kind: str
    name: str
    urn: str
    parent: str
    provider: str
    inputs: dict[str, Any]
    after: frozenset[str]
    retained: bool
    """Whether it outlives the stack."""


@dataclass
class Program:
    """What one evaluation registered and exported."""

    resources: list[Registered] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)

    def of(self, kind: str) -> list[Registered]:
        return [resource for resource in self.resources if resource.kind == kind]

    def one(self, kind: str, name: str) -> Registered:
        (found,) = [resource for resource in self.of(kind) if resource.name == name]
        return found


_ARNS = {
    "aws:s3/bucket:Bucket": "arn:aws:s3:::{bucket}",
    "aws:dynamodb/table:Table": f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{{name}}",
    "aws:sqs/queue:Queue": f"arn:aws:sqs:{REGION}:{ACCOUNT}:{{name}}",
    "aws:sns/topic:Topic": f"arn:aws:sns:{REGION}:{ACCOUNT}:{{name}}",
    "aws:iam/role:Role": f"arn:aws:iam::{ACCOUNT}:role/{{name}}",
    "aws:lambda/function:Function": f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:{{name}}",
    "aws:sfn/stateMachine:StateMachine": f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{{name}}",
    "aws:cloudwatch/logGroup:LogGroup": f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{{name}}",
    "aws:cloudwatch/eventBus:EventBus": f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{{name}}",
}
"""The ARN that AWS gives a resource of each type, from its inputs."""


class _Cloud(pulumi_mocks.Mocks):
    """Answers as AWS would: with a resource's inputs and its ARN."""

    def new_resource(self, args: pulumi_mocks.MockResourceArgs) -> tuple[str, dict[str, Any]]:
        outputs = dict(args.inputs)
        if args.typ in _ARNS:
            outputs["arn"] = _ARNS[args.typ].format_map(args.inputs)
        if args.typ == "aws:cloudwatch/eventRule:EventRule":
            bus = args.inputs.get("eventBusName")
            path = f"{bus}/{args.inputs['name']}" if bus else args.inputs["name"]
            outputs["arn"] = f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{path}"
        if args.typ == "aws:sqs/queue:Queue":
            outputs["url"] = f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{args.inputs['name']}"
        if args.typ == "aws:ecr/repository:Repository":
            outputs["repositoryUrl"] = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{args.inputs['name']}"
        if args.typ == "aws:apigateway/stage:Stage":
            host = f"{args.inputs['restApi']}.execute-api.{REGION}.amazonaws.com"
            outputs["invokeUrl"] = f"https://{host}/{args.inputs['stageName']}"
        if args.typ == "aws:cloudfront/distribution:Distribution":
            outputs["domainName"] = "d111111abcdef8.cloudfront.net"
        if args.typ == "docker-build:index:Image":
            outputs["digest"] = IMAGE_DIGEST
        return f"{args.name}-id", outputs

    def call(self, args: pulumi_mocks.MockCallArgs) -> tuple[dict[Any, Any], list[tuple[str, str]]]:
        if args.token == "aws:index/getCallerIdentity:getCallerIdentity":
            return {
                "id": "",
                "userId": "",
                "accountId": ACCOUNT,
                "arn": f"arn:aws:iam::{ACCOUNT}:user/ops",
            }, []
        if args.token == "aws:ecr/getAuthorizationToken:getAuthorizationToken":
            return {"userName": "AWS", "password": "token-of-some-hours"}, []
        raise AssertionError(f"the program asked for {args.token}")


class _Recorder(pulumi_mocks.MockMonitor):
    """Pulumi's mock monitor, which besides remembers each request."""

    def __init__(self, program: Program, told: Callable[[str], None]) -> None:
        super().__init__(_Cloud())
        self._program, self._told = program, told

    def RegisterResource(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        answer = super().RegisterResource(request)  # type: ignore[no-untyped-call]
        if request.type != "pulumi:pulumi:Stack":
            self._told(request.name)
            self._program.resources.append(
                Registered(
                    kind=request.type,
                    name=request.name,
                    urn=answer.urn,
                    parent=request.parent,
                    provider=request.provider,
                    inputs=pulumi.runtime.rpc.deserialize_properties(request.object),
                    after=frozenset(request.dependencies),
                    retained=request.retainOnDelete,
                )
            )
        return answer

    def RegisterResourceOutputs(self, request: Any) -> Any:  # noqa: N802 - Pulumi's name
        if "::pulumi:pulumi:Stack::" in request.urn:
            self._program.outputs = pulumi.runtime.rpc.deserialize_properties(request.outputs)
        return super().RegisterResourceOutputs(request)  # type: ignore[no-untyped-call]


def as_pulumi_starts_it() -> None:
    """Run the program as Pulumi's language host does: the folder named by `main`, from inside it."""
    with chdir(INFRA):
        runpy.run_path(".", run_name="__main__")


def evaluate(stack: str = "dev", **config: str) -> Program:
    """Evaluate the program for `stack` with the required settings and `config` (names without namespace).

    Without the portal, which would be built, unless `config` says otherwise.
    """
    return evaluate_with(
        stack, WITHOUT_PORTAL | {f"brandlens:{name}": value for name, value in config.items()}
    )


def evaluate_with(
    stack: str,
    config: Mapping[str, str],
    *,
    told: Callable[[str], None] = lambda _name: None,
    run: Callable[[], None] = main,
) -> Program:
    """Evaluate the program for `stack` with exactly `config`. `told` hears of each resource's name."""
    program = Program()
    recorder = _Recorder(program, told)

    with closing(asyncio.new_event_loop()) as loop_of_the_worker:
        worker = ThreadPoolExecutor(1, initializer=asyncio.set_event_loop, initargs=(loop_of_the_worker,))

        async def whole() -> None:
            asyncio.get_running_loop().set_default_executor(worker)
            configure(
                pulumi_mocks.MockSettings(  # type: ignore[no-untyped-call]
                    monitor=recorder,
                    monitor_features=set(),
                    engine=pulumi_mocks.MockEngine(None),
                    project="brandlens",
                    stack=stack,
                    dry_run=False,
                )
            )
            set_root_resource(None)  # type: ignore[arg-type]  # that of an earlier evaluation
            set_all_config(dict(config))
            await run_in_stack(run)

        asyncio.run(whole())
    return program


def rights(program: Program, role: str) -> dict[str, set[str]]:
    """Each action the role may take, with its resources."""
    found: dict[str, set[str]] = {}
    policy = program.one("aws:iam/rolePolicy:RolePolicy", role).inputs["policy"]
    for statement in json.loads(policy)["Statement"]:
        for action in statement["Action"]:
            found.setdefault(action, set()).update(statement["Resource"])
    return found
