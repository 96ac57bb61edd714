"""Results: where an analysis' files can be read, and what a project's analyses found."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice

from brandlens.api.jobs import ExposuresList, ExposuresQuery, JobExposures
from brandlens.api.results import FRAMES_AT_ONCE, FramesQuery, FrameUrls, ResultUrls
from brandlens.errors import ObjectNotFound
from brandlens.job_pages import JobFilter, position_of, token_of
from brandlens.jobs import JobRecord, JobState
from functions.api.call import Call
from functions.api.deps import Deps
from functions.api.views.jobs import file_name
from functions.api.views.lookups import finished_analysis, known_project, read_analysis, result_folder

URL_SECONDS = 3600
_AT_ONCE = 16
_FRAMES = "frames/"
_SPRITES = "sprites/"


def show_results(call: Call, deps: Deps) -> ResultUrls:
    record = finished_analysis(call.path["job"], deps)
    folder = result_folder(record)
    files = read_analysis(record, deps).files

    def url(name: str) -> str:
        return deps.results.presigned_url(folder + name, seconds=URL_SECONDS)

    sheets = [key for key in deps.results.keys(folder + _SPRITES) if key.endswith(".jpg")]
    source = record.source
    return ResultUrls(
        analysis=url("analysis.json"),
        detections=url(files.detections),
        exposures=url(files.exposures),
        report=url(files.report),
        timeline=files.timeline and url(files.timeline),
        sprites_vtt=files.sprites and url(files.sprites),
        sprites={key.rpartition("/")[2]: url(key.removeprefix(folder)) for key in sheets},
        media=deps.media.presigned_url(source.key, seconds=URL_SECONDS, version=source.version),
    )


def list_frames(call: Call, deps: Deps) -> FrameUrls:
    asked: FramesQuery = call.query
    folder = result_folder(finished_analysis(call.path["job"], deps))
    after = (folder + asked.after).encode()
    names = (key for key in deps.results.keys(folder + _FRAMES) if key.encode() > after)
    page = list(islice(names, FRAMES_AT_ONCE + 1))
    shown = page[:FRAMES_AT_ONCE]
    return FrameUrls(
        frames={
            key.removeprefix(folder): deps.results.presigned_url(key, seconds=URL_SECONDS) for key in shown
        },
        next=shown[-1].removeprefix(folder) if len(page) > len(shown) else None,
    )


def list_exposures(call: Call, deps: Deps) -> ExposuresList:
    query: ExposuresQuery = call.query
    asked = JobFilter(
        project=known_project(call.path["project"], deps).name,
        kind="analysis",
        states=(JobState.SUCCEEDED,),
        since=query.since,
        until=query.until,
    )
    after = None if query.after is None else position_of(query.after, asked)
    page = deps.jobs.page(asked, limit=query.limit, after=after)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = [each for each in pool.map(lambda record: _exposures(record, deps), page.records) if each]
    return ExposuresList(
        jobs=tuple(found), next=None if page.position is None else token_of(page.position, asked)
    )


def _exposures(record: JobRecord, deps: Deps) -> JobExposures | None:
    try:
        analysis = read_analysis(record, deps)
    except ObjectNotFound:  # somebody deleted it
        return None
    return JobExposures(
        job_id=record.job_id,
        name=file_name(record),
        created_at=record.created_at,
        duration_seconds=analysis.media.duration_seconds,
        brands=analysis.brands,
    )
