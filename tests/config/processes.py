"""What the tests of running programs share: processes that end with the test, and waiting."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from config.keeper import commands

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0  # seconds, on a machine that has other things to do
FOREIGN = ("DATABASE_", "REDIS_", "SECRET_KEY", "BROADSHEET_", "EMAIL_", "SITE_", "PORT", "MAKE")


def clean_environment(**variables: str) -> dict[str, str]:
    """The environment without any setting of Broadsheet but the given ones."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(FOREIGN)}
    return kept | variables


def python(
    *arguments: str | Path, environment: dict[str, str], **options: Any
) -> subprocess.Popen[str]:
    """A Python program that starts in the repository, with pipes for all that it says."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=options.pop("stderr", subprocess.STDOUT),
        text=True,
        **options,
    )


def wait_until(true: Callable[[], Any], patience: float = PATIENCE) -> None:
    """Returns as soon as it is so; fails the test where it is not in time."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, "it did not come to be in time"
        time.sleep(0.02)


def processes_with(text: str) -> list[int]:
    """The processes in whose command line the text stands."""
    return [pid for pid, command in commands() if text in command and pid != os.getpid()]


def kill(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
