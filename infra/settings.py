"""The settings of one environment, from `Pulumi.<stack>.yaml`: the one reader of `pulumi.Config`.

Every setting is checked before the first resource is made, and every refused one is named at once, with its
value, its rule and what to type.
"""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

import pulumi
from pulumi.runtime.config import CONFIG, get_config_env
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo

from brandlens.cost import published_prices
from brandlens.errors import InvalidSettings
from infra.regions import REGIONS

LOG_RETENTION_DAYS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557)
"""Retention periods that CloudWatch Logs offers."""

_NAME = r"^[a-z][a-z0-9]{0,15}$"
_NAME_RULE = "1 to 16 lower-case letters and digits, a letter first"
_EMAIL = r"[\w.+=/:-]+@[\w-]+(\.[\w-]+)+"
"""As far as a tag of AWS's, which is what it becomes, may hold it."""
_LABELED_OBJECT = published_prices().prices["labeled_objects"]
Architecture = Literal["x86_64", "arm64"]
BUILT_BY_DOCKER, BUILT_BY_CODEBUILD = BUILDERS = ("docker", "codebuild")
_IMAGE_BUILD = (
    rf"^({'|'.join(BUILDERS)}|"
    r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com(\.cn)?/[a-z0-9._/-]+"
    r"(:[\w.-]{1,128}|@sha256:[0-9a-f]{64}))$"
)


def _accepted(value: bool) -> bool:
    if not value:
        raise ValueError("not accepted")
    return value


def _with_every_service(region: str) -> str:
    if region not in REGIONS:
        raise ValueError("without Custom Labels or Ground Truth")
    return region


def _in_the_region(key: str, info: ValidationInfo) -> str:
    if key and key.split(":")[3] != info.data.get("region"):
        raise ValueError("of another region")
    return key


def _image_of_the_region(image: str, info: ValidationInfo) -> str:
    if image not in BUILDERS and image.split(".")[3] != info.data.get("region"):
        raise ValueError("of another region, where Lambda and SageMaker take none from")
    return image


def _offered_by_cloudwatch(days: int) -> int:
    if days not in LOG_RETENTION_DAYS:
        raise ValueError("not offered")
    return days


