"""`brandlens labels`: annotations brought into brandlens, and taken to other tools."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from brandlens.cli.cloud import LOCAL, Cloud, EnvironmentName, open_cloud
from brandlens.cli.console import make_table, out, say
from brandlens.cli.label_files import FolderSizes, lay, located
from brandlens.errors import InvalidInput, UnknownProject
from brandlens.labels.coco import write_coco
from brandlens.labels.image_manifest import ClassifiedPicture, write_image_manifest
from brandlens.labels.pictures import LabeledPicture
from brandlens.labels.reading import are_classifications, read_annotations, read_classifications
from brandlens.labels.writing import JOB_NAME, MANIFEST_FILE, Format, needs_place, place, write_annotations
from brandlens.projects import validated_labels

app = typer.Typer(no_args_is_help=True)
Annotations = Annotated[
    Path, typer.Argument(help="COCO JSON, YOLO's data.yaml, a folder of Pascal VOC, or a manifest.")
]
Pictures = Annotated[Path, typer.Option(help="The folder of the pictures they label.")]
ProjectName = Annotated[
    str | None, typer.Option("--project", "-p", help="Refuse labels that this project does not know.")
]


@app.command("import")
def import_labels(
    annotations: Annotations,
    pictures: Pictures,
    target: Annotated[Path, typer.Option("--out", help="The COCO JSON file to write.")],
    project: ProjectName = None,
    env: EnvironmentName = LOCAL,
) -> None:
    """Check annotations against their pictures and write them as the COCO JSON that `train` takes."""
    found = _read(annotations, pictures, project, env)
    labels = _labels(found)
    boxed = [picture for picture in found if isinstance(picture, LabeledPicture)]
    if len(boxed) < len(found):
        raise InvalidInput(
            f"{annotations} is not imported",
            "it labels whole pictures, which COCO cannot say",
            "Train with it as it is",
        )
    validated_labels(labels)
    lay({target.name: write_coco(boxed, labels)}, target.parent)
    _tell(found, labels, target)


@app.command("export")
def export_labels(
    annotations: Annotations,
    pictures: Pictures,
    fmt: Annotated[Format, typer.Option("--format", help="What to write.")],
    target: Annotated[Path, typer.Option("--out", help="The folder to write to.")],
    pictures_at: Annotated[
        str | None,
        typer.Option(metavar="S3-URI", help="Where the pictures are in S3; manifests name them so."),
    ] = None,
    project: ProjectName = None,
    env: EnvironmentName = LOCAL,
) -> None:
    """Write annotations in the format of another tool; lay what comes out over the pictures' folder."""
    if needs_place(fmt) and not (pictures_at or "").startswith("s3://"):
        raise InvalidInput(
            f"No {fmt} is written",
            "it names pictures by their place in S3",
            "Add --pictures-at with the s3:// URI of their folder",
        )
    found = _read(annotations, pictures, project, env)
    labels = _labels(found)
    lay(_written(found, fmt, labels, pictures_at or ""), target)
    _tell(found, labels, target)
    if needs_place(fmt):
        say("Boxes are rounded to whole pixels there")


def _read(
    annotations: Path, pictures: Path, project: str | None, env: str
) -> Sequence[LabeledPicture] | Sequence[ClassifiedPicture]:
    labels = known_labels(open_cloud(env), project) if project else None
    sizes = FolderSizes(pictures)
    name, files = located(annotations, pictures)
    if are_classifications(name, files):
        return read_classifications(name, files, labels=labels, sizes=sizes)
    return read_annotations(name, files, labels=labels, sizes=sizes)


def known_labels(cloud: Cloud, name: str) -> Sequence[str]:
    """Return the labels of the project called `name`; `UnknownProject` where there is none."""
    project = cloud.projects.get(name)
    if project is None:
        raise UnknownProject(
            f"Project {name} is not known", "no project has that name", "See `brandlens project list`"
        )
    return project.labels


def _written(
    found: Sequence[LabeledPicture] | Sequence[ClassifiedPicture],
    fmt: Format,
    labels: Sequence[str],
    pictures_at: str,
) -> dict[str, bytes]:
    now = datetime.now(UTC)
    boxed = [picture for picture in found if isinstance(picture, LabeledPicture)]
    classified = [picture for picture in found if isinstance(picture, ClassifiedPicture)]
    if not classified:
        return write_annotations(boxed, fmt, labels=labels, pictures_at=pictures_at, created_at=now)
    if fmt != "manifest":
        raise InvalidInput(
            f"No {fmt} is written", "whole pictures are labeled, which it cannot say", "Add --format manifest"
        )
    text = write_image_manifest(
        classified, labels, source_ref=place(pictures_at), job_name=JOB_NAME, created_at=now
    )
    return {MANIFEST_FILE: text.encode()}


def _labels(found: Iterable[LabeledPicture | ClassifiedPicture]) -> list[str]:
    return sorted({label for picture in found for label in picture.labels})


def _tell(
    found: Sequence[LabeledPicture] | Sequence[ClassifiedPicture], labels: Sequence[str], target: Path
) -> None:
    shown = Counter(label for picture in found for label in picture.labels)
    boxes = Counter(
        drawn.label for picture in found if isinstance(picture, LabeledPicture) for drawn in picture.boxes
    )
    columns = ("Pictures", "Boxes") if boxes else ("Pictures",)
    table = make_table("Label", *columns, numeric=columns)
    for label in labels:
        counts = (shown[label], boxes[label]) if boxes else (shown[label],)
        table.add_row(label, *map(str, counts))
    out.print(table)
    negatives = sum(not picture.labels for picture in found)
    say(f"{len(found)} pictures, {negatives} of them without labels, are written to {target}")
