"""How long a function's code takes to load: `python -m benchmarks.imports` (a minute).

Each handler in a process of its own, by Lambda's own runtime client, as often as `ROUNDS`, the least told:
what a cold start costs besides Lambda's own part.
"""

import subprocess
import sys

from benchmarks.figures import report
from infra.functions import FUNCTIONS

ROUNDS = 3
LOAD = """
import sys, time
from awslambdaric.bootstrap import _get_handler
started = time.perf_counter()
_get_handler(sys.argv[1])
print(time.perf_counter() - started)
"""


def main() -> None:
    slowest = 0.0
    for spec in FUNCTIONS:
        seconds = min(loading(f"functions.{spec.name}.handler.lambda_handler") for _ in range(ROUNDS))
        print(f"{spec.name}: {seconds:.2f} s", flush=True)
        slowest = max(slowest, seconds)
    report("seconds for loading a function's code, the slowest", slowest, 1.5)


def loading(command: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", LOAD, command], capture_output=True, text=True, check=True, timeout=120
    )
    return float(done.stdout)


if __name__ == "__main__":
    main()
