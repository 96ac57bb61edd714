"""Put a consumer into the local cloud: `python -m examples.consumers.local_cloud NAME [KEY=VALUE ...]`.

On AWS `pulumi up` in the consumer's folder does that. Here its program runs as `brandlens local up` runs that
of brandlens, into the cloud that is up, with books of its own.
"""

import argparse
import contextlib
import runpy
from collections.abc import Callable, Mapping
from pathlib import Path

import yaml

from local import identity, orders, settings
from local.aws import Aws
from local.cloud import LocalCloud, connect
from local.deploy import deploy
from local.home import Home
from local.program import STACK, Program
from local.realised import Realised
from local.resources import KINDS

CONSUMERS = Path(__file__).parent
FROM_BRANDLENS = ("event_bus", "results_bucket")
"""What a consumer's configuration has of the brandlens stack's outputs, under the same names."""


def put(
    cloud: LocalCloud,
    consumer: str,
    configuration: Mapping[str, str],
    secrets: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Make what the consumer's program describes, or bring it up to date; return its outputs.

    `configuration` is what the consumer asks for besides `FROM_BRANDLENS`, lists as JSON; `secrets` is what
    it asks for as secrets.
    """
    given = {name: cloud.outputs[name] for name in FROM_BRANDLENS} | dict(configuration)
    folder = CONSUMERS / consumer
    return _deploy(
        cloud, consumer, given, secrets or {}, lambda: runpy.run_path(str(folder), run_name="__main__")
    )


def remove(cloud: LocalCloud, consumer: str) -> None:
    """Take away all that `put` made."""
    _deploy(cloud, consumer, {}, {}, lambda: None)


def _deploy(
    cloud: LocalCloud,
    consumer: str,
    given: Mapping[str, str],
    secrets: Mapping[str, str],
    run: Callable[[], object],
) -> dict[str, str]:
    project = yaml.safe_load((CONSUMERS / consumer / "Pulumi.yaml").read_text("utf-8"))["name"]
    program = Program(
        project=project,
        stack=STACK,
        configuration={f"{project}:{name}": value for name, value in {**given, **secrets}.items()},
        run=run,
        secrets=frozenset(f"{project}:{name}" for name in secrets),
    )
    kept = settings.load(cloud.home)
    assert kept is not None, "it is up"
    books = Home(cloud.home.path / "consumers" / consumer)
    books.path.mkdir(parents=True, exist_ok=True)
    with contextlib.closing(Aws(kept.endpoint, kept.root_key_id, kept.root_secret)) as aws:
        realised, epoch = Realised(books), identity.epoch(aws) or ""
        realised.begin(epoch, lost=epoch != realised.epoch)
        outputs = deploy(aws, program, KINDS, realised, lambda _step, _done, _total: None)
        orders.give(aws.endpoint, orders.SAVE)
    return outputs


def main() -> None:
    """Put the named consumer into the developer's own local cloud and print its outputs."""
    parser = argparse.ArgumentParser(description="Put a consumer into the local cloud that is up.")
    parser.add_argument(
        "consumer", choices=sorted(path.parent.name for path in CONSUMERS.glob("*/Pulumi.yaml"))
    )
    parser.add_argument("configuration", nargs="*", metavar="KEY=VALUE")
    parser.add_argument("--secret", action="append", default=[], metavar="KEY=VALUE")
    given = parser.parse_args()
    wanted, secrets = (
        dict(each.split("=", 1) for each in those) for those in (given.configuration, given.secret)
    )
    for name, value in put(connect(), given.consumer, wanted, secrets).items():
        print(f"{name}={value}")  # noqa: T201


if __name__ == "__main__":
    main()
