"""The spending table: key (`account`, `sk`), an account being a project and a month.

Items are `reserved#<job id>`, `spent#<job id>` and `total`; the index `by_month` holds the totals. Every
change of a job's item and of the total is one transaction, so that the total is their sum whoever dies in
between.
"""

import random
import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

from brandlens.adapters.aws import mapped_errors
from brandlens.adapters.dynamodb import attributes, stamp, table
from brandlens.cost.budget import Account, Reservation, Spending
from brandlens.cost.ports import Booking
from brandlens.errors import Throttled
from brandlens.results import Cost

ATTEMPTS = 12
"""How often a booking is tried before its caller is asked to come back later: some 20 seconds."""

LONGEST_PAUSE_SECONDS = 4.0

_CONDITION, _CONFLICT = "ConditionalCheckFailed", "TransactionConflict"
_TOTAL = "total"


class SpendingTable:
    """A `SpendingLedger`."""

    def __init__(self, name: str, session: boto3.Session | None = None) -> None:
        self._table = table(name, session)
        self._named = {"TableName": name}

    def reserve(
        self,
        account: Account,
        job_id: str,
        reservation: Reservation,
        *,
        limit: Decimal | None,
        until: datetime,
    ) -> Booking:
        for attempt in range(ATTEMPTS):
            before = self._usd(account, _reserved(job_id))
            more = reservation.usd - (before or Decimal(0))
            if limit is not None and more > limit:
                return "over"
            refused = self._book(
                self._put(
                    account,
                    _reserved(job_id),
                    {
                        "usd": reservation.usd,
                        "until": stamp(until),
                        "reservation": attributes(reservation),
                    },
                    before,
                ),
                self._absent(account, _spent(job_id)),
                self._add(account, more, None if limit is None or more <= 0 else limit - more),
            )
            match refused:
                case None:
                    return "reserved"
                case (_, state, _) if state == _CONDITION:
                    return "settled"
                case (own, _, room) if own != _CONDITION and room == _CONDITION:
                    return "over"
            _pause(attempt)
        raise _busy(account)

    def settle(self, account: Account, job_id: str, cost: Cost) -> bool:
        spending = Spending(job_id=job_id, cost=cost)
        for attempt in range(ATTEMPTS):
            before = self._usd(account, _reserved(job_id))
            refused = self._book(
                self._remove(account, _reserved(job_id), before),
                self._put(
                    account, _spent(job_id), {"usd": spending.usd, "spending": attributes(spending)}, None
                ),
                self._add(account, spending.usd - (before or Decimal(0)), None),
            )
            match refused:
                case None:
                    return True
                case (_, spent, _) if spent == _CONDITION:
                    return False
            _pause(attempt)
        raise _busy(account)

    def total(self, account: Account) -> Decimal:
        return self._usd(account, _TOTAL) or Decimal(0)

    def projects(self, month: str) -> Sequence[str]:
        condition = Key("month").eq(month)
        totals = self._queried(month, IndexName="by_month", KeyConditionExpression=condition)
        return [item["account"].rpartition("#")[0] for item in totals]

    def reservation(self, account: Account, job_id: str) -> Reservation | None:
        item = self._get(account, _reserved(job_id))
        return None if item is None else Reservation.model_validate(item["reservation"])

    def overdue(self, account: Account, *, now: datetime) -> Mapping[str, Reservation]:
        return {
            item["sk"].removeprefix(_reserved("")): Reservation.model_validate(item["reservation"])
            for item in self._items(account, _reserved(""), FilterExpression=Attr("until").lte(stamp(now)))
        }

    def spending(self, account: Account, job_id: str) -> Spending | None:
        item = self._get(account, _spent(job_id))
        return None if item is None else Spending.model_validate(item["spending"])

    def spendings(self, account: Account) -> Sequence[Spending]:
        return [Spending.model_validate(item["spending"]) for item in self._items(account, _spent(""))]

    def _book(self, *actions: Any) -> Sequence[str] | None:
        """Carry out all the actions or none; the reason against each where it was none."""
        with mapped_errors("spending could not be booked"):
            try:
                self._table.meta.client.transact_write_items(TransactItems=list(actions))
            except ClientError as error:
                if error.response["Error"].get("Code") != "TransactionCanceledException":
                    raise
                reasons = [str(each.get("Code")) for each in error.response["CancellationReasons"]]
                if not {_CONDITION, _CONFLICT} & set(reasons):
                    raise
                return reasons
        return None

    def _put(
        self, account: Account, sk: str, values: dict[str, Any], before: Decimal | None
    ) -> Mapping[str, Any]:
        """Write an item if its amount still is `before`."""
        return {"Put": self._named | {"Item": _item(account, sk) | values} | _unless_changed(before)}

    def _remove(self, account: Account, sk: str, before: Decimal | None) -> Mapping[str, Any]:
        return {"Delete": self._named | {"Key": _item(account, sk)} | _unless_changed(before)}

    def _absent(self, account: Account, sk: str) -> Mapping[str, Any]:
        return {"ConditionCheck": self._named | {"Key": _item(account, sk)} | _unless_changed(None)}

    def _add(self, account: Account, usd: Decimal, at_most: Decimal | None) -> Mapping[str, Any]:
        """Add to the account's total if it is not above `at_most`."""
        update: dict[str, Any] = {
            **self._named,
            "Key": _item(account, _TOTAL),
            "UpdateExpression": "SET #month = :month ADD usd :more",
            "ExpressionAttributeNames": {"#month": "month"},  # a word that DynamoDB reserves
            "ExpressionAttributeValues": {":more": usd, ":month": account.month},
        }
        if at_most is not None:
            update["ConditionExpression"] = "attribute_not_exists(usd) OR usd <= :most"
            update["ExpressionAttributeValues"] |= {":most": at_most}
        return {"Update": update}

    def _usd(self, account: Account, sk: str) -> Decimal | None:
        item = self._get(account, sk)
        return None if item is None else Decimal(item["usd"])

    def _get(self, account: Account, sk: str) -> Mapping[str, Any] | None:
        with mapped_errors(f"the spending of {account.project} could not be read"):
            return self._table.get_item(Key=_item(account, sk), ConsistentRead=True).get("Item")

    def _items(self, account: Account, prefix: str, **request: Any) -> Sequence[Mapping[str, Any]]:
        """Every item of the account whose sort key begins with the prefix, in order, page by page."""
        condition = Key("account").eq(_account(account)) & Key("sk").begins_with(prefix)
        return self._queried(
            account.project, KeyConditionExpression=condition, ConsistentRead=True, **request
        )

    def _queried(self, whose: str, **request: Any) -> Sequence[Mapping[str, Any]]:
        items: list[Mapping[str, Any]] = []
        with mapped_errors(f"the spending of {whose} could not be listed"):
            while True:
                page = self._table.query(**request)
                items += page["Items"]
                if "LastEvaluatedKey" not in page:
                    return items
                request["ExclusiveStartKey"] = page["LastEvaluatedKey"]


def _account(account: Account) -> str:
    return f"{account.project}#{account.month}"


def _item(account: Account, sk: str) -> dict[str, Any]:
    return {"account": _account(account), "sk": sk}


def _reserved(job_id: str) -> str:
    return f"reserved#{job_id}"


def _spent(job_id: str) -> str:
    return f"spent#{job_id}"


def _unless_changed(before: Decimal | None) -> dict[str, Any]:
    """The condition that an item's amount still is `before`; None: that there is no item."""
    if before is None:
        return {"ConditionExpression": "attribute_not_exists(sk)"}
    return {"ConditionExpression": "usd = :before", "ExpressionAttributeValues": {":before": before}}


def _pause(attempt: int) -> None:
    """Wait with exponential backoff and full jitter, so that those who met do not meet again."""
    time.sleep(random.uniform(0, min(LONGEST_PAUSE_SECONDS, 0.01 * 2**attempt)))  # noqa: S311


def _busy(account: Account) -> Throttled:
    return Throttled(
        f"Spending of {account.project} in {account.month} could not be booked", "too many jobs book at once"
    )
