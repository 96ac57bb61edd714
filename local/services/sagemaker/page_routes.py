"""The worker page over HTTP: its files, and the answers of whoever labels.

Nobody signs in: the service listens on loopback alone. What a page of another site could make a browser ask
for is refused by the names of host and origin.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from brandlens.errors import BrandlensError
from local.services.aws_json.errors import ServiceError
from local.services.aws_json.server import JSON
from local.services.sagemaker.answering import check_answer, check_open
from local.services.sagemaker.assets import Assets
from local.services.sagemaker.context import Context
from local.services.sagemaker.errors import JobFailed, invalid, not_found
from local.services.sagemaker.records import Answer, LabelingJobRecord, Picture

_HTML = "text/html; charset=utf-8"
_POLICY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Reply:
    body: bytes
    content_type: str = JSON
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: _POLICY)


class PageRoutes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._assets = Assets(context.packages)
        job = r"/api/jobs/(?P<job>[0-9a-f]+)"
        picture = rf"{job}/pictures/(?P<task>\d{{1,9}})/(?P<number>\d{{1,9}})"
        self._routes: tuple[tuple[str, str, Callable[..., Reply]], ...] = (
            ("GET", "/", lambda _: self._file("index.html")),
            ("GET", r"/jobs/[0-9a-f]+", lambda _: self._file("label.html")),
            ("GET", r"/page/(?P<name>[a-z_]+\.[a-z]+)", lambda _, name: self._file(name)),
            ("GET", "/api/jobs", lambda _: self._jobs()),
            ("GET", job, lambda _, job: self._job(job)),
            ("GET", picture, lambda _, job, task, number: self._picture(job, task, number)),
            ("PUT", picture, self._save),
            ("POST", rf"{job}/hand-in", lambda _, job: self._hand_in(job)),
        )

    def reply(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        """Answer a request; `headers` by lower-case name."""
        try:
            self._check_source(method, headers)
            for allowed, pattern, route in self._routes:
                match = re.fullmatch(pattern, path)
                if match and method == allowed:
                    return route(body, **match.groupdict())
            raise not_found(f"{method} {path}")
        except ServiceError as error:
            status = 404 if error.code == "ResourceNotFound" else error.http_status
            return _json({"message": error.message}, status)
        except JobFailed as error:
            return _json({"message": str(error)}, 404)
        except BrandlensError as error:
            return _json({"message": str(error)}, 503)

    def _check_source(self, method: str, headers: Mapping[str, str]) -> None:
        port = self._context.site.rpartition(":")[2]
        hosts = {self._context.site, f"localhost:{port}"}
        host = headers.get("host", "")
        if host not in hosts:
            raise ServiceError(
                "AccessDeniedException", f"This page is served at http://{self._context.site}."
            )
        if method != "GET" and headers.get("origin") != f"http://{host}":
            raise ServiceError("AccessDeniedException", "Only the page itself may change labels.")

    def _file(self, name: str) -> Reply:
        found = self._assets.read(name)
        if found is None:
            raise not_found(f"the file {name}")
        body, content_type = found
        return Reply(body, _HTML if content_type == "text/html" else content_type)

    def _jobs(self) -> Reply:
        jobs = []
        for job in self._context.store.every(LabelingJobRecord):
            done, total = self._context.store.looked_at(job.arn)
            jobs.append({**_described(job), "pictures": total, "looked_at": done})
        return _json({"jobs": jobs})

    def _job(self, reference: str) -> Reply:
        job = self._of(reference)
        check_open(job)
        pictures = [
            {
                "task": picture.task,
                "number": picture.number,
                "name": picture.title,
                "width": picture.size.width,
                "height": picture.size.height,
                "answer": picture.answer.model_dump(mode="json"),
            }
            for picture in self._context.store.pictures(job.arn)
        ]
        return _json({**_described(job), "pictures": pictures})

    def _picture(self, reference: str, task: str, number: str) -> Reply:
        picture = self._picture_of(self._of(reference), task, number)
        image = self._context.objects.read(picture.uri)
        headers = {**_POLICY, "Cache-Control": "private, max-age=3600"}
        return Reply(image, "image/png" if image.startswith(b"\x89PNG") else "image/jpeg", headers=headers)

    def _save(self, body: bytes, job: str, task: str, number: str) -> Reply:
        try:
            answer = Answer.model_validate_json(body)
        except ValidationError as error:
            fault = error.errors()[0]
            raise invalid(f"The answer is not as it must be: {fault['loc']} {fault['msg']}.") from error
        with self._context.store.lock:
            record = self._of(job)
            check_open(record)
            picture = self._picture_of(record, task, number)
            check_answer(answer, picture, record)
            self._context.store.put_picture(record.arn, picture.model_copy(update={"answer": answer}))
        return _json({})

    def _hand_in(self, reference: str) -> Reply:
        with self._context.store.lock:
            job = self._of(reference)
            check_open(job)
            done, total = self._context.store.tasks_done(job.arn)
            if done < total:
                raise invalid(f"{total - done} of {total} tasks are not done yet.")
            self._context.store.put(job.model_copy(update={"handed_in": True}))
        return _json({})

    def _of(self, reference: str) -> LabelingJobRecord:
        for job in self._context.store.every(LabelingJobRecord):
            if job.reference == reference:
                return job
        raise not_found("that labeling job")

    def _picture_of(self, job: LabelingJobRecord, task: str, number: str) -> Picture:
        picture = self._context.store.picture(job.arn, int(task), int(number))
        if picture is None:
            raise not_found("that picture")
        return picture


def _described(job: LabelingJobRecord) -> dict[str, Any]:
    human = job.request["HumanTaskConfig"]
    return {
        "reference": job.reference,
        "task_type": job.task_type,
        "title": human["TaskTitle"],
        "description": human["TaskDescription"],
        "instructions": job.instructions,
        "labels": job.labels,
        "status": job.status,
        "handed_in": job.handed_in,
        "failure": job.failure_reason,
    }


def _json(document: Mapping[str, Any], status: int = 200) -> Reply:
    return Reply(json.dumps(document).encode(), status=status)
