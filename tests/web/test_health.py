"""What a supervisor asks."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_live_process_says_so(client) -> None:
    answer = client.get("/livez")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_a_ready_one_names_each_part(client, settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ready": True, "database": "ok", "broker": "ok", "migrations": "ok", "index": "being built",
    }  # fmt: skip
    assert "no-store" in answer["Cache-Control"]


def test_one_without_its_broker_is_not_ready(client, settings) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["broker"]) == (503, "no answer")


def test_one_whose_tables_are_behind_is_not_ready(client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder.Migration.objects.filter(app="feeds").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"].startswith("not applied: feeds.")
