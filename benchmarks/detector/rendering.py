"""How pictures for teaching and for the test are drawn, scaled, blurred and compressed: two chains.

A detector that learned the marks of one chain (its edges, its noise, its compression) gains nothing by them
in the other, so the test's figure is not flattered.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.detector.logos import Rasterise, with_cairo, with_resvg
from local.demo.compositing import Picture

Layer = npt.NDArray[np.float32]

_LEAST_QUALITY, _MOST_QUALITY = 60, 95


@dataclass(frozen=True)
class Rendering:
    """One chain.

    Attributes
    ----------
    rasterise
        Draws the SVG.
    shrink
        Resamples premultiplied BGRA (uint8) to a (width, height).
    warp
        OpenCV's interpolation for the perspective.
    blur
        Blurs a layer out of focus by a radius in pixels.
    finish
        Turns a composed picture (BGR) into the bytes of a JPEG file.
    """

    rasterise: Rasterise
    shrink: Callable[[npt.NDArray[np.uint8], tuple[int, int]], npt.NDArray[np.uint8]]
    warp: int
    blur: Callable[[Layer, float], Layer]
    finish: Callable[[Picture, np.random.Generator], bytes]


def _shrink_by_area(layer: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    return np.asarray(cv2.resize(layer, size, interpolation=cv2.INTER_AREA), np.uint8)


def _shrink_by_lanczos(layer: npt.NDArray[np.uint8], size: tuple[int, int]) -> npt.NDArray[np.uint8]:
    # "RGBa" is Pillow's premultiplied mode: it resamples the four channels as they are
    picture = Image.frombytes("RGBa", layer.shape[1::-1], layer.tobytes())
    return np.asarray(picture.resize(size, Image.Resampling.LANCZOS))


def _blur_gaussian(layer: Layer, radius: float) -> Layer:
    return np.asarray(cv2.GaussianBlur(layer, (0, 0), radius * 0.7), np.float32)


def _blur_disk(layer: Layer, radius: float) -> Layer:
    """Blur as a round lens does: the mean over a disk with a soft rim."""
    reach = int(np.ceil(radius))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    disk = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(cv2.filter2D(layer, -1, disk / disk.sum()), np.float32)


def _finish_taught(picture: Picture, rng: np.random.Generator) -> bytes:
    """Gain and tint, Gaussian noise, OpenCV's JPEG."""
    seen = picture * (rng.uniform(0.85, 1.12) * rng.normal(1, 0.025, 3)).astype(np.float32)
    noise = rng.standard_normal(seen.shape[:2], np.float32) * rng.uniform(0.5, 5)
    sampling = rng.choice(
        [
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422,
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
        ],
        p=[0.6, 0.2, 0.2],
    )
    options = [
        cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(_LEAST_QUALITY, _MOST_QUALITY + 1)),
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, int(sampling),
    ]  # fmt: skip
    noisy = np.clip(seen + noise[..., None] + 0.5, 0, 255).astype(np.uint8)
    done, data = cv2.imencode(".jpg", noisy, options)
    assert done
    return data.tobytes()


def _finish_tested(picture: Picture, rng: np.random.Generator) -> bytes:
    """Gamma, a trip through a smaller size, noise that grows with light, often two compressions."""
    curve = 255 * (np.arange(256) / 255) ** rng.uniform(0.8, 1.2)
    seen = cv2.LUT(picture, curve.astype(np.uint8))
    if rng.random() < 0.5:
        scale = rng.uniform(0.72, 0.96)
        small = cv2.resize(seen, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        seen = cv2.resize(small, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LANCZOS4)
    light = np.sqrt(cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY).astype(np.float32) / 255)
    noise = rng.standard_normal(light.shape, np.float32) * (light * rng.uniform(0.5, 6))
    seen = np.clip(seen + noise[..., None] + 0.5, 0, 255).astype(np.uint8)
    if rng.random() < 0.6:
        kind, least = ((".webp", 50), (".jpg", 45))[int(rng.integers(2))]
        flag = cv2.IMWRITE_WEBP_QUALITY if kind == ".webp" else cv2.IMWRITE_JPEG_QUALITY
        done, data = cv2.imencode(kind, seen, [flag, int(rng.integers(least, 90))])
        assert done
        again = cv2.imdecode(data, cv2.IMREAD_COLOR)
        assert again is not None
        seen = np.asarray(again, np.uint8)
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(seen[..., ::-1])).save(
        file,
        "JPEG",
        quality=int(rng.integers(_LEAST_QUALITY, _MOST_QUALITY + 1)),
        subsampling=int(rng.choice(3, p=[0.2, 0.2, 0.6])),
        progressive=bool(rng.random() < 0.3),
    )
    return file.getvalue()


TAUGHT = Rendering(with_resvg, _shrink_by_area, cv2.INTER_LINEAR, _blur_gaussian, _finish_taught)
TESTED = Rendering(with_cairo, _shrink_by_lanczos, cv2.INTER_CUBIC, _blur_disk, _finish_tested)
