import pytest

from benchmarks.cost import ours, sample
from benchmarks.cost.page import PAGE, page

PUBLISHED = {
    "training": (sample.TRAINING, [0.004, 0.0023, 0.0049, 0.0023, 16, 1.50, 0.001], 17.51),
    "analysis": (sample.ANALYSIS, [0.008, 0.0046, 0.0060, 0.013, 6.67, 0.001], 6.70),
}
"""What the sample's README prints, line by line and in all."""


@pytest.mark.parametrize("example", PUBLISHED)
def test_the_samples_examples_come_out_to_the_cent(example: str) -> None:
    lines, printed, total = PUBLISHED[example]
    assert round(sample.total(lines), 2) == total
    # Its README rounds 0.005875 to 0.0060.
    assert [line.usd for line in lines] == pytest.approx(printed, rel=0.03)


def test_the_page_is_what_the_figures_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m benchmarks.cost.page"


@pytest.mark.parametrize("kept", [0, 700, 2_800])
def test_embedded_costs_less_than_rekognition_which_costs_less_than_the_sample(kept: int) -> None:
    speed = sample.FRAMES_PER_UNIT_SECOND
    embedded = sample.total(ours.analysis("embedded", kept=kept, frames_per_unit_second=speed))
    rekognition = sample.total(ours.analysis("rekognition", kept=kept, frames_per_unit_second=5))
    assert embedded < rekognition < sample.total(sample.ANALYSIS) / 4
    assert embedded < sample.total(sample.ANALYSIS) / 50
