"""What a model costs after a workflow was killed, state by state: `python -m benchmarks.faults`."""
