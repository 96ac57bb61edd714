"""The network loses an answer to the portal of the local cloud: who tries again gets the job that began."""

import json
from pathlib import Path

import pytest

from local.cloud import LocalCloud
from tests.e2e import brands
from tests.e2e.people import add
from tests.e2e.system import System
from tests.web.portal import Portal

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

AGAIN, AND_AGAIN = "agnes@example.com", "Asking-once-more-4"

# The service gets the request, and the page never learns what it said.
_LOSE = """
const carry = window.fetch;
window.fetch = async (url, ...rest) => {
  const answer = await carry(url, ...rest);
  if (!String(url).endsWith('%s')) return answer;
  window.fetch = carry;
  throw new TypeError('Failed to fetch');
};
"""


def _put_keys(system: System, file: str) -> list[str]:
    """Return where a file of that name was put into the drop folder, once for each time."""
    listed = system.aws("s3").list_object_versions(Bucket=system.outputs.media_bucket, Prefix="inbox/")
    return [each["Key"] for each in listed["Versions"] if each["Key"].endswith(f"/{file}")]


def test_who_tries_again_gets_the_job_that_has_begun(
    portal: Portal, system: System, cloud: LocalCloud, picture: Path, tmp_path: Path
) -> None:
    add(system, cloud, AGAIN, AND_AGAIN, "editor")
    lost = tmp_path / "lost.jpg"
    lost.write_bytes(picture.read_bytes())
    portal.sign_in(AGAIN, AND_AGAIN)
    portal.shows("Cost this month")
    portal.open("/analyze")
    portal.shows("Drop files or folders here")
    portal.choose("Project", system.PROJECT)
    portal.run(_LOSE % "/analyses")
    portal.choose_files(lost)
    portal.press("Analyze 1 file")
    portal.shows("The service cannot be reached")
    portal.press("Analyze 1 file")
    portal.press("Follow the job")
    portal.shows("Totals", "Boxes")
    assert len(_put_keys(system, lost.name)) == 1

    labels = tmp_path / "lost.json"
    image = {"id": 1, "file_name": lost.name, "width": brands.WIDTH, "height": brands.HEIGHT}
    box = {"id": 1, "image_id": 1, "category_id": 1, "bbox": [300, 80, 160, 160]}
    labels.write_text(
        json.dumps({"images": [image], "annotations": [box], "categories": [{"id": 1, "name": brands.BOLT}]})
    )
    portal.open(f"/projects/{system.PROJECT}/train")
    portal.shows("Drop files or folders here")
    portal.run(_LOSE % "/training")
    portal.choose_files(lost, labels)
    portal.press("Upload and train")
    portal.shows("The service cannot be reached")
    portal.open(f"/projects/{system.PROJECT}/train")
    portal.shows("Drop files or folders here")
    portal.choose_files(lost, labels)
    portal.press("Upload and train")
    portal.shows("too few labeled pictures")
    assert len(_put_keys(system, lost.name)) == 2, "once to be analyzed, once to be trained on"
    (key,) = _put_keys(system, labels.name)
    assert _put_keys(system, "job.json").count(key.replace(labels.name, "job.json")) == 1
