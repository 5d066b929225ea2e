"""Runs `benchmarks.serving` in a process of its own, as the options of the command say."""

import json
import os
import subprocess
import sys

from benchmarks.frame import ROOT, NotMeasured

SECONDS = "4"  # that each thing is asked for
PAPERS = "20000"

Speeds = dict[str, dict[str, float]]


def found_by(what: str) -> Speeds:
    """What was found, by its name. Raises NotMeasured."""
    seconds = os.environ.get("BENCH_SECONDS", SECONDS)
    papers = os.environ.get("BENCH_PAPERS", PAPERS)
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.serving", what, seconds, papers],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotMeasured(f"it failed: {done.stderr.strip().splitlines()[-1:]}")
    found: Speeds = json.loads(done.stdout)
    return found
