"""Beat's memory of when it rang last, for clocks that are put back."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler
from celery.utils.time import maybe_make_aware

SLACK = timedelta(seconds=5)  # by which clocks are put right all the time


class Steady(PersistentScheduler):
    """Celery's own scheduler would say nothing until the clock is again where it was."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        now = maybe_make_aware(self.app.now())
        late = [
            entry
            for entry in self.schedule.values()
            if maybe_make_aware(entry.last_run_at) > now + SLACK
        ]
        for entry in late:
            entry.last_run_at = now
        if late:
            self._heap = None  # it has the times of the clock as it was
        seconds: float = super().tick(*args, **kwargs)
        return seconds
