"""Buckets and their settings."""

from functools import partial
from pathlib import Path
from typing import Any

from local.aws import Aws
from local.resources.kinds import Inputs, Kind, Made, given, nothing_to_delete, pascal, tag_list, unless


def put_bucket(aws: Aws, inputs: Inputs) -> Made:
    name, s3 = inputs["bucket"], aws.client("s3")
    with unless("BucketAlreadyOwnedByYou"):
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": aws.region})
    if tags := tag_list(inputs):
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": tags})
    domain = f"{name}.s3.{aws.region}.amazonaws.com"
    return Made(
        name,
        {
            "arn": f"arn:aws:s3:::{name}",
            "region": aws.region,
            "bucketDomainName": f"{name}.s3.amazonaws.com",
            "bucketRegionalDomainName": domain,
        },
    )


def delete_bucket(aws: Aws, name: str, _inputs: Inputs) -> None:
    """Delete the bucket with all that is in it: what the local cloud holds is the developer's own to lose."""
    s3 = aws.client("s3")
    with unless("NoSuchBucket"):
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
            stored = page.get("Versions", []) + page.get("DeleteMarkers", [])
            keys = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in stored]
            if keys:
                s3.delete_objects(Bucket=name, Delete={"Objects": keys, "Quiet": True})
        s3.delete_bucket(Bucket=name)


def put_object(aws: Aws, inputs: Inputs) -> Made:
    """Put a file, or a text, with the headers that it is to be served with."""
    body = Path(inputs["source"]["path"]).read_bytes() if "source" in inputs else inputs["content"].encode()
    headers = given(ContentType=inputs.get("contentType"), CacheControl=inputs.get("cacheControl"))
    aws.client("s3").put_object(Bucket=inputs["bucket"], Key=inputs["key"], Body=body, **headers)
    return Made(f"{inputs['bucket']}/{inputs['key']}")


def delete_object(aws: Aws, _id: str, inputs: Inputs) -> None:
    with unless("NoSuchBucket"):
        aws.client("s3").delete_object(Bucket=inputs["bucket"], Key=inputs["key"])


def _setting(put: str, argument: str, body: Any, delete: str | None = None) -> Kind:
    """Make the kind of one of a bucket's settings: the call that puts it, its argument, made by `body`."""

    def put_setting(aws: Aws, inputs: Inputs) -> Made:
        getattr(aws.client("s3"), put)(Bucket=inputs["bucket"], **{argument: body(inputs)})
        return Made(inputs["bucket"])

    def delete_setting(aws: Aws, bucket: str, _inputs: Inputs) -> None:
        with unless("NoSuchBucket", "NoSuchBucketPolicy", "NoSuchLifecycleConfiguration"):
            getattr(aws.client("s3"), str(delete))(Bucket=bucket)

    return Kind(put_setting, delete_setting if delete else nothing_to_delete, replaced_when=("bucket",))


def _encryption(inputs: Inputs) -> dict[str, Any]:
    rules = []
    for rule in inputs["rules"]:
        default = rule.get("applyServerSideEncryptionByDefault") or {}
        wanted = {"SSEAlgorithm": default.get("sseAlgorithm", "AES256")}
        if key := default.get("kmsMasterKeyId"):
            wanted["KMSMasterKeyID"] = key
        rules.append(
            {
                "ApplyServerSideEncryptionByDefault": wanted,
                "BucketKeyEnabled": bool(rule.get("bucketKeyEnabled", False)),
            }
        )
    return {"Rules": rules}


def _lifecycle(inputs: Inputs) -> dict[str, Any]:
    rules = []
    for rule in inputs["rules"]:
        made = {
            "ID": rule["id"],
            "Status": rule["status"],
            "Filter": pascal(rule.get("filter") or {"prefix": ""}),
        }
        for name in ("expiration", "noncurrentVersionExpiration"):
            if name in rule:
                made[name[:1].upper() + name[1:]] = pascal(rule[name])
        if abort := rule.get("abortIncompleteMultipartUpload"):
            made["AbortIncompleteMultipartUpload"] = pascal(abort)
        if transitions := rule.get("transitions"):
            made["Transitions"] = pascal(transitions)
        rules.append(made)
    return {"Rules": rules}


def _public_access(inputs: Inputs) -> dict[str, bool]:
    names = ("blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets")
    return {name[:1].upper() + name[1:]: bool(inputs.get(name, False)) for name in names}


def _notification(inputs: Inputs) -> dict[str, Any]:
    return {"EventBridgeConfiguration": {}} if inputs.get("eventbridge") else {}


def _logging(inputs: Inputs) -> dict[str, Any]:
    return {
        "LoggingEnabled": {"TargetBucket": inputs["targetBucket"], "TargetPrefix": inputs["targetPrefix"]}
    }


def _inner(name: str, inputs: Inputs) -> Any:
    return pascal(inputs[name])


KINDS = {
    "aws:s3/bucket:Bucket": Kind(put_bucket, delete_bucket, named_by="bucket"),
    "aws:s3/bucketObjectv2:BucketObjectv2": Kind(put_object, delete_object, replaced_when=("bucket", "key")),
    "aws:s3/bucketVersioning:BucketVersioning": _setting(
        "put_bucket_versioning", "VersioningConfiguration", partial(_inner, "versioningConfiguration")
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": _setting(
        "put_bucket_encryption", "ServerSideEncryptionConfiguration", _encryption, "delete_bucket_encryption"
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": _setting(
        "put_public_access_block",
        "PublicAccessBlockConfiguration",
        _public_access,
        "delete_public_access_block",
    ),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls": _setting(
        "put_bucket_ownership_controls",
        "OwnershipControls",
        lambda inputs: {"Rules": [pascal(inputs["rule"])]},
        "delete_bucket_ownership_controls",
    ),
    "aws:s3/bucketPolicy:BucketPolicy": _setting(
        "put_bucket_policy", "Policy", lambda inputs: inputs["policy"], "delete_bucket_policy"
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": _setting(
        "put_bucket_lifecycle_configuration", "LifecycleConfiguration", _lifecycle, "delete_bucket_lifecycle"
    ),
    "aws:s3/bucketNotification:BucketNotification": _setting(
        "put_bucket_notification_configuration", "NotificationConfiguration", _notification
    ),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": _setting(
        "put_bucket_cors",
        "CORSConfiguration",
        lambda inputs: {"CORSRules": [pascal(rule) for rule in inputs["corsRules"]]},
        "delete_bucket_cors",
    ),
    "aws:s3/bucketLogging:BucketLogging": _setting("put_bucket_logging", "BucketLoggingStatus", _logging),
}
