from brandlens.cli.events import line

_SOURCE = {"bucket": "media", "key": "inbox/cup/analyze/clip.mp4", "version": "v1"}


def test_a_completed_analysis_names_its_brands_and_their_seconds() -> None:
    brands = [{"label": "Acme", "on_screen_seconds": 12.34}, {"label": "Bolt", "on_screen_seconds": 1.0}]
    event = {
        "time": "2026-01-01T00:00:00Z",
        "detail-type": "Analysis Completed",
        "detail": {"project": "cup", "source": _SOURCE, "brands": brands},
    }
    assert line(event).endswith("cup  clip.mp4  Acme 12.3 s, Bolt 1.0 s")


def test_a_picture_without_brands_says_so() -> None:
    detail = {"project": "cup", "source": _SOURCE, "brands": []}
    event = {"time": "t", "detail-type": "Analysis Completed", "detail": detail}
    assert line(event).endswith("clip.mp4  no brand found")


def test_a_failed_analysis_says_why() -> None:
    error = {"code": "EmptyObject", "message": "clip.mp4 is refused: it is empty.", "retryable": False}
    event = {
        "time": "t",
        "detail-type": "Analysis Failed",
        "detail": {"project": "cup", "source": _SOURCE, "error": error},
    }
    assert line(event).endswith("EmptyObject: clip.mp4 is refused: it is empty.")


def test_an_event_without_a_job_is_named_by_its_model() -> None:
    detail = {
        "project": None,
        "source": None,
        "model_arn": "arn:aws:rekognition:::project/cup/version/v1",
    }
    event = {"time": "t", "detail-type": "Model Stopped", "detail": detail}
    assert line(event) == "t  Model Stopped         -  v1"


def test_a_completed_training_tells_its_score_and_whether_the_model_is_used() -> None:
    detail = {"project": "cup", "source": _SOURCE, "scores": {"f1": 0.8125}, "active": True, "reason": None}
    event = {"time": "t", "detail-type": "Training Completed", "detail": detail}
    assert line(event).endswith("clip.mp4  F1 0.812, used")
    poor = event | {"detail": detail | {"active": False, "reason": "its F1 is too low"}}
    assert line(poor).endswith("F1 0.812, its F1 is too low")
