"""The models table under callers whose requests come in every order.

`tests/functions/test_lease_races.py` tries many more orders, on a fake whose steps are meant to be the
table's. Here the table's own requests are the steps.
"""

from collections.abc import Callable, Sequence

import boto3
import pytest

from brandlens.adapters.models_table import ModelsTable
from tests.functions.lease_world import (
    Scene,
    World,
    release_and_acquire,
    stop_and_renewal,
    stop_and_start,
)
from tests.interleavings import Actor, every_order, pause
from tests.unit.adapters.tables import make_tables


@pytest.mark.parametrize("scene", [release_and_acquire, stop_and_start, stop_and_renewal])
def test_no_model_is_stopped_under_a_job_that_relies_on_it(scene: Scene, session: boto3.Session) -> None:
    make_tables(session)
    table = ModelsTable("models", session)
    table._table.meta.client.meta.events.register("before-call", lambda **_: pause())

    def scenario() -> tuple[Sequence[Actor], Callable[[], None]]:
        client = session.client("dynamodb")
        for item in client.scan(TableName="models")["Items"]:
            client.delete_item(TableName="models", Key={key: item[key] for key in ("model_arn", "sk")})
        # The world's model itself tells if it is stopped under a job.
        return scene(World("RUNNING", table)), lambda: None

    assert every_order(scenario, preemptions=1) >= 8
