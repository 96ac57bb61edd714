"""Every order in which the steps of concurrent actors can come, one after the other.

Actors are greenlets, which go on from one `pause` to their next. An order is replayed from the beginning for
each next choice, as stateless model checkers do. Orders may be bounded by how often an actor that could go on
is interrupted: few such preemptions suffice for most races (M. Musuvathi and S. Qadeer, "Iterative Context
Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from greenlet import getcurrent, greenlet

Actor = Callable[[], object]
Scenario = Callable[[], tuple[Sequence[Actor], Callable[[], None]]]
"""Returns its actors, and what checks that all is well once they have ended."""


@dataclass(frozen=True)
class Choice:
    taken: int
    options: int


def pause() -> None:
    """Let another actor go on first; nothing where no actor is running."""
    parent = getcurrent().parent
    if parent is not None:
        parent.switch()


def every_order(scenario: Scenario, *, preemptions: int | None = None) -> int:
    """Run the scenario in every order and return how many there are; an order that fails is named."""
    wanted: list[int] = []
    count = 0
    while True:
        actors, check = scenario()
        try:
            choices = _run(actors, wanted, preemptions)
            check()
        except AssertionError as error:
            error.add_note(f"in the order that begins with the choices {wanted}")
            raise
        count += 1
        while choices and choices[-1].taken + 1 == choices[-1].options:
            choices.pop()
        if not choices:
            return count
        wanted = [choice.taken for choice in choices[:-1]] + [choices[-1].taken + 1]


def run_for(actor: Actor, steps: int) -> bool:
    """Let the actor take so many steps, then no more; say whether it had ended."""
    running = greenlet(actor)
    while steps >= 0 and not running.dead:
        running.switch()
        steps -= 1
    return bool(running.dead)


def _run(actors: Sequence[Actor], wanted: Sequence[int], preemptions: int | None) -> list[Choice]:
    """Run the actors in the order that `wanted` begins with; after that, each for as long as it can."""
    running = [greenlet(actor) for actor in actors]
    choices: list[Choice] = []
    current: greenlet | None = None
    while alive := [one for one in running if not one.dead]:
        options = alive
        if current in alive:
            others = [one for one in alive if one is not current]
            options = [current, *(others if preemptions != 0 else [])]
        taken = wanted[len(choices)] if len(choices) < len(wanted) else 0
        choices.append(Choice(taken, len(options)))
        if preemptions and taken and current in alive:
            preemptions -= 1
        current = options[taken]
        current.switch()
    return choices


class Stepped:
    """A port whose calls are steps, but for those named: another actor may go on before each."""

    def __init__(self, port: Any, *, besides: Sequence[str] = ()) -> None:
        self._port, self._besides = port, besides

    def __getattr__(self, name: str) -> Any:
        attribute = getattr(self._port, name)
        if name in self._besides:
            return attribute

        def step(*arguments: Any, **named: Any) -> Any:
            pause()
            return attribute(*arguments, **named)

        return step
