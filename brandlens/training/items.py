"""Which of the files in a batch's folder a training looks at."""

from collections.abc import Iterable, Iterator

from brandlens.errors import InvalidTrainingRequest, NoTrainingPictures
from brandlens.jobs import Source, Value
from brandlens.training.request import REQUEST_FILE, TrainingRequest

MAX_ITEMS = 1_000_000
_ANNOTATION_ENDINGS = (".json", ".jsonl", ".manifest", ".names", ".txt", ".xml", ".yaml", ".yml")


class BatchItem(Value):
    """One file of a batch. `part` is its number, which sorts as the files' keys do."""

    part: str
    source: Source


def batch_items(found: Iterable[Source], request: TrainingRequest) -> Iterator[BatchItem]:
    """Yield the files to look at, given all that lies below the batch's folder in the order of its keys.

    `job.json`, the annotations and what consoles draw as folders are none of them; of a batch that comes with
    annotations, no file that is called like annotations is. Raises `InvalidTrainingRequest` when a file that
    the request names is not there or there are more than `MAX_ITEMS`, `NoTrainingPictures` when nothing is
    left: all of it at the end, so what was yielded counts only then.
    """
    wanted = None if request.keys is None else frozenset(request.keys)
    missing = set(wanted or ())
    if request.annotations is not None:
        missing.add(request.annotations)
    count = 0
    for source in found:
        name = source.key.removeprefix(request.prefix)
        missing.discard(name)
        if request.annotations is not None and name.startswith(f"{request.annotations}/"):
            missing.discard(request.annotations)  # Pascal VOC's are a folder
        if (
            source.key.endswith("/")
            or not _is_media(name, request)
            or (wanted is not None and name not in wanted)
        ):
            continue
        if count == MAX_ITEMS:
            raise InvalidTrainingRequest(
                f"The batch {request.prefix!r} is refused",
                f"it has more than {MAX_ITEMS:,} files",
                "Drop it as several batches, each with a job.json of its own",
            )
        yield BatchItem(part=f"{count:06d}", source=source)
        count += 1
    if missing:
        raise _missing(sorted(missing), request)
    if not count:
        raise NoTrainingPictures(
            f"The batch {request.prefix!r} is refused",
            "there are no pictures or videos beside its job.json",
            "Drop them first and job.json last",
        )


def is_annotations(name: str) -> bool:
    """Whether a file is called like annotations of any format that is read."""
    return name.lower().endswith(_ANNOTATION_ENDINGS)


def _is_media(name: str, request: TrainingRequest) -> bool:
    if name in (REQUEST_FILE, request.annotations):
        return False
    return request.annotations is None or not is_annotations(name)


def _missing(names: list[str], request: TrainingRequest) -> InvalidTrainingRequest:
    others = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return InvalidTrainingRequest(
        f"{request.prefix + REQUEST_FILE!r} is refused",
        f"it names {names[0]!r}{others}, which the folder does not hold",
        "Name files by their path below the folder, and drop job.json last",
    )
