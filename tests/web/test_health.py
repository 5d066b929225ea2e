"""What a supervisor asks."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Delivery, Subscription
from feeds.vitals import beat

pytestmark = pytest.mark.django_db
PARTS = ["database", "broker", "migrations", "beat", "disk", "index", "mail"]


@pytest.fixture(autouse=True)
def _no_index(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def ringing() -> None:
    beat.hear(timezone.now())


def test_a_live_process_says_so(client) -> None:
    answer = client.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_a_ready_one_names_each_part(client, ringing) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True, "database": "ok", "broker": "ok", "migrations": "ok",
        "beat": "ok", "disk": "ok", "index": "being built", "mail": "ok", "ailing": ["index"],
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]


def test_one_without_its_broker_is_not_ready_and_asks_no_further(client, settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (503, "no answer")
    assert {name: answer.json()[name] for name in ("database", "beat", "mail", "ailing")} == {
        "database": "ok", "beat": "unknown", "mail": "unknown", "ailing": []
    }  # fmt: skip


def test_one_whose_tables_are_behind_is_not_ready(client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="feeds").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"].startswith("not applied: feeds.")


def test_one_is_ready_though_beat_is_silent(client) -> None:
    beat.hear(timezone.now() - timedelta(minutes=12))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["beat"]) == (200, "silent for 12 min")
    assert "beat" in answer.json()["ailing"]


def test_one_is_ready_though_mail_is_late(client, ringing) -> None:
    _deliver_at(timezone.now() - timedelta(minutes=40))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["mail"]) == (200, "the oldest is 40 min late")


def test_mail_that_is_put_off_is_not_late(client, ringing) -> None:
    _deliver_at(timezone.now() + timedelta(hours=1))
    assert client.get("/readyz").json()["mail"] == "ok"


def _deliver_at(time: datetime) -> None:
    order = Subscription.objects.create(email="reader@example.org", cadence="daily")
    Delivery.objects.create(subscription=order, period=time.date(), next_try_at=time)


def test_one_is_ready_though_the_disk_of_the_index_is_full(client, ringing, monkeypatch) -> None:
    monkeypatch.setattr("feeds.vitals.disk.LEAST", 1.1)
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["disk"].startswith("full: ")
    assert "disk" in answer.json()["ailing"]
