from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidLabels
from brandlens.labels.pictures import LabeledBox, LabeledPicture
from brandlens.labels.plan import plan_training
from brandlens.results import Box

BOX = Box(left=0.1, top=0.1, width=0.5, height=0.5)


def shot(name: str, *labels: str, scene: str = "s", width: int = 640) -> LabeledPicture:
    boxes = tuple(LabeledBox(label=label, box=BOX) for label in labels)
    return LabeledPicture(name=name, width=width, height=480, scene=scene, boxes=boxes)


@st.composite
def shootings(draw: st.DrawFn) -> list[LabeledPicture]:
    drawn = draw(
        st.lists(
            st.tuples(st.sampled_from("pqrstu"), st.sets(st.sampled_from(["Acme", "Umbrella"]))),
            min_size=2,
            max_size=40,
        )
    )
    shots = [shot(f"{n}.jpg", *sorted(labels), scene=scene) for n, (scene, labels) in enumerate(drawn)]
    return [*shots, *(shot(f"more{n}.jpg", "Acme", "Umbrella", scene="v") for n in range(2))]


@given(shootings())
def test_a_split_loses_nothing_parts_no_scene_and_leaves_every_label_half_its_pictures(
    pictures: list[LabeledPicture],
) -> None:
    plan = plan_training(pictures, ["Acme", "Umbrella"])

    assert sorted(p.name for p in plan.train + plan.test) == sorted(p.name for p in pictures)
    assert any(picture.boxes for picture in plan.test)
    if plan.split_by == "scene":
        assert not {p.scene for p in plan.train} & {p.scene for p in plan.test}
    everywhere = Counter(label for picture in pictures for label in picture.labels)
    learned = Counter(label for picture in plan.train for label in picture.labels)
    assert all(2 * learned[label] >= everywhere[label] for label in plan.labels)
    tested = {label for picture in plan.test for label in picture.labels}
    assert set(plan.untested) == set(plan.labels) - tested
    assert plan == plan_training(pictures, ["Umbrella", "Acme"])


def test_about_a_fifth_of_many_scenes_is_held_out_with_every_label_in_it() -> None:
    pictures = [
        shot(f"{scene}/{n}.jpg", ["Acme", "Umbrella", "Globex"][scene % 3], scene=str(scene))
        for scene in range(30)
        for n in range(4)
    ]

    plan = plan_training(pictures, ["Acme", "Umbrella", "Globex"])

    assert plan.split_by == "scene"
    assert len(plan.test) == 24
    assert plan.untested == ()


def test_pictures_of_one_scene_are_split_one_by_one_and_the_plan_says_so() -> None:
    plan = plan_training([shot(f"{n}.jpg", "Acme") for n in range(10)], ["Acme"])

    assert plan.split_by == "picture"
    assert len(plan.test) == 2


@pytest.mark.parametrize(
    ("pictures", "why"),
    [
        ([shot("a.jpg", "Acme")], "every label has a single picture"),
        ([shot("a.jpg"), shot("b.jpg")], "no picture shows Acme"),
        ([shot("a.jpg", "Acme"), shot("b.jpg", "Globex")], "b.jpg has a box labeled Globex"),
        ([shot("a.jpg", *["Acme"] * 51)], "a.jpg has 51 boxes, and 50 are the most"),
        ([shot("a.jpg", "Acme", width=5000)], "a.jpg is 5000 x 480 pixels"),
        ([shot("a.jpg", "Acme", width=63)], "a.jpg is 63 x 480 pixels"),
    ],
)
def test_pictures_that_cannot_teach_are_refused(pictures: list[LabeledPicture], why: str) -> None:
    with pytest.raises(InvalidLabels, match=why):
        plan_training(pictures, ["Acme"])
