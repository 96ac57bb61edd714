import json
from pathlib import Path

from local import settings
from local.files import write_whole
from tests.cloud import private_home


def test_settings_of_before_a_service_was_there_get_a_port_for_it(tmp_path: Path) -> None:
    home = private_home(tmp_path)
    before = settings.fresh().model_dump(exclude={"sagemaker_port"})
    write_whole(home.settings, json.dumps(before))

    kept = settings.load(home)

    assert kept is not None
    assert kept.emulator_port == before["emulator_port"]
    assert kept.sagemaker_port not in (kept.emulator_port, kept.rekognition_port)
