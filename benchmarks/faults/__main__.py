"""``python -m benchmarks.faults [--seconds-a-minute 4] [--at-once 6]``: the table of states and faults.

In a local cloud of its own, a picture or video is dropped for each state of the machines that analyze and
each fault that can befall it there. Printed are the emulated minutes for which the model ran on after the
fault, and what they cost. Every minute of grace time, lease and time-out lasts `--seconds-a-minute` seconds;
work takes as long as it takes, so the figures are the smaller the slower the emulated time goes.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.faults.cases import every_case
from benchmarks.faults.laboratory import run_cases
from benchmarks.faults.running import LIMIT_MINUTES
from benchmarks.figures import report


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults", description=__doc__)
    parser.add_argument("--seconds-a-minute", type=float, default=4)
    parser.add_argument("--at-once", type=int, default=6, help="workflows that run side by side")
    given = parser.parse_args()
    outcomes = []
    print(f"{'machine':15} {'state':18} {'fault':12} {'job':9} {'minutes':>7} {'dollars':>8}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for outcome in run_cases(Path(folder), every_case(), given.seconds_a_minute, given.at_once):
            case = outcome.case
            print(
                f"{case.machine:15} {case.state:18} {case.fault:12} {outcome.state:9} "
                f"{outcome.minutes:7.1f} {outcome.dollars:8.3f}",
                flush=True,
            )
            outcomes.append(outcome)
    worst = max(outcome.minutes for outcome in outcomes)
    report(f"minutes that a model ran after the worst of {len(outcomes)} faults", worst, LIMIT_MINUTES)
    report("dollars that those cost on average", sum(o.dollars for o in outcomes) / len(outcomes), 1)
    return int(worst > LIMIT_MINUTES)


if __name__ == "__main__":
    sys.exit(main())
