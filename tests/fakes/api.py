"""In-memory implementations of the API's own ports; `tests/unit/adapters/test_api_adapters.py` holds them to
what the adapters do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from brandlens.api.marks import Mark
from brandlens.api.ports import Person
from brandlens.errors import AlreadyExists, NotFound
from brandlens.jobs import Source
from brandlens.training.versions import TrainedVersion
from tests.fakes.objects import FakeObjectStore


class FakeUploads:
    """Uploads to `store`; `put` is what a browser does with a part's URL."""

    def __init__(self, store: FakeObjectStore) -> None:
        self.store = store
        self.open: dict[tuple[str, str], dict[int, bytes]] = {}
        self._names: dict[tuple[str, str], str] = {}
        self._made: dict[tuple[str, str], Source] = {}
        self._ids = count(1)

    def begin(self, key: str, *, name: str) -> str:
        upload_id = f"upload-{next(self._ids)}"
        self.open[key, upload_id] = {}
        self._names[key, upload_id] = name
        return upload_id

    def part_url(self, key: str, upload_id: str, number: int, *, seconds: int) -> str:
        return f"https://{self.store.bucket}.example/{key}?uploadId={upload_id}&partNumber={number}"

    def put(self, key: str, upload_id: str, number: int, body: bytes) -> None:
        self._known(key, upload_id)[number] = body

    def parts(self, key: str, upload_id: str) -> Mapping[int, int]:
        return {number: len(body) for number, body in self._known(key, upload_id).items()}

    def complete(self, key: str, upload_id: str) -> Source:
        parts = self._known(key, upload_id)
        body = b"".join(parts[number] for number in sorted(parts))
        self.store.write(key, body, content_type="application/octet-stream")
        del self.open[key, upload_id]
        made = self.current(key)
        assert made is not None
        self._made[key, self._names[key, upload_id]] = made
        return made

    def made(self, key: str, *, name: str) -> Source | None:
        return self._made.get((key, name))

    def abort(self, key: str, upload_id: str) -> None:
        self._known(key, upload_id)
        del self.open[key, upload_id]

    def current(self, key: str) -> Source | None:
        version = self.store.versions(key).get(key)
        return None if version is None else Source(bucket=self.store.bucket, key=key, version=version)

    def _known(self, key: str, upload_id: str) -> dict[int, bytes]:
        if (key, upload_id) not in self.open:
            raise NotFound(f"the upload of {key!r} is not known", "it has ended")
        return self.open[key, upload_id]


class FakeServed:
    """A `ServedVersions` that keeps what a test puts into `of`, by the name of the service's project."""

    def __init__(self) -> None:
        self.of: dict[str, list[TrainedVersion]] = {}

    def versions(self, project: str) -> Sequence[TrainedVersion]:
        return self.of.get(project, [])


class FakeMarks:
    def __init__(self) -> None:
        self.marks: dict[tuple[str, str], Mark] = {}

    def add(self, mark: Mark) -> Mark:
        before = self.marks.get((mark.project, mark.id))
        if before is not None:
            stays = {"created_at": before.created_at, "trained_by": before.trained_by}
            mark = mark.model_copy(update=stays)
        self.marks[mark.project, mark.id] = mark
        return mark

    def get(self, project: str, mark_id: str) -> Mark | None:
        return self.marks.get((project, mark_id))

    def of_project(self, project: str) -> Sequence[Mark]:
        marks = [mark for (of, _), mark in self.marks.items() if of == project]
        return sorted(marks, key=lambda mark: (mark.created_at, mark.id))

    def remove(self, project: str, mark_id: str) -> bool:
        mark = self.marks.get((project, mark_id))
        if mark is not None and mark.trained_by is not None:
            return False
        self.marks.pop((project, mark_id), None)
        return True

    def taken(self, project: str, mark_id: str, *, by: str) -> None:
        mark = self.marks.get((project, mark_id))
        if mark is not None and mark.trained_by is None:
            self.marks[project, mark_id] = mark.model_copy(update={"trained_by": by})


class FakePeople:
    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self._ids = count(1)

    def list(self) -> Sequence[Person]:
        return list(self.people.values())

    def find(self, email: str) -> Person | None:
        known = (person for person in self.people.values() if email in (person.email, person.id))
        return next(known, None)

    def email_of(self, user_id: str) -> str | None:
        found = self.find(user_id)
        return None if found is None else found.email

    def invite(self, email: str) -> Person:
        if email in self.people:
            raise AlreadyExists(f"{email} is not invited", "they are a member already")
        self.people[email] = Person(
            id=f"user-{next(self._ids)}",
            email=email,
            group=None,
            invited=True,
            created_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        return self.people[email]

    def put_in(self, person: Person, group: str) -> None:
        self.people[person.email] = self.people[person.email].model_copy(update={"group": group})

    def remove(self, person: Person) -> None:
        self.people.pop(person.email, None)


@dataclass
class FakeNotices:
    subscribed: set[str] = field(default_factory=set)

    def subscribe(self, email: str) -> None:
        self.subscribed.add(email)

    def unsubscribe(self, email: str) -> None:
        self.subscribed.discard(email)
