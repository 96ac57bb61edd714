"""`make bench`: measures the project's figures on this machine, one benchmark after the other.

The detector's trainings take an hour and an extra of their own: `python -m benchmarks.detector`. What
analyses cost is measured with a detector of theirs: `python -m benchmarks.cost`. Workflows that are killed in
each of their states take a quarter of an hour: `python -m benchmarks.faults`.
"""

from benchmarks import api, extraction, imports, labels, local_cloud, throughput, training

if __name__ == "__main__":
    imports.main()
    local_cloud.main()
    api.main()
    throughput.main()
    labels.main()
    training.main()
    extraction.main()
