"""What everything together needs while nobody asks for anything."""

import os

from benchmarks.apart import found_by
from benchmarks.frame import Row, parts

SECONDS = "30"
MEMORY = 600  # MB
LOOKING = 3  # processes that ask the database
OURS = ("config.run", "keeper", "granian", "worker", "beat", "index")


class Idle:
    name = "idle"
    about = "all processes of `make run`, at rest"

    def measure(self) -> list[Row]:
        found = found_by("idling", os.environ.get("BENCH_SECONDS", SECONDS))
        told = sorted(found["parts"].items(), key=lambda one: -one[1])
        memory = ", ".join(f"{name} {size:.0f}" for name, size in told)
        commands = found["commands"]
        busiest = max(commands, key=lambda name: commands[name])
        return [
            Row("memory (PSS)", found["memory"], MEMORY, "MB", f"the most it may be; {memory}"),
            Row(
                "transactions",
                found["transactions"],
                LOOKING,
                "/s",
                "web, worker and index: 1 each",
            ),
            Row("commands at Valkey", commands[busiest], 1, "/s", f"{busiest}: one look"),
            *(
                Row(f"times that {name} wakes", found["wakes"][name], None, "/s")
                for name in OURS
                if name in found["wakes"]
            ),
        ]


parts.register(Idle())
