import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.asl import TemplateRefused, has_distributed_map, markers, render

NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9]{0,12}", fullmatch=True)


@given(st.dictionaries(NAMES, st.text(), min_size=1))
def test_every_marker_becomes_exactly_its_value(values: dict[str, str]) -> None:
    template = json.dumps({name: f"${{{name}}}" for name in values})

    assert markers(template) == values.keys()
    assert render(template, values) == values


@given(st.text())
def test_a_value_never_changes_the_structure_around_it(value: str) -> None:
    template = '{"Resource": "before ${Arn} after", "End": true}'

    assert render(template, {"Arn": value}) == {"Resource": f"before {value} after", "End": True}


@given(st.text(alphabet="$.{}%xTaskToken ", max_size=40).filter(lambda text: not markers(text)))
def test_text_that_is_no_marker_passes_untouched(text: str) -> None:
    assert render(json.dumps({"Comment": text}), {}) == {"Comment": text}


@pytest.mark.parametrize(
    "text", ["$.x", "$$.Task.Token", "$", "$$", "{% $states.input.job %}", "${}", "${a-b}"]
)
def test_paths_and_tokens_are_kept(text: str) -> None:
    assert render(json.dumps({"Parameters": {"token.$": text}}), {}) == {"Parameters": {"token.$": text}}


def test_a_value_that_looks_like_a_marker_is_not_rendered_again() -> None:
    assert render('{"a": "${One}"}', {"One": "${Two}"}) == {"a": "${Two}"}


def test_a_marker_without_a_value_is_named() -> None:
    with pytest.raises(TemplateRefused, match="no value for Three, Two"):
        render('{"a": "${One}${Two}${Three}"}', {"One": "1"})


def test_a_value_without_a_marker_is_named() -> None:
    with pytest.raises(TemplateRefused, match="no marker for Two"):
        render('{"a": "${One}"}', {"One": "1", "Two": "2"})


@pytest.mark.parametrize(("template", "complaint"), [('{"a": }', "not JSON"), ('["a"]', "not a JSON object")])
def test_a_template_that_is_no_json_object_is_refused(template: str, complaint: str) -> None:
    with pytest.raises(TemplateRefused, match=complaint):
        render(template, {})


def test_a_distributed_map_is_found_inside_another_states_branches() -> None:
    distributed = {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED"}}}
    inline = {"Type": "Map", "ItemProcessor": {"ProcessorConfig": {"Mode": "INLINE"}}}

    assert has_distributed_map({"States": {"Both": {"Branches": [{"States": {"Detect": distributed}}]}}})
    assert not has_distributed_map({"States": {"Both": {"Branches": [{"States": {"Extract": inline}}]}}})
