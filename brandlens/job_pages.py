"""Pages of the list of jobs, the newest first, out of partitions that are each in that order.

A partition is one project's jobs, those of one kind, or those of one state. A page is merged from the next
jobs of each, and a `Position` says where it left each of them. A reader gives up on a partition after some
reads, when few of its jobs meet the filters: then the page ends where that partition's reader got to, short
or even empty, and the next one goes on from there.
"""

import base64
import hashlib
import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from pydantic import ValidationError

from brandlens.errors import InvalidInput
from brandlens.jobs import JobKind, JobRecord, JobState, Value


class JobFilter(Value):
    """What jobs are asked for: received from `since` on and before `until`, in one of `states` if any."""

    project: str | None = None
    kind: JobKind | None = None
    states: tuple[JobState, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


class Place(Value):
    """A job as a place in a partition; `created_at` as the table has it."""

    job_id: str
    created_at: str


Position = Mapping[str, Place | None]
"""The last place seen of each partition, by name: None for one at its end; none for one at its start."""


class _Token(Value):
    filter_digest: str
    seen: dict[str, Place | None]


@dataclass(frozen=True)
class Stretch:
    """The next jobs of one partition that meet the filters.

    `reached` is the last place that was looked at, None at the partition's end.
    """

    records: Sequence[tuple[Place, JobRecord]]
    reached: Place | None


@dataclass(frozen=True)
class JobPage:
    """`position` is where each partition was left; None where there is nothing after the page."""

    records: Sequence[JobRecord]
    position: Position | None


@dataclass(frozen=True)
class Partitions:
    """The partitions that jobs asked for are in: the values `names` of the attribute `key`."""

    key: Literal["project", "kind", "state"]
    names: Sequence[str]


def partitions_of(asked: JobFilter) -> Partitions:
    """Choose the partitions to read, few and with few jobs that are not asked for.

    A state's jobs are nearly all analyses; trainings are few, whatever their state. States come in the order
    in which a job goes through them: one that moves on while they are read is met twice, not never.
    """
    if asked.project is not None:
        return Partitions("project", (asked.project,))
    if asked.kind == "training":
        return Partitions("kind", (asked.kind,))
    if asked.states:
        return Partitions("state", [state for state in JobState if state in asked.states])
    return Partitions("kind", get_args(JobKind) if asked.kind is None else (asked.kind,))


def merge(stretches: Mapping[str, Stretch], before: Position, limit: int) -> JobPage:
    """Return the newest `limit` jobs of all stretches, as far as it is certain that none are in between.

    `before` is the position that the stretches begin at. A job that changed its partition while they were
    read counts once, as it is newer.
    """
    frontier = max(
        (one.reached.created_at for one in stretches.values() if one.reached is not None), default=""
    )
    newest = heapq.merge(
        *([(name, place, record) for place, record in one.records] for name, one in stretches.items()),
        key=lambda each: each[1].created_at,
        reverse=True,
    )
    position: dict[str, Place | None] = dict(before)
    unread = {name: len(one.records) for name, one in stretches.items()}
    taken: dict[str, JobRecord] = {}
    for name, place, record in newest:
        if len(taken) == limit or place.created_at < frontier:
            break
        position[name] = place
        unread[name] -= 1
        known = taken.get(record.job_id)
        if known is None or known.updated_at < record.updated_at:
            taken[record.job_id] = record
    position |= {name: one.reached for name, one in stretches.items() if not unread[name]}
    at_end = position.keys() >= stretches.keys() and not any(position.values())
    return JobPage(list(taken.values()), None if at_end else position)


def token_of(position: Position, asked: JobFilter) -> str:
    """Write a position as a token that is good for the same filters only."""
    token = _Token(filter_digest=_digest(asked), seen=dict(position))
    return base64.urlsafe_b64encode(token.model_dump_json().encode()).decode().rstrip("=")


def position_of(token: str, asked: JobFilter) -> Position:
    """Read a token; `InvalidInput` for one that was not given for these filters.

    A token opens nothing: it is a place in a list that its bearer may read from its start.
    """
    try:
        read = _Token.model_validate_json(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    except (ValueError, ValidationError) as error:
        raise _refused("it was not given by this list") from error
    if read.filter_digest != _digest(asked):
        raise _refused("it was given for other filters")
    known = set(partitions_of(asked).names)
    if not all(name in known and _is_place(place) for name, place in read.seen.items()):
        raise _refused("it was not given by this list")
    return read.seen


def _is_place(place: Place | None) -> bool:
    if place is None:
        return True
    try:
        moment = datetime.fromisoformat(place.created_at)
    except ValueError:
        return False
    return moment.tzinfo is not None and 0 < len(place.job_id) <= 80


def _digest(asked: JobFilter) -> str:
    return hashlib.sha256(asked.model_dump_json().encode()).hexdigest()[:16]


def _refused(why: str) -> InvalidInput:
    return InvalidInput("The page was not found by its token", why, "Ask for the first page")
