import numpy as np
import pytest
from PIL import Image

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.grid import STRIDE
from brandlens.detect.training.crops import CropSampler
from brandlens.results import Box

SIDE = 128


def crops(images, labels, *, seed=1, count=40):
    sampler = CropSampler(images, labels, side=SIDE, seed=seed)
    return [sampler.draw() for _ in range(count)]


def test_the_same_seed_draws_the_same_crops_and_another_one_others(pictures):
    def pixels(seed):
        return np.stack([crop.pixels for crop in crops(pictures, ["Disc", "Bars"], seed=seed, count=5)])

    assert (pixels(3) == pixels(3)).all()
    assert (pixels(3) != pixels(4)).any()


def test_crops_show_every_label_and_some_show_none(pictures):
    seen = np.stack([(crop.targets.heat == 1).any(axis=(1, 2)) for crop in crops(pictures, ["Disc", "Bars"])])
    assert seen.any(axis=0).all()
    assert not seen.any(axis=1).all()


def test_pictures_without_boxes_are_drawn_from(draw):
    read = []
    negative = draw(1, label=None)

    def remember():
        read.append(True)
        return negative.read()

    images = [draw(0, label="Disc"), LabeledImage(remember, 320, 240, (), scene="n")]
    crops(images, ["Disc"])
    assert read


def test_a_labeled_logo_lies_under_its_targets(draw, encode_picture):
    """A logo of one bright colour on black: where the targets say a box is, the crop is bright."""
    picture = Image.new("RGB", (400, 300), "black")
    picture.paste((255, 255, 255), (100, 80, 180, 140))
    data = encode_picture(picture)
    box = Box(left=0.25, top=80 / 300, width=0.2, height=0.2)
    for crop in crops([LabeledImage(lambda: data, 400, 300, (("A", box),), scene="s")], ["A"]):
        for _, row, column in np.argwhere(crop.targets.heat == 1):
            left, top, right, bottom = crop.targets.sides[:, row, column]
            assert left - 1 <= column * STRIDE + STRIDE / 2 <= right + STRIDE
            assert 0 <= left < right <= SIDE
            assert 0 <= top < bottom <= SIDE
            inside = crop.pixels[int(top) + 2 : int(bottom) - 1, int(left) + 2 : int(right) - 1]
            if inside.size:
                assert np.median(inside) > 90


@pytest.mark.parametrize("size", [(1, 1), (7, 300), (64, 64), (2000, 40)])
def test_pictures_of_any_size_give_crops(encode_picture, size):
    data = encode_picture(Image.new("RGB", size, "white"))
    box = Box(left=0.0, top=0.0, width=0.9, height=0.9)
    drawn = crops([LabeledImage(lambda: data, *size, (("A", box),), scene="s")], ["A"], count=20)
    assert {crop.pixels.shape for crop in drawn} == {(SIDE, SIDE, 3)}
    assert all(np.isfinite(crop.targets.sides).all() for crop in drawn)


def test_a_find_turned_inside_out_or_on_a_logo_is_not_remembered(pictures):
    sampler = CropSampler(pictures, ["Disc", "Bars"], side=SIDE, seed=1)
    crop = next(crop for crop in iter(sampler.draw, None) if crop.view and len(crop.view.boxes))
    sampler.found_wrongly(crop, np.float32([60, 60, 56, 70]), 0.9)
    sampler.found_wrongly(crop, crop.view.boxes[0], 0.9)
    assert len(sampler.false_finds) == 0
