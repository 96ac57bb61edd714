"""docs/comparison.md: whatever it says became of something is here, and the labels it moves can be moved."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from typer.main import get_command
from typer.testing import CliRunner

from brandlens.api.routes import ROUTES
from brandlens.cli.annotation_check import check_annotations
from brandlens.cli.batches import plan_batch
from brandlens.cli.main import app
from infra.functions import FUNCTIONS
from infra.machines import MACHINES
from infra.settings import Settings
from tests.docs.pages import ROOT, tables
from tests.infra.recording import Program

PAGE = "docs/comparison.md"
ROWS = [row for table in tables(PAGE) for row in table[1:]]
_OURS = {"rekognition", "embedded", "codebuild", "viewer", "editor", "config.json"}
"""Detectors, a setting's value, groups, and the file that the portal's program writes."""


def test_every_row_has_two_cells_and_says_something() -> None:
    assert len(ROWS) > 120
    assert all(len(row) == 2 and all(row) for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_what_became_of_an_item_is_here(row: list[str], dev: Program) -> None:
    for name in re.findall(r"`([^`]+)`", row[1]):
        assert _is_here(name, dev), f"{row[0]}: there is no {name}"


@pytest.mark.parametrize("heading", ["main template", "portal's template", "FFmpeg template"])
def test_a_template_has_as_many_resources_as_its_heading_says(heading: str) -> None:
    text = (ROOT / PAGE).read_text("utf-8")
    found = re.search(rf"^## The {heading}, (\d+) resources\n(.+?)^## ", text, re.MULTILINE | re.DOTALL)
    assert found is not None
    named = [name for row in re.findall(r"^\| (`.+?) \|", found[2], re.MULTILINE) for name in row.split(", ")]
    assert len(named) == len(set(named)) == int(found[1])


@cache
def _known() -> frozenset[str]:
    return frozenset(
        _OURS
        | Settings.model_fields.keys()
        | {spec.name for spec in FUNCTIONS}
        | set(MACHINES)
        | {route.name for route in ROUTES}
        | set(re.findall(r'pulumi\.export\("(\w+)"', (ROOT / "infra/__main__.py").read_text("utf-8")))
    )


def _is_here(name: str, dev: Program) -> bool:
    """Whether a name is one of ours: a path, a command, a setting, or what the program makes or exports."""
    if name.startswith("brandlens "):
        return name.split()[1] in get_command(app).commands  # type: ignore[attr-defined]
    if name.startswith(("pulumi ", "make ", "inbox/", "brandlens-<stack>-")):
        return True
    made = {resource.name for resource in dev.resources} | dev.outputs.keys()
    return name in _known() | made | {"portal", "portal_url"} or (ROOT / name).exists()


def _manifest_line(source: str, *boxes: tuple[int, int, int, int, int]) -> str:
    """Write a line as the sample writes it: of its own frames, with a class map, boxes in whole pixels."""
    drawn = [
        {"class_id": number, "left": left, "top": top, "width": width, "height": height}
        for number, left, top, width, height in boxes
    ]
    attribute = "video-object-detection_BB"
    return json.dumps(
        {
            "source-ref": f"s3://old-source/cup-2021/{source}",
            attribute: {"image_size": [{"width": 320, "height": 180, "depth": 3}], "annotations": drawn},
            f"{attribute}-metadata": {
                "objects": [{"confidence": 1}] * len(drawn),
                "type": "groundtruth/object-detection",
                "class-map": {"0": "Acme", "1": "Bolt"},
                "human-annotated": "yes",
                "creation-date": "2021-03-04T05:06:07.089Z",
                "job-name": f"labeling-job/{attribute}",
            },
        }
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """What `aws s3 sync` brings of a project of the sample's: frames of a video, a still, the manifest."""
    folder = tmp_path / "old"
    for name in ("extract-keyframes/match/12.jpg", "extract-keyframes/match/24.jpg", "photos/stand.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (320, 180)).save(folder / name)
    lines = [
        _manifest_line("extract-keyframes/match/12.jpg", (0, 10, 20, 60, 30), (1, 100, 40, 50, 50)),
        _manifest_line("photos/stand.png", (1, 5, 5, 40, 40)),
    ]
    manifest = folder / "create-project-version/trainingDataset.manifest"
    manifest.parent.mkdir()
    manifest.write_text("\n".join(lines))
    return folder


def test_the_samples_labels_are_imported_as_told_and_can_be_learned_from(old: Path) -> None:
    manifest, target = old / "create-project-version/trainingDataset.manifest", old / "annotations.json"
    done = CliRunner().invoke(
        app, ["labels", "import", str(manifest), "--pictures", str(old), "--out", str(target)]
    )

    assert done.exit_code == 0, done.output
    written = json.loads(target.read_text("utf-8"))
    assert {image["file_name"] for image in written["images"]} == {
        "extract-keyframes/match/12.jpg", "photos/stand.png"
    }  # fmt: skip
    assert len(written["annotations"]) == 3
    batch = plan_batch([old], target, project="cup", labels=["Acme", "Bolt"], label_type="object")
    check_annotations(batch, ["Acme", "Bolt"], "object")
    assert batch.annotations == "annotations.json"


def test_a_manifest_of_the_samples_concepts_is_used_as_it_is(old: Path) -> None:
    manifest = old / "create-project-version/trainingDataset.manifest"
    line = {
        "source-ref": "s3://old-source/cup-2021/extract-keyframes/match/24.jpg",
        "concept": 0,
        "concept-metadata": {
            "class-name": "Indoors",
            "confidence": 0.95,
            "type": "groundtruth/image-classification",
            "human-annotated": "yes",
            "creation-date": "2021-03-04T05:06:07.089Z",
            "job-name": "labeling-job/cup-2021",
        },
    }
    manifest.write_text(json.dumps(line))

    batch = plan_batch([old], manifest, project="cup", labels=["Indoors"], label_type="concept")
    check_annotations(batch, ["Indoors"], "concept")
    assert batch.annotations == "create-project-version/trainingDataset.manifest"
