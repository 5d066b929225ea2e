"""What is for a reader: the order of the papers that a question means, and why each is there."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from feeds.for_you import deeds
from feeds.for_you.explaining import EXPLORED, because, score_of
from feeds.for_you.noticing import notice
from feeds.for_you.ordering import Ordered, by_taste, for_breadth, with_some_explored
from feeds.for_you.recent import block_of, latest, newest, recent_block
from feeds.for_you.taste import Taste as Learned
from feeds.models import PaperTag, Tag, Taste
from feeds.models.paper import PaperQuerySet
from feeds.query import FOR_YOU, FeedQuery, SignIn
from feeds.rarity import known_rarity
from feeds.records import PaperView, Score

ENOUGH, OTHERS = 100, 100
KEPT = 3600  # seconds
# When a taste was learned, and when something was done that is not learned yet.
Stand = tuple[datetime, datetime | None]
OFF, NOTHING, LEARNING, READY = "off", "nothing", "learning", "ready"
NOTES = {
    OFF: gettext_noop("For you is switched off."),
    NOTHING: gettext_noop(
        "Vote for a few papers, save some or follow an author: then those that are likely to be "
        "yours stand here first."
    ),
    LEARNING: gettext_noop("Your first votes are being read. Load this again in a second."),
    READY: "",
}


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with a reader's taste; `named` are its weightiest words, authors and topics,
    `learned_from` counts what they did.
    """

    name: str
    learned_at: datetime | None
    learned_from: Mapping[str, int]
    named: Sequence[Mapping[str, Any]]
    since: datetime | None = None

    @property
    def note(self) -> str:
        """What a reader is told where nothing can be ordered for them; "" where it can."""
        return _(NOTES[self.name]) if NOTES[self.name] else ""


def check_for_you(query: FeedQuery, viewer: int | None) -> None:
    """Raises SignIn where nobody is known whose order it could be."""
    if query.sort == FOR_YOU and viewer is None:
        raise SignIn("sort", _("Sign in to read what is for you."))


def state_of(person: int) -> State:
    """How it stands; where something was done but nobody learned from it yet, they are told."""
    row = Taste.objects.filter(user=person).first()
    if row is None or not (row.off or row.learned_at or row.wanted_at or row.since):
        if any(deeds.deeds_of(person, None).counts.values()):
            notice(person)
            return State(LEARNING, None, {}, ())
        return State(NOTHING, None, {}, ())
    name = OFF if row.off else READY if row.packed else LEARNING if row.wanted_at else NOTHING
    return State(name, row.learned_at, row.learned_from, row.named, row.since)


def in_readers_order(pieces: list[PaperQuerySet], person: int, *, narrow: bool) -> Ordered:
    """The papers of the pieces in the person's order: those of late, and where these are few and
    the question is `narrow` the latest others too. None where nothing is learned.
    """
    stand = _stand(person)
    if stand is None:
        return Ordered()
    version, _wanted = stand
    if not narrow:  # who shows a page asks which of them are shown
        return _ordered_of_late(person, stand)
    known = _scores_of_late(person, version)
    scores = {paper: known[paper] for paper in _matching(pieces, known)}
    if len(scores) < ENOUGH:
        scores |= _taste_of(person).scores(block_of(_others(pieces, set(known))))
    return _ordered(scores, person)


def _ordered_of_late(person: int, stand: Stand) -> Ordered:
    """Kept until they do something more: pages are turned, and read again."""
    version, wanted = stand
    told = (version.timestamp(), wanted and wanted.timestamp(), newest(), timezone.now().date())
    key = f"for-you:order:1:{person}:{':'.join(map(str, told))}"
    with suppress(RedisError):
        kept: Ordered | None = cache.get(key)
        if kept is not None:
            return kept
    found = _ordered(_scores_of_late(person, version), person)
    with suppress(RedisError):
        cache.set(key, found, KEPT)
    return found


