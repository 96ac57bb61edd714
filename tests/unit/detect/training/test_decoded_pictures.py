import numpy as np
import pytest
from PIL import Image

from brandlens.detect.dataset import LabeledImage
from brandlens.detect.pyramid import LARGEST_BOX
from brandlens.detect.training.decoded_pictures import DecodedPictures
from brandlens.detect.training.false_finds import Place
from brandlens.errors import CorruptMedia
from brandlens.results import Box


@pytest.fixture
def pictures(encode_picture):
    """One 400 x 300 picture: a white box of label A at 100, 80 to 180, 140."""
    picture = Image.new("RGB", (400, 300), "black")
    picture.paste((255, 255, 255), (100, 80, 180, 140))
    data = encode_picture(picture)
    box = Box(left=0.25, top=80 / 300, width=0.2, height=0.2)
    return DecodedPictures([LabeledImage(lambda: data, 400, 300, (("A", box),), scene="s")], ["A"])


def test_a_place_in_a_cut_leads_back_to_where_it_was_cut_from(pictures):
    view = pictures.cut(0, 140.0, 110.0, scale=np.asarray([1.5, 1.2]), side=160)
    (box,) = view.boxes
    assert view.place(box).box == pytest.approx((100, 80, 180, 140), abs=0.1)


def test_a_box_partly_outside_a_cut_is_left_open(pictures):
    view = pictures.cut(0, 20.0, 110.0, scale=np.asarray([1.0, 1.0]), side=140)
    assert (len(view.boxes), len(view.opened)) == (0, 1)


def test_a_patch_shows_the_logo_where_its_box_says(pictures):
    for seed in range(20):
        patch, box = pictures.patch(Place(0, (100.0, 80.0, 180.0, 140.0)), np.random.default_rng(seed))
        rows, columns = np.nonzero(np.asarray(patch.convert("L")) > 128)
        found = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        np.testing.assert_allclose(found, box, atol=1.5)
        assert (box[2:] - box[:2]).max() <= LARGEST_BOX + 1


def test_patches_have_rims_so_that_their_edges_tell_nothing(pictures):
    rims = [
        pictures.patch(Place(0, (100.0, 80.0, 180.0, 140.0)), np.random.default_rng(seed))[1][:2]
        for seed in range(20)
    ]
    assert np.ptp(rims, axis=0).min() > 5


def test_a_picture_that_cannot_be_decoded_is_called_by_its_name(tmp_path):
    (tmp_path / "torn.jpg").write_bytes(b"no picture")
    pictures = DecodedPictures([LabeledImage(tmp_path / "torn.jpg", 400, 300, (), scene="s")], [])
    with pytest.raises(CorruptMedia, match=r"torn\.jpg"):
        pictures.open(0)


def test_a_sliver_gives_no_patch(pictures):
    assert pictures.patch(Place(0, (100.0, 80.0, 180.0, 81.0)), np.random.default_rng(1)) is None


@pytest.mark.parametrize(("left", "touches"), [(150.0, True), (200.0, False)])
def test_a_place_on_a_logo_is_told_from_one_beside_it(pictures, left, touches):
    assert pictures.touches_a_box(Place(0, (left, 90.0, left + 40, 120.0))) is touches
