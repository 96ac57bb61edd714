import re

import pytest

from brandlens.errors import InvalidSettings
from brandlens.settings import BY_FUNCTION, TELEMETRY, ProbeMediaSettings, ReleaseModelSettings

PROBE = {
    "MEDIA_BUCKET": "media",
    "WORK_BUCKET": "work",
    "JOBS_TABLE": "jobs",
    "SAMPLE_RATE_HZ": "2",
    "TRAINING_SAMPLE_RATE_HZ": "1",
    "MAX_TRAINING_FRAMES_PER_VIDEO": "1200",
    "NOVELTY_THRESHOLD": "6.0",
    "SEGMENT_SECONDS": "300",
}


def test_settings_are_read_from_the_environment_and_nothing_else_of_it() -> None:
    settings = ProbeMediaSettings.read({**PROBE, "PATH": "/bin", "AWS_REGION": "eu-west-1"})
    assert (settings.media_bucket, settings.sample_rate_hz, settings.segment_seconds) == ("media", 2.0, 300.0)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"MEDIA_BUCKET": None}, "MEDIA_BUCKET is not a setting"),
        ({"MEDIA_BUCKET": ""}, "MEDIA_BUCKET=''"),
        ({"SAMPLE_RATE_HZ": "0"}, "SAMPLE_RATE_HZ='0'"),
        ({"SAMPLE_RATE_HZ": "often"}, "SAMPLE_RATE_HZ='often'"),
        ({"SEGMENT_SECONDS": "-1"}, "SEGMENT_SECONDS='-1'"),
    ],
)
def test_a_bad_setting_is_named_with_its_value_and_rule(changes: dict[str, str | None], named: str) -> None:
    environment = {name: value for name, value in (PROBE | changes).items() if value is not None}
    with pytest.raises(InvalidSettings, match=re.escape(named)):
        ProbeMediaSettings.read(environment)


@pytest.mark.parametrize("minutes", ["0", "5", "0.5"])
def test_a_grace_time_is_given_in_minutes(minutes: str) -> None:
    settings = ReleaseModelSettings.read(
        {
            "MODELS_TABLE": "models",
            "IDLE_GRACE_MINUTES": minutes,
            "SCHEDULER_ROLE_ARN": "arn:role",
            "SCHEDULER_GROUP": "group",
            "STOP_FUNCTION_ARN": "arn:function",
        }
    )
    assert settings.grace.total_seconds() == float(minutes) * 60


@pytest.mark.parametrize("function", BY_FUNCTION)
def test_variables_are_upper_case_and_apart_from_telemetrys(function: str) -> None:
    variables = BY_FUNCTION[function].variables()
    assert all(name == name.upper() for name in variables)
    assert not variables & TELEMETRY