class Settings(BaseModel):
    """What may differ between environments. A field's description is its rule, its example a good value.

    `project` and `stack` are Pulumi's own names. They begin every resource's name and hold no hyphen, so a
    prefix such as `brandlens-dev-` belongs to one stack only, in names and in policies.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    project: str = Field(pattern=_NAME, description=_NAME_RULE, examples=["brandlens"])
    stack: str = Field(pattern=_NAME, description=_NAME_RULE, examples=["dev"])
    region: Annotated[str, AfterValidator(_with_every_service)] = Field(
        description=(
            "an AWS region with both Amazon Rekognition Custom Labels and the built-in functions of Amazon "
            f"SageMaker Ground Truth, by which people label: {', '.join(REGIONS)}"
        ),
        examples=["eu-west-1"],
    )
    admin_email: str = Field(
        pattern=rf"^{_EMAIL}$",
        max_length=254,
        description="the e-mail address of who answers for this environment, of letters, digits and .+=/:_-",
        examples=["ops@example.com"],
    )
    preflight: bool = Field(
        True,
        description=(
            "true or false: whether this machine and the account are looked at, before anything is made, for "
            "what would stop a deployment half-way"
        ),
        examples=["true"],
    )
    accept_ffmpeg_licence: Annotated[bool, AfterValidator(_accepted)] = Field(
        description="true, once you accept FFmpeg's licence (LGPL 2.1, https://ffmpeg.org/legal.html)",
        examples=["true"],
    )
    image_build: Annotated[str, AfterValidator(_image_of_the_region)] = Field(
        BUILT_BY_DOCKER,
        pattern=_IMAGE_BUILD,
        description=(
            "docker, which builds the functions' image on this machine; codebuild, which has AWS CodeBuild "
            "build it in the account and needs no Docker; or the URI in Amazon ECR of the stack's region, "
            "with tag or digest, of one built elsewhere from containers/ffmpeg/Dockerfile"
        ),
        examples=[BUILT_BY_DOCKER],
    )
    training_image_build: Annotated[str, AfterValidator(_image_of_the_region)] = Field(
        BUILT_BY_DOCKER,
        pattern=_IMAGE_BUILD,
        description=(
            "the same for the image that the embedded detector is trained in, the Dockerfile's stage "
            "`training`"
        ),
        examples=[BUILT_BY_DOCKER],
    )
    architecture: Architecture = Field(
        "x86_64",
        description=(
            "x86_64 or arm64: the processors that functions run on, and that their image is built for. arm64 "
            "costs a fifth less a second, and quotes do not take it off; image_build: docker needs an engine "
            "that builds for it, codebuild does"
        ),
        examples=["x86_64"],
    )
    sample_rate_hz: float = Field(
        2, ge=0.01, le=60, description="frames looked at per second of video, from 0.01 to 60", examples=[2]
    )
    training_sample_rate_hz: float = Field(
        1,
        ge=0.01,
        le=60,
        description="frames taken per second of video to learn from, from 0.01 to 60",
        examples=[1],
    )
    max_training_frames_per_video: int = Field(
        1200,
        ge=1,
        le=2_000,
        description=(
            "frames taken of one video to learn from, from 1 to 2000, the most that Ground Truth shows of one"
        ),
        examples=[1200],
    )
    novelty_threshold: float = Field(
        6,
        ge=0,
        le=255,
        description="gray levels, from 0 to 255, by which a part of a frame must differ to be new",
        examples=[6],
    )
    segment_seconds: float = Field(
        300,
        ge=15,
        le=3600,
        # Seven events of a history of 25,000 go to a segment, and the longest video takes 12 hours.
        description="seconds of video that one call decodes, from 15 to 3600",
        examples=[300],
    )
    extract_concurrency: int = Field(
        8, ge=1, le=40, description="segments of one video decoded at once, from 1 to 40", examples=[8]
    )
    max_inference_units: int = Field(
        1,
        ge=1,
        le=5,
        description="inference units that a model runs on at most, within the account's quota, from 1 to 5",
        examples=[1],
    )
    target_minutes: float = Field(
        30,
        ge=1,
        le=600,
        description=(
            "minutes in which a model should look at a job's frames, by as many inference units as that "
            "takes, from 1 to 600"
        ),
        examples=[30],
    )
    model_poll_seconds: int = Field(
        30,
        ge=1,
        le=300,
        description="seconds between two looks at a starting model, from 1 to 300",
        examples=[30],
    )
    min_confidence: float = Field(
        50,
        ge=0,
        le=100,
        description="percent of confidence from which a new model's finds count, from 0 to 100",
        examples=[50],
    )
    training_poll_seconds: int = Field(
        120,
        ge=1,
        le=300,
        description="seconds between the first looks at a model in training, from 1 to 300",
        examples=[120],
    )
    training_timeout_hours: float = Field(
        26,
        ge=0.1,
        le=26,
        description="hours that a model's training is waited for, from 0.1 to 26",
        examples=[26],
    )
    embedded_training_seconds: float = Field(
        600,
        ge=1,
        le=86_400,
        description="seconds in which an embedded detector learns, from 1 to 86400",
        examples=[600],
    )
    idle_grace_minutes: float = Field(
        5,
        ge=1,
        le=60,
        description="minutes that a model may idle before it is stopped, from 1 to 60",
        examples=[5],
    )
    work_team: str = Field(
        "",
        pattern=r"^([a-zA-Z0-9](-*[a-zA-Z0-9]){0,62})?$",
        description=(
            "the name of a private work team that labels, in the workforce that the account has in the "
            "region, or empty to have both made, which works where there is no private workforce yet"
        ),
        examples=["labelers"],
    )
    workers_per_item: int = Field(
        1, ge=1, le=9, description="people who label the same item, from 1 to 9", examples=[1]
    )
    labeling_task_seconds: int = Field(
        28_800,
        ge=30,
        le=28_800,
        description="seconds that a person may take to label one item, from 30 to 28800",
        examples=[28_800],
    )
    labeling_days_open: int = Field(
        10, ge=1, le=30, description="days that people have to label a batch, from 1 to 30", examples=[10]
    )
    labeling_price_per_object: float = Field(
        _LABELED_OBJECT.usd,
        ge=0,
        le=1000,
        description=(
            "USD that labeling one picture or frame costs, for the cost record: Ground Truth's price "
            f"({_LABELED_OBJECT.source}) and what you pay your people, from 0 to 1000"
        ),
        examples=[_LABELED_OBJECT.usd],
    )
    budget_per_job: float | None = Field(
        None,
        gt=0,
        le=1_000_000,
        description="USD that one analysis may cost, above 0, at most 1000000; without it there is no limit",
        examples=[5],
    )
    budget_per_month: float | None = Field(
        None,
        gt=0,
        le=1_000_000,
        description=(
            "USD that the analyses of one project may cost in a calendar month (UTC), above 0, at most "
            "1000000; without it there is no limit"
        ),
        examples=[100],
    )
    alarm_email: str = Field(
        "",
        pattern=rf"^({_EMAIL})?$",
        max_length=254,
        description=(
            "the e-mail address that alarms are sent to once its owner has confirmed it, or empty for none"
        ),
        examples=["ops@example.com"],
    )
    spend_alarm_usd: float = Field(
        100,
        gt=0,
        le=1_000_000,
        description=(
            "USD, spent and reserved by all projects in a calendar month (UTC), from which an alarm tells, "
            "above 0, at most 1000000"
        ),
        examples=[100],
    )
    kms: Annotated[str, AfterValidator(_in_the_region)] = Field(
        "",
        pattern=r"^(arn:aws(-cn|-us-gov)?:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+)?$",
        description=(
            "the ARN of a symmetric KMS key in the stack's region, whose policy leaves its use to the "
            "account's IAM policies, to encrypt files and tables with, or empty for S3's and DynamoDB's own"
        ),
        examples=["arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    )
    portal: bool = Field(
        True,
        description="true or false: whether there is a portal, which `pulumi up` builds with npm",
        examples=["true"],
    )
    price_class: Literal["PriceClass_100", "PriceClass_200", "PriceClass_All"] = Field(
        "PriceClass_100",
        description="PriceClass_100, PriceClass_200 or PriceClass_All: from where the portal is served",
        examples=["PriceClass_100"],
    )
    portal_origin: str = Field(
        "",
        pattern=r"^(https?://[a-z0-9.-]+(:[0-9]{1,5})?)?$",
        description=(
            "the origin of the portal, whose pages may call the API, where it is not the distribution's own: "
            "https://brands.example.com say"
        ),
        examples=["https://brands.example.com"],
    )
    mfa: Literal["off", "optional", "on"] = Field(
        "optional",
        description="off, optional or on: whether people sign in with a second factor, an authenticator app",
        examples=["optional"],
    )
    labeling_event_source: str = Field(
        "aws.sagemaker",
        min_length=1,
        description="who tells that a labeling job has ended, aws.sagemaker on AWS",
        examples=["aws.sagemaker"],
    )
    tolerated_failure_percentage: float = Field(
        0,
        ge=0,
        le=100,
        description="percentage of frames whose detection may fail, from 0 to 100",
        examples=[0],
    )
    retain_data: bool = Field(
        True,
        description=(
            "true or false: whether the buckets of files, results and access logs and the tables outlive "
            "`pulumi destroy`, which else deletes them with all they hold"
        ),
        examples=["true"],
    )
    retention_days: Annotated[int, AfterValidator(_offered_by_cloudwatch)] = Field(
        30,
        description=f"days that logs and the archive of events are kept, one of {LOG_RETENTION_DAYS}",
        examples=[30],
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="DEBUG, INFO, WARNING or ERROR", examples=["INFO"]
    )

    @classmethod
    def read(cls) -> Self:
        """Read and check the configuration of the stack in hand; errors as `check`."""
        config = pulumi.Config()
        configured = _configured(config.name)
        elsewhere = {
            "project": pulumi.get_project(),
            "stack": pulumi.get_stack(),
            "region": pulumi.Config("aws").get("region"),
        }
        if misplaced := sorted(configured & elsewhere.keys()):
            raise InvalidSettings(
                f"Stack {elsewhere['stack']} cannot be deployed",
                "; ".join(f"{config.name}:{name} is not where {name} is set" for name in misplaced),
                "; ".join(f"Type: pulumi config rm {name}, then: {_PLACE[name]}" for name in misplaced),
            )
        given = {name: config.get(name) for name in {*cls.model_fields, *configured}} | elsewhere
        return cls.check({name: value for name, value in given.items() if value is not None})

    @classmethod
    def check(cls, given: Mapping[str, str]) -> Self:
        """Check settings as text, the way `pulumi config set` takes them.

        Raises
        ------
        InvalidSettings
            Settings are missing or against their rule; all of them are named.
        """
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            refused = sorted({str(problem["loc"][0]) for problem in error.errors()})
            raise InvalidSettings(
                f"Stack {given.get('stack', '')} cannot be deployed",
                "; ".join(_complaint(name, given.get(name)) for name in refused),
                "; ".join(_remedy(name) for name in refused),
            ) from error


_PLACE = {
    "project": "set name in Pulumi.yaml",
    "stack": "pulumi stack rename NAME",
    "region": "pulumi config set aws:region REGION",
}
"""Where those are set that are Pulumi's own."""


def _configured(namespace: str) -> set[str]:
    """Every key of the namespace that is set, known or not; `pulumi.Config` itself lists none."""
    configuration: dict[str, Any] = get_config_env() | CONFIG.get()
    own = f"{namespace}:"
    return {key.removeprefix(own) for key in configuration if key.startswith(own)}


def _complaint(name: str, value: str | None) -> str:
    if name not in Settings.model_fields:
        close = get_close_matches(name, Settings.model_fields, n=1)
        return f"{name} is no setting" + (f", {close[0]} is" if close else "")
    what = f"{name} is not set" if value is None else f"{name} is {value!r}"
    return f"{what}, it must be {Settings.model_fields[name].description}"


def _remedy(name: str) -> str:
    if name not in Settings.model_fields:
        return f"Type: pulumi config rm {name}"
    example = (Settings.model_fields[name].examples or [""])[0]
    match name:
        case "project":
            return f"Set name in Pulumi.yaml, for example to {example}"
        case "stack":
            return f"Type: pulumi stack rename {example}"
        case "region":
            return f"Type: pulumi config set aws:region {example}"
        case _:
            return f"Type: pulumi config set {name} {example}"
