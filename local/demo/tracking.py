"""How a surface moves through a shot: corners followed by optical flow, a similarity fitted to each step.

Method: pyramidal Lucas-Kanade flow of Shi-Tomasi corners inside the surface, and a RANSAC fit of rotation,
scale and shift between neighbouring frames, multiplied up from the anchor frame.
"""

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from local.demo.compositing import Picture
from local.demo.geometry import Matrix, Quad, project

Grey = npt.NDArray[np.uint8]
_FEWEST_CORNERS = 10
_CORNER_QUALITY = 0.0005  # of the strongest corner: a bright car must not outshine the road it drives on
_RANSAC_PIXELS = 1.0


def grey(picture: Picture, width: int) -> Grey:
    """Return a picture in grey, `width` pixels wide."""
    size = (width, round(picture.shape[0] * width / picture.shape[1]))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def track(shot: Sequence[Grey], anchor: int, surface: Quad) -> list[Matrix]:
    """Return, for each frame of `shot`, the map from the anchor frame to it, in the frames' own pixels.

    `surface` is where the surface lies in the anchor frame. Where it has left the picture or shows no
    corners, it is taken to move on as the whole picture does.
    """
    found: dict[int, Matrix] = {anchor: np.eye(3)}
    for step in (1, -1):
        for index in range(anchor + step, len(shot) if step > 0 else -1, step):
            before, after = shot[index - step], shot[index]
            corners = project(found[index - step], surface)
            move = _move(before, after, corners)
            found[index] = (np.eye(3) if move is None else move) @ found[index - step]
    return [found[index] for index in range(len(shot))]


def _move(before: Grey, after: Grey, surface: Quad) -> Matrix | None:
    inside = np.zeros(before.shape, np.uint8)
    cv2.fillConvexPoly(inside, np.clip(np.round(surface), -9999, 9999).astype(np.int32), 255)
    for mask in (inside, np.full(before.shape, 255, np.uint8)):
        left, top, wide, high = cv2.boundingRect(mask)
        if wide < 8 or high < 8:
            continue
        window = np.s_[top : top + high, left : left + wide]
        corners = cv2.goodFeaturesToTrack(before[window], 160, _CORNER_QUALITY, 4, mask=mask[window])
        if corners is None or len(corners) < _FEWEST_CORNERS:
            continue
        start = np.asarray(corners, np.float32) + np.array([left, top], np.float32)
        end, status, _ = cv2.calcOpticalFlowPyrLK(
            before, after, start, np.empty_like(start), winSize=(19, 19), maxLevel=3
        )
        kept = status.ravel() == 1
        if kept.sum() < _FEWEST_CORNERS:
            continue
        fit, _ = cv2.estimateAffinePartial2D(start[kept], end[kept], ransacReprojThreshold=_RANSAC_PIXELS)
        if fit is not None:
            return np.vstack([np.asarray(fit, np.float64), [0, 0, 1]])
    return None
