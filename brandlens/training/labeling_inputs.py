"""What Ground Truth is given: input manifests, and for videos a sequence file each.

https://docs.aws.amazon.com/sagemaker/latest/dg/sms-input-data-input-manifest.html and
https://docs.aws.amazon.com/sagemaker/latest/dg/sms-video-manual-data-setup.html
"""

import json
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Literal, NamedTuple

from brandlens.dropfolder import name_in_batch
from brandlens.training.files import LABELING, PICTURES
from brandlens.training.labeling_limits import require_frames, require_items, require_labels
from brandlens.training.pictures import DatasetPicture
from brandlens.training.request import TrainingRequest
from brandlens.training.tasks import LabelingTask

_REFUSED = "The batch is refused"
TITLE = "brandlens-title"
"""What a line's object is called where it came from. Ground Truth passes on what it does not know."""


class LabelingInput(NamedTuple):
    """A task, and the objects it needs by their keys."""

    task: LabelingTask
    files: dict[str, bytes]


def labeling_inputs(
    pictures: Sequence[DatasetPicture], request: TrainingRequest, *, bucket: str, prefix: str
) -> list[LabelingInput]:
    """Return what people are asked to label: at most one task for videos and one for stills.

    `prefix` is the training's in the media bucket. Concepts need no sequences: each picture is a line. Raises
    `InvalidTrainingRequest` where that is more than `brandlens.training.labeling_limits` allows.
    """
    root = f"s3://{bucket}/{prefix}"
    if request.type == "concept":
        made = [_of_pictures("concept", pictures, root, prefix)]
    else:
        frames = [picture for picture in pictures if picture.seconds is not None]
        stills = [picture for picture in pictures if picture.seconds is None]
        made = [_of_videos(frames, root, prefix)] if frames else []
        made += [_of_pictures("image", stills, root, prefix)] if stills else []
    for task, _ in made:
        require_labels(len(request.labels), task.kind, what=_REFUSED)
        require_items(task.items, task.kind, what=_REFUSED)
    return made


def _of_pictures(
    kind: Literal["image", "concept"], pictures: Sequence[DatasetPicture], root: str, prefix: str
) -> LabelingInput:
    manifest = f"{prefix}{LABELING}{kind}.manifest"
    lines = [{"source-ref": f"{root}{PICTURES}{picture.name}", TITLE: picture.title} for picture in pictures]
    task = LabelingTask(kind=kind, manifest=manifest, items=len(lines), frames=len(pictures))
    return LabelingInput(task, {manifest: _json_lines(lines)})


def _of_videos(frames: Sequence[DatasetPicture], root: str, prefix: str) -> LabelingInput:
    manifest = f"{prefix}{LABELING}video.manifest"
    files, lines = {}, []
    for number, (part, grouped) in enumerate(groupby(frames, key=_part), start=1):
        pictures = list(grouped)
        require_frames(len(pictures), name_in_batch(pictures[0].source_key), what=_REFUSED)
        name = f"{LABELING}video/{part}.json"
        files[prefix + name] = json.dumps(_sequence(number, part, pictures, root)).encode()
        lines.append({"source-ref": root + name, TITLE: name_in_batch(pictures[0].source_key)})
    task = LabelingTask(kind="video", manifest=manifest, items=len(lines), frames=len(frames))
    return LabelingInput(task, files | {manifest: _json_lines(lines)})


def _sequence(number: int, part: str, pictures: Sequence[DatasetPicture], root: str) -> dict[str, Any]:
    return {
        "seq-no": number,
        "prefix": f"{root}{PICTURES}{part}/",
        "number-of-frames": len(pictures),
        "frames": [
            {
                "frame-no": place,
                "unix-timestamp": picture.seconds,
                "frame": picture.name.removeprefix(f"{part}/"),
            }
            for place, picture in enumerate(pictures, start=1)
        ],
    }


def _part(picture: DatasetPicture) -> str:
    return picture.name.partition("/")[0]


def _json_lines(lines: Iterable[Any]) -> bytes:
    return "".join(json.dumps(line) + "\n" for line in lines).encode()
