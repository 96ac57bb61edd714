"""What the API needs from outside besides `brandlens.ports`, as protocols."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from brandlens.api.marks import Mark
from brandlens.jobs import Source, Value
from brandlens.labeling.ports import LabelingService
from brandlens.training.versions import TrainedVersion


class Uploads(Protocol):
    """Uploads in parts to one bucket. What names an upload raises `NotFound` for one that has ended."""

    def begin(self, key: str, *, name: str) -> str:
        """Return the id that S3 gives the upload; `name`, of our own, stays with what it makes."""
        ...

    def part_url(self, key: str, upload_id: str, number: int, *, seconds: int) -> str:
        """A URL that takes the part by PUT. A credential: never log it."""
        ...

    def parts(self, key: str, upload_id: str) -> Mapping[int, int]:
        """Return the bytes of each part that has come, by its number from 1."""
        ...

    def complete(self, key: str, upload_id: str) -> Source:
        """Make the object of the parts that have come, and return its version."""
        ...

    def made(self, key: str, *, name: str) -> Source | None:
        """Return the version that the upload of that name has made, None where it made none."""
        ...

    def abort(self, key: str, upload_id: str) -> None: ...
    def current(self, key: str) -> Source | None:
        """Return the object's newest version, None where there is no object."""
        ...


class MarkStore(Protocol):
    """What people say results have wrong."""

    def add(self, mark: Mark) -> Mark:
        """Keep a mark, and return it, with what it had where one of that id is there: when it was first said,
        and the job that has taken it.
        """
        ...

    def get(self, project: str, mark_id: str) -> Mark | None: ...
    def of_project(self, project: str) -> Sequence[Mark]:
        """Every mark of a project, the oldest first."""
        ...

    def remove(self, project: str, mark_id: str) -> bool:
        """Remove a mark; False where a batch has taken it."""
        ...

    def taken(self, project: str, mark_id: str, *, by: str) -> None:
        """Remember the job of the batch that has taken the mark, the first one."""
        ...


class Person(Value):
    """A user of a pool. `group` is null for one that is in none of ours; `id` is the pool's own."""

    id: str
    email: str
    group: str | None
    invited: bool
    created_at: datetime


class People(Protocol):
    """The users of one pool, by e-mail address, in one group each."""

    def list(self) -> Sequence[Person]: ...
    def find(self, email: str) -> Person | None: ...
    def email_of(self, user_id: str) -> str | None: ...
    def invite(self, email: str) -> Person:
        """Make a user, whom the pool sends an invitation; `AlreadyExists` when there is one."""
        ...

    def put_in(self, person: Person, group: str) -> None:
        """Have the user be in this group of ours, and in no other."""
        ...

    def remove(self, person: Person) -> None:
        """Remove the user; one that is gone is no error."""
        ...


class Notices(Protocol):
    """Who is told by e-mail of what there is to label."""

    def subscribe(self, email: str) -> None: ...
    def unsubscribe(self, email: str) -> None: ...


class Workplace(LabelingService, Protocol):
    """Ground Truth, with the page where its people work."""

    def site(self, work_team_arn: str) -> str:
        """Return the host, and port if it is no usual one, of the page where a work team labels."""
        ...


class ServedVersions(Protocol):
    """The model versions that a service keeps."""

    def versions(self, project: str) -> Sequence[TrainedVersion]:
        """Return every version of the service's project of that name, none where it was never made."""
        ...
