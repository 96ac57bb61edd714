"""The invented brands."""

import numpy as np
import pytest

from local.demo.brands import BRANDS, BY_LABEL, LABELS, STRANGERS, draw_board, draw_logo


def test_at_least_four_brands_are_taught_and_no_stranger_bears_their_name() -> None:
    assert len(LABELS) >= 4
    assert len(BY_LABEL) == len(BRANDS) + len(STRANGERS)


@pytest.mark.parametrize("label", sorted(BY_LABEL))
def test_a_logo_fills_its_picture_to_the_edge(label: str) -> None:
    alpha = np.asarray(draw_logo(label).getchannel("A")) > 127
    assert alpha[0].any()
    assert alpha[-1].any()
    assert alpha[:, 0].any()
    assert alpha[:, -1].any()


def test_no_two_brands_look_alike() -> None:
    small = [
        np.asarray(draw_logo(label).convert("RGBA").resize((32, 12)), dtype=np.float64) for label in BY_LABEL
    ]
    for number, one in enumerate(small):
        assert all(np.abs(one - other).mean() > 10 for other in small[:number])


def test_a_board_keeps_its_logo_whole_whatever_its_aspect() -> None:
    for aspect in (1.0, 3.0, 8.0):
        board = draw_board("Marabis", aspect)
        assert board.aspect == pytest.approx(aspect, rel=0.02)
        assert not board.ink[0].any()
        assert not board.ink[:, 0].any()
        assert (board.ink > 127).sum() == (draw_board("Marabis").ink > 127).sum()
