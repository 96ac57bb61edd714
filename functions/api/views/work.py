"""What begins work: analyses of uploaded files, and the training on a batch of them."""

import json
from concurrent.futures import ThreadPoolExecutor

from brandlens.api.marks import Mark
from brandlens.api.work import BegunAnalyses, BegunAnalysis, BegunTraining, NewAnalyses, NewTraining
from brandlens.errors import BrandlensError, Conflict, InvalidInput, NotFound, NoTrainedModel
from brandlens.jobs import Source, job_id_for
from brandlens.marking import picture_of
from brandlens.media.magic import SNIFF_BYTES, media_format
from brandlens.outcome import error_of
from brandlens.training.request import REQUEST_FILE, parse_request
from brandlens.uploading import UploadReference, batch_folder, upload_of
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views.lookups import finished_analysis, known_project, read_analysis
from functions.api.views.uploads import put_together

_AT_ONCE = 8
_SUFFIXES = {"jpeg": ".jpg", "png": ".png"}


def begin_analyses(call: Call, deps: Deps) -> BegunAnalyses:
    new: NewAnalyses = call.body
    project = known_project(new.project, deps)
    uploads = [upload_of(token, call.caller.id) for token in new.uploads]
    for upload in uploads:
        if upload.purpose != "analyze" or upload.project != project.name:
            raise InvalidInput(
                f"{upload.key!a} is not analyzed",
                f"it was not uploaded to be analyzed for project {project.name}",
                "Upload it for that",
            )
    if project.active_model is None:
        raise NoTrainedModel(
            "Nothing is analyzed", f"project {project.name} has no trained model", "Train it first"
        )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        begun = pool.map(lambda token, upload: _begun(token, upload, deps), new.uploads, uploads)
    return BegunAnalyses(analyses=tuple(begun))


def _begun(token: str, upload: UploadReference, deps: Deps) -> BegunAnalysis:
    """Put the file into its place, which begins its analysis."""
    try:
        source = _in_place(upload, deps)
    except BrandlensError as error:
        return BegunAnalysis(upload=token, key=upload.key, job_id=None, error=error_of(error))
    return BegunAnalysis(upload=token, key=upload.key, job_id=job_id_for(source), error=None)


def _in_place(upload: UploadReference, deps: Deps) -> Source:
    try:
        return put_together(upload, deps)
    except NotFound:
        # The same call may have come before, or comes twice at once: then the file is there.
        source = deps.uploads.current(upload.key)
        if source is None:
            raise
        return source


def begin_training(call: Call, deps: Deps) -> BegunTraining:
    new: NewTraining = call.body
    project = known_project(new.project, deps)
    folder = batch_folder(project.name, call.caller.id, new.batch)
    key = folder + REQUEST_FILE
    request = json.dumps(
        {"labels": list(project.labels), "type": project.label_type, "annotations": new.annotations},
        ensure_ascii=False,
    ).encode()
    parse_request(request, key=key)
    marks = [_open_mark(mark_id, project.name, deps) for mark_id in dict.fromkeys(new.marks)]
    if marks and new.annotations is not None:
        raise InvalidInput(
            "Nothing is trained", "the pictures of marks have no annotations", "Train on them by themselves"
        )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(lambda mark: _put_picture(mark, folder, deps), marks))
    files = set(deps.media.keys(folder)) - {key}
    if not files:
        raise Conflict(
            "Nothing is trained", f"the batch {new.batch} has no file yet", "Upload its files first"
        )
    if new.annotations is not None and not any(
        file == folder + new.annotations or file.startswith(f"{folder}{new.annotations}/") for file in files
    ):
        raise Conflict("Nothing is trained", f"{new.annotations!a} has not been uploaded", "Upload it first")
    job_id = job_id_for(_requested(key, request, deps))
    for mark in marks:
        deps.marks.taken(mark.project, mark.id, by=job_id)
    return BegunTraining(job_id=job_id, pictures_of_marks=len(marks))


def _requested(key: str, request: bytes, deps: Deps) -> Source:
    """Write what begins the training, once: the same batch asked for again is the same job."""
    if (
        not deps.media.create(key, request, content_type="application/json")
        and deps.media.read(key) != request
    ):
        raise Conflict(
            "Nothing is trained", "the batch was trained on with other settings", "Upload another batch"
        )
    source = deps.uploads.current(key)
    assert source is not None
    return source


def _open_mark(mark_id: str, project: str, deps: Deps) -> Mark:
    mark = deps.marks.get(project, mark_id)
    if mark is None:
        raise NotFound(
            f"Mark {mark_id} is not known", f"project {project} has none of that id", "List its marks"
        )
    return mark


def _put_picture(mark: Mark, folder: str, deps: Deps) -> None:
    record = finished_analysis(mark.job_id, deps)
    picture = picture_of(mark, record, read_analysis(record, deps), deps)
    suffix = _SUFFIXES[media_format(picture[:SNIFF_BYTES])]
    deps.media.write(f"{folder}marks/{mark.id}{suffix}", picture, content_type="application/octet-stream")
