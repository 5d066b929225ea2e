"""A measurement in a process of its own: its memory, database and settings are nobody else's."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.frame import ROOT, NotMeasured


def lines_of(module: str, *arguments: str) -> list[Any]:
    """What `python -m benchmarks.<module>` printed, a JSON value a line. Raises NotMeasured."""
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotMeasured(f"it failed: {done.stderr.strip().splitlines()[-1:]}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def found_by(module: str, *arguments: str) -> Any:
    """The last of them. Raises NotMeasured."""
    return lines_of(module, *arguments)[-1]
