"""A pytest plugin, loaded before Django: the servers that the tests run on."""

import os
from pathlib import Path

from config import embedded

ROOT = Path(__file__).resolve().parent.parent

if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
    os.environ.setdefault("BROADSHEET_DATA", str(ROOT / ".data" / "test"))
    embedded.ensure(scratch=True)

# Those who try the vectors say so; the others' workers need no model.
os.environ["EMBEDDER"] = "off"
# What a test changes is seen at once.
os.environ["SAME_FOR_MS"] = "0"
# Nobody measures how long signing in takes, but those who say so.
os.environ["ANSWER_STEP_MS"] = "0"

# Each of the processes that share the tests has a Redis database of its own, as it has one of
# PostgreSQL by pytest-django; number 0 is left to those who run the tests in one process.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    server, _, _ = os.environ["REDIS_URL"].rpartition("/")
    os.environ["REDIS_URL"] = f"{server}/{1 + int(worker.removeprefix('gw'))}"
