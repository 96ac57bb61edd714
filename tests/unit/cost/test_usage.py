import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brandlens.cost import Usage, added_up, cost_of, published_prices
from brandlens.results import Cost


def test_every_kind_of_usage_has_a_dated_price_with_its_source() -> None:
    prices = published_prices()
    assert prices.prices.keys() >= Usage.model_fields.keys()
    assert prices.recorded.count("-") == 2
    assert all(price.source.startswith("https://aws.amazon.com/") for price in prices.prices.values())


def test_an_analysis_costs_what_its_parts_cost() -> None:
    usage = Usage(inference_hours=0.25, lambda_requests=2_000_000, state_transitions=400, s3_writes=1000)
    cost = cost_of(usage, published_prices())
    assert [(item.name, item.quantity, item.unit, item.usd) for item in cost.items] == [
        ("Rekognition Custom Labels, inference", 0.25, "unit hours", 1.0),
        ("Lambda, requests", 2_000_000, "requests", pytest.approx(0.4)),
        ("Step Functions, Standard workflows", 400, "state transitions", pytest.approx(0.01)),
        ("S3, write requests", 1000, "requests", pytest.approx(0.005)),
    ]
    assert cost.estimated_usd == pytest.approx(1.415)
    assert cost.basis == f"AWS's published prices for us-east-1, recorded {published_prices().recorded}"


def test_a_price_for_many_units_is_shared_out() -> None:
    item = published_prices().prices["lambda_requests"].item(500_000)
    assert (item.quantity, item.unit, item.usd) == (500_000, "requests", pytest.approx(0.1))


def test_what_used_nothing_costs_nothing() -> None:
    cost = cost_of(Usage(), published_prices())
    assert (cost.estimated_usd, cost.items) == (0, ())


@given(st.floats(0, 1e6), st.integers(0, 10**9))
@settings(deadline=None)
def test_using_more_never_costs_less(hours: float, requests: int) -> None:
    less = cost_of(Usage(inference_hours=hours, s3_reads=requests), published_prices())
    more = cost_of(Usage(inference_hours=hours * 1.1, s3_reads=requests + 1), published_prices())
    assert more.estimated_usd > less.estimated_usd


def test_usage_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="greater than or equal to 0"):
        Usage(lambda_gb_seconds=-1)


@given(
    st.lists(st.builds(Usage, inference_hours=st.floats(0, 100), s3_reads=st.integers(0, 10**6)), max_size=5)
)
@settings(deadline=None)
def test_costs_added_up_are_the_cost_of_everything(parts: list[Usage]) -> None:
    together = Usage(
        inference_hours=sum(part.inference_hours for part in parts),
        s3_reads=sum(part.s3_reads for part in parts),
    )
    total = added_up(cost_of(part, published_prices()) for part in parts)
    whole = cost_of(together, published_prices())
    assert total.estimated_usd == pytest.approx(whole.estimated_usd)
    assert {item.name: pytest.approx(item.usd) for item in total.items} == {
        item.name: item.usd for item in whole.items
    }


def test_costs_of_several_price_lists_name_each_once() -> None:
    costs = [cost_of(Usage(), published_prices()).model_copy(update={"basis": each}) for each in "abab"]
    assert added_up(costs).basis == "a; b"
    assert added_up([]).basis is None


def test_what_is_common_to_several_bases_is_said_once() -> None:
    costs = [Cost(estimated_usd=0, items=(), basis=each) for each in ("a", "a; at most", "b; at most")]
    assert added_up(costs).basis == "a; at most; b"
