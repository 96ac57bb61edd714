"""What the children of a local cloud are told."""

from brandlens.adapters.jobs_table import CLAIM
from local.children import ASYNC_RETRY_SECONDS


def test_an_event_is_offered_once_more_after_the_claim_of_a_function_that_was_cut_off_has_run_out() -> None:
    assert 3 * float(ASYNC_RETRY_SECONDS) > CLAIM.total_seconds()
