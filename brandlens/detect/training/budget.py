"""The time that a training is given."""

from brandlens.errors import InvalidSettings


def require_time(budget_seconds: float) -> None:
    """Raise `InvalidSettings` where there is none."""
    if budget_seconds <= 0:
        raise InvalidSettings(
            "Nothing can be trained",
            f"a budget of {budget_seconds} seconds is no time",
            "Give it 60 seconds or more",
        )
