"""What passes before a board: red steel by its colour, traffic by its difference from the empty street."""

from collections.abc import Sequence

import cv2
import numpy as np

from local.demo.compositing import Mask, Picture
from local.demo.geometry import Matrix
from local.demo.tracking import Grey

_STEEL_RED_OVER_BLUE = 32
_STEEL_RED_TO_GREEN = 1.9  # sunlit cliffs reach 1.7
_TRAFFIC_GREY_LEVELS = 20
_EMPTY_STREET_SAMPLES = 33


def steel(picture: Picture) -> Mask:
    """Return where a picture (BGR) shows the bridge's red steel, 0 to 1."""
    blue, green, red = (picture[..., channel].astype(np.int16) for channel in range(3))
    found = (red - blue > _STEEL_RED_OVER_BLUE) & (red > _STEEL_RED_TO_GREEN * green)
    closed = cv2.morphologyEx(found.astype(np.uint8) * 255, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    return np.asarray(cv2.GaussianBlur(closed, (0, 0), 0.8) / 255.0, np.float32)


def empty_street(shot: Sequence[Grey], motion: Sequence[Matrix]) -> Grey:
    """Return the shot as its anchor frame would look without anything that moves: the stabilised median."""
    height, width = shot[0].shape
    chosen = np.unique(np.linspace(0, len(shot) - 1, min(len(shot), _EMPTY_STREET_SAMPLES)).astype(int))
    still = [cv2.warpPerspective(shot[k], np.linalg.inv(motion[k]), (width, height)) for k in chosen]
    return np.asarray(np.median(np.stack(still), axis=0), np.uint8)


def traffic(frame: Grey, empty: Grey, motion: Matrix) -> Mask:
    """Return what in `frame` differs from the empty street carried to it by `motion`, 0 to 1."""
    height, width = frame.shape
    expected = cv2.warpPerspective(empty, motion, (width, height), borderMode=cv2.BORDER_REPLICATE)
    found = (cv2.absdiff(frame, np.asarray(expected, np.uint8)) > _TRAFFIC_GREY_LEVELS).astype(np.uint8) * 255
    opened = cv2.morphologyEx(found, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    return np.asarray(cv2.GaussianBlur(closed, (0, 0), 1.0) / 255.0, np.float32)
