"""Real logos out of an icon package: twelve that are taught, and two lists of strangers that never are."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from local.packages import Package, extract

LOGOS = Package(
    client="npm",
    requirement="@iconify-json/logos@1.2.19",
    archive="iconify-json-logos-1.2.19.tgz",
    sha256="1e8907c088bbf02eab8ee1b28f37e68ef22c380f2fb579ff99736b8ce5abf13a",
)
BRANDS = (
    "airbnb", "airtable", "docker", "figma", "firebase", "flickr", "hugging-face", "joomla", "mastercard",
    "spotify", "twilio", "youtube",
)  # fmt: skip
TAUGHT_DISTRACTORS = (
    "asana", "bitbucket", "drupal", "gitlab", "grafana", "hubspot", "ionic", "kotlin", "microsoft", "mongodb",
    "netlify", "php", "pinterest", "postman", "python", "qdrant", "rabbitmq", "reddit", "redis", "slack",
    "svelte", "tensorflow", "typo3", "vimeo", "zoom",
)  # fmt: skip
TESTED_DISTRACTORS = (
    "duckduckgo", "ebanx", "fastapi", "flutter", "go", "google-pay", "influxdb", "jenkins", "laravel",
    "linkedin", "mariadb", "mysql", "netflix", "nodejs", "npm", "nuget", "oracle", "paypal", "plasmic",
    "processwire", "puppet", "salesforce", "shopify", "strapi", "visa",
)  # fmt: skip

_LONGEST_SIDE = 640  # pixels of a drawn logo; boxes in the pictures are smaller
_INKED = 128  # opacity from which a pixel belongs to a logo's artwork

Rasterise: TypeAlias = Callable[[str, int, int], bytes]
"""Draws an SVG at a width and a height in pixels, as PNG."""


@dataclass(frozen=True, eq=False)
class Artwork:
    """A logo on nothing: `colour` (height x width x 3, BGR) and `opacity` (height x width), 0 to 255, cropped
    to the ink, and `outline`, the corners (n x 2) in pixels of the ink's convex hull."""

    label: str
    colour: npt.NDArray[np.uint8]
    opacity: npt.NDArray[np.uint8]
    outline: npt.NDArray[np.float64]


def with_resvg(svg: str, width: int, height: int) -> bytes:
    """Draw by resvg, whose edges are those of tiny-skia."""
    import resvg_py  # of the extra `bench`, which the tests do without

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height))


def with_cairo(svg: str, width: int, height: int) -> bytes:
    """Draw by CairoSVG, whose edges, gradients and clips are Cairo's."""
    import cairosvg  # of the extra `bench`, which the tests do without

    return bytes(cairosvg.svg2png(bytestring=svg.encode(), output_width=width, output_height=height))


def draw_logos(names: tuple[str, ...], rasterise: Rasterise, cache: Path) -> dict[str, Artwork]:
    """Draw logos of the package by name; raises as `local.packages.extract` does."""
    file = cache / f"logos-{LOGOS.sha256[:12]}.json"
    extract(LOGOS, {"package/icons.json": file}, cache)
    icons = json.loads(file.read_text())
    drawn = {}
    for name in names:
        icon = icons["icons"][name]
        width, height = icon.get("width", icons["width"]), icon.get("height", icons["height"])
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
            f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">{icon["body"]}</svg>'
        )
        scale = _LONGEST_SIDE / max(width, height)
        png = rasterise(svg, round(width * scale), round(height * scale))
        drawn[name] = artwork_of(name, np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")))
    return drawn


def artwork_of(label: str, pixels: npt.NDArray[np.uint8]) -> Artwork:
    """Return the artwork in a picture of a logo, height x width x RGBA, 0 to 255."""
    inked = pixels[..., 3] >= _INKED
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    pixels = pixels[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    inked = pixels[..., 3] >= _INKED
    firsts, lasts = inked.argmax(axis=1), inked.shape[1] - inked[:, ::-1].argmax(axis=1)
    # only a row's first and last inked pixels can lie on the hull; each is a square, with two edges
    ys = np.flatnonzero(inked.any(axis=1))
    corners = np.concatenate(
        [np.column_stack([xs[ys], ys + below]) for xs in (firsts, lasts) for below in (0, 1)]
    )
    hull = cv2.convexHull(corners.astype(np.float32))[:, 0]
    return Artwork(
        label,
        np.ascontiguousarray(pixels[..., 2::-1]),
        np.ascontiguousarray(pixels[..., 3]),
        np.asarray(hull, np.float64),
    )
