"""The sampling grid: which frames are looked at, and how the work is cut into segments.

Time is cut into slots of 1/rate seconds from the first presentation timestamp; slot k is [k/rate,
(k+1)/rate). Of each slot the first frame is picked, and the slot is the frame's index. That is the same as
picking, for every grid point k/rate, the first frame at or after it, once. A segment covers whole slots, so
the frames picked do not depend on where the work is cut. All times are exact fractions: no rounding moves a
frame to another slot.
"""

from fractions import Fraction
from typing import NamedTuple

from pydantic import Field

from brandlens.errors import NoFrames
from brandlens.jobs import Value


class Segment(Value):
    """A run of slots that one function extracts: from `first_slot` up to but not including `end_slot`.

    The last segment is open (`end_slot` None): it ends with the file, whatever the headers say of its length.
    """

    number: int = Field(ge=0)
    first_slot: int = Field(ge=0)
    end_slot: int | None = Field(default=None, gt=0)

    @property
    def is_whole_file(self) -> bool:
        return self.first_slot == 0 and self.end_slot is None


class Grid(NamedTuple):
    """Maps a stream's timestamps to slots.

    `rate` is in slots a second, `time_base` in seconds a tick, `start_pts` the first presentation timestamp.
    """

    rate: Fraction
    time_base: Fraction
    start_pts: int

    def seconds(self, pts: int) -> Fraction:
        """Seconds from the first presentation timestamp."""
        return (pts - self.start_pts) * self.time_base

    def slot(self, pts: int) -> int:
        return int(self.seconds(pts) * self.rate // 1)

    def first_pts(self, slot: int) -> int:
        """The lowest timestamp that lies in `slot` or later."""
        return self.start_pts + -int(-slot // (self.time_base * self.rate))


def spread_rate(rate: Fraction, duration: Fraction | None, most: int) -> Fraction:
    """Return `rate`, or the lower one at which a video of `duration` seconds gives `most` frames at most.

    Then they are spread over its whole length, a whole number of milliseconds apart. Of a video whose length
    the headers do not tell (None) nothing can be foreseen.
    """
    if not duration:
        return rate
    milliseconds = -(-duration * 1000 // most)
    return min(rate, Fraction(1000, int(milliseconds)))


def plan_segments(
    duration: Fraction | None, rate: Fraction, seconds_per_segment: Fraction
) -> tuple[Segment, ...]:
    """Cut `duration` seconds into segments of about `seconds_per_segment`, each of whole slots.

    A duration that the headers do not tell (None) makes one segment.
    """
    slots_per_segment = max(1, round(seconds_per_segment * rate))
    slots = 0 if duration is None else int(-(-duration * rate // 1))
    count = max(1, -(-slots // slots_per_segment))
    return tuple(
        Segment(
            number=number,
            first_slot=number * slots_per_segment,
            end_slot=(number + 1) * slots_per_segment if number < count - 1 else None,
        )
        for number in range(count)
    )


def require_frames(sampled: int) -> None:
    """Raise `NoFrames` when a whole video, all its segments together, gave no frame."""
    if sampled == 0:
        raise NoFrames(
            "The video has no frames",
            "its headers name a video stream, but not one picture could be decoded from it",
            "Check that the file plays, then upload it again",
        )
