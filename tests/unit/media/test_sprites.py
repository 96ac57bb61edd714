import re
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from brandlens.media.sprites import MAX_TILES, TILE_SIDE, plan_sprites, render_sheet, sprites_vtt
from brandlens.results import Media, SampledFrame


def media(width: int = 1280, height: int = 720, seconds: float | None = 60.0) -> Media:
    return Media(
        kind="video", width=width, height=height, duration_seconds=seconds, frame_rate=25.0, codec="h264"
    )


def frames(count: int, carried: dict[int, int] | None = None) -> list[SampledFrame]:
    return [
        SampledFrame(index=index, seconds=index / 2, carried_from=(carried or {}).get(index))
        for index in range(count)
    ]


@given(st.integers(0, 5000))
def test_tiles_are_bounded_and_never_overlap(count: int) -> None:
    plan = plan_sprites(frames(count), media())
    tiles = [(sheet.name, tile.left, tile.top) for sheet in plan.sheets for tile in sheet.tiles]
    assert len(tiles) <= MAX_TILES
    assert len(tiles) >= min(count, MAX_TILES // 2)
    assert len(set(tiles)) == len(tiles)
    assert all(left < 10 * plan.width and top < 10 * plan.height for _, left, top in tiles)


def test_tiles_follow_each_other_without_a_gap_to_the_end() -> None:
    tiles = plan_sprites(frames(1800), media(seconds=900.5)).sheets
    cues = [(tile.start, tile.end) for sheet in tiles for tile in sheet.tiles]
    assert len(cues) == 600
    assert all(one[1] == other[0] for one, other in pairwise(cues))
    assert cues[0][0] == 0
    assert cues[-1][1] == 900.5


def test_a_carried_frame_is_shown_by_the_one_it_equals() -> None:
    (sheet,) = plan_sprites(frames(3, {1: 0}), media()).sheets
    assert [tile.picture for tile in sheet.tiles] == [0, 0, 2]


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (720, 1280), (1024, 64), (100, 100)])
def test_a_tile_keeps_the_pictures_proportions(width: int, height: int) -> None:
    plan = plan_sprites(frames(1), media(width, height))
    assert max(plan.width, plan.height) == TILE_SIDE
    assert plan.width / plan.height == pytest.approx(width / height, rel=0.2)


def jpeg(color: str) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (640, 360), color).save(buffer, "JPEG")
    return buffer.getvalue()


def test_a_sheet_shows_each_frame_in_its_place_and_reads_it_once() -> None:
    plan = plan_sprites(frames(12, {1: 0, 2: 0}), media())
    asked: list[int] = []

    def read(index: int) -> bytes:
        asked.append(index)
        return jpeg("red" if index == 0 else "blue")

    with Image.open(BytesIO(render_sheet(plan.sheets[0], plan, read))) as sheet:
        assert sheet.size == (10 * plan.width, 2 * plan.height)
        for position, expected in [(0, (254, 0, 0)), (2, (254, 0, 0)), (3, (0, 0, 254)), (11, (0, 0, 254))]:
            tile = plan.sheets[0].tiles[position]
            pixel = sheet.getpixel((tile.left + plan.width // 2, tile.top + plan.height // 2))
            assert pixel == pytest.approx(expected, abs=4)
    assert asked == [0, *range(3, 12)]


def test_players_are_told_where_each_tile_lies() -> None:
    vtt = sprites_vtt(plan_sprites(frames(102), media(seconds=7261.25)))
    assert vtt.startswith("WEBVTT\n\n00:00:00.000 --> 00:00:00.500\nsprite-000.jpg#xywh=0,0,160,90\n")
    assert vtt.endswith("00:00:50.500 --> 02:01:01.250\nsprite-001.jpg#xywh=160,0,160,90\n")
    assert len(re.findall(r"^sprite-\d{3}\.jpg#xywh=\d+,\d+,160,90$", vtt, re.MULTILINE)) == 102


def test_a_cue_that_lasts_no_time_is_left_out() -> None:
    assert sprites_vtt(plan_sprites(frames(1), media(seconds=None))) == "WEBVTT\n"


def test_a_video_without_frames_has_no_sheet() -> None:
    assert plan_sprites([], media()).sheets == ()
