"""The models table: key (`model_arn`, `sk`), with one item `model` a model and one `lease#<job id>` a lease.

A lease's `expires_at` (epoch seconds) is the table's time-to-live attribute too, but nothing waits for
DynamoDB to delete it, which may take days: an expired lease does not count.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr, ConditionBase, Key
from botocore.exceptions import ClientError

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.dynamodb import attributes, condition_failed, scan, stamp, table
from brandlens.jobs import Job, Model, Value
from brandlens.ports import KnownModel

CLAIM = timedelta(minutes=3)
"""How long a stop that was taken on keeps others from using the model, should the one who took it on die, and
how long a start is not forgotten: longer than a function that makes such a call may run, clocks differing."""

_MODEL = "model"


class ModelItem(Value):
    """The `model` item of one model."""

    model: Model
    project: str
    last_needed_at: datetime
    leases_taken: int
    run_began: datetime | None = None
    run_seen: bool = False
    frames_per_second: float | None = None


class ModelsTable:
    """A `LeaseStore`."""

    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._table = table(name, session)

    def acquire(self, model: Model, job: Job, *, now: datetime, expires_at: datetime) -> bool:
        # The lease goes first: whoever stops the model counts the leases, then takes the stop on if
        # `leases_taken` still is what it was. So it sees the lease, or its claim fails, or is seen here.
        with mapped_errors(f"no lease could be taken on {model.arn}"):
            self._table.put_item(
                Item={
                    "model_arn": model.arn,
                    "sk": _lease(job.job_id),
                    "job_id": job.job_id,
                    "expires_at": ceil(expires_at.timestamp()),
                }
            )
            return self._count(
                model.arn,
                now,
                "SET model = :model, #project = :project,"
                " last_needed_at = if_not_exists(last_needed_at, :now)",
                {":model": attributes(model), ":project": job.project, ":now": stamp(now)},
                ExpressionAttributeNames={"#project": "project"},  # a word that DynamoDB reserves
            )

    def renew(self, model_arn: str, job_id: str, *, now: datetime, expires_at: datetime) -> bool:
        with mapped_errors(f"the lease on {model_arn} could not be renewed"):
            held = self._change(
                model_arn,
                _lease(job_id),
                "SET expires_at = :then",
                {":then": ceil(expires_at.timestamp())},
                Attr("sk").exists(),
            )
            # Counted as a lease that is taken is: it may have expired, and been found so, a moment ago.
            return held and self._count(model_arn, now)

    def _count(
        self,
        model_arn: str,
        now: datetime,
        update: str = "",
        values: Mapping[str, Any] | None = None,
        **names: Any,
    ) -> bool:
        """Count a lease that was just written; False when the model is being stopped."""
        after = self._table.update_item(
            Key={"model_arn": model_arn, "sk": _MODEL},
            UpdateExpression=f"{update} ADD leases_taken :one",
            ExpressionAttributeValues={":one": 1, **(values or {})},
            ReturnValues="ALL_NEW",
            **names,
        )["Attributes"]
        return str(after.get("stopping_at", "")) < stamp(now - CLAIM)

    def release(self, model_arn: str, job_id: str, *, now: datetime) -> None:
        with mapped_errors(f"the lease on {model_arn} could not be released"):
            self._table.delete_item(Key={"model_arn": model_arn, "sk": _lease(job_id)})
            self._change(
                model_arn,
                _MODEL,
                "SET last_needed_at = :now",
                {":now": stamp(now)},
                Attr("last_needed_at").lt(stamp(now)),
            )

    def live(self, model_arn: str, *, now: datetime) -> int:
        with mapped_errors(f"the leases on {model_arn} could not be counted"):
            leases = self._table.query(
                KeyConditionExpression=Key("model_arn").eq(model_arn) & Key("sk").begins_with(_lease("")),
                FilterExpression=Attr("expires_at").gt(int(now.timestamp())),
                ConsistentRead=True,
            )
        return leases["Count"]

    def held_by(self, job_id: str) -> Sequence[str]:
        with mapped_errors(f"the leases of job {job_id} could not be listed"):
            return [
                str(item["model_arn"])
                for item in scan(self._table, FilterExpression=Attr("sk").eq(_lease(job_id)))
            ]

    def known(self, model_arn: str) -> ModelItem | None:
        with mapped_errors(f"the model {model_arn} could not be looked up"):
            found = self._table.get_item(Key={"model_arn": model_arn, "sk": _MODEL}, ConsistentRead=True)
        return _known(found["Item"]) if "Item" in found else None

    def models(self) -> Sequence[ModelItem]:
        with mapped_errors("the models could not be listed"):
            return [_known(item) for item in scan(self._table, FilterExpression=Attr("sk").eq(_MODEL))]

    def begin_run(self, model_arn: str, *, now: datetime) -> None:
        with mapped_errors(f"the start of {model_arn} could not be recorded"):
            self._change(
                model_arn,
                _MODEL,
                "SET run_began = :now, run_seen = :no",
                {":now": stamp(now), ":no": False},
                Attr("sk").exists(),
            )

    def see_run(self, known: KnownModel) -> None:
        if known.run_seen or known.run_began is None:
            return
        with mapped_errors(f"the run of {known.model.arn} could not be recorded"):
            self._change(
                known.model.arn,
                _MODEL,
                "SET run_seen = :yes",
                {":yes": True},
                Attr("run_began").eq(stamp(known.run_began)),
            )

    def forget_run(self, known: KnownModel, *, now: datetime) -> None:
        if known.run_began is None or known.run_began >= now - CLAIM:
            return
        with mapped_errors(f"the run of {known.model.arn} could not be forgotten"):
            self._change(
                known.model.arn,
                _MODEL,
                "SET run_began = :never",
                {":never": ""},
                Attr("run_began").eq(stamp(known.run_began)),
            )

    def claim_stop(self, known: KnownModel, *, now: datetime) -> bool:
        unclaimed = Attr("stopping_at").not_exists() | Attr("stopping_at").lt(stamp(now - CLAIM))
        with mapped_errors(f"the stop of {known.model.arn} could not be recorded"):
            return self._change(
                known.model.arn,
                _MODEL,
                "SET stopping_at = :now",
                {":now": stamp(now)},
                Attr("leases_taken").eq(known.leases_taken) & unclaimed,
            )

    def stopped(self, model_arn: str, *, claimed_at: datetime) -> None:
        with mapped_errors(f"the stop of {model_arn} could not be recorded"):
            self._change(
                model_arn,
                _MODEL,
                "SET stopping_at = :never, run_began = :never",
                {":never": ""},
                Attr("stopping_at").eq(stamp(claimed_at)),
            )

    def measured(self, model_arn: str, frames_per_second: float) -> None:
        with mapped_errors(f"the speed of {model_arn} could not be recorded"):
            self._change(
                model_arn,
                _MODEL,
                "SET frames_per_second = :speed",
                {":speed": Decimal(f"{frames_per_second:.4g}")},
                Attr("sk").exists(),
            )

    def _change(
        self, model_arn: str, sk: str, expression: str, values: Mapping[str, Any], condition: ConditionBase
    ) -> bool:
        """Update an item; False when the condition does not hold."""
        try:
            self._table.update_item(
                Key={"model_arn": model_arn, "sk": sk},
                UpdateExpression=expression,
                ConditionExpression=condition,
                ExpressionAttributeValues=values,
            )
        except ClientError as error:
            if condition_failed(error):
                return False
            raise
        return True


def _lease(job_id: str) -> str:
    return f"lease#{job_id}"


def _known(item: Mapping[str, Any]) -> ModelItem:
    kept = {name: item[name] for name in ModelItem.model_fields if name in item}
    # A run that has ended leaves an empty text where its beginning was.
    return ModelItem.model_validate(kept | {"run_began": kept.get("run_began") or None})
