"""What a rule tells its target of an event: MiniStack's input paths end before an array."""

from typing import Any

from ministack.services import eventbridge


def build() -> None:
    eventbridge._apply_input_transformer = _with_arrays(eventbridge._apply_input_transformer)


def _with_arrays(apply: Any) -> Any:
    """Fill in first what MiniStack does, which leaves variables alone that it does not know."""

    def applied(transformer: dict[str, Any], rule: Any, view: Any) -> str:
        paths = transformer.get("InputPathsMap", {})
        through = {name: path for name, path in paths.items() if "[" in path}
        others = {name: path for name, path in paths.items() if name not in through}
        event = view.event_with_detail()
        filled: str = eventbridge._render_input_template(
            apply({**transformer, "InputPathsMap": others}, rule, view),
            {name: reached(path, event) for name, path in through.items()},
        )
        return filled

    return applied


def reached(path: str, event: Any) -> Any:
    """Return what the path leads to: a list of all where it goes through `[*]`, empty text for nothing."""
    nodes = [event]
    for field, index in eventbridge._HTTP_JSON_PATH_TOKEN.findall(path):
        if field:
            nodes = [node[field] for node in nodes if isinstance(node, dict) and field in node]
        else:
            arrays = (node for node in nodes if isinstance(node, list))
            nodes = [item for array in arrays for item in (array if index == "*" else _at(array, int(index)))]
    if "[*]" in path:
        return nodes
    return nodes[0] if nodes else ""


def _at(array: list[Any], index: int) -> list[Any]:
    return array[index : index + 1]
