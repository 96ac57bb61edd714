import json
import re

from brandlens.events import AnalysisCompleted
from brandlens.schemas import schema_of
from examples.consumers.chat_webhook.message import PATHS, TEXT, template

PLACEHOLDER = re.compile(r"<(\w+)>")


def test_the_message_is_json_of_a_channel_and_a_text() -> None:
    assert json.loads(template('a "quoted" name')) == {"channel": 'a "quoted" name', "text": TEXT}


def test_every_value_that_the_text_names_has_a_path_and_each_path_is_used() -> None:
    assert set(PLACEHOLDER.findall(TEXT)) == PATHS.keys()


def test_each_path_leads_to_a_field_that_every_event_has() -> None:
    schema = schema_of(AnalysisCompleted)
    for path in PATHS.values():
        node = schema
        for step in path.removeprefix("$.detail.").split("."):
            field = step.removesuffix("[*]")
            assert field in node["required"], path
            node = node["properties"][field]
            if step.endswith("[*]"):
                node = schema["$defs"][node["items"]["$ref"].removeprefix("#/$defs/")]
        assert node["type"] in {"string", "number"}


def test_the_file_of_unbounded_name_is_not_in_the_message() -> None:
    assert not any("source" in path for path in PATHS.values())
