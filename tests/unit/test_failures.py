import json

from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import leaves
from brandlens.failures import job_error

LEAVES = [leaf.__name__ for leaf in leaves()]


@given(leaf=st.sampled_from(LEAVES), message=st.text(min_size=1, max_size=200), depth=st.integers(0, 6))
def test_however_deep_a_leaf_is_wrapped_its_name_and_message_come_out(
    leaf: str, message: str, depth: int
) -> None:
    error, cause = leaf, json.dumps({"errorType": leaf, "errorMessage": message, "stackTrace": []})
    for _ in range(depth):
        cause = json.dumps({"Status": "FAILED", "Error": error, "Cause": cause, "Input": "{}"})
        error = "States.TaskFailed"
    found = job_error(error, cause)
    assert (found.code, found.message) == (leaf, message)


@given(error=st.text(min_size=1, max_size=50), cause=st.none() | st.text(max_size=3000))
def test_whatever_comes_there_is_a_sentence_of_bounded_length(error: str, cause: str | None) -> None:
    found = job_error(error, cause)
    assert 0 < len(found.message) <= 1000
    assert found.code


@given(
    cause=st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ).map(json.dumps)
)
def test_a_cause_that_is_some_other_json_breaks_nothing(cause: str) -> None:
    assert job_error("States.TaskFailed", cause).code == "States.TaskFailed"


def test_a_cause_that_was_cut_off_leaves_the_outer_error() -> None:
    assert job_error("States.TaskFailed", '{"Error": "NoFra').code == "States.TaskFailed"
