"""Names are taken as S3 knows them, and no two files share anything."""

import pytest

from brandlens.jobs import JobState
from tests.e2e import brands
from tests.e2e.system import System

pytestmark = [pytest.mark.cloud, pytest.mark.xdist_group("cloud")]

_FOLDERS = "/".join(["semi finals " + "x" * 180] * 5)


@pytest.mark.parametrize(
    "name",
    [
        "semi final.jpg",
        "a b.jpg",
        "a+b.jpg",
        "a%2Bb.jpg",
        "a%20b&c=d;e#f?.jpg",
        "🧀 Käse 奶酪.jpg",
        "'quoted\" $(echo) {% $x %}.jpg",
        f"{_FOLDERS}/long.jpg",
        "n" * 900 + ".jpg",
        "day 1//stand.jpg",
        "../../stand.jpg",
        "no extension",
        "bad/new\nline.jpg",
        "tab\there.jpg",
    ],
    ids=lambda name: name[:24],
)
def test_a_name_arrives_as_it_was_given(system: System, name: str) -> None:
    record = system.ended(system.drop(name, brands.jpeg(brands.BOLT)))
    key = f"inbox/{system.PROJECT}/analyze/{name}"
    assert record.state is JobState.SUCCEEDED
    assert system.brands(record) == {brands.BOLT}
    assert system.analysis_of(record)["job"]["source"]["key"] == record.source.key == key
    assert {detail["source"]["key"] for detail in system.details(record.job_id)} == {key}


def test_a_key_as_long_as_s3_allows_is_analyzed(system: System) -> None:
    room = 1024 - len(f"inbox/{system.PROJECT}/analyze//é.jpg".encode())
    folders = ("y" * 99 + "/") * 10
    name = f"{folders[:room]}/é.jpg".replace("//", "y/")
    assert len(f"inbox/{system.PROJECT}/analyze/{name}".encode()) == 1024
    record = system.ended(system.drop(name, brands.jpeg(brands.BOLT)))
    assert record.state is JobState.SUCCEEDED
    assert system.details(record.job_id)[-1]["source"]["key"].endswith(name)


def test_two_files_of_one_base_name_never_share_results(system: System) -> None:
    bodies = {folder: brands.jpeg(brand) for folder, brand in (("a", brands.ACME), ("b", brands.BOLT))}
    job_ids = [system.drop(f"{folder}/stand.jpg", body) for folder, body in bodies.items()]
    first, second = (system.ended(job_id) for job_id in job_ids)
    assert first.job_id != second.job_id
    assert first.result != second.result
    assert (system.brands(first), system.brands(second)) == ({brands.ACME}, {brands.BOLT})


def test_the_same_bytes_dropped_again_under_one_name_are_a_new_version_and_a_new_job(system: System) -> None:
    body = brands.jpeg(brands.BOLT)
    job_ids = {system.drop("twice.jpg", body), system.drop("twice.jpg", body)}
    assert len(job_ids) == 2
    assert {system.ended(job_id).state for job_id in job_ids} == {JobState.SUCCEEDED}
