"""Sprite sheets: small pictures of the whole video, and the WebVTT file that tells players where each one
lies.

The format is the one players know for previews on the seek bar: cues whose text is `sheet.jpg#xywh=x,y,w,h`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from brandlens.results import Media, SampledFrame

MAX_TILES = 600
COLUMNS = 10
ROWS = 10
TILE_SIDE = 160
"""Bounds: so many tiles a video, on sheets of 10 x 10, of 160 pixels on the longer side."""

VTT_NAME = "sprites.vtt"
_QUALITY = 75


@dataclass(frozen=True)
class Tile:
    """One small picture: of frame `picture` (an index that was kept), at (left, top) of its sheet, in pixels;
    it stands for the time from `start` to `end`, in seconds."""

    picture: int
    left: int
    top: int
    start: float
    end: float


@dataclass(frozen=True)
class Sheet:
    name: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class SpritePlan:
    """All sheets of a video; `width` and `height` are a tile's, in pixels."""

    width: int
    height: int
    sheets: tuple[Sheet, ...]


def plan_sprites(frames: Sequence[SampledFrame], media: Media) -> SpritePlan:
    """Choose the tiles from a video's sampled frames, given in order of time.

    All of them up to `MAX_TILES`, else evenly spaced ones. A carried frame is shown by the kept one it
    equals.
    """
    step = max(1, -(-len(frames) // MAX_TILES))
    chosen = frames[::step]
    scale = TILE_SIDE / max(media.width, media.height)
    width, height = max(1, round(media.width * scale)), max(1, round(media.height * scale))
    starts = [frame.seconds for frame in chosen]
    ends = [*starts[1:], max([media.duration_seconds or 0.0, *starts[-1:]])]
    tiles = [
        Tile(
            picture=frame.index if frame.carried_from is None else frame.carried_from,
            left=position % COLUMNS * width,
            top=position // COLUMNS % ROWS * height,
            start=frame.seconds,
            end=until,
        )
        for position, (frame, until) in enumerate(zip(chosen, ends, strict=False))
    ]
    each = COLUMNS * ROWS
    sheets = tuple(
        Sheet(name=f"sprite-{first // each:03d}.jpg", tiles=tuple(tiles[first : first + each]))
        for first in range(0, len(tiles), each)
    )
    return SpritePlan(width, height, sheets)


def render_sheet(sheet: Sheet, plan: SpritePlan, read: Callable[[int], bytes]) -> bytes:
    """Paint one sheet and return it as JPEG. `read` gives the JPEG of a kept frame by index.

    In memory are the sheet (at most 1,600 x 1,600 pixels, 7.7 MB) and one frame at a time.
    """
    columns = min(COLUMNS, len(sheet.tiles))
    rows = -(-len(sheet.tiles) // COLUMNS)
    canvas = Image.new("RGB", (columns * plan.width, rows * plan.height))
    shown: int | None = None
    for tile in sheet.tiles:
        if tile.picture != shown:
            small, shown = _small(read(tile.picture), plan), tile.picture
        canvas.paste(small, (tile.left, tile.top))
    buffer = BytesIO()
    canvas.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()


def _small(jpeg: bytes, plan: SpritePlan) -> Image.Image:
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
        image.draft("RGB", (plan.width, plan.height))
        return image.convert("RGB").resize((plan.width, plan.height), Image.Resampling.BOX)


def sprites_vtt(plan: SpritePlan) -> str:
    """Return the text of `sprites.vtt`, which names sheets relative to itself."""
    cues = [
        f"{_timestamp(tile.start)} --> {_timestamp(tile.end)}\n"
        f"{sheet.name}#xywh={tile.left},{tile.top},{plan.width},{plan.height}\n"
        for sheet in plan.sheets
        for tile in sheet.tiles
        if _timestamp(tile.end) > _timestamp(tile.start)  # WebVTT forbids a cue that lasts no millisecond.
    ]
    return "\n".join(("WEBVTT\n", *cues))


def _timestamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    minutes, milliseconds = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02d}:{minutes:02d}:{milliseconds // 1000:02d}.{milliseconds % 1000:03d}"
