"""Glue's databases and tables, and Athena's workgroups and named queries."""

from typing import Any

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, given, pascal, unless

GONE = "EntityNotFoundException"
NO_SUCH = "InvalidRequestException"


def put_database(aws: Aws, inputs: Inputs) -> Made:
    name = inputs["name"]
    with unless("AlreadyExistsException"):
        aws.client("glue").create_database(DatabaseInput={"Name": name})
    return Made(f"{aws.account}:{name}", {"arn": aws.arn("glue", f"database/{name}")})


def delete_database(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("glue").delete_database(Name=inputs["name"])


def put_table(aws: Aws, inputs: Inputs) -> Made:
    glue, database, name = aws.client("glue"), inputs["databaseName"], inputs["name"]
    table = given(
        Name=name,
        TableType=inputs.get("tableType"),
        Parameters=inputs.get("parameters"),
        PartitionKeys=pascal(inputs.get("partitionKeys")),
        StorageDescriptor=_storage(inputs["storageDescriptor"]),
    )
    try:
        glue.create_table(DatabaseName=database, TableInput=table)
    except glue.exceptions.AlreadyExistsException:
        glue.update_table(DatabaseName=database, TableInput=table)
    return Made(f"{aws.account}:{database}:{name}", {"arn": aws.arn("glue", f"table/{database}/{name}")})


def _storage(inputs: Inputs) -> dict[str, Any]:
    serde = inputs["serDeInfo"]
    return given(
        Columns=pascal(inputs["columns"]),
        Location=inputs["location"],
        InputFormat=inputs.get("inputFormat"),
        OutputFormat=inputs.get("outputFormat"),
        SerdeInfo=given(
            SerializationLibrary=serde["serializationLibrary"], Parameters=serde.get("parameters")
        ),
    )


def delete_table(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless(GONE):
        aws.client("glue").delete_table(DatabaseName=inputs["databaseName"], Name=inputs["name"])


def put_workgroup(aws: Aws, inputs: Inputs) -> Made:
    athena, name = aws.client("athena"), inputs["name"]
    location = inputs["configuration"]["resultConfiguration"]["outputLocation"]
    delete_workgroup(aws, name, inputs)
    athena.create_work_group(Name=name, Configuration={"ResultConfiguration": {"OutputLocation": location}})
    return Made(name, {"arn": aws.arn("athena", f"workgroup/{name}")})


def delete_workgroup(aws: Aws, name: str, _inputs: Inputs) -> None:
    with unless(NO_SUCH):
        aws.client("athena").delete_work_group(WorkGroup=name, RecursiveDeleteOption=True)


def put_named_query(aws: Aws, inputs: Inputs) -> Made:
    """Athena lets queries share a name: one that is there is made anew, not beside itself."""
    athena, name, workgroup = aws.client("athena"), inputs["name"], inputs["workgroup"]
    for known in athena.list_named_queries(WorkGroup=workgroup)["NamedQueryIds"]:
        if athena.get_named_query(NamedQueryId=known)["NamedQuery"]["Name"] == name:
            athena.delete_named_query(NamedQueryId=known)
    made = athena.create_named_query(
        Name=name,
        Database=inputs["database"],
        QueryString=inputs["query"],
        WorkGroup=workgroup,
        **given(Description=inputs.get("description")),
    )
    return Made(made["NamedQueryId"])


def delete_named_query(aws: Aws, query: str, _inputs: Inputs) -> None:
    with unless(NO_SUCH):
        aws.client("athena").delete_named_query(NamedQueryId=query)


KINDS = {
    "aws:glue/catalogDatabase:CatalogDatabase": Kind(put_database, delete_database, named_by="name"),
    "aws:glue/catalogTable:CatalogTable": Kind(
        put_table, delete_table, named_by="name", replaced_when=("databaseName",)
    ),
    "aws:athena/workgroup:Workgroup": Kind(put_workgroup, delete_workgroup, named_by="name"),
    "aws:athena/namedQuery:NamedQuery": Kind(
        put_named_query, delete_named_query, named_by="name", replaced_when=("workgroup",)
    ),
}
