"""What has to run beside the web processes: Redis, beat, and a worker for each queue."""

from collections.abc import Iterator

from celery import current_app
from django.utils import timezone, translation

from accounts.doctor.base import BAD, GOOD, NOTE, Finding, Part, parts
from config.broker import broker
from config.queues import QUEUES
from feeds.vitals.base import Looked
from feeds.vitals.base import examine as look

PATIENCE = 1.0  # seconds for the workers to answer
# By the vital; the needed ones are looked at by the parts of the doctor themselves.
_FIXES = {
    "beat": "Run one: celery -A config beat. Its bells take a worker that hears “celery”, too.",
    "index": "Run one on each machine: manage.py index --follow",
    "mail": "Is a worker of the queue “mail” up? /desk/mail says what waits, and what is paused.",
    "sources": "/desk/sources says what each last failed with.",
    "vectors": "Is a worker of the queue “index” up? manage.py embed does it at once.",
    "replicas": "Is it up, a copy of this very database, and not too far behind?",
}


def examine() -> Iterator[Finding]:
    yield from _redis()
    yield from _queues()
    with translation.override("en"):
        looked = [one for one in look(timezone.now()) if one.word and one.name in _FIXES]
        yield from [_vital(one) for one in looked]


def _redis() -> Iterator[Finding]:
    with broker() as client:
        info = client.info()
    version, policy = str(info["redis_version"]), str(info.get("maxmemory_policy", ""))
    yield Finding("Redis", GOOD, f"{info.get('server_name', 'redis')} {version} answers.")
    if info.get("maxmemory") and policy != "noeviction":
        fix = "Set maxmemory-policy to noeviction: sessions and tasks are in it, not copies alone."
        yield Finding(
            "Redis memory", BAD, f"When it is full it drops what it likes ({policy}).", fix
        )
    if not info.get("aof_enabled") and not int(info.get("rdb_last_save_time") or 0):
        fix = "Set appendonly to yes."
        yield Finding("Redis on disk", NOTE, "It keeps nothing over a restart.", fix)


def _queues() -> Iterator[Finding]:
    heard = current_app.control.inspect(timeout=PATIENCE).active_queues() or {}
    by_queue: dict[str, int] = {}
    for queues in heard.values():
        for queue in queues:
            by_queue[queue["name"]] = by_queue.get(queue["name"], 0) + 1
    silent = [queue.name for queue in QUEUES if not by_queue.get(queue.name)]
    if silent:
        fix = f"Run one: celery -A config worker --queues {','.join(silent)}"
        yield Finding("Workers", BAD, f"Nobody hears the queues {', '.join(silent)}.", fix)
    else:
        told = ", ".join(f"{name} ({count})" for name, count in sorted(by_queue.items()))
        yield Finding("Workers", GOOD, f"Each queue is heard: {told}.")


def _vital(one: Looked) -> Finding:
    about = str(one.vital.label)
    if one.is_well:
        return Finding(about, GOOD, "It is well.")
    if not one.ails:
        return Finding(about, NOTE, "It was not asked, as another part is away.")
    return Finding(about, BAD, f"{one.word[:1].upper()}{one.word[1:]}.", _FIXES.get(one.name, ""))


parts.register(Part("running", 30, examine))
