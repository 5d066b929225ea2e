"""PostgreSQL alone, by pgbench: the same SQL, with nothing of ours around it."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.frame import NotMeasured

TURNS = 4  # of each script, on average


def times(database: str, scripts: Sequence[str]) -> list[float]:
    """Milliseconds of runs of these files, drawn at random, sorted. Raises NotMeasured."""
    from config import servers  # noqa: PLC0415 (what a package brought along)

    folder = servers.programs().get("postgres")
    if folder is None or not (folder / "pgbench").exists():
        raise NotMeasured("pgbench is not here; pip install -r requirements/run.txt brings it")
    files = [word for script in scripts for word in ("-f", script)]
    with tempfile.TemporaryDirectory() as logs:
        command = [
            str(folder / "pgbench"), "--no-vacuum", "--client=1", "--random-seed=1",
            f"--transactions={TURNS * len(scripts)}", "--log", "--log-prefix=run", *files, database,
        ]  # fmt: skip
        done = subprocess.run(command, cwd=logs, capture_output=True, text=True, check=False)
        if done.returncode:
            raise NotMeasured(f"pgbench failed: {done.stderr.strip().splitlines()[-1:]}")
        lines = [line for log in Path(logs).iterdir() for line in log.read_text().splitlines()]
    return sorted(float(line.split()[2]) / 1000 for line in lines)
