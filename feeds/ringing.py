"""Rings for a task; where the broker is away, the row is found within a minute of its return."""

import logging
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def ring(task: "Task[Any, Any]", *arguments: Any) -> bool:
    """Whether the bell was heard."""
    try:
        task.delay(*arguments)
    except OperationalError:
        logger.warning("no broker: %s waits for the next ring", task.name)
        return False
    return True
