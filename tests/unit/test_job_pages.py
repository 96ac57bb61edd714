from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.errors import InvalidInput
from brandlens.job_pages import JobFilter, Place, Stretch, merge, partitions_of, position_of, token_of
from brandlens.jobs import JobRecord, JobState
from tests.jobs import NOW, job

ANY = JobFilter()
ANY_STATE = JobFilter(states=tuple(JobState))
PLACE = Place(job_id="a" * 32, created_at=NOW.isoformat())


def record(number: int, at: int, state: JobState = JobState.RUNNING) -> JobRecord:
    made = job(f"inbox/cup/analyze/{number}.mp4")
    moment = NOW + timedelta(seconds=at)
    return JobRecord(
        job_id=made.job_id,
        project="cup",
        kind="analysis",
        state=state,
        source=made.source,
        created_at=moment,
        updated_at=moment,
    )


def place(of: JobRecord) -> Place:
    return Place(job_id=of.job_id, created_at=of.created_at.isoformat())


class Reader:
    """Partitions of jobs, each the newest first, whose reader gives up after `patience` jobs that do not meet
    the filter."""

    def __init__(self, partitions: Mapping[str, list[JobRecord]], met: set[str], patience: int) -> None:
        self.partitions, self.met, self.patience = partitions, met, patience

    def stretch(self, name: str, limit: int, after: Place | None) -> Stretch:
        jobs = self.partitions[name]
        begin = 0 if after is None else 1 + [each.job_id for each in jobs].index(after.job_id)
        looked_at = jobs[begin : begin + self.patience]
        found = [each for each in looked_at if each.job_id in self.met][:limit]
        if len(found) == limit:
            looked_at = looked_at[: looked_at.index(found[-1]) + 1]
        at_end = begin + len(looked_at) >= len(jobs)
        return Stretch(
            [(place(each), each) for each in found], None if at_end or not looked_at else place(looked_at[-1])
        )


@given(
    times=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 8)), max_size=30),
    met=st.sets(st.integers(0, 29)),
    limit=st.integers(1, 5),
    patience=st.integers(1, 6),
)
def test_all_pages_together_hold_every_job_once_in_order(
    times: list[tuple[int, int]], met: set[int], limit: int, patience: int
) -> None:
    partitions: dict[str, list[JobRecord]] = {state: [] for state in list(JobState)[:4]}
    for number, (partition, at) in enumerate(times):
        partitions[list(partitions)[partition]].append(record(number, at))
    for jobs in partitions.values():
        jobs.sort(key=lambda each: each.created_at, reverse=True)
    meant = {record(number, 0).job_id for number in met if number < len(times)}
    reader = Reader(partitions, meant, patience)

    seen: list[JobRecord] = []
    position: Mapping[str, Place | None] = {}
    for _ in range(3 * len(times) + 2):
        stretches = {
            name: reader.stretch(name, limit, position.get(name))
            for name in partitions
            if position.get(name, PLACE) is not None
        }
        page = merge(stretches, position, limit)
        seen += page.records
        if page.position is None:
            break
        position = position_of(token_of(page.position, ANY_STATE), ANY_STATE)
    else:
        pytest.fail("the pages never end")
    assert {each.job_id for each in seen} == meant
    assert len(seen) == len(meant)
    assert [each.created_at for each in seen] == sorted((each.created_at for each in seen), reverse=True)


def test_a_job_that_changes_its_state_while_the_list_is_read_is_on_it_once_as_it_is_now() -> None:
    before, after = record(1, 0), record(1, 0, JobState.SUCCEEDED)
    after = after.model_copy(update={"updated_at": NOW + timedelta(hours=1)})
    page = merge(
        {
            "RUNNING": Stretch([(place(before), before)], None),
            "SUCCEEDED": Stretch([(place(after), after)], None),
        },
        {},
        10,
    )
    assert page.records == [after]
    assert page.position is None


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "AAAA",
        "bm90IGpzb24",
        token_of({"analysis": PLACE}, JobFilter(project="cup")),
        token_of({"league": PLACE}, ANY),
        token_of({"analysis": Place(job_id="a", created_at="tomorrow")}, ANY),
        token_of({"analysis": Place(job_id="a", created_at="2026-11-22T00:00:00")}, ANY),
        token_of({"analysis": Place(job_id="a" * 2000, created_at=PLACE.created_at)}, ANY),
    ],
)
def test_a_token_that_this_list_did_not_give_is_refused(token: str) -> None:
    with pytest.raises(InvalidInput, match="token"):
        position_of(token, ANY)


@pytest.mark.parametrize("asked", [ANY, ANY_STATE, JobFilter(kind="training", states=(JobState.FAILED,))])
def test_a_token_leads_on_with_the_filters_that_it_was_given_for(asked: JobFilter) -> None:
    position = dict.fromkeys(partitions_of(asked).names, PLACE)
    assert position_of(token_of(position, asked), asked) == position
