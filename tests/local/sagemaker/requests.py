"""Labeling jobs as tests ask for them, the pictures they are about, and a person who answers over HTTP."""

import io
import json
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from local.services.sagemaker.records import TaskType

BUCKET = "media"
WORKFORCE, TEAM = "people", "labelers"
LABELS = ("Acme", "Bolt", "Globex")
REGION = "us-east-1"
_ACCOUNT = "432418664414"
_ATTRIBUTES = {"BoundingBox": "brands", "ImageMultiClass": "concept", "VideoObjectDetection": "brands-ref"}
_TEMPLATE = "<full-instructions><ol><li>Box <b>every</b> logo.</li></ol></full-instructions><p>Not this</p>"
ENDED = ("Completed", "Failed", "Stopped")


def unique(name: str) -> str:
    return f"{name}-{uuid.uuid4().hex[:8]}"


def picture(width: int = 640, height: int = 360, colour: str = "#406080") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(written, "JPEG")
    return written.getvalue()


def request(name: str, task_type: TaskType, *, team: str, manifest: str, **changes: Any) -> dict[str, Any]:
    """Return a CreateLabelingJob request; `changes` are of HumanTaskConfig."""
    function = f"arn:aws:lambda:{REGION}:{_ACCOUNT}:function"
    video = task_type == "VideoObjectDetection"
    task_ui = f"arn:aws:sagemaker:{REGION}:394669845002:human-task-ui/VideoObjectDetection"
    page = {"HumanTaskUiArn": task_ui} if video else {"UiTemplateS3Uri": f"s3://{BUCKET}/template.html"}
    return {
        "LabelingJobName": name,
        "LabelAttributeName": _ATTRIBUTES[task_type],
        "InputConfig": {"DataSource": {"S3DataSource": {"ManifestS3Uri": f"s3://{BUCKET}/{manifest}"}}},
        "OutputConfig": {"S3OutputPath": f"s3://{BUCKET}/output/"},
        "RoleArn": "arn:aws:iam::000000000000:role/labeling",
        "LabelCategoryConfigS3Uri": f"s3://{BUCKET}/labels.json",
        "HumanTaskConfig": {
            "WorkteamArn": team,
            "UiConfig": page,
            "PreHumanTaskLambdaArn": f"{function}:PRE-{task_type}",
            "TaskTitle": f"Box the logos: {name}",
            "TaskDescription": "Box the logos",
            "NumberOfHumanWorkersPerDataObject": 1,
            "TaskTimeLimitInSeconds": 3600,
            "AnnotationConsolidationConfig": {
                "AnnotationConsolidationLambdaArn": f"{function}:ACS-{task_type}"
            },
            **changes,
        },
        "Tags": [{"Key": "brandlens:job", "Value": "j1"}],
    }


