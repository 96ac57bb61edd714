"""Measurements that are too long for tests, each a module to run; they print ratios within one run."""
