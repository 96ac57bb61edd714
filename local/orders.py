"""What `up` tells the emulator for which AWS has no words, as AWS never starts."""

import contextlib
import json
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

SAVE = "/_brandlens/save"
"""Write down all that is there."""

RESUME = "/_brandlens/resume"
"""Have the executions go on that ran when an earlier emulator ended; the answer is how many these are."""


def give(endpoint: str, order: str) -> Any:
    """Return the answer to an order, once it is carried out."""
    with contextlib.closing(HTTPConnection(urlsplit(endpoint).netloc)) as connection:
        connection.request("POST", order)
        return json.load(connection.getresponse())
