"""Planes in pictures."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from local.demo.geometry import Quad, homography, mirror, project, quad, rectangle, strips

offsets = st.floats(-30, 30)


@st.composite
def convex_quads(draw: st.DrawFn) -> Quad:
    corners = rectangle(100, 100, 300, 220)
    moved = [[draw(offsets), draw(offsets)] for _ in range(4)]
    return corners + np.asarray(moved)


@given(convex_quads(), convex_quads())
def test_a_homography_carries_corners_to_corners_and_its_inverse_carries_them_back(
    one: Quad, other: Quad
) -> None:
    there = homography(one, other)
    np.testing.assert_allclose(project(there, one), other, atol=1e-2)
    np.testing.assert_allclose(project(np.linalg.inv(there), project(there, one)), one, atol=1e-6)


@given(convex_quads())
def test_a_homography_keeps_straight_lines_straight(target: Quad) -> None:
    plane = homography(rectangle(0, 0, 1, 1), target)
    line = project(plane, np.column_stack([np.linspace(0, 1, 9), np.full(9, 0.4)]))
    first, last = line[0], line[-1]
    along = (last - first) / np.linalg.norm(last - first)
    away = (line - first) @ np.array([-along[1], along[0]])
    assert np.abs(away).max() < 1e-6


@given(convex_quads(), st.integers(2, 6))
def test_strips_of_a_board_cover_it_from_end_to_end(board: Quad, count: int) -> None:
    pieces = strips(board, count)
    assert len(pieces) == count
    width = np.linalg.norm(board[1] - board[0])
    assert np.linalg.norm(pieces[0][0] - board[0]) < 0.05 * width
    assert np.linalg.norm(pieces[-1][1] - board[1]) < 0.05 * width


def test_a_mirror_undoes_itself() -> None:
    board = quad([(3, 4), (90, 8), (88, 50), (2, 40)])
    np.testing.assert_allclose(project(mirror(640), project(mirror(640), board)), board)
