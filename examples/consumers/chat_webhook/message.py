"""What the chat is told of a finished analysis, as EventBridge fills it in.

EventBridge puts values into a text as they are, unescaped. So the message names nothing whose characters
brandlens does not bound, above all not the file, whose name may hold anything.
"""

import json

PATHS = {
    "project": "$.detail.project",
    "brands": "$.detail.brands[*].label",
    "job": "$.detail.job_id",
    "usd": "$.detail.estimated_usd",
}
"""Where in the event the values are. A project's name and a job's id are letters, digits and hyphens, a
brand's name has blanks and underscores besides."""

TEXT = "*<project>*: found <brands>, for about $<usd>. Read it: `brandlens results <job> --open`"
"""A list within a text loses its quotes: the brands come out as `[Acme,Bolt]`."""


def template(channel: str) -> str:
    """Return the message for `channel` as an input template, in the JSON that Slack and its like take."""
    return json.dumps({"channel": channel, "text": TEXT})
