"""The tables: projects, their jobs, the tasks people were given, the models and who needs them, spending,
and what people say results have wrong."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from infra.naming import Place
from infra.settings import Settings


@dataclass(frozen=True)
class Index:
    """A secondary index that holds whole items. Keys are strings."""

    name: str
    hash_key: str
    range_key: str


@dataclass(frozen=True)
class TableSpec:
    """One table. Keys are strings; `expires` names the attribute (seconds since 1970) that ends an item."""

    name: str
    hash_key: str
    range_key: str | None = None
    indexes: tuple[Index, ...] = ()
    expires: str | None = None

    @property
    def key_attributes(self) -> tuple[str, ...]:
        """Every attribute that a key of the table or of an index names, once."""
        keys = [self.hash_key, self.range_key]
        keys += [key for index in self.indexes for key in (index.hash_key, index.range_key)]
        return tuple(dict.fromkeys(key for key in keys if key))


TABLES = (
    TableSpec("projects", "name"),
    TableSpec(
        "jobs",
        "job_id",
        indexes=tuple(Index(f"by_{key}", key, "created_at") for key in ("project", "kind", "state")),
    ),
    TableSpec("tasks", "task_id", expires="expires_at"),
    TableSpec("models", "model_arn", "sk", expires="expires_at"),
    TableSpec("spending", "account", "sk", indexes=(Index("by_month", "month", "account"),)),
    TableSpec("marks", "project", "mark_id"),
)


class Tables(pulumi.ComponentResource):
    """Makes each table of `TABLES`: paid per request, recoverable to any point in time, encrypted.

    Where data is retained, they outlive their stack, and AWS refuses to delete them.
    """

    def __init__(self, place: Place, settings: Settings, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("brandlens:infra:Tables", "tables", None, opts)
        self.names = {spec.name: self._table(place, settings, spec).name for spec in TABLES}
        self.register_outputs(self.names)

    def _table(self, place: Place, settings: Settings, spec: TableSpec) -> aws.dynamodb.Table:
        return aws.dynamodb.Table(
            spec.name,
            name=place.name(spec.name),
            billing_mode="PAY_PER_REQUEST",
            hash_key=spec.hash_key,
            range_key=spec.range_key,
            attributes=[aws.dynamodb.TableAttributeArgs(name=key, type="S") for key in spec.key_attributes],
            global_secondary_indexes=[
                aws.dynamodb.TableGlobalSecondaryIndexArgs(
                    name=index.name, projection_type="ALL", key_schemas=_key_schemas(index)
                )
                for index in spec.indexes
            ],
            ttl=aws.dynamodb.TableTtlArgs(attribute_name=spec.expires, enabled=True)
            if spec.expires
            else None,
            point_in_time_recovery=aws.dynamodb.TablePointInTimeRecoveryArgs(enabled=True),
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(
                enabled=True, kms_key_arn=settings.kms or None
            ),
            deletion_protection_enabled=settings.retain_data,
            opts=pulumi.ResourceOptions(parent=self, retain_on_delete=settings.retain_data),
        )


def _key_schemas(index: Index) -> list[aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs]:
    return [
        aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=index.hash_key, key_type="HASH"),
        aws.dynamodb.TableGlobalSecondaryIndexKeySchemaArgs(attribute_name=index.range_key, key_type="RANGE"),
    ]
