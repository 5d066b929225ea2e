"""Beat rings for what the workers know, and knows none of it itself."""

import json
import subprocess
import sys

from config.celery import app
from tests.conftest import REPOSITORY

ASKED = """
import json, sys
from config.clock import app
app.loader.init_worker()
rung = [one["task"] for one in app.conf.beat_schedule.values()]
print(json.dumps({"rung": rung, "loaded": [name for name in sys.modules if "tasks" in name]}))
"""


def test_beat_rings_for_tasks_that_workers_have_and_loads_none() -> None:
    command = [sys.executable, "-c", ASKED]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    app.loader.import_default_modules()
    assert told["rung"]
    assert set(told["rung"]) <= set(app.tasks)
    assert not {"feeds.tasks", "accounts.tasks"} & set(told["loaded"])
