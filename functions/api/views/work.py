"""What begins work: analyses of uploaded files, and the training on a batch of them."""

import json
from collections.abc import Sequence
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
        taken = list(pool.map(lambda upload: _taken(upload, deps), uploads))
    refused = [each for each in taken if isinstance(each, BrandlensError)]
    if len(refused) == len(taken):
        raise refused[0]
    return BegunAnalyses(
        analyses=tuple(
            _begun(token, upload.key, each)
            for token, upload, each in zip(new.uploads, uploads, taken, strict=True)
        )
    )


def _taken(upload: UploadReference, deps: Deps) -> Source | BrandlensError:
    """Put the file into its place, which begins its analysis, or return why it cannot be."""
    try:
        return put_together(upload, deps)
    except BrandlensError as error:
        return error


def _begun(token: str, key: str, taken: Source | BrandlensError) -> BegunAnalysis:
    if isinstance(taken, BrandlensError):
        return BegunAnalysis(upload=token, key=key, job_id=None, error=error_of(taken))
    return BegunAnalysis(upload=token, key=key, job_id=job_id_for(taken), error=None)


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
    _put_pictures(marks, folder, deps)
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


def _put_pictures(marks: Sequence[Mark], folder: str, deps: Deps) -> None:
    """Put the marks' pictures into the batch, before its training begins: after that it takes no others."""
    there = set(deps.media.keys(folder))
    if folder + REQUEST_FILE not in there:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            list(pool.map(lambda mark: _put_picture(mark, folder, deps), marks))
        return
    pictures = {key.rpartition("/")[2].partition(".")[0] for key in there if key.startswith(_marks(folder))}
    if any(mark.id not in pictures for mark in marks):
        raise Conflict(
            "Nothing is trained", "the batch was trained on with other marks", "Name another batch"
        )


def _marks(folder: str) -> str:
    return f"{folder}marks/"


def _put_picture(mark: Mark, folder: str, deps: Deps) -> None:
    record = finished_analysis(mark.job_id, deps)
    picture = picture_of(mark, record, read_analysis(record, deps), deps)
    suffix = _SUFFIXES[media_format(picture[:SNIFF_BYTES])]
    deps.media.write(f"{_marks(folder)}{mark.id}{suffix}", picture, content_type="application/octet-stream")
