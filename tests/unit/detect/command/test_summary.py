from brandlens.detect.command.summary import summary
from brandlens.detect.concepts.report import ConceptReport


def test_a_detectors_summary_says_what_it_learned_from_and_how_well(red_model):
    report = red_model.report.model_copy(
        update={"learning_pictures": 240, "validation_pictures": 1, "f1": 0.9074, "warnings": ("Few.", "So.")}
    )
    assert summary(report) == [
        "Learned 0 labels from 240 pictures (1 without boxes) in 10 steps, 2 s.",
        "On 1 held-out picture: mAP 1.000, F1 0.907.",
        "Warning: Few.",
        "Warning: So.",
    ]


def test_figures_that_there_are_none_of_are_left_out(red_model):
    report = red_model.report.model_copy(update={"f1": None, "warnings": ()})
    assert summary(report)[1] == "On 3 held-out pictures: mAP 1.000."


def concepts(accuracy):
    return ConceptReport(
        pictures=30,
        pictures_without_labels=0,
        split="scene",
        views=3,
        seconds=12.4,
        seed=1,
        final_loss=0.1,
        mean_average_precision=0.8,
        f1=0.75,
        accuracy=accuracy,
        confusion=None,
        labels=(),
        warnings=(),
    )


def test_classes_have_an_accuracy_and_labels_that_go_together_have_none():
    data = "Learned 0 labels from 30 pictures in 12 s."
    assert summary(concepts(0.9)) == [
        data,
        "On pictures held out in turn: mAP 0.800, F1 0.750, accuracy 0.900.",
    ]
    assert summary(concepts(None)) == [data, "On pictures held out in turn: mAP 0.800, F1 0.750."]
