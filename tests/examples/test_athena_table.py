from string import Template
from typing import Any

from jsonata import Jsonata

from brandlens.exposure.documents import exposures_csv
from examples.consumers.athena_table.collecting import FOLDER, definition
from examples.consumers.athena_table.table import COLUMNS, properties

EVENT = {
    "detail": {
        "job_id": "job-1",
        "project": "cup",
        "occurred_at": "2026-07-01T23:59:59.500000Z",
        "result": {"bucket": "results", "prefix": "cup/job-1/"},
    }
}


def evaluated(argument: str) -> Any:
    """Work out an argument of the state machine for the event, as Step Functions does."""
    expression = Jsonata(argument.removeprefix("{%").removesuffix("%}"))
    frame = expression.create_frame()
    frame.bind("states", {"input": EVENT})
    return expression.evaluate(None, frame)


def test_the_tables_columns_are_the_first_ones_of_exposures_in_their_order() -> None:
    header = tuple(exposures_csv(()).body.decode().strip().split(","))
    assert header[: len(COLUMNS)] == COLUMNS


def test_the_exposures_of_a_result_are_copied_to_where_the_partition_of_its_day_is_looked_for() -> None:
    copy = definition("copies")["States"]["Copy"]["Arguments"]
    found = properties(f"s3://copies/{FOLDER}", ["cup"], "2026-01-01")
    partition = Template(found["storage.location.template"]).substitute(project="cup", day="2026-07-01")
    assert evaluated(copy["CopySource"]) == "results/cup/job-1/exposures.csv"
    assert f"s3://{copy['Bucket']}/{evaluated(copy['Key'])}" == f"{partition}job-1.csv"


def test_partitions_are_worked_out_for_each_project_and_day() -> None:
    found = properties("s3://copies/exposures/", ["cup", "league"], "2026-01-01")
    assert found["projection.project.values"] == "cup,league"
    assert found["projection.day.range"] == "2026-01-01,NOW"
