"""What a monitor reads."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from config import counting
from feeds.vitals import beat
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db
TOKEN = "a-token-of-a-monitor"


@pytest.fixture(autouse=True)
def _nothing_counted(settings, tmp_path) -> None:
    settings.DATA_DIR = tmp_path
    settings.METRICS_TOKEN = TOKEN
    counting.send()
    cache.clear()


def numbers(client) -> dict[str, float]:
    """Each sample as Prometheus writes it: `name{label=value,…}`."""
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    found = [sample for family in families for sample in family.samples]
    return {
        sample.name.removeprefix("broadsheet_")
        + "{"
        + ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
        + "}": sample.value
        for sample in found
    }


@pytest.mark.parametrize("given", ["", "Bearer wrong", f"Basic {TOKEN}", "Bearer", "Bearer \xe9"])
def test_who_has_no_token_reads_nothing(client, given) -> None:
    answer = client.get("/metrics", headers={"Authorization": given} if given else {})
    assert (answer.status_code, answer.content) == (401, b"")
    assert answer["WWW-Authenticate"] == "Bearer"


def test_without_a_token_set_there_is_no_such_page(client, settings) -> None:
    settings.METRICS_TOKEN = ""
    answer = client.get("/metrics", headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


def test_requests_are_counted_by_route_and_not_by_address(client) -> None:
    for number in range(3):
        client.get(f"/papers/2604.0000{number}")
    client.get("/feeds")
    client.get("/wp-login.php")
    found = numbers(client)
    name = "http_request_seconds"
    assert found[f"{name}_count{{method=GET,route=paper,status=4xx}}"] == 3
    assert found[f"{name}_count{{method=GET,route=feeds,status=2xx}}"] == 1
    assert found[f"{name}_count{{method=GET,route=none,status=4xx}}"] == 1
    spans = [n for sample, n in found.items() if re.match(rf"{name}_bucket.*route=paper,", sample)]
    assert len(spans) == 12
    assert spans == sorted(spans)
    assert 0 < found[f"{name}_sum{{method=GET,route=paper,status=4xx}}"] < 30


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_was_kept_counts_for_its_route(client) -> None:
    for _ in range(3):
        client.get("/feeds")
    assert numbers(client)["http_request_seconds_count{method=GET,route=feeds,status=2xx}"] == 3


def test_what_came_in_is_counted_by_what_became_of_it(client) -> None:
    entries = entry("One"), entry("Two")
    put_in(*entries)
    put_in(*entries)
    found = numbers(client)
    assert found["papers_total{change=new}"] == 2
    assert found["papers_total{change=unchanged}"] == 2


def test_parts_and_queues_are_told_as_they_are_now(client) -> None:
    beat.hear(timezone.now() - timedelta(minutes=12))
    found = numbers(client)
    assert (found["well{part=database}"], found["well{part=beat}"]) == (1, 0)
    assert 720 <= found["beat_age_seconds{}"] < 780
    assert found["queue_messages{queue=celery}"] == 0
    assert found["deliveries_due{}"] == found["vectors_waiting{}"] == 0
    assert found["sources{condition=failing}"] == 0


def test_what_redis_could_not_take_waits_for_it(client, settings) -> None:
    broker = settings.CELERY_BROKER_URL
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    client.get("/feeds")
    counting.send()
    without = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert b'broadsheet_well{part="broker"} 0.0' in without.content
    settings.CELERY_BROKER_URL = broker
    assert numbers(client)["http_request_seconds_count{method=GET,route=feeds,status=2xx}"] == 1
