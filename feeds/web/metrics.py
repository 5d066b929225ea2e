"""Everything that a monitor wants to know, as Prometheus reads it."""

from collections.abc import Iterator
from itertools import accumulate

import redis
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from config.counting import Count, Field, Timing, counted, known
from config.version import VERSION
from feeds.vitals.base import UNKNOWN, Looked, examine

_PREFIX = "broadsheet_"


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For who has the token; where none is set there is no such page."""
    if not settings.METRICS_TOKEN:
        raise Http404
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    right = constant_time_compare(token.strip(), settings.METRICS_TOKEN)
    if scheme.lower() != "bearer" or not right:
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry()
    registry.register(_Everything())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Everything(Collector):
    def describe(self) -> list[Metric]:
        return []  # so that it is not asked for twice

    def collect(self) -> Iterator[Metric]:
        info = GaugeMetricFamily(f"{_PREFIX}info", "The version that runs", labels=["version"])
        info.add_metric([VERSION], 1)
        yield info
        looked = examine(timezone.now())
        yield _wellness(looked)
        yield from _numbers(looked)
        try:
            counts = counted()
        except redis.RedisError:
            return  # the broker's wellness tells of it
        for kind in known():
            yield _timing(kind, counts) if isinstance(kind, Timing) else _count(kind, counts)


def _wellness(looked: list[Looked]) -> Metric:
    made = GaugeMetricFamily(f"{_PREFIX}well", "1 where a part is well, else 0", labels=["part"])
    for one in looked:
        if one.word and one.word != UNKNOWN:
            made.add_metric([one.name], float(one.is_well))
    return made


def _numbers(looked: list[Looked]) -> Iterator[Metric]:
    families: dict[str, GaugeMetricFamily] = {}
    for number in (number for one in looked for number in one.found.numbers):
        made = families.get(number.name)
        if made is None:
            made = GaugeMetricFamily(
                _PREFIX + number.name, number.about, labels=list(number.labels)
            )
            families[number.name] = made
        made.add_metric(list(number.labels.values()), number.value)
    yield from families.values()


def _count(kind: Count, counts: dict[Field, float]) -> Metric:
    made = CounterMetricFamily(_PREFIX + kind.name, kind.about, labels=kind.labels)
    for (name, *labels), n in sorted(counts.items()):
        if name == kind.name and len(labels) == len(kind.labels):
            made.add_metric(labels, n)
    return made


def _timing(kind: Timing, counts: dict[Field, float]) -> Metric:
    made = HistogramMetricFamily(_PREFIX + kind.name, kind.about, labels=kind.labels)
    found: dict[Field, dict[str, float]] = {}
    for (name, *labels, end), n in sorted(counts.items()):
        if name == kind.name and len(labels) == len(kind.labels):
            found.setdefault(tuple(labels), {})[end] = n
    for choice, spans in found.items():
        each = accumulate(spans.get(end, 0.0) for end in kind.ends)
        buckets = list(zip(kind.ends, each, strict=True))
        made.add_metric(choice, buckets, spans.get("sum", 0.0))
    return made
