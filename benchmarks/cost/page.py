"""Writes `docs/cost.md`: `python -m benchmarks.cost.page`. A test holds the page to what this makes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.cost import ours, sample
from benchmarks.cost.sample import total
from brandlens.cost import published_prices
from brandlens.cost.quote import EMBEDDED_GB_SECONDS, HELD_SECONDS, SPEED_MARGIN
from brandlens.inference import ASSUMED_FRAMES_PER_SECOND
from brandlens.results import CostItem

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cost.md"

_TEMPLATE = Path(__file__).with_name("page.md")


def page() -> str:
    prices = published_prices()
    sampled = "the sample"
    training = {
        sampled: sample.TRAINING,
        "brandlens, Rekognition": ours.training("rekognition"),
        "brandlens, embedded": ours.training("embedded"),
    }
    theirs = sample.FRAMES_PER_UNIT_SECOND
    analysis = {
        sampled: sample.ANALYSIS,
        f"brandlens, Rekognition at {theirs:.2f}/s": ours.analysis(
            "rekognition", frames_per_unit_second=theirs
        ),
        f"brandlens, Rekognition at {ASSUMED_FRAMES_PER_SECOND:g}/s": ours.analysis(
            "rekognition", frames_per_unit_second=ASSUMED_FRAMES_PER_SECOND
        ),
        "brandlens, embedded": ours.analysis("embedded", frames_per_unit_second=theirs),
    }
    return _TEMPLATE.read_text(encoding="utf-8").format(
        region=prices.region,
        recorded=prices.recorded,
        assumed=ASSUMED_FRAMES_PER_SECOND,
        theirs=theirs,
        margin=SPEED_MARGIN,
        held=HELD_SECONDS,
        bound=EMBEDDED_GB_SECONDS,
        measured=ours.MEASURED_GB_SECONDS,
        learning=ours.EMBEDDED_TRAINING_SECONDS // 60,
        training=_table(training),
        analysis=_table(analysis),
    )


def _table(columns: Mapping[str, Sequence[CostItem]]) -> str:
    """One row a line of any column, in USD, and one for all."""
    names = dict.fromkeys(line.name for lines in columns.values() for line in lines)
    rows = [
        ["USD", *columns],
        ["---", *("---:" for _ in columns)],
        *([name, *(_cell(name, lines) for lines in columns.values())] for name in names),
        ["**All**", *(f"**{total(lines):.2f}**" for lines in columns.values())],
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _cell(name: str, lines: Sequence[CostItem]) -> str:
    found = [line.usd for line in lines if line.name == name]
    return f"{found[0]:.4f}" if found else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
