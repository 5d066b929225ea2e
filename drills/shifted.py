"""`python -m drills.shifted FILE MODULE ARGUMENT…`: a program whose clock is off, as FILE says.

FILE has a number of seconds; when it changes, the clock jumps. What the program is told by
the system is moved, within its process: the time of day, not what measures how long something
takes, as when a real clock is put right.
"""

import runpy
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

LOOK = 0.1


def main() -> None:
    file, module = Path(sys.argv[1]), sys.argv[2]
    sys.argv = [module, *sys.argv[3:]]
    threading.Thread(target=_follow, args=(file,), daemon=True).start()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


def _follow(file: Path) -> None:
    off = 0.0
    with time_machine.travel(datetime.now(UTC)) as traveller:
        while True:
            told = file.read_text().strip()
            if told and float(told) != off:
                traveller.shift(timedelta(seconds=float(told) - off))
                off = float(told)
            threading.Event().wait(LOOK)


if __name__ == "__main__":
    main()
