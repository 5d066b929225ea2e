"""What every task has: the id of the request that led to it, and a count of its runs."""

from contextvars import ContextVar, Token
from time import perf_counter
from typing import Any

from celery import Task
from celery.signals import before_task_publish, task_postrun, task_prerun, worker_process_shutdown

from config import counting, request_ids


def gettext_noop(words: str) -> str:
    """Marks words for translation as Django's does, which wants settings that are not there yet."""
    return words


_HEADER = "request_id"
_began: ContextVar[tuple[float, Token[str]] | None] = ContextVar("task_began", default=None)
TASKS = counting.Timing(
    "task_seconds",
    gettext_noop("Runs of tasks, by how they ended, and the time that they took"),
    ("task", "state"),
    (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300),
)


@before_task_publish.connect
def _hand_on(headers: dict[str, Any], **_: Any) -> None:
    if now := request_ids.current():
        headers[_HEADER] = now


@task_prerun.connect
def _begin(task_id: str, task: "Task[Any, Any]", **_: Any) -> None:
    # What beat rings for has no request: the task's own id holds its lines together.
    given = getattr(task.request, _HEADER, "") or task_id[:12]
    _began.set((perf_counter(), request_ids.begin(given)))


@task_postrun.connect
def _end(task: "Task[Any, Any]", state: str | None, **_: Any) -> None:
    if begun := _began.get():
        began, token = begun
        TASKS.took(perf_counter() - began, task.name, (state or "lost").lower())
        request_ids.end(token)
        _began.set(None)


@worker_process_shutdown.connect
def _send(**_: Any) -> None:
    counting.send()
