"""Celery tasks: a message is a doorbell, the row in PostgreSQL is the truth."""

from celery import shared_task
from django.utils import timezone

from feeds import fetching

# A message that waited this long is of no use: the next ring made another.
RING_AGAIN = 55


@shared_task
def ring_sources() -> None:
    """Finds the sources that are due and rings for each; beat calls it each minute."""
    for source_id in fetching.due(timezone.now()):
        run_source.apply_async((source_id,), expires=RING_AGAIN)


@shared_task
def run_source(source_id: int) -> None:
    """Runs the source, unless it is not due any more or someone runs it."""
    fetching.run(source_id, timezone.now())
