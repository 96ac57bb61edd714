"""`make bench`: measures the project's figures on this machine, one benchmark after the other."""

from benchmarks import extraction, local_cloud

if __name__ == "__main__":
    local_cloud.main()
    extraction.main()
