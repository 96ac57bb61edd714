"""The parts of the documentation that are drawn from the program; `python -m tests.docs.drawn` writes them.

Diagrams are Mermaid's, which GitHub draws. The program is evaluated as a preview is, so what is drawn is what
`pulumi up` makes: rules and their targets, and the calls that each role's policy allows.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from brandlens.api.routes import ROUTES
from infra.__main__ import TEMPLATES
from infra.functions import FUNCTIONS
from infra.machines import MACHINES
from infra.naming import pascal
from tests.docs.drawn_machines import flowchart
from tests.docs.program_map import access, answered_by, publishes, started_by, starts
from tests.infra.recording import Program, evaluate

DOCS = Path(__file__).parents[2] / "docs"
_STYLES = [
    "classDef event fill:#fff3d6,stroke:#b7791f,color:#3b2f0b",
    "classDef function fill:#e3f0ff,stroke:#2b6cb0,color:#10243d",
    "classDef machine fill:#e7f6ea,stroke:#2f855a,color:#123020",
    "classDef wait fill:#f4f4f4,stroke:#8a8a8a,color:#222222",
]


def drawn(program: Program) -> dict[str, dict[str, str]]:
    """Return every drawn part by its page and its name there."""
    return {
        "architecture.md": {
            "what starts what": _mermaid("LR", overview(program)),
            "analysis": _mermaid("TB", machines("analysis-image", "analysis-video", "model-start")),
            "training": _mermaid("TB", machines("training", "model-training")),
        },
        "security.md": {"operations": operations(), "rights of functions": rights_table(program)},
    }


def overview(program: Program) -> list[str]:
    """Return what calls functions, which machines they start, and who publishes."""
    lines = []
    drawn_functions = [spec.name for spec in FUNCTIONS if _is_drawn(program, spec.name)]
    for number, start in enumerate(starts(program)):
        lines += [f'start_{number}(["{start.what}"]):::event', f"start_{number} --> f_{start.function}"]
    for function in drawn_functions:
        lines.append(f'f_{function}["{function}"]:::function')
        lines += [f"f_{function} --> {_machine(machine)}" for machine in started_by(program, function)]
        lines += [
            f"f_{function} -- ends its wait for people --> {_machine(machine)}"
            for machine in answered_by(program, function)
        ]
    for machine in reversed(MACHINES):
        lines.append(f'{_machine(machine)}["{machine}"]:::machine')
        lines += [f"{_machine(machine)} --> {_machine(child)}" for child in started_by(program, machine)]
    return lines


def _is_drawn(program: Program, function: str) -> bool:
    """Whether something other than a state machine calls it."""
    return any(start.function == function for start in starts(program))


def machines(*names: str) -> list[str]:
    """Return each machine's box, from its template."""
    called = {pascal(spec.name): spec.name for spec in FUNCTIONS} | {
        pascal(machine): machine for machine in MACHINES
    }
    lines = []
    for name in names:
        template = json.loads((TEMPLATES / f"{name}.asl.json").read_text("utf-8"))
        lines += flowchart(name, template, called)
    return lines


def rights_table(program: Program) -> str:
    """Return a row for each function: what its role may read (r) and write (w), and what else it calls."""
    rows = ["| function | buckets | tables | other services | publishes |", "|---|---|---|---|---|"]
    for spec in FUNCTIONS:
        buckets, tables, services = access(program, spec.name)
        others = [service for service in services if service != "events"]
        told = "events" if publishes(program, spec.name) else ""
        rows.append(
            f"| `{spec.name}` | {_listed(buckets)} | {_listed(tables)} | {', '.join(others)} | {told} |"
        )
    return "\n".join(rows)


def operations() -> str:
    """Return which operations of the API each group may call."""
    rows = ["| group | operations |", "|---|---|"]
    for group, what in (("viewer", "viewer and editor"), ("editor", "editor only")):
        names = ", ".join(f"`{route.name}`" for route in ROUTES if route.group == group)
        rows.append(f"| {what} | {names} |")
    return "\n".join(rows)


def _listed(modes: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {mode}" for name, mode in modes.items())


def _machine(name: str) -> str:
    return f"m_{name.replace('-', '_')}"


def _mermaid(direction: str, lines: list[str]) -> str:
    return "\n".join(["```mermaid", f"flowchart {direction}", *lines, *_STYLES, "```"])


def with_drawn(page: str, parts: Mapping[str, str]) -> str:
    """Return the page with each part between its marks, `<!-- drawn: NAME -->` and `<!-- /drawn -->`."""
    for name, part in parts.items():
        before, begin, rest = page.partition(f"<!-- drawn: {name} -->")
        _, end, after = rest.partition("<!-- /drawn -->")
        if not (begin and end):
            raise ValueError(f"the page has no place for {name}")
        page = f"{before}{begin}\n{part}\n{end}{after}"
    return page


def main() -> None:
    for page, parts in drawn(evaluate("dev")).items():
        path = DOCS / page
        path.write_text(with_drawn(path.read_text("utf-8"), parts), "utf-8")


if __name__ == "__main__":
    main()
