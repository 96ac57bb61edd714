"""Every limit that docs/limits.md tells is the one that the code or the setting holds."""

import importlib
import json
import re
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from infra.regions import REGIONS
from infra.settings import Settings
from tests.docs.pages import ROOT, page, tables

PAGE = "docs/limits.md"
_UNITS = {
    "MB": 1e6, "MiB": 2**20, "TiB": 2**40, "megapixels": 1e6, "%": 0.01,
    "minutes": 60, "hour": 3600, "hours": 3600, "days": 86400,
}  # fmt: skip
"""Of a quantity as the page tells it; any other word counts things one by one."""
_NAMED_UNITS = {"_MINUTES": 60, "_DAYS": 86400, ".minutes": 60}
"""Of a constant that holds no seconds, by how its name ends."""
_HOLDER = re.compile(r"\[`(.+)`\]\((.+)\)")

ROWS = [tuple(row) for table in tables(PAGE) for row in table[1:]]


@pytest.mark.parametrize(("what", "limit", "holder"), ROWS, ids=[row[0][:60] for row in ROWS])
def test_a_limit_is_the_one_that_is_held(what: str, limit: str, holder: str) -> None:
    found = _HOLDER.fullmatch(holder)
    assert found is not None, f"{what}: {holder} names no place"
    name, link = found.groups()
    if link == "settings.md":
        assert _numbers(limit) == _of_setting(name)
    else:
        path = (ROOT / "docs" / link).resolve().relative_to(ROOT)
        held = _timeout(path.as_posix()) if path.suffix == ".json" else _constant(path.as_posix(), name)
        assert _quantity(limit) == pytest.approx(held), what


def test_the_regions_are_those_that_a_stack_may_be_in() -> None:
    regions = re.search(r"^ap-northeast-1,.+?\.$", (ROOT / PAGE).read_text("utf-8"), re.DOTALL | re.MULTILINE)
    assert regions is not None
    assert tuple(re.findall(r"[a-z]+-[a-z]+-\d", regions[0])) == REGIONS


def test_the_decoders_are_those_that_are_built() -> None:
    script = (ROOT / "containers/ffmpeg/build-ffmpeg.sh").read_text("utf-8")
    (built,) = re.findall(r"--enable-decoder=(\S+)", script)
    told = "H.264, HEVC, ProRes, MPEG-4, Motion JPEG, PNG, VP9 and DNxHD"
    assert told in re.sub(r"\s+", " ", (ROOT / PAGE).read_text("utf-8"))
    assert set(built.split(",")) == {"h264", "hevc", "prores", "mpeg4", "mjpeg", "png", "vp9", "dnxhd"}


def test_every_limited_setting_that_bounds_work_is_told() -> None:
    told = set(page(PAGE).inline)
    bounding = {
        name
        for name, field in Settings.model_fields.items()
        if any(hasattr(held, "le") for held in field.metadata) and field.annotation in (int, float)
    }
    elsewhere = {
        "min_confidence", "novelty_threshold", "labeling_price_per_object", "spend_alarm_usd",
        "model_poll_seconds", "training_poll_seconds",
    }  # fmt: skip
    assert bounding - elsewhere <= told


def _numbers(text: str) -> list[float]:
    """Return every number of a cell, a setting's default first."""
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,.]*", text)]


def _of_setting(name: str) -> list[float]:
    """Return a setting's default, and what bounds it on both sides where the least is allowed."""
    field = Settings.model_fields[name]
    bounds = [
        float(getattr(held, key)) for key in ("ge", "le") for held in field.metadata if hasattr(held, key)
    ]
    return [float(field.default), *bounds]


def _quantity(text: str) -> float:
    number, _, unit = text.partition(" ")
    return float(number.replace(",", "")) * _UNITS.get(unit, 1)


def _timeout(template: str) -> float:
    return float(json.loads((ROOT / template).read_text("utf-8"))["TimeoutSeconds"])


def _constant(path: str, name: str) -> float:
    module = importlib.import_module(".".join(PurePosixPath(path).with_suffix("").parts))
    scale = next((unit for ending, unit in _NAMED_UNITS.items() if name.endswith(ending)), 1)
    return scale * _number(_held(vars(module), name))


def _held(names: dict[str, Any], expression: str) -> Any:
    """Return what an expression of the page means in a module; a model's field means its longest."""
    owner, _, field = expression.partition(".")
    if isinstance(model := names.get(owner), type) and issubclass(model, BaseModel):
        return model.model_fields[field]
    return eval(expression, names)


def _number(held: Any) -> float:
    if isinstance(held, timedelta):
        return held.total_seconds()
    if isinstance(held, FieldInfo):
        return _most(held.metadata)
    return _most(get_args(held)[1:]) if get_args(held) else float(held)


def _most(constraints: Any) -> float:
    """Return the upper bound among constraints: of a number, of a length, or of a pattern's first count."""
    for constraint in constraints:
        for bound in ("le", "max_length"):
            if getattr(constraint, bound, None) is not None:
                return float(getattr(constraint, bound))
        if pattern := getattr(constraint, "pattern", None):
            return 1.0 + float(re.findall(r"\{\d+,(\d+)\}", pattern)[0])
    raise AssertionError(f"{constraints} bound nothing")
