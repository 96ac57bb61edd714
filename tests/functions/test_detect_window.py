"""How many pictures are asked about at once."""

import threading
import time
from contextlib import ExitStack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.detect_brands.window import AdaptiveWindow

MOST = 8


def answer(window: AdaptiveWindow, calls: int) -> None:
    for _ in range(calls):
        with window.slot() as slot:
            slot.answered()


def test_a_round_of_answers_adds_about_one() -> None:
    window = AdaptiveWindow(first=4, most=MOST)
    answer(window, 4)
    assert 4.8 < window.size <= 5


def test_a_throttle_halves_the_window_once_for_all_that_were_under_way() -> None:
    window = AdaptiveWindow(first=4, most=MOST)
    with ExitStack() as under_way:
        slots = [under_way.enter_context(window.slot()) for _ in range(4)]
        for slot in slots:
            slot.throttled()
    assert window.size == 2


def test_a_call_that_is_throttled_again_halves_it_again() -> None:
    window = AdaptiveWindow(first=8, most=MOST)
    with window.slot() as slot:
        slot.throttled()
        slot.throttled()
    assert window.size == 2


@given(ends=st.lists(st.booleans(), max_size=60), first=st.integers(1, MOST))
def test_whatever_the_service_says_the_window_stays_between_one_and_its_limit(
    ends: list[bool], first: int
) -> None:
    window = AdaptiveWindow(first=first, most=MOST)
    for answered in ends:
        with window.slot() as slot:
            slot.answered() if answered else slot.throttled()
        assert 1 <= window.size <= MOST


def test_two_that_share_a_service_come_to_equal_shares() -> None:
    """Whatever they began with: throttled together whenever they ask for more than 12 at once."""
    large, small = AdaptiveWindow(first=11, most=100), AdaptiveWindow(first=1, most=100)
    for _ in range(40):
        while large.size + small.size <= 12:
            for window in (large, small):
                answer(window, int(window.size))
        for window in (large, small):
            with window.slot() as slot:
                slot.throttled()
    assert large.size == pytest.approx(small.size, rel=0.1)


def test_no_more_calls_are_under_way_than_the_window_allows() -> None:
    window, most, under_way, lock = AdaptiveWindow(first=3, most=3), 0, 0, threading.Lock()

    def call() -> None:
        nonlocal most, under_way
        with window.slot():
            with lock:
                under_way += 1
                most = max(most, under_way)
            time.sleep(0.002)
            with lock:
                under_way -= 1

    threads = [threading.Thread(target=call) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 3


def test_a_place_is_given_back_though_the_call_fails() -> None:
    window = AdaptiveWindow(first=1, most=1)
    with pytest.raises(ValueError, match="broken"), window.slot():
        raise ValueError("broken")
    answer(window, 1)
