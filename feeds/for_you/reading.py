"""What is for a reader: the order of the papers that a question means, and why each is there."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from redis.exceptions import RedisError

from feeds.for_you import deeds
from feeds.for_you.explaining import EXPLORED, because, score_of
from feeds.for_you.noticing import notice
from feeds.for_you.ordering import Ordered, by_taste, for_breadth, with_some_explored
from feeds.for_you.recent import block_of, latest, recent_block
from feeds.for_you.taste import Taste as Learned
from feeds.models import PaperTag, Tag, Taste
from feeds.models.paper import PaperQuerySet
from feeds.query import FOR_YOU, FeedQuery, SignIn
from feeds.records import PaperView
from feeds.similar import known_rarity

ENOUGH, OTHERS = 200, 100
KEPT = 3600  # seconds
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
    named: Sequence[Mapping[str, object]]
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
    taste, version = _taste_of(person)
    if version is None:
        return Ordered()
    known = _scores_of_late(person, taste, version)
    matching = _matching(pieces, known)
    scores = {paper: known[paper] for paper in matching}
    if narrow and len(scores) < ENOUGH:
        scores |= taste.scores(block_of(_others(pieces, set(known))))
    return _ordered(scores, person)


def _ordered(scores: Mapping[int, float], person: int) -> Ordered:
    done = deeds.papers_by_kind(person)
    unwanted = set(done.pop(deeds.LESS))
    seen = {paper for papers in done.values() for paper in papers} | unwanted
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
    if not papers:
        return papers
    taste, rarity = _taste_of(person)[0], known_rarity()
    found = []
    for one in papers:
        score, said = score_of(one, taste, rarity)
        note = _(EXPLORED) if one.id in explored else because(said)
        found.append(replace(one, score=score, note=note or one.note))
    return tuple(found)


def _taste_of(person: int) -> tuple[Learned, datetime | None]:
    row = Taste.objects.filter(user=person, off=False).exclude(packed=b"")
    told = row.values_list("packed", "learned_at").first()
    return (Learned.unpacked(bytes(told[0])), told[1]) if told else (Learned(), None)


def _scores_of_late(person: int, taste: Learned, version: datetime) -> dict[int, float]:
    ids = latest()
    newest = ids[0] if ids else 0
    key = f"for-you:1:{person}:{version.timestamp()}:{newest}:{len(ids)}"
    with suppress(RedisError):
        kept: dict[int, float] | None = cache.get(key)
        if kept is not None:
            return kept
    wanted = set(ids)
    every = taste.scores(recent_block(ids))
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
