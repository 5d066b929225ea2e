"""A reader said something of a paper: their taste is learned anew, within a second."""

import logging
from functools import partial

from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from feeds.models import Taste

# Named only: the task's module imports those that ring for it.
LEARNING = "feeds.tasks.learn_taste"

logger = logging.getLogger(__name__)


def notice(person: int) -> None:
    """Notes that the person's taste waits to be learned, and rings once that is certain."""
    Taste.objects.bulk_create(
        [Taste(user_id=person, wanted_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["wanted_at"],
    )
    transaction.on_commit(partial(_ring, person))


def _ring(person: int) -> None:
    try:
        current_app.send_task(LEARNING, (person,), expires=60)
    except OperationalError:
        logger.warning("no broker: %s waits for the next ring", LEARNING)