def _ordered(scores: Mapping[int, float], person: int) -> Ordered:
    seen, unwanted = deeds.known_to(person)
    ranked = by_taste(scores)
    fresh = [paper for paper in ranked if paper not in seen]
    broad = for_breadth(fresh, scores, _topics(fresh[:40]))
    made = with_some_explored(broad, person, timezone.now().date())
    last = sorted((paper for paper in ranked if paper in seen), key=unwanted.__contains__)
    return replace(made, papers=(*made.papers, *last))


def explained_for(
    papers: tuple[PaperView, ...], person: int, explored: frozenset[int]
) -> tuple[PaperView, ...]:
    """The papers, each with its score by the person's taste and the reason in words."""
    found = []
    told = _explanations(papers, person)
    for one in papers:
        score, reason = told[one.id]
        note = _(EXPLORED) if one.id in explored else reason
        found.append(replace(one, score=score, note=note or one.note))
    return tuple(found)


def _explanations(papers: Sequence[PaperView], person: int) -> dict[int, tuple[Score, str]]:
    """Kept: a reader comes back to their page, and reads the same papers' words each time."""
    version = _version(person)
    begins = f"for-you:why:1:{person}:{version.timestamp() if version else 0}:{get_language()}"
    keys = {one.id: f"{begins}:{one.id}:{one.changed_at.timestamp()}" for one in papers}
    kept: dict[str, tuple[Score, str]] = {}
    with suppress(RedisError):
        kept = cache.get_many(keys.values())
    lacking = [one for one in papers if keys[one.id] not in kept]
    if lacking:
        taste, rarity = _taste_of(person), known_rarity()
        told = {one.id: score_of(one, taste, rarity) for one in lacking}
        new = {keys[pk]: (score, because(said)) for pk, (score, said) in told.items()}
        kept |= new
        with suppress(RedisError):
            cache.set_many(new, KEPT)
    return {pk: kept[key] for pk, key in keys.items()}


def _ready(person: int) -> QuerySet[Taste]:
    return Taste.objects.filter(user=person, off=False).exclude(packed=b"")


def _stand(person: int) -> Stand | None:
    """None where nothing is learned."""
    learned, wanted = _ready(person).values_list("learned_at", "wanted_at").first() or (None, None)
    return (learned, wanted) if learned else None


def _version(person: int) -> datetime | None:
    """When their taste was learned; None where there is none."""
    stand = _stand(person)
    return stand[0] if stand else None


def _taste_of(person: int) -> Learned:
    packed = _ready(person).values_list("packed", flat=True).first()
    return Learned.unpacked(bytes(packed or b""))


def _scores_of_late(person: int, version: datetime) -> dict[int, float]:
    key = f"for-you:1:{person}:{version.timestamp()}:{newest()}"
    with suppress(RedisError):
        kept: dict[int, float] | None = cache.get(key)
        if kept is not None:
            return kept
    wanted = set(latest())
    every = _taste_of(person).scores(recent_block(wanted))
    found = {paper: score for paper, score in every.items() if paper in wanted}
    with suppress(RedisError):
        cache.set(key, found, KEPT)
    return found


def _matching(pieces: list[PaperQuerySet], known: Mapping[int, float]) -> set[int]:
    fitting = [found.filter(pk__in=list(known)) for found in pieces]
    return {paper for found in fitting for paper in found.values_list("pk", flat=True)}


def _others(pieces: list[PaperQuerySet], known: set[int]) -> list[int]:
    """The latest of the papers that are not of late."""
    ids: dict[int, None] = {}
    for found in pieces:
        rows = found.ranked("new").values_list("pk", flat=True)[: OTHERS + ENOUGH]
        ids |= dict.fromkeys(paper for paper in rows if paper not in known)
    return list(ids)[:OTHERS]


def _topics(papers: Sequence[int]) -> dict[int, dict[int, float]]:
    rows = PaperTag.objects.filter(paper__in=papers, tag__hidden=False)
    rows = rows.exclude(tag__kind=Tag.Kind.CATEGORY)
    found: dict[int, dict[int, float]] = {}
    for paper, tag, sure in rows.values_list("paper_id", "tag_id", "confidence"):
        found.setdefault(paper, {})[tag] = sure
    return found
