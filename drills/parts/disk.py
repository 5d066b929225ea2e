"""The disk full on which a machine keeps its index, logs and beat's memory: pages go on.

A small file system in memory takes the place of the data directory. PostgreSQL and Valkey are
elsewhere, as they should be.
"""

import errno
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

from drills import database, filling
from drills.frame import ROOT, Asked, NotRun, Row, drills, logs
from drills.readers import judged, reading
from drills.running import Running, running, seconds_until, wait_until

SIZE = 48  # MB
NEW = 300  # papers that come while nothing can be written
FULL = 20.0  # seconds
SEEN = 60.0  # seconds until the index says that it is behind
MENDED = 120.0  # seconds from when there is room until all is well


class Disk:
    name = "disk"
    about = "a full disk under index, logs and beat's memory, and room again"
    minutes = 8.0

    def run(self, _asked: Asked) -> Iterator[Row]:
        database.begin()
        filling.put_in()
        with (
            _small() as data,
            running(logs(self.name), BROADSHEET_DATA=str(data)) as site,
            reading(site.address, [filling.cookie(), "", ""]) as people,
        ):
            wait_until(lambda: _told(site).get("index") == "ok", SEEN, "there was no index")
            people.warm()
            begun = time.monotonic()
            _fill(data)
            filling.put_in(NEW, first=filling.FIRST_NEW - 10_000)
            late = seconds_until(lambda: "index" in _ailing(site), SEEN)
            yield Row("/readyz says of the index", str(_told(site).get("index")), late < SEEN,
                      f"after {late:.0f} s")  # fmt: skip
            yield Row("and of the disk", str(_told(site).get("disk")), "disk" in _ailing(site))
            time.sleep(FULL)
            yield from judged(people.since(begun), "pages meanwhile", slowest=5.0)
            (data / "ballast").unlink()
            mended = seconds_until(lambda: not _ailing(site), MENDED)
            yield Row("room again: /readyz", json.dumps(_ailing(site)), mended < MENDED,
                      f"well after {mended:.0f} s")  # fmt: skip
            yield from _whole(data)


def _whole(data: Path) -> Iterator[Row]:
    """That the index is, paper for paper, what the database has."""
    done = subprocess.run(
        [sys.executable, "manage.py", "index", "--check"],
        cwd=ROOT,
        env=os.environ | {"BROADSHEET_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
    said = (done.stdout.strip() or done.stderr.strip()).splitlines()
    yield Row("the index beside the papers", said[-1] if said else "", done.returncode == 0)


@contextmanager
def _small() -> Iterator[Path]:
    """A file system of `SIZE` MB. Raises NotRun where none can be made."""
    with tempfile.TemporaryDirectory() as folder:
        make = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "drill", folder]
        try:
            subprocess.run(make, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            raise NotRun("a small file system can be made by root alone (mount)") from None
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=False)


def _fill(data: Path) -> None:
    with (data / "ballast").open("wb", buffering=0) as file:
        for piece in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * piece)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


def _told(site: Running) -> dict[str, object]:
    """What /readyz says, whatever its status; nothing where it does not answer."""
    try:
        with urllib.request.urlopen(f"{site.address}/readyz", timeout=10) as answer:
            return dict(json.load(answer))
    except (URLError, OSError, ValueError):
        return {}


def _ailing(site: Running) -> list[str]:
    """What it says is not well; "all" where it does not answer as one that is ready."""
    told = _told(site)
    ailing = told.get("ailing", ["all"])
    assert isinstance(ailing, list)
    return [name for name in ailing if name in ("index", "disk", "all")]


drills.register(Disk())
