"""Which answers a labeling job takes from people."""

from local.services.sagemaker.errors import invalid
from local.services.sagemaker.records import Answer, LabelingJobRecord, Picture


def check_open(job: LabelingJobRecord) -> None:
    """Refuse, with `ServiceError`, what would change a job that people are done with."""
    if job.status != "InProgress" or job.handed_in:
        raise invalid(f"{job.name} takes no more labels: it was handed in, was stopped, or has ended.")


def check_answer(answer: Answer, picture: Picture, job: LabelingJobRecord) -> None:
    """Refuse, with `ServiceError`, an answer that is not about the picture and the job's labels."""
    used = [box.label for box in answer.boxes] + ([] if answer.label is None else [answer.label])
    if any(label >= len(job.labels) for label in used):
        raise invalid(f"The job has {len(job.labels)} labels; the answer uses another.")
    if job.task_type == "ImageMultiClass":
        if answer.boxes or (answer.looked_at and answer.label is None):
            raise invalid("The picture needs one label for the whole of it, and no boxes.")
        return
    if answer.label is not None:
        raise invalid("The picture needs boxes, not a label for the whole of it.")
    for box in answer.boxes:
        if box.left + box.width > picture.size.width or box.top + box.height > picture.size.height:
            raise invalid(f"A box lies outside the picture {picture.title}.")
