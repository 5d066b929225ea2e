"""Runs what serves in a process of its own, as the options of the command say."""

import os

from benchmarks.apart import found_by

SECONDS = "4"  # that each thing is asked for
PAPERS = "20000"

Speeds = dict[str, dict[str, float]]


def speeds(module: str) -> Speeds:
    """What the module of benchmarks found, by its name. Raises NotMeasured."""
    seconds = os.environ.get("BENCH_SECONDS", SECONDS)
    papers = os.environ.get("BENCH_PAPERS", PAPERS)
    found: Speeds = found_by(module, seconds, papers)
    return found
