"""Tables as `infra/components/tables.py` makes them."""

import boto3

KEYS = {"projects": ["name"], "jobs": ["job_id"], "models": ["model_arn", "sk"]}


def make_tables(session: boto3.Session) -> None:
    client = session.client("dynamodb")
    for name, keys in KEYS.items():
        indexed = ["project", "kind", "state", "created_at"] if name == "jobs" else []
        indexes = [
            {
                "IndexName": f"by_{key}",
                "KeySchema": schema([key, "created_at"]),
                "Projection": {"ProjectionType": "ALL"},
            }
            for key in ("project", "kind", "state")
        ]
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=schema(keys),  # type: ignore[arg-type]
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in (*keys, *indexed)],
            **({"GlobalSecondaryIndexes": indexes} if indexed else {}),  # type: ignore[arg-type]
        )


def schema(keys: list[str]) -> list[dict[str, str]]:
    return [
        {"AttributeName": key, "KeyType": kind} for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
    ]
