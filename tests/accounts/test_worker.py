"""With a real broker and a real worker: from due to a mail, and through a kill."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection

from accounts import tasks
from accounts.models import Delivery
from accounts.models.delivery import STALE
from tests.accounts.smtp import Sink, text_of
from tests.config.processes import ROOT, wait_until
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def worker(sink: Sink) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a worker on the tests' database that sends to the sink."""
    started: list[subprocess.Popen[bytes]] = []
    database = urlsplit(os.environ["DATABASE_URL"])._replace(
        path=f"/{connection.settings_dict['NAME']}"
    )
    environment = os.environ | {
        "DATABASE_URL": database.geturl(),
        "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
    }

    def starting() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool=solo"]
        process = subprocess.Popen(
            [*command, "--loglevel=WARNING"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield starting
    for process in started:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)


@pytest.fixture
def order(reads):
    """An order that became due within the last hour, with something to read."""
    now = datetime.now(UTC)
    put_in(entry("A study of bees"), day=(now - timedelta(hours=2)).date())
    return reads(hour=now.hour, confirmed_at=now - timedelta(days=3))


def test_what_is_due_is_in_the_mailbox_after_a_ring(sink, order, worker) -> None:
    worker()
    tasks.ring.delay()
    wait_until(lambda: Delivery.objects.filter(state=Delivery.State.SENT).exists())
    (mail,) = sink.sent
    assert mail["To"] == order.email
    assert "A study of bees" in text_of(mail)


def test_a_worker_killed_before_it_marks_costs_no_mail_and_keeps_its_name(
    sink, order, worker
) -> None:
    sink.hold.set()
    victim = worker()
    tasks.ring.delay()
    wait_until(lambda: sink.sent)
    victim.kill()
    victim.wait(timeout=10)
    sink.hold.clear()
    assert Delivery.objects.get().state == Delivery.State.CLAIMED

    worker()
    long_ago = datetime.now(UTC) - STALE - timedelta(minutes=1)
    Delivery.objects.update(claimed_at=long_ago, rung_at=long_ago)
    tasks.ring.delay()
    wait_until(lambda: Delivery.objects.filter(state=Delivery.State.SENT).exists())
    first, second = sink.sent
    assert first["Message-ID"] == second["Message-ID"] == Delivery.objects.get().message_id
