"""Every error brandlens raises on purpose.

::

    BrandlensError
    ├── Permanent                  cannot succeed when tried again
    │   ├── Refused                the input is turned away: the job becomes REJECTED
    │   │   ├── EmptyObject        UnsupportedMedia   TruncatedMedia   NoVideoStream
    │   │   ├── NoFrames           CorruptMedia       MediaTooLarge    ObjectNotFound
    │   │   ├── InvalidKey         UnknownProject     NoTrainedModel   InvalidLabels
    │   │   └── InvalidTrainingRequest                NoTrainingPictures   OverBudget
    │   ├── InvalidInput           a function was called with something it does not understand
    │   ├── InvalidSettings        a setting is missing or out of range
    │   ├── MediaToolFailed        FFmpeg ended with an error of its own
    │   ├── ModelFailed            the model could not be trained, started or asked
    │   ├── ModelStartTimeout      the model did not reach RUNNING in time
    │   ├── LabelingFailed         people were asked to label, and the labeling came to nothing
    │   ├── JobCanceled            somebody stopped the job
    │   ├── JobTimedOut            the job outlived its time limit
    │   ├── NotFound               a job, project or model asked for by name is not there
    │   ├── AlreadyExists          a project of that name is there
    │   ├── Conflict               what is asked does not fit the state that something is in
    │   ├── NotPermitted           the caller's group may not do that
    │   ├── RequestTooLarge        a request to the API is longer than it takes
    │   ├── AccessRefused          AWS said no to the caller
    │   ├── ImageNotBuilt          a container image could not be built for a deployment
    │   └── LocalCloudFailed       the local cloud is not up, or a resource could not be made in it
    └── Transient                  may succeed when tried again; state machines retry these by name
        ├── Throttled              the service asks for fewer calls
        ├── ServiceUnavailable     the service failed on its side, or could not be reached
        ├── ModelNotReady          the model stopped running under us
        ├── TooManyTrainings       the account trains as many models as it may at a time
        └── MediaToolTimeout       FFmpeg did not finish inside the function's remaining time

The name of a leaf is API: the Lambda runtime reports it as ``errorType``, Step Functions matches it in
``Retry`` and ``Catch`` (by string: it knows no inheritance), and events and the jobs table carry it as the
reason code. Rename one only together with its consumers.
"""

from collections.abc import Iterator


class BrandlensError(Exception):
    """An error as a person reads it: what happened, why, and what to do, in one line.

    Parameters
    ----------
    what, why, remedy
        Plain clauses without a final full stop. `remedy` may be empty where nothing can be done.
    """

    def __init__(self, what: str, why: str, remedy: str = "") -> None:
        self.what, self.why, self.remedy = what, why, remedy
        super().__init__(what, why, remedy)

    @property
    def code(self) -> str:
        """The reason code: the class's bare name."""
        return type(self).__name__

    def __str__(self) -> str:
        sentence = f"{self.what}: {self.why}."
        return f"{sentence} {self.remedy}." if self.remedy else sentence


class Permanent(BrandlensError):
    """Cannot succeed when tried again."""


class Transient(BrandlensError):
    """May succeed when tried again."""


class Refused(Permanent):
    """The input is turned away: its job ends REJECTED and the file stays where it is."""


class EmptyObject(Refused): ...


class UnsupportedMedia(Refused): ...


class TruncatedMedia(Refused): ...


class NoVideoStream(Refused): ...


class NoFrames(Refused): ...


class CorruptMedia(Refused): ...


class MediaTooLarge(Refused): ...


class ObjectNotFound(Refused): ...


class InvalidKey(Refused): ...


class UnknownProject(Refused): ...


class NoTrainedModel(Refused): ...


class InvalidLabels(Refused): ...


class InvalidTrainingRequest(Refused):
    """A batch's `job.json` asks for something that cannot be done."""


class NoTrainingPictures(Refused):
    """Not one picture came out of a batch's files."""


class OverBudget(Refused):
    """A job may cost more than it, or its project in this month, is allowed to."""


class InvalidInput(Permanent): ...


class InvalidSettings(Permanent): ...


class MediaToolFailed(Permanent): ...


class ModelFailed(Permanent): ...


class ModelStartTimeout(Permanent): ...


class LabelingFailed(Permanent):
    """A labeling job failed or was stopped."""


class JobCanceled(Permanent): ...


class JobTimedOut(Permanent): ...


class NotFound(Permanent): ...


class AlreadyExists(Permanent): ...


class Conflict(Permanent):
    """What is asked does not fit the state that something is in."""


class NotPermitted(Permanent):
    """The caller's group may not do that."""


class RequestTooLarge(Permanent): ...


class AccessRefused(Permanent): ...


class ImageNotBuilt(Permanent): ...


class LocalCloudFailed(Permanent): ...


class Throttled(Transient): ...


class ServiceUnavailable(Transient): ...


class ModelNotReady(Transient): ...


class TooManyTrainings(Transient):
    """The account trains as many models as it may at a time: another one has to end first."""


class MediaToolTimeout(Transient): ...


def leaves(root: type[BrandlensError] = BrandlensError) -> Iterator[type[BrandlensError]]:
    """Yield every leaf class below `root`, the names that events and state machines may carry."""
    children = root.__subclasses__()
    if not children:
        yield root
    for child in children:
        yield from leaves(child)


def by_code(code: str) -> type[BrandlensError] | None:
    """Return the leaf whose name is `code`, or None for an error that is not ours."""
    return next((leaf for leaf in leaves() if leaf.__name__ == code), None)
