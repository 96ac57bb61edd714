import csv
import json
from collections.abc import Sequence
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brandlens.exposure.documents import detections_jsonl, exposures_csv, timeline_vtt
from brandlens.results import Appearance, FrameDetections, ProofFrame
from tests.unit.exposure.works import RATE, find_exposures, found, kept, logo, unhurried, video

HEADER = (
    "id,label,start_seconds,end_seconds,on_screen_seconds,mean_area_fraction,zone,peak_confidence,sharpness,"
    "others_on_screen,proof_frame,proof_seconds,box_left,box_top,box_width,box_height"
)


def rows(appearances: Sequence[Appearance]) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(exposures_csv(appearances).body.decode(), newline="")))


def labelled(label: str, *, start: float = 0.0, end: float = 1.0) -> Appearance:
    return Appearance(
        id="a0001",
        label=label,
        start_seconds=start,
        end_seconds=end,
        mean_area_fraction=0.1,
        zone=None,
        peak_confidence=90,
        sharpness=None,
        others_on_screen=(),
        proof_frame=ProofFrame(index=0, seconds=0.0, file="frames/00000000.jpg", box=None),
    )


def test_the_csv_header_is_what_consumers_rely_on() -> None:
    assert exposures_csv(()).body.decode() == HEADER + "\r\n"


def test_a_csv_row_holds_the_figures_of_one_appearance() -> None:
    exposures = found({2: [logo(confidence=88.5), logo("Globex")], 3: [logo("Initech"), logo()]}, slots=8)
    row = rows(exposures.appearances)[0]
    assert row == {
        "id": "a0001",
        "label": "Acme",
        "start_seconds": "1.0",
        "end_seconds": "2.0",
        "on_screen_seconds": "1.0",
        "mean_area_fraction": row["mean_area_fraction"],
        "zone": "middle-center",
        "peak_confidence": "90.0",
        "sharpness": "",
        "others_on_screen": "Globex; Initech",
        "proof_frame": "frames/00000003.jpg",
        "proof_seconds": "1.5",
        "box_left": "0.4",
        "box_top": "0.4",
        "box_width": "0.2",
        "box_height": "0.1",
    }
    assert float(row["mean_area_fraction"]) == pytest.approx(0.02)


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_label_that_a_spreadsheet_would_run_is_made_text(label: str) -> None:
    assert rows([labelled(label)])[0]["label"] == f"'{label}"


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
@unhurried
def test_any_other_label_comes_back_from_the_csv_as_it_was(label: str) -> None:
    read = rows([labelled(label)])[0]["label"]
    assert read.removeprefix("'") == label.removeprefix("'")
    assert not read.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_every_appearance_is_one_cue() -> None:
    vtt = timeline_vtt(found({0: [logo()], 4: [logo("Globex")]}, slots=8).appearances).body.decode()
    assert vtt == (
        "WEBVTT\n\na0001\n00:00:00.000 --> 00:00:00.500\nAcme\n\n"
        "a0002\n00:00:02.000 --> 00:00:02.500\nGlobex\n"
    )


def test_cue_times_go_beyond_an_hour_and_round_to_the_millisecond() -> None:
    vtt = timeline_vtt([labelled("Acme", start=3599.9996, end=7325.0104)]).body.decode()
    assert "01:00:00.000 --> 02:02:05.010" in vtt


def test_an_appearance_of_no_length_still_shows() -> None:
    assert "00:00:01.500 --> 00:00:01.501" in timeline_vtt([labelled("A", start=1.5, end=1.5)]).body.decode()


@given(st.text(st.characters(codec="utf-8"), max_size=20))
@unhurried
def test_no_label_breaks_out_of_its_cue(label: str) -> None:
    blocks = timeline_vtt([labelled(label), labelled("Last")]).body.decode().split("\n\n")
    assert len(blocks) == 3
    _, _, text = blocks[1].splitlines()
    assert text
    assert not {"<", ">"} & set(text)


def test_a_line_of_detections_is_the_published_document() -> None:
    frames = found({0: [logo()], 1: []}, slots=2).frames
    lines = detections_jsonl(frames).body.decode().splitlines()
    place = {"left": 0.4, "top": 0.4, "width": 0.2, "height": 0.1}
    assert [FrameDetections.model_validate_json(line) for line in lines] == list(frames)
    assert json.loads(lines[0]) == {
        "index": 0,
        "seconds": 0.0,
        "frame": "frames/00000000.jpg",
        "carried_from": None,
        "detections": [
            {
                "label": "Acme",
                "confidence": 90.0,
                "box": place,
            }
        ],
    }


def test_a_work_in_which_nothing_was_found_still_has_its_documents() -> None:
    exposures = find_exposures(video(0.5), RATE, kept([0]), {0: []})
    assert timeline_vtt(exposures.appearances).body == b"WEBVTT\n"
    assert detections_jsonl(exposures.frames).body.count(b"\n") == 1
