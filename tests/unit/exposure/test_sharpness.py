import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from brandlens.exposure.sharpness import sharpness_of


def checkers(side: int = 64) -> NDArray[np.uint8]:
    rows, columns = np.indices((side, side)) // 8
    return ((rows + columns) % 2 * 200).astype(np.uint8)


def test_a_blank_picture_is_not_sharp_at_all() -> None:
    assert sharpness_of(np.full((20, 20), 90, np.uint8)) == 0


def test_sharpness_agrees_with_a_case_worked_by_hand() -> None:
    # The Laplacian of a lone 10 in its 3 x 5 field: 10, -40, 10; mean -20/3, variance 600 - 400/9.
    field = np.zeros((3, 5), np.uint8)
    field[1, 2] = 10
    variance = 600 - 400 / 9
    assert sharpness_of(field) == pytest.approx(variance / (variance + 100))


def test_the_more_a_picture_is_blurred_the_less_sharp_it_is() -> None:
    picture = Image.fromarray(checkers())
    blurred = [sharpness_of(np.asarray(picture.filter(ImageFilter.GaussianBlur(r)))) for r in (1, 2, 4)]
    scores = [sharpness_of(checkers()), *blurred]
    assert scores == sorted(scores, reverse=True, key=lambda score: score or 0.0)
    assert scores[0] is not None
    assert 0.9 < scores[0] < 1


def test_a_picture_too_small_for_a_laplacian_has_no_sharpness() -> None:
    assert sharpness_of(np.zeros((2, 9), np.uint8)) is None
