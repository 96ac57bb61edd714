"""A version is named after what it learns from: pictures and labels, not names and times."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from brandlens.training.version_name import attempts, version_name

DIGESTS = {"cup/training/a/pictures/0.jpg": "red", "cup/training/a/pictures/1.jpg": "blue"}
AGAIN = {key.replace("/a/", "/b/"): digest for key, digest in DIGESTS.items()}


def line(key: str, left: int = 10, *, job: str = "a", attribute: str = "bounding-box") -> str:
    fields: dict[str, Any] = {
        "source-ref": f"s3://media/{key}",
        attribute: {"annotations": [{"class_id": 0, "left": left}]},
        f"{attribute}-metadata": {"class-map": {"0": "Acme"}, "creation-date": f"of {job}", "job-name": job},
    }
    return json.dumps(fields)


def name(lines: list[str], digests: dict[str, str] = DIGESTS, test: str = "") -> str:
    return version_name(["\n".join(lines).encode(), test.encode()], digests)


LESSON = [line(key) for key in DIGESTS]


def test_the_same_pictures_and_labels_of_another_job_have_the_same_name() -> None:
    again = [line(key, job="b") for key in reversed(AGAIN)]
    assert name(again, AGAIN) == name(LESSON)


def test_a_picture_with_another_content_changes_the_name() -> None:
    assert name(LESSON, DIGESTS | {"cup/training/a/pictures/0.jpg": "green"}) != name(LESSON)


@given(left=st.integers(min_value=11))
def test_a_box_at_another_place_changes_the_name(left: int) -> None:
    assert name([LESSON[0], line("cup/training/a/pictures/1.jpg", left)]) != name(LESSON)


def test_what_is_tested_on_changes_the_name() -> None:
    assert name(LESSON[:1], test=LESSON[1]) != name(LESSON)


def test_a_name_is_one_that_the_service_takes_and_so_are_those_of_further_attempts() -> None:
    names = list(attempts(name(LESSON)))
    assert len(set(names)) == len(names) > 1
    assert all(each.replace("-", "").isalnum() and len(each) <= 255 for each in names)
