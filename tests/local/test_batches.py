"""How a Distributed Map's items are cut into batches."""

import json

from hypothesis import given
from hypothesis import strategies as st

from local.emulator.distributed_map import batches

ITEMS = st.lists(st.text(max_size=30))


@given(ITEMS, st.integers(1, 5), st.integers(1, 80))
def test_batches_hold_every_item_once_in_order_and_keep_both_limits(
    items: list[str], size: int, limit: int
) -> None:
    cut = batches(items, size, limit)
    assert [item for batch in cut for item in batch] == items
    for batch in cut:
        assert 1 <= len(batch) <= size
        assert len(batch) == 1 or sum(len(json.dumps(item).encode()) for item in batch) <= limit
