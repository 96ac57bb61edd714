"""Writes the table of settings, docs/settings.md, from their model: `python -m infra.settings_table`."""

from pathlib import Path

from pydantic_core import PydanticUndefined

from infra.settings import Settings

TABLE = Path(__file__).resolve().parents[1] / "docs" / "settings.md"

_ELSEWHERE = {
    "project": "`name` in Pulumi.yaml",
    "stack": "the stack's own name",
    "region": "`aws:region`",
}
"""Settings that are Pulumi's own, and where they are set."""

_INTRODUCTION = """\
# Settings

One file per environment, `Pulumi.<stack>.yaml`, holds them; `pulumi config set NAME VALUE` writes it. Each is
checked before the first resource is made; whatever is missing, unknown or against its rule is named at once,
with what to type. None of them is a secret. Written by `python -m infra.settings_table`.

| setting | default | what it must be | for example |
|---|---|---|---|
"""


def table() -> str:
    """Return the document: one row a setting, those without a default first."""
    names = sorted(Settings.model_fields, key=lambda name: not Settings.model_fields[name].is_required())
    return _INTRODUCTION + "".join(map(_row, names))


def _row(name: str) -> str:
    field = Settings.model_fields[name]
    (example,) = field.examples or []
    default = "required" if field.default is PydanticUndefined else _code(field.default)
    where = f" ({_ELSEWHERE[name]})" if name in _ELSEWHERE else ""
    rule = (field.description or "").replace("|", "\\|")
    return f"| `{name}`{where} | {default} | {rule} | {_code(example)} |\n"


def _code(value: object) -> str:
    if value is None or value == "":
        return "none"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
