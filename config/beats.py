"""When beat rings: at once at its first start, and on when the clock is put back."""

from datetime import timedelta
from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry
from celery.utils.time import maybe_make_aware

SLACK = timedelta(seconds=5)  # by which clocks are put right all the time
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Steady(PersistentScheduler):
    """Celery's own waits for a minute at its first start; and where the clock is put back it says
    nothing until that is again where it was.
    """

    def setup_schedule(self) -> None:
        super().setup_schedule()
        for entry in self.schedule.values():
            if not entry.total_run_count and _every(entry) <= MINUTE:
                entry.last_run_at = self.app.now() - MINUTE

    def tick(self, *args: Any, **kwargs: Any) -> float:
        if late := [entry for entry in self.schedule.values() if self._is_ahead(entry)]:
            for entry in late:
                entry.last_run_at = self.app.now() - _every(entry)
            self._heap = None  # it has the times of the clock as it was
        seconds: float = super().tick(*args, **kwargs)
        return seconds

    def _is_ahead(self, entry: ScheduleEntry) -> bool:
        """Whether it rang at a time that is still to come."""
        last = entry.last_run_at
        return last is not None and maybe_make_aware(last) > self.app.now() + SLACK


def _every(entry: ScheduleEntry) -> timedelta:
    """How often it rings; Celery's own, at an hour of the day, once a day."""
    every: timedelta = getattr(entry.schedule, "run_every", DAY)
    return every
