from io import BytesIO

import pytest
from PIL import Image

from brandlens.errors import InvalidInput
from brandlens.exposure import prove
from brandlens.exposure.proofs import MAX_PICTURES, pictured
from brandlens.results import Detection
from tests.unit.exposure.works import STILL, box, find_exposures, found, kept, logo, picture


def test_sharpness_is_that_of_the_box_not_of_the_picture() -> None:
    exposures = found({0: [logo(left=0.1), logo("Globex", left=0.6)]}, slots=1)
    sharpness = prove(exposures, 0, picture([box(left=0.1)])).sharpness
    striped, grey = (sharpness[a.id] for a in exposures.appearances)
    assert striped is not None
    assert grey is not None
    assert striped > 0.9 > 0.1 > grey


def test_the_sharpness_of_a_whole_image_label_is_that_of_the_picture() -> None:
    exposures = found({0: [Detection(label="Stadium", confidence=80)]}, slots=1)
    (score,) = prove(exposures, 0, picture([box(0, 0, 1, 1)])).sharpness.values()
    assert score is not None
    assert score > 0.9


def test_a_box_outside_the_picture_has_no_sharpness() -> None:
    exposures = found({0: [logo(left=1.2)]}, slots=1)
    assert list(prove(exposures, 0, picture()).sharpness.values()) == [None]


def test_the_thumbnail_of_a_frame_is_a_small_jpeg_of_the_same_shape() -> None:
    exposures = found({0: [logo()]}, slots=1)
    thumbnail = prove(exposures, 0, picture(width=1280, height=720)).thumbnail
    assert thumbnail is not None
    image = Image.open(BytesIO(thumbnail))
    assert (image.format, image.size) == ("JPEG", (480, 270))


def test_an_image_keeps_more_of_its_size_than_a_frame() -> None:
    exposures = find_exposures(STILL, None, kept([0]), {0: [logo()]})
    thumbnail = prove(exposures, 0, picture(width=2560, height=1440)).thumbnail
    assert thumbnail is not None
    assert Image.open(BytesIO(thumbnail)).size == (1280, 720)


@pytest.mark.parametrize("broken", [b"", b"GIF89a", picture()[:400]])
def test_a_proof_that_is_no_whole_picture_is_refused(broken: bytes) -> None:
    with pytest.raises(InvalidInput, match="proof frame 0 cannot be read"):
        prove(found({0: [logo()]}, slots=1), 0, broken)


def test_the_longest_appearances_get_a_picture_and_no_brand_goes_without() -> None:
    many = {slot: [logo()] for start in range(0, 1000, 10) for slot in (start, start + 1)}
    exposures = found({**many, 995: [logo("Globex")]}, slots=1000)
    shown = pictured(exposures.appearances)
    brief = next(a for a in exposures.appearances if a.label == "Globex")
    assert len(exposures.appearances) == 101
    assert len(shown) == MAX_PICTURES
    assert brief.id in shown
    assert prove(exposures, brief.proof_frame.index, picture()).thumbnail is not None


def test_a_frame_beyond_the_limit_gives_its_sharpness_but_no_picture() -> None:
    exposures = found({slot: [logo()] for slot in range(0, 1000, 10)}, slots=1000)
    proof = prove(exposures, exposures.proof_frames[-1], picture([box()]))
    assert proof.thumbnail is None
    assert len(proof.sharpness) == 1
