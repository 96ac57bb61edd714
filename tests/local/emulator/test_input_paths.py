from typing import Any

import pytest

from local.emulator.input_paths import reached

EVENT = {"detail": {"project": "cup", "brands": [{"label": "Acme"}, {"label": "Bolt"}, {}]}}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.detail.brands[*].label", ["Acme", "Bolt"]),
        ("$.detail.brands[1].label", "Bolt"),
        ("$.detail.brands[1]", {"label": "Bolt"}),
        ("$.detail.brands[7].label", ""),
        ("$.detail.none[*].label", []),
        ("$.detail.project[0]", ""),
    ],
)
def test_an_input_path_leads_through_arrays(path: str, value: Any) -> None:
    assert reached(path, EVENT) == value
