"""Results: where a job's files can be read. Every URL is good for an hour, takes HTTP range requests and is a
credential."""

from pydantic import Field

from brandlens.api.fields import Query
from brandlens.jobs import Value

FRAMES_AT_ONCE = 500


class ResultUrls(Value):
    """URLs of a finished analysis' files; null where its kind of media has none.

    `media` is the file that was analyzed, in that very version. `sprites` are the sheets by the name that the
    cues of `sprites_vtt` give them.
    """

    analysis: str
    detections: str
    exposures: str
    report: str
    timeline: str | None
    sprites_vtt: str | None
    sprites: dict[str, str]
    media: str


class FramesQuery(Query):
    after: str = Field(default="", max_length=1024, description="The last name of the page before.")


class FrameUrls(Value):
    """URLs of proof pictures, by the `file` that `analysis.json` names them with; the next 500 at most.

    `next` is what to ask `after` for more, null where there is none.
    """

    frames: dict[str, str]
    next: str | None
