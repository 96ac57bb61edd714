"""Run a Pulumi program against the emulator until what it describes is there, and nothing else."""

import asyncio
import contextvars
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from pulumi.runtime.config import set_all_config
from pulumi.runtime.mocks import MockEngine, MockSettings
from pulumi.runtime.settings import configure, set_root_resource
from pulumi.runtime.stack import run_in_stack

from brandlens.errors import BrandlensError, LocalCloudFailed
from local.aws import Aws
from local.monitor import RealisingMonitor, one_line
from local.program import Program
from local.realised import Entry, Realised
from local.resources.kinds import Kind

Progress = Callable[[str, float, float | None], None]
"""Is told a step, how much of it is done, and how much there is, None while unknown."""

PARALLEL = 8
"""Resources made at once."""

STEP = "Deploying"


def deploy(
    aws: Aws, program: Program, kinds: dict[str, Kind], realised: Realised, progress: Progress
) -> dict[str, str]:
    """Make what the program describes, update what changed, remove the rest; return the outputs.

    Safe to repeat: what was made is written down at once, so a run that failed goes on where it stopped.

    Raises
    ------
    LocalCloudFailed
        A resource could not be made; it is named. Nothing is removed then.
    BrandlensError
        The program refused its settings.
    """
    expected = len(realised) or None
    monitor: RealisingMonitor | None = None

    def told(_name: str) -> None:
        assert monitor is not None
        progress(STEP, len(monitor.seen), max(expected, len(monitor.seen)) if expected else None)

    monitor = RealisingMonitor(aws, kinds, realised, told)
    # Pulumi keeps its settings in context variables: a context of our own leaves the caller's alone.
    contextvars.copy_context().run(_run, program, monitor)
    for gone in realised.others(monitor.seen):
        _remove(aws, kinds, gone)
        realised.remove(gone.urn)
    outputs = {name: str(value) for name, value in monitor.stack_outputs.items()}
    realised.finish(outputs)
    progress(STEP, len(realised), len(realised))
    return outputs


def _run(program: Program, monitor: RealisingMonitor) -> None:
    configure(
        MockSettings(  # type: ignore[no-untyped-call]
            monitor=monitor,
            monitor_features=set(),
            engine=MockEngine(None),
            project=program.project,
            stack=program.stack,
            organization="local",
            dry_run=False,
            callbacks=None,
        )
    )
    set_all_config(dict(program.configuration), list(program.secrets))
    set_root_resource(None)  # type: ignore[arg-type]  # an earlier run in this process may have left its own

    async def whole() -> None:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(PARALLEL))
        await run_in_stack(lambda: _ignore(program.run()))

    try:
        with warnings.catch_warnings():
            # Importing the provider's modules warns of types of theirs that the program does not use.
            warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"pulumi_aws\.")
            asyncio.run(whole())
    except BrandlensError:
        raise
    except Exception as error:
        raise monitor.failure or LocalCloudFailed("the Pulumi program failed", one_line(error)) from error
    if monitor.failure:
        raise monitor.failure


def _ignore(_result: object) -> None:
    """Drop what the program returned: Pulumi would await it."""


def _remove(aws: Aws, kinds: dict[str, Kind], entry: Entry) -> None:
    try:
        kinds[entry.type].delete(aws, entry.id, entry.inputs)
    except Exception as error:
        raise LocalCloudFailed(
            f"resource {entry.name} could not be removed from the local cloud",
            f"{entry.type}: {one_line(error)}",
            "Run `brandlens local up` again, or `brandlens local reset`",
        ) from error
