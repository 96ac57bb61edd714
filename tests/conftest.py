"""Fixtures that every test may ask for, and where telemetry goes."""

import os

# Telemetry is made when handlers are imported, by whichever test first, so its variables are there before.
os.environ.setdefault("POWERTOOLS_SERVICE_NAME", "test")
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "brandlens")

pytest_plugins = ["tests.cloud"]
