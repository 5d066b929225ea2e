"""Bells and queues name tasks that are there, and compose hears every queue."""

from pathlib import Path
from typing import Any

import yaml

from config import bells, queues
from config.celery import app

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_a_queue_holds_tasks_that_are_there_and_each_once() -> None:
    held = [task for names in queues.TASKS.values() for task in names]
    assert set(held) <= tasks()
    assert len(held) == len(set(held))


def test_beat_rings_for_tasks_that_are_there_and_drops_a_bell_before_the_next() -> None:
    for bell in bells.SCHEDULE.values():
        assert bell["task"] in tasks()
        assert 0 < bell["options"]["expires"] < bell["schedule"]


def test_a_bell_never_waits_behind_a_long_task() -> None:
    ringing = {"feeds.tasks.hear_beat", "accounts.tasks.ring", "feeds.tasks.ring_sources"}
    assert not ringing & queues.ROUTES.keys()


def test_compose_has_a_worker_for_every_queue() -> None:
    commands = [
        service["command"].split("--queues ")[1].split()[0]
        for service in COMPOSE["services"].values()
        if "--queues" in service.get("command", "")
    ]
    heard = [queue for command in commands for queue in command.split(",")]
    assert sorted(heard) == sorted(queue.name for queue in queues.QUEUES)
