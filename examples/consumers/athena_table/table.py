"""The table over the collected `exposures.csv` files: their columns, and where they lie."""

from collections.abc import Sequence

COLUMNS = (
    "id", "label", "start_seconds", "end_seconds", "on_screen_seconds", "mean_area_fraction", "zone",
    "peak_confidence", "sharpness", "others_on_screen", "proof_frame", "proof_seconds",
    "box_left", "box_top", "box_width", "box_height",
)  # fmt: skip
"""The header of `exposures.csv`. New columns come at its end, so the table stands until it is made anew."""

SERDE = "org.apache.hadoop.hive.serde2.OpenCSVSerde"
"""Reads quoted cells. It takes no empty cell for a number, so all columns are text."""
INPUT_FORMAT = "org.apache.hadoop.mapred.TextInputFormat"
OUTPUT_FORMAT = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"


def properties(location: str, projects: Sequence[str], since: str) -> dict[str, str]:
    """Return the table's properties: Athena works its partitions out instead of looking for them.

    `location` is an `s3://` URI that ends with a slash, `since` the first day as YYYY-MM-DD.
    https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html
    """
    return {
        "classification": "csv",
        "skip.header.line.count": "1",
        "projection.enabled": "true",
        "projection.project.type": "enum",
        "projection.project.values": ",".join(projects),
        "projection.day.type": "date",
        "projection.day.format": "yyyy-MM-dd",
        "projection.day.range": f"{since},NOW",
        "storage.location.template": f"{location}project=${{project}}/day=${{day}}/",
    }
