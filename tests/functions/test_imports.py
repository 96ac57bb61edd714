"""What a function loads before its first event, in a process of its own, by Lambda's own runtime client."""

import json
import subprocess
import sys

import pytest

from infra.functions import FUNCTIONS

VISION = {"PIL", "cv2", "dhash", "ffmpeg", "numpy", "onnxruntime", "torch"}
LOOKS_AT_MEDIA = {
    "api",  # its quotes probe what was uploaded
    "collect_annotations",
    "detect_brands",
    "extract_frames",
    "make_sprites",
    "prepare_dataset",
    "probe_media",
    "summarize",
}
LOAD = """
import json, sys
from awslambdaric.bootstrap import _get_handler
handler = _get_handler(sys.argv[1])
print(json.dumps([callable(handler), sorted(sys.modules)]))
"""


@pytest.mark.parametrize("name", [spec.name for spec in FUNCTIONS])
def test_a_handler_is_found_and_one_that_looks_at_no_media_loads_no_vision_library(name: str) -> None:
    command = f"functions.{name}.handler.lambda_handler"
    done = subprocess.run(
        [sys.executable, "-c", LOAD, command], capture_output=True, text=True, check=True, timeout=120
    )
    found, modules = json.loads(done.stdout)
    assert found
    # The emulator, the tests and torch are not in the image at all.
    assert not {"ministack", "moto", "pytest", "torch", "pulumi"} & set(modules)
    if name not in LOOKS_AT_MEDIA:
        assert not VISION & set(modules)


def test_what_is_said_to_look_at_media_is_a_function() -> None:
    assert {spec.name for spec in FUNCTIONS} >= LOOKS_AT_MEDIA
