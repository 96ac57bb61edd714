"""The benchmark of the embedded detector: data made from packages, and figures measured on it."""
