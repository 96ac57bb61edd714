"""One shot of the demo video, frame by frame: footage framed by a camera, boards fixed to its surfaces."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from local.demo import foreground
from local.demo.brands import Board, draw_board
from local.demo.compositing import Look, Mask, Picture, Visible, paint, smeared
from local.demo.decoding import frames
from local.demo.geometry import Matrix, Quad, height_of, mirror, project, strips, zoom
from local.demo.storyboard import HEIGHT, WIDTH, Camera, Placement, Shot, Surface, Take, region_of
from local.demo.tracking import Grey, grey, track

TRACKING_WIDTH = 960
_TO_TRACKING = np.diag([TRACKING_WIDTH / WIDTH, TRACKING_WIDTH / WIDTH, 1.0])
_SHUTTER = 0.45  # share of a frame's time the shutter is open
_WHIP_STEP = 11.0  # pixels a whip pan gains each frame


@dataclass(frozen=True)
class Study:
    """What is known of a take: how each surface moves (1280x720 pixels), and its surfaces without traffic."""

    motion: Mapping[Surface, Sequence[Matrix]]
    empty: Mapping[Surface, Grey]


def study(file: Path, take: Take, placements: Sequence[Placement]) -> Study:
    """Follow the surfaces of `placements` through a take."""
    shot = [grey(picture, TRACKING_WIDTH) for picture in frames(file, take.first, take.last)]
    back = np.linalg.inv(_TO_TRACKING)
    motion, empty = {}, {}
    for surface in dict.fromkeys(placement.surface for placement in placements):
        region = project(_TO_TRACKING, region_of(surface))
        small = track(shot, surface.anchor - take.first, region)
        motion[surface] = [back @ step @ _TO_TRACKING for step in small]
        if any(p.behind == "traffic" and p.surface == surface for p in placements):
            empty[surface] = foreground.empty_street(shot, small)
    return Study(motion, empty)


def film(
    shot: Shot, file: Path, known: Study, rng: np.random.Generator
) -> Iterator[tuple[Picture, list[Visible]]]:
    """Yield each frame of `shot` (BGR, 1280x720) with the logos visible in it."""
    previous: dict[Placement, Quad] = {}
    for index, footage in enumerate(_slowed(frames(file, shot.take.first, shot.take.last), shot.slowness)):
        moment = index / shot.slowness
        view, whip = _view(shot, index)
        picture = _framed(footage, view, shot.camera)
        passer = _passer(shot, index)
        seen: list[Visible] = []
        steel: Mask | None = None
        for placement in shot.placements:
            corners = _corners(placement, known, moment, view, shot.camera)
            hidden = passer
            if placement.behind == "steel":
                steel = foreground.steel(picture) if steel is None else steel
                hidden = _either(hidden, steel)
            elif placement.behind == "traffic":
                hidden = _either(
                    hidden, _traffic(footage, known, placement.surface, moment, view, shot.camera)
                )
            if placement.emerges is not None:
                hidden = _either(hidden, _fog(placement.emerges, moment))
            look = _moving(placement.look, corners, previous.get(placement))
            previous[placement] = corners
            for board, spot in _boards(placement, corners):
                visible = paint(picture, board, spot, look, rng, hidden)
                if visible is not None:
                    seen.append(visible)
        yield _finished(picture, shot, index, whip, passer), seen


def _slowed(footage: Iterator[Picture], slowness: int) -> Iterator[Picture]:
    """Yield each frame `slowness` times, blended into the next."""
    before: Picture | None = None
    for picture in footage:
        if before is not None:
            for part in range(slowness):
                share = part / slowness
                yield (
                    before
                    if not part
                    else np.asarray(cv2.addWeighted(before, 1 - share, picture, share, 0), np.uint8)
                )
        before = picture
    if before is not None:
        yield from [before] * slowness


def _view(shot: Shot, index: int) -> tuple[Matrix, float]:
    """Return the map from footage at 1280x720 to the shot's frame, unmirrored, and the whip pan's speed."""
    camera, progress = shot.camera, index / max(1, shot.length - 1)
    eased = progress * progress * (3 - 2 * progress)
    left, top = (a + (b - a) * eased for a, b in zip(camera.start, camera.end, strict=True))
    whipped = max(0, index - (shot.length - 1 - shot.whip))
    speed = _WHIP_STEP * whipped
    return zoom(camera.scale, left + speed * (whipped + 1) / 2, top), speed


def _framed(footage: Picture, view: Matrix, camera: Camera) -> Picture:
    shrink = WIDTH / footage.shape[1]
    if camera.scale * shrink < 1 and not view[:2, 2].any():
        return np.asarray(cv2.resize(footage, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), np.uint8)
    matrix = (view @ np.diag([shrink, shrink, 1.0]))[:2]
    framed = cv2.warpAffine(
        footage, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    return np.asarray(cv2.flip(framed, 1) if camera.mirrored else framed, np.uint8)


def _corners(placement: Placement, known: Study, moment: float, view: Matrix, camera: Camera) -> Quad:
    steps = known.motion[placement.surface]
    low, share = int(moment), moment - int(moment)
    board = placement.board + np.asarray(placement.drift) * (
        moment - (placement.surface.anchor - placement.surface.take.first)
    )
    corners = project(steps[low], board)
    if share:
        corners = (1 - share) * corners + share * project(steps[min(low + 1, len(steps) - 1)], board)
    framed = project(view, corners)
    # the scene is mirrored, the print on the boards is not
    return project(mirror(WIDTH), framed)[[1, 0, 3, 2]] if camera.mirrored else framed


def _boards(placement: Placement, corners: Quad) -> Iterator[tuple[Board, Quad]]:
    top = float(np.linalg.norm(placement.board[1] - placement.board[0]))
    aspect = top / max(1.0, height_of(placement.board)) / placement.repeats
    board = draw_board(placement.label, round(aspect, 2))
    for spot in strips(corners, placement.repeats):
        yield board, spot


def _moving(look: Look, corners: Quad, before: Quad | None) -> Look:
    if before is None:
        return look
    dx, dy = (corners - before).mean(axis=0) * _SHUTTER
    return Look(
        look.shading, look.texture, look.haze, look.blur, (float(dx), float(dy)), look.grain, look.shadow
    )


def _traffic(
    footage: Picture, known: Study, surface: Surface, moment: float, view: Matrix, camera: Camera
) -> Mask:
    steps = known.motion[surface]
    motion = _TO_TRACKING @ steps[min(round(moment), len(steps) - 1)] @ np.linalg.inv(_TO_TRACKING)
    mask = foreground.traffic(grey(footage, TRACKING_WIDTH), known.empty[surface], motion)
    matrix = (view @ np.linalg.inv(_TO_TRACKING))[:2]
    framed = cv2.warpAffine(mask, matrix, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    return np.asarray(cv2.flip(framed, 1) if camera.mirrored else framed, np.float32)


def _either(one: Mask | None, other: Mask) -> Mask:
    return other if one is None else np.maximum(one, other)


def _fog(emerges: tuple[int, int], moment: float) -> Mask:
    begin, end = emerges
    thickness = float(np.clip((end - moment) / (end - begin), 0, 1))
    return np.full((HEIGHT, WIDTH), thickness, np.float32)


def _passer(shot: Shot, index: int) -> Mask | None:
    """Return the unfocused post that sweeps past the lens, 0 to 1, or None when it is not there."""
    if shot.passer is None or not shot.passer[0] <= index < shot.passer[1]:
        return None
    progress = (index - shot.passer[0]) / (shot.passer[1] - shot.passer[0])
    centre, half, softness = -200 + progress * (WIDTH + 400), 75.0, 16.0
    distance = (half - np.abs(np.arange(WIDTH, dtype=np.float32) - centre)) / softness
    column = 1 / (1 + np.exp(-np.clip(distance, -30, 30)))
    return np.broadcast_to(column, (HEIGHT, WIDTH)).astype(np.float32)


def _finished(picture: Picture, shot: Shot, index: int, whip: float, passer: Mask | None) -> Picture:
    if passer is not None:
        post = np.array([22, 20, 19], np.float32)
        alpha = passer[..., None] * 0.97
        picture = np.asarray(picture * (1 - alpha) + post * alpha, np.uint8)
    if index < shot.focus_pull:
        picture = np.asarray(
            cv2.GaussianBlur(picture, (0, 0), 0.3 + 7 * (1 - index / shot.focus_pull) ** 2), np.uint8
        )
    if whip > 1:
        picture = smeared(picture, (whip, 0.0))
    return picture
