import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidTrainingRequest
from brandlens.training.request import MAX_BYTES, TrainingRequest, parse_request

KEY = "inbox/cup/train/spring 1+2/job.json"
GOOD: dict[str, Any] = {"labels": ["Acme", "Zenith_2"], "type": "object"}


def parse(document: Any) -> TrainingRequest:
    return parse_request(json.dumps(document).encode(), key=KEY)


def test_a_request_says_what_to_learn_from_the_whole_folder() -> None:
    assert parse(GOOD) == TrainingRequest(
        labels=("Acme", "Zenith_2"), type="object", prefix="inbox/cup/train/spring 1+2/"
    )


def test_a_request_may_name_annotations_and_files_below_the_folder() -> None:
    request = parse(GOOD | {"annotations": "labels/a.json", "keys": ["a.jpg", "day 1/%2e.mp4", "..b/c..d"]})
    assert (request.annotations, request.keys) == ("labels/a.json", ("a.jpg", "day 1/%2e.mp4", "..b/c..d"))
    assert parse(GOOD | {"annotations": None, "keys": None}) == parse(GOOD)


def test_a_byte_order_mark_is_no_part_of_the_request() -> None:
    assert parse_request(b"\xef\xbb\xbf" + json.dumps(GOOD).encode(), key=KEY) == parse(GOOD)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "it is not JSON"),
        (b"labels: [Acme]", "it is not JSON"),
        (b'{"labels": ["Acme"], "type": "object"', "it is not JSON"),
        (b'["Acme"]', "it is no JSON object"),
        (b"null", "it is no JSON object"),
        (b'{"type": "object", "labels": ["Acme"], "type": "concept"}', "it says type twice"),
        (b'{"labels": ["Acme"], "type": "object", "type": "object"}', "it says type twice"),
        (b"\xff\xfe{\x00}\x00", "it is no UTF-8 text"),
        (b" " * (MAX_BYTES + 1), "it has more than 1,000,000 bytes"),
    ],
)
def test_what_is_no_request_at_all_is_refused(body: bytes, why: str) -> None:
    with pytest.raises(InvalidTrainingRequest) as refused:
        parse_request(body, key=KEY)
    assert str(refused.value).startswith(f"'{KEY}' is refused: {why}")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"lables": ["Acme"]}, "'lables' means nothing here, which knows labels, type, annotations and keys"),
        ({"prefix": "inbox/other/"}, "'prefix' means nothing here"),
        ({"type": "boxes"}, "type: input should be 'object' or 'concept'"),
        ({"type": None}, "type: "),
        ({"labels": "Acme"}, "labels: "),
        ({"labels": [1]}, "labels.0: "),
        ({"labels": []}, "it names no label"),
        ({"labels": [f"L{number}" for number in range(251)]}, "251 labels cannot be used"),
        (
            {"labels": ["Acme", "Bolt", "Acme "]},
            "is refused: the labels cannot be used, Acme is there twice.",
        ),
        ({"labels": ["Käse"]}, "a label is 1 to 100 letters, digits, blanks, _ and -"),
        ({"labels": ["Acme/2"]}, "a brand cannot be labeled 'Acme/2'"),
        ({"labels": ["-Acme"]}, "not begun by a blank or -"),
        ({"labels": ["  "]}, "a brand cannot be labeled ''"),
        ({"labels": ["x" * 101]}, f"labeled '{'x' * 20}'... (101 characters), a label is 1 to 100"),
        ({"labels": ["Acme\n"], "type": "x"}, "type: "),
        ({"keys": []}, "keys is an empty list"),
        ({"keys": ["a.mp4", "a.mp4"]}, "keys names a file twice"),
        ({"keys": ["../other/a.mp4"]}, "'../other/a.mp4' is no file inside its folder"),
        ({"keys": ["clips/../../a.mp4"]}, "is no file inside its folder"),
        ({"keys": ["/a.mp4"]}, "'/a.mp4' is no file inside its folder"),
        ({"keys": ["./a.mp4"]}, "is no file inside its folder"),
        ({"keys": ["clips/"]}, "is no file inside its folder"),
        ({"keys": [""]}, "'' is no file inside its folder"),
        ({"keys": ["job.json"]}, "it names 'job.json', itself"),
        ({"annotations": "../a.json"}, "'../a.json' is no file inside its folder"),
        ({"annotations": "job.json"}, "it names 'job.json', itself"),
        ({"annotations": 1}, "annotations: "),
    ],
)
def test_a_request_that_cannot_be_obeyed_is_refused_with_the_rule(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidTrainingRequest) as refused:
        parse(GOOD | changes)
    assert why in str(refused.value)
    assert refused.value.remedy


@pytest.mark.parametrize("missing", ["labels", "type"])
def test_what_a_request_must_say_is_named(missing: str) -> None:
    with pytest.raises(InvalidTrainingRequest, match=f"{missing} is missing"):
        parse({name: value for name, value in GOOD.items() if name != missing})


@given(st.binary(max_size=60))
def test_whatever_the_bytes_are_the_answer_is_a_request_or_a_refusal(body: bytes) -> None:
    try:
        request = parse_request(body, key=KEY)
    except InvalidTrainingRequest:
        return
    assert request.labels


@given(st.lists(st.text(max_size=12), min_size=1, max_size=4, unique=True))
def test_whatever_keys_are_accepted_lie_inside_the_folder(keys: list[str]) -> None:
    try:
        request = parse(GOOD | {"keys": keys})
    except InvalidTrainingRequest:
        return
    assert request.keys == tuple(keys)
    assert all(".." not in key.split("/") and not key.startswith("/") and key != "job.json" for key in keys)


def test_more_labels_than_people_can_choose_from_are_refused_before_anything_is_begun() -> None:
    many = {"labels": [f"Brand {number}" for number in range(51)]}
    with pytest.raises(InvalidTrainingRequest, match="it names 51 labels, and Ground Truth takes 50"):
        parse(GOOD | many)


@pytest.mark.parametrize("changes", [{"annotations": "a.json"}, {"type": "concept"}])
def test_as_many_labels_as_the_service_learns_go_where_ground_truth_has_no_limit(changes: Any) -> None:
    many = {"labels": [f"Brand {number}" for number in range(250)]}
    assert len(parse(GOOD | many | changes).labels) == 250
