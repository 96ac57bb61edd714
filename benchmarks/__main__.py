"""`make bench`: measures the project's figures on this machine, one benchmark after the other.

The detector's trainings take an hour and an extra of their own: `python -m benchmarks.detector`. What
analyses cost is measured with a detector of theirs: `python -m benchmarks.cost`.
"""

from benchmarks import extraction, labels, local_cloud, training

if __name__ == "__main__":
    local_cloud.main()
    labels.main()
    training.main()
    extraction.main()
