from datetime import datetime, timedelta, timezone

import pytest

from brandlens.exposure import wording


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00.0"), (59.96, "1:00.0"), (83.44, "1:23.4"), (3599.99, "1:00:00.0"), (7325.0, "2:02:05.0")],
)
def test_a_clock_carries_over_when_it_rounds(seconds: float, shown: str) -> None:
    assert wording.clock(seconds) == shown


@pytest.mark.parametrize(("seconds", "shown"), [(75, "1:15"), (3600, "1:00:00")])
def test_a_round_time_has_no_tenths(seconds: float, shown: str) -> None:
    assert wording.whole_clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(32.46, "32.5 seconds"), (59.97, "1 min 0 s"), (84.1, "1 min 24 s"), (7500, "2 h 5 min")],
)
def test_a_length_reads_as_words(seconds: float, shown: str) -> None:
    assert wording.length_in_words(seconds) == shown


@pytest.mark.parametrize(
    ("fraction", "shown"), [(0, "0.0%"), (0.0004, "<0.1%"), (0.0005, "0.1%"), (0.4126, "41.3%")]
)
def test_a_trace_is_not_rounded_to_nothing(fraction: float, shown: str) -> None:
    assert wording.percent(fraction) == shown


def test_nearly_certain_is_not_certain() -> None:
    assert (wording.certainty(99.97), wording.certainty(100.0)) == ("99%", "100%")


@pytest.mark.parametrize(
    ("usd", "shown"),
    [(0.0, "$0.00"), (0.00002, "<$0.0001"), (0.0069, "$0.0069"), (0.472, "$0.4720"), (1234.5, "$1,234.50")],
)
def test_small_amounts_keep_the_decimals_they_need(usd: float, shown: str) -> None:
    assert wording.dollars(usd) == shown


def test_quantities_drop_idle_zeros_and_counts_agree_with_their_noun() -> None:
    assert [wording.quantity(q) for q in (1234.0, 0.118, 412.40001)] == ["1,234", "0.118", "412.4"]
    assert [wording.plural(n, "frame") for n in (0, 1, 1200)] == ["0 frames", "1 frame", "1,200 frames"]


def test_a_moment_is_told_in_utc() -> None:
    there = timezone(timedelta(hours=2))
    assert wording.moment(datetime(2026, 3, 4, 1, 30, tzinfo=there)) == "3 March 2026, 23:30 UTC"
