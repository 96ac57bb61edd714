"""The jobs table: key `job_id`. Its indexes `by_project`, `by_kind` and `by_state`, each on that attribute
and `created_at`, hold every attribute."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import and_
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr, ConditionBase, Key
from botocore.exceptions import ClientError

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.dynamodb import attributes, condition_failed, stamp, table
from brandlens.errors import ServiceUnavailable
from brandlens.job_pages import JobFilter, JobPage, Place, Position, Stretch, merge, partitions_of
from brandlens.jobs import Job, JobError, JobKind, JobRecord, JobState, Milestone

_UNFINISHED = Attr("state").is_in([state for state in JobState if not state.is_terminal])

CLAIM = timedelta(seconds=20)
"""How long one caller may take to announce a milestone before another takes it on."""

_READS = 4
_ITEMS_A_READ = 500
"""How far a page looks into a partition for jobs that meet filters which its index does not know."""


class JobsTable:
    """A `JobStore`."""

    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._table = table(name, session)

    def receive(self, job: Job, kind: JobKind) -> bool:
        item = {
            **attributes(
                JobRecord(
                    job_id=job.job_id,
                    project=job.project,
                    kind=kind,
                    state=JobState.RECEIVED,
                    source=job.source,
                    created_at=job.started_at,
                    updated_at=job.started_at,
                )
            ),
            "created_at": stamp(job.started_at),
            "updated_at": stamp(job.started_at),
        }
        with mapped_errors(f"job {job.job_id} could not be recorded"):
            try:
                self._table.put_item(Item=item, ConditionExpression=Attr("job_id").not_exists())
            except ClientError as error:
                if condition_failed(error):
                    return False
                raise
        return True

    def started(self, job_id: str, execution_arn: str) -> None:
        self._update(job_id, {"execution_arn": execution_arn}, Attr("job_id").exists())

    def enter_step(self, job_id: str, step: str, *, total: int | None, now: datetime) -> None:
        self._update(
            job_id,
            {"state": JobState.RUNNING, "step": step, "done": 0, "total": total, "updated_at": stamp(now)},
            _UNFINISHED & (Attr("step").not_exists() | Attr("step").ne(step)),
        )

    def advance(self, job_id: str, by: int, *, now: datetime) -> None:
        with mapped_errors(f"job {job_id} could not be updated"):
            try:
                self._table.update_item(
                    Key={"job_id": job_id},
                    UpdateExpression="ADD #done :by SET #updated_at = :now",
                    ExpressionAttributeNames={"#done": "done", "#updated_at": "updated_at"},
                    ExpressionAttributeValues={":by": by, ":now": stamp(now)},
                    ConditionExpression=Attr("state").eq(JobState.RUNNING),
                )
            except ClientError as error:
                if not condition_failed(error):
                    raise

    def finish(
        self,
        job_id: str,
        state: JobState,
        *,
        now: datetime,
        result: str | None = None,
        error: JobError | None = None,
    ) -> bool:
        changes = {
            "state": state,
            "finished_at": stamp(now),
            "updated_at": stamp(now),
            "result": result,
            "error": error and attributes(error),
        }
        return self._update(job_id, changes, _UNFINISHED)

    def claim_announcement(self, job_id: str, milestone: Milestone, *, now: datetime) -> bool:
        announced, claimed = f"{milestone}_announced_at", f"{milestone}_claimed_at"
        free = Attr(claimed).not_exists() | Attr(claimed).lt(stamp(now - CLAIM))
        if self._update(job_id, {claimed: stamp(now)}, Attr(announced).not_exists() & free):
            return True
        record = self.get(job_id)
        if record is not None and getattr(record, announced) is None:
            raise ServiceUnavailable(f"job {job_id} is not announced yet", "another caller is announcing it")
        return False

    def announced(self, job_id: str, milestone: Milestone, *, now: datetime) -> None:
        self._update(job_id, {f"{milestone}_announced_at": stamp(now)}, Attr("job_id").exists())

    def get(self, job_id: str) -> JobRecord | None:
        with mapped_errors(f"job {job_id} could not be read"):
            item = self._table.get_item(Key={"job_id": job_id}, ConsistentRead=True).get("Item")
        return None if item is None else _record(item)

    def newest(self, *, limit: int, project: str | None = None) -> Sequence[JobRecord]:
        return self.page(JobFilter(project=project), limit=limit).records

    def oldest_unfinished(
        self, *, kind: JobKind | None = None, project: str | None = None
    ) -> JobRecord | None:
        asked = {name: value for name, value in (("kind", kind), ("project", project)) if value}
        states = [state for state in JobState if not state.is_terminal]
        first = [record for state in states if (record := self._first(state, asked))]
        return min(first, key=lambda record: record.created_at, default=None)

    def _first(self, state: JobState, asked: Mapping[str, str]) -> JobRecord | None:
        """The oldest job in that state with those attributes: few are in one that is not terminal."""
        request: dict[str, Any] = {
            "IndexName": "by_state",
            "KeyConditionExpression": Key("state").eq(state),
        }
        if asked:
            conditions = [Attr(name).eq(value) for name, value in asked.items()]
            request["FilterExpression"] = reduce(and_, conditions)
        with mapped_errors("the oldest job could not be found"):
            while True:
                page = self._table.query(**request)
                if page["Items"]:
                    return _record(page["Items"][0])
                if "LastEvaluatedKey" not in page:
                    return None
                request["ExclusiveStartKey"] = page["LastEvaluatedKey"]

    def page(self, asked: JobFilter, *, limit: int, after: Position | None = None) -> JobPage:
        before, partitions = after or {}, partitions_of(asked)
        stretches = {
            name: self._stretch(asked, partitions.key, name, limit, before.get(name))
            for name in partitions.names
            if name not in before or before[name] is not None
        }
        return merge(stretches, before, limit)

    def _stretch(
        self, asked: JobFilter, key: str, partition: str, limit: int, after: Place | None
    ) -> Stretch:
        request: dict[str, Any] = {
            "IndexName": f"by_{key}",
            "KeyConditionExpression": _within(Key(key).eq(partition), asked),
            "ScanIndexForward": False,
            "Limit": limit,
        }
        if (condition := _condition(asked, key)) is not None:
            request |= {"FilterExpression": condition, "Limit": _ITEMS_A_READ}
        if after is not None:
            request["ExclusiveStartKey"] = {
                "job_id": after.job_id, "created_at": after.created_at, key: partition
            }  # fmt: skip
        found: list[tuple[Place, JobRecord]] = []
        for _ in range(_READS):
            with mapped_errors("the jobs could not be listed"):
                page = self._table.query(**request)
            found += [(_place(item), _record(item)) for item in page["Items"]]
            last: Any = page.get("LastEvaluatedKey")
            if last is None:
                return Stretch(found, None)
            if len(found) >= limit:
                break
            request["ExclusiveStartKey"] = last
        return Stretch(found, _place(last))

    def _update(self, job_id: str, changes: Mapping[str, Any], condition: ConditionBase) -> bool:
        """Set attributes, removing those that are None; False when the condition does not hold."""
        given = [name for name, value in changes.items() if value is not None]
        dropped = [name for name, value in changes.items() if value is None]
        expression = "SET " + ", ".join(f"#{name} = :{name}" for name in given)
        if dropped:
            expression += " REMOVE " + ", ".join(f"#{name}" for name in dropped)
        with mapped_errors(f"job {job_id} could not be updated"):
            try:
                self._table.update_item(
                    Key={"job_id": job_id},
                    UpdateExpression=expression,
                    ExpressionAttributeNames={f"#{name}": name for name in changes},
                    ExpressionAttributeValues={f":{name}": changes[name] for name in given},
                    ConditionExpression=condition,
                )
            except ClientError as error:
                if condition_failed(error):
                    return False
                raise
        return True


def _record(item: Mapping[str, Any]) -> JobRecord:
    return JobRecord.model_validate({name: item[name] for name in JobRecord.model_fields if name in item})


def _within(partition: ConditionBase, asked: JobFilter) -> ConditionBase:
    """Keep to the time asked for: an index's keys take one condition on time."""
    if asked.since is None and asked.until is None:
        return partition
    since = asked.since or datetime.min.replace(tzinfo=UTC)
    until = asked.until or datetime.max.replace(tzinfo=UTC)
    return partition & Key("created_at").between(stamp(since), stamp(until - timedelta(microseconds=1)))


def _condition(asked: JobFilter, key: str) -> ConditionBase | None:
    """What a partition of `key` does not know by itself."""
    kind = Attr("kind").eq(asked.kind) if asked.kind and key != "kind" else None
    states = Attr("state").is_in(list(asked.states)) if asked.states and key != "state" else None
    return kind & states if kind and states else kind or states


def _place(item: Mapping[str, Any]) -> Place:
    return Place(job_id=item["job_id"], created_at=item["created_at"])
