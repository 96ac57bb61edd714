"""Labeled pictures of every kind, for hypothesis."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from brandlens.labels.geometry import PixelBox, from_pixels
from brandlens.labels.image_manifest import ClassifiedPicture
from brandlens.labels.pictures import LabeledBox, LabeledPicture, scene_of

LABELS = ("Acme", "Zürich Öl", "三菱", "Mc & <Donald>", "yes", "no: really", "7")
FOLDERS = ("", "images/", "images/train/", "match one/é/", "a/images/b/")
CREATED = datetime(2026, 3, 1, 12, 30, 5, 250, tzinfo=UTC)
_STEM = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=20)


@st.composite
def names(draw: st.DrawFn) -> str:
    """Names with folders, blanks, dots, quotes, Unicode; two of them may differ in their extension only."""
    stem = " ".join(draw(st.lists(_STEM, min_size=1, max_size=2))).replace("/", "-")
    return f"{draw(st.sampled_from(FOLDERS))}{stem}.{draw(st.sampled_from(['jpg', 'JPG', 'png', 'x.jpeg']))}"


@st.composite
def labeled_pictures(draw: st.DrawFn, named: st.SearchStrategy[str] | None = None) -> LabeledPicture:
    """Pictures whose boxes were drawn on whole pixels."""
    width, height = draw(st.integers(64, 4096)), draw(st.integers(64, 4096))
    boxes = []
    for _ in range(draw(st.integers(0, 4))):
        left, top = draw(st.integers(0, width - 1)), draw(st.integers(0, height - 1))
        pixels = PixelBox(left, top, draw(st.integers(1, width - left)), draw(st.integers(1, height - top)))
        label = draw(st.sampled_from(LABELS))
        boxes.append(LabeledBox(label=label, box=from_pixels(pixels, width, height)))
    name = draw(names() if named is None else named)
    return LabeledPicture(name=name, width=width, height=height, boxes=tuple(boxes), scene=scene_of(name))


@st.composite
def datasets(draw: st.DrawFn) -> list[LabeledPicture]:
    """Pictures of which one is labeled, none named like another but for its extension, no box there twice."""
    pictures = draw(
        st.lists(labeled_pictures(), min_size=1, max_size=6, unique_by=lambda one: one.name.partition(".")[0])
    )
    different = [one.model_copy(update={"boxes": tuple(dict.fromkeys(one.boxes))}) for one in pictures]
    if not any(one.boxes for one in different):
        whole = from_pixels(PixelBox(0, 0, different[0].width, different[0].height), *size_of(different[0]))
        different[0] = different[0].model_copy(update={"boxes": (LabeledBox(label="Acme", box=whole),)})
    return different


@st.composite
def classified_pictures(draw: st.DrawFn) -> ClassifiedPicture:
    labels = draw(st.lists(st.sampled_from(LABELS), max_size=3, unique=True))
    name = draw(names())
    return ClassifiedPicture(name=name, labels=tuple(sorted(labels)), scene=scene_of(name))


def size_of(picture: LabeledPicture) -> tuple[int, int]:
    return picture.width, picture.height
