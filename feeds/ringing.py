"""Rings for a task; where the broker is away, the row is found within a minute of its return."""

import logging
from typing import Any

from celery import Task, current_app
from django.conf import settings
from kombu.exceptions import OperationalError

from feeds.embedders.base import OFF

# Named only: the task's module imports those that ring for it.
EMBEDDING = "feeds.tasks.embed_waiting"

logger = logging.getLogger(__name__)


def ring(task: "Task[Any, Any]", *arguments: Any) -> bool:
    """Whether the bell was heard."""
    try:
        task.delay(*arguments)
    except OperationalError:
        logger.warning("no broker: %s waits for the next ring", task.name)
        return False
    return True


def ring_for_vectors() -> None:
    """Tells that papers wait for their vectors."""
    if settings.EMBEDDER == OFF:
        return
    try:
        current_app.send_task(EMBEDDING, expires=60)
    except OperationalError:
        logger.warning("no broker: %s waits for the next ring", EMBEDDING)
