"""Distributed Map: MiniStack batches no items and evaluates no JSONata in what the map says of itself."""

import json
from typing import Any

from ministack.services import stepfunctions

EVALUATED = ("MaxConcurrency", "ToleratedFailureCount", "ToleratedFailurePercentage")
"""Fields that may be JSONata expressions."""

SOURCES = ("ItemReader", "ItemSelector", "Parameters", "ItemBatcher", "ItemsPath", "Items")
"""Fields that say what the children's inputs are; resolved here, so that MiniStack finds a plain list."""

DEFAULT_BATCH_BYTES = 262_144


def build() -> None:
    original = stepfunctions._run_distributed_map

    def run(state: Any, raw: Any, effective: Any, iterator: Any, execution: Any, context: Any) -> Any:
        view = View(state, raw, effective, context)
        inputs = view.children_inputs()
        plain = {name: value for name, value in state.items() if name not in SOURCES}
        plain |= {name: view.evaluate(state[name]) for name in EVALUATED if name in state}
        if not view.jsonata:
            return original(plain, raw, inputs, iterator, execution, context)
        results, following = original(plain, raw, inputs, iterator, execution, context)
        output = stepfunctions._apply_jsonata_output(state, raw, context, result=results, default=results)
        stepfunctions._apply_state_assign(state, raw, context, result=results)
        return output, following

    stepfunctions._run_distributed_map = run


class View:
    """What a map state says, evaluated in its query language."""

    def __init__(self, state: Any, raw: Any, effective: Any, context: Any) -> None:
        self._state, self._raw, self._effective, self._context = state, raw, effective, context
        self.jsonata = stepfunctions._state_query_language(state, context) == "JSONata"

    def evaluate(self, template: Any, context: Any = None) -> Any:
        at = context or self._context
        if self.jsonata:
            return stepfunctions._apply_jsonata_template(template, self._raw, at)
        return stepfunctions._resolve_params_obj(template, self._effective, at)

    def children_inputs(self) -> list[Any]:
        """Return the input of each child: an item as selected, or a batch of them."""
        items = [self._selected(number, item) for number, item in enumerate(self._items())]
        batcher = self._state.get("ItemBatcher")
        if not batcher:
            return items
        common = {"BatchInput": self.evaluate(batcher["BatchInput"])} if "BatchInput" in batcher else {}
        size = self._number(batcher, "MaxItemsPerBatch")
        limit = self._number(batcher, "MaxInputBytesPerBatch") or DEFAULT_BATCH_BYTES
        return [{**common, "Items": batch} for batch in batches(items, size, limit)]

    def _items(self) -> list[Any]:
        if reader := self._state.get("ItemReader"):
            if self.jsonata and "Arguments" in reader:
                reader = {**reader, "Arguments": self.evaluate(reader["Arguments"])}
            read: list[Any] = stepfunctions._read_map_items(reader, self._effective, self._context)
            return read
        if self.jsonata and "Items" in self._state:
            return list(self.evaluate(self._state["Items"]))
        path = self._state.get("ItemsPath", "$")
        return list(stepfunctions._resolve_path_or_ctx(path, self._effective, self._context))

    def _selected(self, number: int, item: Any) -> Any:
        selector = self._state.get("ItemSelector") or self._state.get("Parameters")
        if not selector:
            return item
        context = {**self._context, "Map": {"Item": {"Index": number, "Value": item}}}
        return self.evaluate(selector, context)

    def _number(self, block: Any, name: str) -> int | None:
        if f"{name}Path" in block:
            path = block[f"{name}Path"]
            return int(stepfunctions._resolve_path_or_ctx(path, self._effective, self._context))
        return int(self.evaluate(block[name])) if name in block else None


def batches(items: list[Any], size: int | None, limit: int) -> list[list[Any]]:
    """Cut `items` into batches of at most `size` items and `limit` bytes of JSON, at least one item each."""
    cut: list[list[Any]] = []
    used = 0
    for item in items:
        length = len(json.dumps(item).encode())
        if not cut or (size and len(cut[-1]) >= size) or used + length > limit:
            cut.append([])
            used = 0
        cut[-1].append(item)
        used += length
    return cut
