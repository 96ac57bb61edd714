"""What is not installed with every brandlens: its extras."""

from importlib.util import find_spec

from brandlens.errors import InvalidSettings


def require_extra(package: str, extra: str, *, what: str) -> None:
    """Raise `InvalidSettings`, saying that `what` cannot be done, where a package of an extra is missing."""
    if find_spec(package) is None:
        raise InvalidSettings(
            what,
            f"{package} is not installed",
            f"Install brandlens with its extra: pip install 'brandlens[{extra}]'",
        )
