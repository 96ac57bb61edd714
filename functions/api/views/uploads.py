"""Uploads: begun, gone on with, completed, given up."""

import uuid

from brandlens.api.uploads import (
    URLS_AT_ONCE,
    CompletedUpload,
    NewUpload,
    PartList,
    PartsQuery,
    Upload,
    UploadPart,
)
from brandlens.errors import Conflict, InvalidInput, NotFound
from brandlens.jobs import Source
from brandlens.uploading import (
    UploadReference,
    analyze_folder,
    batch_folder,
    key_for,
    missing_bytes,
    upload_of,
)
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views.lookups import known_project

URL_SECONDS = 3600


def begin_upload(call: Call, deps: Deps) -> Upload:
    new: NewUpload = call.body
    key = key_for(_folder(new, call.caller.id), new.name)
    project = known_project(new.project, deps)
    name = uuid.uuid4().hex
    upload = UploadReference(
        project=project.name,
        purpose=new.purpose,
        key=key,
        upload_id=deps.uploads.begin(key, name=name),
        name=name,
        bytes=new.bytes,
    )
    return Upload(
        id=upload.token(),
        key=key,
        bytes=upload.bytes,
        part_bytes=upload.part_bytes,
        parts=_parts(upload, {}, 0, deps),
    )


def _folder(new: NewUpload, caller: str) -> str:
    if new.purpose == "analyze":
        if new.batch is not None:
            raise InvalidInput("The upload is not begun", "a batch is to be trained on", "Leave batch out")
        return analyze_folder(new.project, caller)
    if new.batch is None:
        raise InvalidInput(
            "The upload is not begun", "what is to be trained on has a batch", "Name the batch"
        )
    return batch_folder(new.project, caller, new.batch)


def list_parts(call: Call, deps: Deps) -> PartList:
    asked: PartsQuery = call.query
    upload = upload_of(call.path["upload"], call.caller.id)
    return _parts(upload, dict(deps.uploads.parts(upload.key, upload.upload_id)), asked.after, deps)


def complete_upload(call: Call, deps: Deps) -> CompletedUpload:
    upload = upload_of(call.path["upload"], call.caller.id)
    if upload.purpose != "train":
        raise InvalidInput(
            "The upload is not completed", "its file would be analyzed at once", "Begin the analysis"
        )
    return CompletedUpload(key=put_together(upload, deps).key)


def abort_upload(call: Call, deps: Deps) -> None:
    upload = upload_of(call.path["upload"], call.caller.id)
    deps.uploads.abort(upload.key, upload.upload_id)


def put_together(upload: UploadReference, deps: Deps) -> Source:
    """Make the file of its parts, once: asked again, it is the same one.

    `Conflict` where parts are missing, `NotFound` for an upload that was given up.
    """
    try:
        return _put_together(upload, deps)
    except NotFound as error:
        # The same call may have come before, or comes twice at once: then the file is there.
        made = deps.uploads.made(upload.key, name=upload.name)
        if made is None:
            raise NotFound(
                f"The upload of {upload.key!a} has no file",
                "it was given up, or left alone too long",
                "Upload the file again",
            ) from error
        return made


def _put_together(upload: UploadReference, deps: Deps) -> Source:
    missing = missing_bytes(upload, dict(deps.uploads.parts(upload.key, upload.upload_id)))
    if missing:
        raise Conflict(
            f"The upload of {upload.key!a} is not completed",
            f"{missing:,} of its {upload.bytes:,} bytes have not come",
            "Upload the missing parts",
        )
    return deps.uploads.complete(upload.key, upload.upload_id)


def _parts(upload: UploadReference, come: dict[int, int], after: int, deps: Deps) -> PartList:
    last = min(after + URLS_AT_ONCE, upload.parts)
    return PartList(
        parts=tuple(_part(upload, number, come, deps) for number in range(after + 1, last + 1)),
        next=last if last < upload.parts else None,
    )


def _part(upload: UploadReference, number: int, come: dict[int, int], deps: Deps) -> UploadPart:
    size = upload.bytes_of(number)
    has_come = come.get(number) == size
    return UploadPart(
        number=number,
        bytes=size,
        url=None
        if has_come
        else deps.uploads.part_url(upload.key, upload.upload_id, number, seconds=URL_SECONDS),
    )
