"""Text of annotation files."""

from brandlens.labels.refusing import invalid


def decoded(file: str, body: bytes) -> str:
    """Return the text of a file; `InvalidLabels` where it is not UTF-8."""
    try:
        # Windows' editors put a byte order mark first.
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise invalid(file, f"it is not UTF-8 text (see its byte {error.start + 1:,})") from error
