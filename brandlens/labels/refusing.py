"""How annotations are refused: by file and, where there are lines, by line."""

from pydantic import ValidationError

from brandlens.errors import InvalidLabels


def invalid(file: str, why: str) -> InvalidLabels:
    return InvalidLabels(f"{file} could not be read", why, "Correct the annotations and try again")


def invalid_line(file: str, number: int, why: str) -> InvalidLabels:
    return InvalidLabels(f"{file}, line {number}, could not be read", why, "Correct that line and try again")


def first_fault(error: ValidationError) -> str:
    """Say where the first fault of a document is and what it is."""
    first = error.errors(include_url=False)[0]
    message = first["msg"]
    if first["type"] == "json_invalid":
        return f"it is not JSON ({message.removeprefix('Invalid JSON: ')})"
    where = ".".join(str(part) for part in first["loc"]) or "the document"
    return f"{where}: {message[:1].lower()}{message[1:]}"
