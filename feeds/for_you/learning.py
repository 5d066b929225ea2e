"""A reader's taste is learned from what they did, and forgotten when they say so.

The row is the truth: what it waits for (`wanted_at`) is learned whenever somebody looks, and what
the reader does meanwhile waits for the next time.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from feeds.authors import author_key
from feeds.for_you.deeds import FOLLOWED, Deeds, deeds_of
from feeds.for_you.features import AUTHOR, TOPIC, Matter, features
from feeds.for_you.fitting import Example, fit
from feeds.for_you.noticing import notice
from feeds.for_you.recent import features_of, latest, recent_block
from feeds.for_you.taste import Taste as Learned
from feeds.models import Mark, Paper, Tag, Taste
from feeds.rarity import known_rarity

NAMED = 40  # of each kind, those that speak most for a paper
AT_ONCE = 50
WAITED = timedelta(seconds=30)


def learn(person: int, now: datetime) -> bool:
    """Learns the person's taste if it waits; whether it did."""
    row = Taste.objects.filter(user=person, wanted_at__isnull=False).first()
    if row is None:
        return False
    mine = Taste.objects.filter(user=person)
    learned = {} if row.off else _learned(person, row.since) | {"learned_at": now}
    mine.update(**learned)
    # What came meanwhile has written another time.
    mine.filter(wanted_at=row.wanted_at).update(wanted_at=None)
    return not row.off


def waiting(now: datetime) -> list[int]:
    """Those whose taste waits though somebody was rung for: the bell may have been lost."""
    rows = Taste.objects.filter(wanted_at__lt=now - WAITED).order_by("wanted_at")
    return list(rows.values_list("user_id", flat=True)[:AT_ONCE])


def get_ready() -> None:
    """Has the papers of late at hand, so that the next vote need not wait for them."""
    if Taste.objects.exists():
        recent_block(latest())


def forget(person: int, now: datetime) -> None:
    """Learns from what the person does from now on alone. Votes and lists stay as they are."""
    Taste.objects.update_or_create(
        user_id=person,
        defaults={
            "since": now,
            "wanted_at": None,
            "learned_at": None,
            "learned_from": {},
            "named": [],
            "packed": b"",
        },
    )
    Mark.objects.filter(user=person).update(less_at=None)


def switch(person: int, *, off: bool) -> None:
    """While it is off nothing is learned, and what was learned is not kept."""
    emptied: dict[str, Any] = {"learned_at": None, "learned_from": {}, "named": [], "packed": b""}
    Taste.objects.update_or_create(user_id=person, defaults={"off": off} | (emptied if off else {}))
    if not off:
        notice(person)


def _learned(person: int, since: datetime | None) -> dict[str, Any]:
    deeds = deeds_of(person, since)
    examples = _examples(deeds)
    recent = latest()
    taste = fit(examples, recent_block(recent), deeds.papers)
    return {
        "learned_from": deeds.counts,
        "named": _named(taste, examples, list(deeds.papers)),
        "packed": taste.packed(),
    }


def _examples(deeds: Deeds) -> list[Example]:
    told = features_of(list(deeds.papers))
    known = known_rarity()
    examples = [Example(has, deeds.papers[paper]) for paper, has in told.items()]
    followed = [Matter("", authors=(key,)) for key in deeds.authors]
    followed += [Matter("", topics=(slug,)) for slug in deeds.topics]
    return examples + [Example(features(one, known), FOLLOWED) for one in followed]


def _named(taste: Learned, examples: Iterable[Example], papers: list[int]) -> list[dict[str, Any]]:
    """The features that speak most for a paper, by names that a reader knows."""
    names = set().union(*(one.has for one in examples if one.weight > 0))
    weights = {name: weight for name in names if (weight := taste.of(name)) > 0}
    best: dict[str, list[str]] = {"word": [], "author": [], "topic": []}
    said: set[str] = set()
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        kind = {AUTHOR: "author", TOPIC: "topic"}.get(name[0], "word")
        parts = set(name.split()) if kind == "word" else set()
        if len(best[kind]) < NAMED and not parts & said:
            best[kind].append(name)
            said |= parts
    called = _author_names(papers) | _topic_names(best["topic"])
    return [
        {"kind": kind, "name": called.get(name, name.lstrip("@#")), "weight": weights[name]}
        for kind, names in best.items()
        for name in names
    ]


def _author_names(papers: Iterable[int]) -> dict[str, str]:
    rows = Paper.objects.filter(pk__in=papers).values_list("authors", flat=True)
    return {AUTHOR + author_key(name): name for names in rows for name in names}


def _topic_names(topics: Iterable[str]) -> dict[str, str]:
    rows = Tag.objects.filter(slug__in=[topic.removeprefix(TOPIC) for topic in topics])
    return {TOPIC + slug: name for slug, name in rows.values_list("slug", "name")}
