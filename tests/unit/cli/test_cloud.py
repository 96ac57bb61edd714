import subprocess
import sys

import pytest

from brandlens.cli.cloud import local_cloud
from brandlens.errors import InvalidSettings


def test_without_the_local_extra_the_local_cloud_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "local.cloud", None)
    with pytest.raises(InvalidSettings, match=r"pip install 'brandlens\[local\]'"):
        local_cloud()


def test_the_command_line_starts_without_what_only_the_local_cloud_needs() -> None:
    heavy = "sorted({'local', 'pulumi', 'cv2', 'torch', 'onnxruntime', 'pycocotools'} & set(sys.modules))"
    program = f"import sys, brandlens.cli.main; print({heavy})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