@dataclass(frozen=True)
class Labeling:
    """The service, and the bucket its jobs read from and write to."""

    url: str
    sagemaker: Any
    s3: Any

    def prepare(self) -> None:
        """Store what every job needs, and four pictures of 640 x 360 pixels; have a team be there."""
        if not self.sagemaker.list_workforces()["Workforces"]:
            cognito = {"UserPool": f"{REGION}_pool", "ClientId": "client"}
            self.sagemaker.create_workforce(WorkforceName=WORKFORCE, CognitoConfig=cognito)
            self.make_team(TEAM)
        labels = json.dumps({"labels": [{"label": label} for label in LABELS]}).encode()
        self.put("labels.json", labels)
        self.put("template.html", _TEMPLATE.encode())
        for number, colour in enumerate(("#804040", "#408040", "#404080", "#808040")):
            self.put(f"pictures/{number}.jpg", picture(colour=colour))

    def put(self, key: str, body: bytes) -> None:
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=body)

    def read(self, uri: str) -> bytes:
        bucket, _, key = uri.removeprefix("s3://").partition("/")
        body: bytes = self.s3.get_object(Bucket=bucket, Key=key)["Body"].read()
        return body

    @property
    def team(self) -> str:
        team: str = self.sagemaker.describe_workteam(WorkteamName=TEAM)["Workteam"]["WorkteamArn"]
        return team

    def make_team(self, name: str, **changes: Any) -> str:
        """Make a work team; return its ARN."""
        member = {"UserPool": f"{REGION}_pool", "UserGroup": "people", "ClientId": "client"}
        made = self.sagemaker.create_workteam(
            WorkteamName=name,
            WorkforceName=WORKFORCE,
            Description="People",
            MemberDefinitions=[{"CognitoMemberDefinition": member}],
            **changes,
        )
        arn: str = made["WorkteamArn"]
        return arn

    def images(self, count: int) -> str:
        """Write a manifest of the first pictures; return its key."""
        lines = [{"source-ref": f"s3://{BUCKET}/pictures/{n}.jpg", "id": n} for n in range(count)]
        return self.manifest(lines)

    def video(self, count: int) -> str:
        """Write a manifest of one video whose frames are the first pictures; return its key."""
        key = f"{unique('sequence')}.json"
        frames = [{"frame-no": n, "unix-timestamp": n, "frame": f"{n}.jpg"} for n in range(count)]
        prefix = f"s3://{BUCKET}/pictures/"
        sequence = {"seq-no": 1, "prefix": prefix, "number-of-frames": count, "frames": frames}
        self.put(key, json.dumps(sequence).encode())
        return self.manifest([{"source-ref": f"s3://{BUCKET}/{key}"}])

    def manifest(self, lines: Sequence[object]) -> str:
        key = f"{unique('manifest')}.jsonl"
        self.put(key, "".join(json.dumps(line) + "\n" for line in lines).encode())
        return key

    def create(self, task_type: TaskType, manifest: str, **changes: Any) -> str:
        """Create a labeling job; return its name."""
        name = unique("job")
        asked = request(name, task_type, team=self.team, manifest=manifest, **changes)
        self.sagemaker.create_labeling_job(**asked)
        return name

    def open(self, task_type: TaskType, manifest: str, **changes: Any) -> str:
        """Create a labeling job and wait until people can label; return its name."""
        name = self.create(task_type, manifest, **changes)
        assert self.when(name, lambda job: job["LabelingJobStatus"] != "Initializing")[
            "LabelingJobStatus"
        ] == ("InProgress")
        return name

    def describe(self, name: str) -> Any:
        return self.sagemaker.describe_labeling_job(LabelingJobName=name)

    def when(self, name: str, holds: Callable[[Any], bool]) -> Any:
        """Return the job's description once it is so."""
        deadline = time.monotonic() + 30
        while not holds(job := self.describe(name)):
            assert time.monotonic() < deadline, job
            time.sleep(0.05)
        return job

    def ended(self, name: str) -> Any:
        return self.when(name, lambda job: job["LabelingJobStatus"] in ENDED)

    def output(self, name: str) -> list[dict[str, Any]]:
        """Return the lines of an ended job's output manifest."""
        uri = self.ended(name)["LabelingJobOutput"]["OutputDatasetS3Uri"]
        return [json.loads(line) for line in self.read(uri).splitlines()]

    def page_of(self, name: str) -> str:
        return f"/api/jobs/{self.describe(name)['JobReferenceCode']}"

    def answer(self, name: str, task: int, number: int = 0, **answer: Any) -> tuple[int, Any]:
        """Answer as the page does; return status and reply."""
        path = f"{self.page_of(name)}/pictures/{task}/{number}"
        return self.ask("PUT", path, {"looked_at": True, **answer})

    def hand_in(self, name: str) -> tuple[int, Any]:
        return self.ask("POST", f"{self.page_of(name)}/hand-in", {})

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Ask as the page does, but for the headers given; return status and reply."""
        sent = urllib.request.Request(
            self.url + path,
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json", "Origin": self.url, **(headers or {})},
            method=method,
        )
        try:
            with urllib.request.urlopen(sent) as reply:
                return reply.status, json.loads(reply.read())
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.loads(error.read())


def box(label: int, left: int, top: int, width: int, height: int) -> dict[str, int]:
    return {"label": label, "left": left, "top": top, "width": width, "height": height}
