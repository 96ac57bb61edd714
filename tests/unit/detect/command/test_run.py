from brandlens.detect.command.run import _Curve


def test_a_learning_curve_that_cannot_be_drawn_costs_a_warning_and_not_the_model(red_model, draw):
    curve = _Curve([draw(1, label="Disc")], ["Disc"], seconds=5, seed=1, threads=1)
    report = curve.drawn(red_model.report, lambda *_: None)
    assert report.learning_curve == ()
    assert report.warnings[:-1] == red_model.report.warnings
    assert report.warnings[-1].startswith("A learning curve cannot be drawn: of 1 picture none")


def test_a_learning_curve_that_is_not_waited_for_costs_no_more(red_model, pictures):
    def stop(*_):
        raise KeyboardInterrupt

    curve = _Curve(pictures, ["Disc", "Bars"], seconds=1, seed=1, threads=1)
    report = curve.drawn(red_model.report, stop)
    assert report.warnings[-1] == "No learning curve was drawn: it was stopped."
