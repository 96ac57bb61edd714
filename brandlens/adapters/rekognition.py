"""Amazon Rekognition Custom Labels: asking a model, starting and stopping it."""

from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from brandlens.adapters.aws import CONFIG, default_session, mapped_errors
from brandlens.errors import BrandlensError, ModelFailed, ModelNotReady, NotFound
from brandlens.inference import Units
from brandlens.jobs import Model
from brandlens.labels.second_class import is_second_class
from brandlens.results import Box, Detection

if TYPE_CHECKING:
    from mypy_boto3_rekognition import RekognitionClient
    from mypy_boto3_rekognition.type_defs import CustomLabelTypeDef, ProjectVersionDescriptionTypeDef

_UNUSABLE = frozenset({
    "ImageTooLargeException",
    "InvalidImageFormatException",
    "InvalidParameterException",
    "ResourceNotFoundException",
    "ValidationException",
})  # fmt: skip
"""Codes that no second try mends: the picture, or the model's name."""


class RekognitionDetector:
    """A `Detector`: one running model version.

    A call is tried once, unless told otherwise: who asks about many pictures side by side is to know of a
    throttle at once, and to ask less.
    """

    def __init__(self, model: Model, session: boto3.Session | None = None, *, tries: int = 1) -> None:
        self._model = model
        retries = Config(retries={"mode": "standard", "total_max_attempts": tries})
        self._client = client(session, CONFIG.merge(retries))

    def detect(self, image: bytes, *, min_confidence: float) -> tuple[Detection, ...]:
        what = f"Model version {self._model.version} could not be asked"
        with mapped_errors(what):
            try:
                answer = self._client.detect_custom_labels(
                    ProjectVersionArn=self._model.arn, Image={"Bytes": image}, MinConfidence=min_confidence
                )
            except ClientError as error:
                raise _unanswered(what, error) from error
        labels = (label for label in answer["CustomLabels"] if not is_second_class(label["Name"]))
        found = (_detection(label) for label in labels)
        return tuple(sorted(found, key=lambda one: -one.confidence))


class RekognitionModels:
    """A `ModelControl`."""

    def __init__(self, session: boto3.Session | None = None) -> None:
        self._client = client(session)

    def status(self, model: Model) -> str:
        """Return the version's state; `NotFound` when it has been deleted."""
        return self._version(model)["Status"]

    def units(self, model: Model) -> int:
        """Return the least units that the version runs on, as it was last started; `NotFound` as above."""
        return self._version(model).get("MinInferenceUnits", 1)

    def _version(self, model: Model) -> "ProjectVersionDescriptionTypeDef":
        version = find_version(self._client, find_project(self._client, _project_name(model)), model.version)
        if version is None:
            raise NotFound(
                f"The status of model version {model.version} could not be read",
                f"the project {_project_name(model)} has no such version",
            )
        return version

    def start(self, model: Model, units: Units) -> bool:
        """Start the version; False for one that is on its way or runs already, which is left alone."""
        with mapped_errors(f"Model version {model.version} could not be started"):
            try:
                self._client.start_project_version(
                    ProjectVersionArn=model.arn,
                    MinInferenceUnits=units.least,
                    MaxInferenceUnits=units.most,
                )
            except ClientError as error:
                if _code(error) != "ResourceInUseException" or self.status(model) not in (
                    "STARTING",
                    "RUNNING",
                ):
                    raise
                return False
        return True

    def stop(self, model: Model) -> None:
        """Stop the version; one that stands still already is left alone.

        `ModelNotReady` while it is starting: Rekognition stops running models only.
        """
        what = f"Model version {model.version} could not be stopped"
        with mapped_errors(what):
            try:
                self._client.stop_project_version(ProjectVersionArn=model.arn)
            except ClientError as error:
                if _code(error) != "ResourceInUseException":
                    raise
                status = self.status(model)
                if status == "STARTING":
                    raise ModelNotReady(what, "it is still starting", "Try again in a minute") from error
                if status not in ("STOPPING", "STOPPED", "TRAINING_COMPLETED"):
                    raise


def client(session: boto3.Session | None, config: Config = CONFIG) -> "RekognitionClient":
    return (session or default_session()).client("rekognition", config=config)


def find_project(rekognition: "RekognitionClient", name: str) -> str:
    """Return the ARN of the project called `name`, or raise `NotFound`."""
    what = f"The Rekognition project {name} could not be found"
    with mapped_errors(what):
        found = rekognition.describe_projects(ProjectNames=[name])["ProjectDescriptions"]
    if not found:
        raise NotFound(what, "there is none of that name", "Train the project")
    return found[0]["ProjectArn"]


def find_version(
    rekognition: "RekognitionClient", project_arn: str, name: str
) -> "ProjectVersionDescriptionTypeDef | None":
    with mapped_errors(f"Model version {name} could not be looked up"):
        found = rekognition.describe_project_versions(ProjectArn=project_arn, VersionNames=[name])
    return next(iter(found["ProjectVersionDescriptions"]), None)


def _project_name(model: Model) -> str:
    # arn:aws:rekognition:REGION:ACCOUNT:project/NAME/version/VERSION/CREATED
    return model.arn.split("/")[1]


def _detection(label: "CustomLabelTypeDef") -> Detection:
    box = label.get("Geometry", {}).get("BoundingBox")
    return Detection(
        label=label["Name"],
        confidence=label["Confidence"],
        box=box and Box(left=box["Left"], top=box["Top"], width=box["Width"], height=box["Height"]),
    )


def _unanswered(what: str, error: ClientError) -> BrandlensError | ClientError:
    """Return what the error means to who asks a model; the error itself where it means nothing special."""
    code, message = _code(error), error.response["Error"].get("Message", "").rstrip(".")
    if code == "ResourceNotReadyException":
        return ModelNotReady(what, message, "Start the model and ask again")
    if code in _UNUSABLE:
        return ModelFailed(what, f"{code}: {message}")
    return error


def _code(error: ClientError) -> str:
    return error.response["Error"].get("Code", "Unknown")
