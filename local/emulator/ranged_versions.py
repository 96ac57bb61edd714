"""Ranges of a named version: MiniStack answers a GET that names a version with the whole object."""

from typing import Any

from ministack.services import s3


def build() -> None:
    """Answer a range with the range, so that FFmpeg can seek in a version of a video."""
    whole = s3._get_object

    def get_object(bucket: str, key: str, headers: Any, query_params: Any = None) -> Any:
        status, answered, body = whole(bucket, key, headers, query_params)
        asked = headers.get("range")
        if status != 200 or not asked:
            return status, answered, body
        found = s3._parse_range(asked, len(body))
        if found is None:
            refused = {"Content-Type": "application/xml", "Content-Range": f"bytes */{len(body)}"}
            return 416, refused, s3._xml_body(s3._range_error_xml(bucket, key))
        start, end = found
        # A checksum of the whole object says nothing of a part.
        kept = {name: value for name, value in answered.items() if not name.startswith("x-amz-checksum-")}
        part = body[start : end + 1]
        kept |= {"Content-Length": str(len(part)), "Content-Range": f"bytes {start}-{end}/{len(body)}"}
        return 206, kept, part

    s3._get_object = get_object
