import pytest

from brandlens.errors import InvalidSettings
from brandlens.media.novelty import DEFAULT_THRESHOLD
from infra.settings import Settings
from infra.settings_table import TABLE, table
from tests.infra.recording import GOOD, REQUIRED, evaluate_with

KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def test_everything_but_the_required_settings_has_a_default() -> None:
    settings = Settings.check(GOOD)

    assert settings.image_build == "docker"
    assert settings.sample_rate_hz == 2
    assert settings.idle_grace_minutes == 5
    assert settings.tolerated_failure_percentage == 0


def test_novelty_is_judged_as_the_library_does_by_default() -> None:
    assert Settings.check(GOOD).novelty_threshold == DEFAULT_THRESHOLD


def test_numbers_are_read_from_text_as_pulumi_gives_it() -> None:
    settings = Settings.check(GOOD | {"sample_rate_hz": "0.5", "max_inference_units": "3"})

    assert (settings.sample_rate_hz, settings.max_inference_units) == (0.5, 3)


@pytest.mark.parametrize(
    ("name", "value", "rule", "remedy"),
    [
        (
            "admin_email",
            "ops",
            "the e-mail address of who",
            "pulumi config set admin_email ops@example.com",
        ),
        ("admin_email", "o'hara@example.com", "of letters, digits", "pulumi config set admin_email"),
        ("admin_email", "ops@example", "the e-mail address", "pulumi config set admin_email ops@example.com"),
        ("admin_email", "ops@example.com, me@example.com", "the e-mail", "pulumi config set admin_email"),
        ("accept_ffmpeg_licence", "false", "LGPL 2.1", "pulumi config set accept_ffmpeg_licence true"),
        ("image_build", "brandlens:latest", "the URI in Amazon ECR", "pulumi config set image_build docker"),
        (
            "image_build",
            "podman",
            "codebuild, which has AWS CodeBuild build it",
            "pulumi config set image_build docker",
        ),
        ("sample_rate_hz", "0", "from 0.01 to 60", "pulumi config set sample_rate_hz 2"),
        ("max_inference_units", "9", "from 1 to 5", "pulumi config set max_inference_units 1"),
        ("retention_days", "8", "one of (1, 3, 5, 7", "pulumi config set retention_days 30"),
        ("log_level", "LOUD", "DEBUG, INFO, WARNING or ERROR", "pulumi config set log_level INFO"),
        ("region", "mars", "an AWS region", "pulumi config set aws:region eu-west-1"),
        ("region", "us-west-1", "SageMaker Ground Truth", "pulumi config set aws:region eu-west-1"),
        ("region", "us-gov-west-1", "Rekognition Custom Labels", "pulumi config set aws:region eu-west-1"),
        ("region", "ca-central-1", "Rekognition Custom Labels", "pulumi config set aws:region eu-west-1"),
        ("price_class", "cheap", "PriceClass_100", "pulumi config set price_class PriceClass_100"),
        ("alarm_email", "ops", "alarms are sent to", "pulumi config set alarm_email ops@example.com"),
        ("spend_alarm_usd", "0", "above 0", "pulumi config set spend_alarm_usd 100"),
        ("kms", "alias/ours", "the ARN of a symmetric KMS key", "pulumi config set kms arn:aws:kms:"),
        ("kms", KEY.replace("eu-west-1", "us-east-1"), "in the stack's region", "pulumi config set kms"),
        ("sample_rate_hz", "fast", "from 0.01 to 60", "pulumi config set sample_rate_hz 2"),
        ("workers_per_item", "1.5", "from 1 to 9", "pulumi config set workers_per_item 1"),
        ("portal", "maybe", "true or false", "pulumi config set portal true"),
        ("log_level", '{"root": "INFO"}', "DEBUG, INFO", "pulumi config set log_level INFO"),
        ("work_team", "our team", "a private work team", "pulumi config set work_team labelers"),
        ("workers_per_item", "10", "from 1 to 9", "pulumi config set workers_per_item 1"),
        ("labeling_days_open", "31", "from 1 to 30", "pulumi config set labeling_days_open 10"),
        ("budget_per_job", "0", "above 0", "pulumi config set budget_per_job 5"),
        ("budget_per_month", "nan", "above 0", "pulumi config set budget_per_month 100"),
        ("stack", "dev-eu", "lower-case letters and digits", "pulumi stack rename dev"),
        ("project", "Brand", "lower-case letters and digits", "Set name in Pulumi.yaml"),
    ],
)
def test_a_refused_setting_names_its_value_its_rule_and_what_to_do(
    name: str, value: str, rule: str, remedy: str
) -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings.check(GOOD | {name: value})

    assert f"{name} is {value!r}" in refused.value.why
    assert rule in refused.value.why
    assert remedy in refused.value.remedy


def test_every_missing_setting_is_named_at_once() -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings.check({"project": "brandlens", "stack": "dev", "region": "eu-west-1"})

    for name in ("admin_email", "accept_ffmpeg_licence"):
        assert f"{name} is not set" in refused.value.why
        assert f"pulumi config set {name} " in refused.value.remedy


def test_an_error_is_one_line() -> None:
    with pytest.raises(InvalidSettings) as refused:
        Settings.check(GOOD | {"admin_email": "two\nlines"})

    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "name", sorted(REQUIRED.keys() - {"brandlens:portal", "brandlens:preflight"})
)  # chosen, not required
def test_the_program_makes_nothing_when_a_required_setting_is_missing(name: str) -> None:
    made: list[str] = []
    config = {key: value for key, value in REQUIRED.items() if key != name}

    with pytest.raises(InvalidSettings):
        evaluate_with("dev", config, told=made.append)

    assert made == []


def test_every_rule_has_an_example_that_keeps_it() -> None:
    for name, field in Settings.model_fields.items():
        (example,) = field.examples or []
        Settings.check(GOOD | {name: str(example)})


@pytest.mark.parametrize(
    ("name", "told"), [("budget_per_mnth", "budget_per_month is"), ("zzz", "zzz is no setting")]
)
def test_a_setting_that_nobody_knows_is_refused_before_anything_is_made(name: str, told: str) -> None:
    made: list[str] = []

    with pytest.raises(InvalidSettings) as refused:
        evaluate_with("dev", REQUIRED | {f"brandlens:{name}": "5"}, told=made.append)

    assert f"{name} is no setting" in refused.value.why
    assert told in refused.value.why
    assert refused.value.remedy == f"Type: pulumi config rm {name}"
    assert made == []


def test_settings_of_other_programs_and_providers_concern_nobody() -> None:
    made: list[str] = []

    evaluate_with("dev", REQUIRED | {"aws:profile": "ops", "other:setting": "5"}, told=made.append)

    assert made


def test_no_setting_is_a_secret_that_would_lie_in_plain_text() -> None:
    words = ("password", "secret", "token", "credential")

    assert not [name for name in Settings.model_fields for word in words if word in name]


def test_the_table_of_settings_is_that_of_the_model() -> None:
    assert TABLE.read_text("utf-8") == table(), "run `python -m infra.settings_table` and commit the result"
