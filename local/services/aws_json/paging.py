"""Pages of a list, with the API's opaque tokens."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from local.services.aws_json.errors import ServiceError

_PAGE = 100
_MARK = "brandlens:"

T = TypeVar("T")


def page(
    items: Sequence[T], params: Mapping[str, Any], *, refusal: str
) -> tuple[Sequence[T], dict[str, str]]:
    """Return the items of the page asked for, and the `NextToken` member where another follows.

    `refusal` is the code of the `ServiceError` for a token that is none of ours.
    """
    start = _place(params["NextToken"], len(items), refusal) if "NextToken" in params else 0
    end = start + params.get("MaxResults", _PAGE)
    token = base64.urlsafe_b64encode(f"{_MARK}{end}".encode()).decode()
    return items[start:end], {"NextToken": token} if end < len(items) else {}


def _place(token: str, count: int, refusal: str) -> int:
    try:
        mark, place = base64.urlsafe_b64decode(token).decode().split(":")
        if f"{mark}:" == _MARK and 0 < int(place) <= count:
            return int(place)
    except (binascii.Error, ValueError) as error:
        raise ServiceError(refusal, "The pagination token is invalid.") from error
    raise ServiceError(refusal, "The pagination token is invalid.")
