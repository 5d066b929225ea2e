"""With a real worker: a task's lines name the request that led to it, and its runs are counted."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection

from config import counting, request_ids
from config.counting import counted
from feeds import tasks
from feeds.models import Source
from tests.config.processes import ROOT, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One that runs on the tests' database, and writes to worker.log."""
    counting.send()
    cache.clear()
    database = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    command = f"{sys.executable} -m celery --quiet -A config worker --pool solo --loglevel INFO"
    with (tmp_path / "worker.log").open("wb") as output:
        process = subprocess.Popen(
            command.split(),
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": database.geturl(), "LOG_FORMAT": "json"},
            stdout=output,
            stderr=output,
        )
        yield process
        process.kill()
        process.wait(timeout=20)


def test_a_task_tells_of_its_request_and_is_counted(worker, tmp_path) -> None:
    log = tmp_path / "worker.log"
    Source.objects.create(slug="wrong", name="Wrong", plugin="rss", settings={"url": "no"})
    begun = request_ids.begin("from-a-reader")
    tasks.ring_sources.delay()  # which rings for the source
    request_ids.end(begun)
    tasks.hear_beat.delay()
    wait_until(lambda: log.read_text().count("succeeded in") == 3)
    worker.terminate()  # it says what it counted before it goes
    worker.wait(timeout=20)
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    ended = {
        line["message"].split("[")[0].removeprefix("Task "): line.get("request_id", "")
        for line in lines
        if "succeeded" in line["message"]
    }
    assert ended["feeds.tasks.ring_sources"] == "from-a-reader"
    assert ended["feeds.tasks.run_source"] == "from-a-reader"
    assert len(ended["feeds.tasks.hear_beat"]) == 12
    runs = {name[1:3] for name in counted() if name[0] == "task_seconds"}
    assert ("feeds.tasks.run_source", "success") in runs
