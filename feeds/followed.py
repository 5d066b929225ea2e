"""What a person follows and hides, as it is read; nobody else learns of it.

`in=following` asks for the papers of all that the viewer follows. Those of its tags, of its
authors and of each list are pieces of their own, so that the best of each are read off an index
and no condition with many sides is tried on every paper.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import BooleanField, F, Func, OuterRef, QuerySet
from redis.exceptions import RedisError

from feeds.authors import author_key
from feeds.collected import check_collection
from feeds.matching import in_feed, matching
from feeds.models import Follow, HiddenTag, Mark, Paper, PaperTag, Tag
from feeds.models.paper import HasSome, PaperQuerySet
from feeds.named import FeedView, feed_of
from feeds.narrowing import listed, narrowed
from feeds.query import FOLLOWING, FeedQuery, QueryError, parse
from feeds.records import TagView

MOST = 300
MOST_LISTS = 30
# So many papers of a piece are looked up and sorted; the best of more are met on the way.
FEW = 5_000
KEPT = 300  # seconds


@dataclass(frozen=True, slots=True)
class Followed:
    """What a person follows: a tag, an author or a list, and the question for its papers."""

    kind: str
    query: FeedQuery

    @property
    def text(self) -> str:
        return str(self.query)


@dataclass(frozen=True, slots=True)
class Stand:
    """How a person stands to a list: `hidden` says that its one tag is hidden."""

    followed: bool = False
    hidden: bool = False


def parts(query: FeedQuery, feed: FeedView | None, viewer: int | None) -> list[PaperQuerySet]:
    """The papers that answer the question, in one piece, or in several that may share papers."""
    if query.collection != FOLLOWING:
        return [matching(query, feed, viewer)]
    return _pieces(matching(replace(query, collection=""), feed, viewer), viewer)


def parts_of(found: PaperQuerySet, query: FeedQuery, viewer: int | None) -> list[PaperQuerySet]:
    """Those of the papers that the question's terms hold for, whatever its period and feed."""
    if query.collection != FOLLOWING:
        return [narrowed(found, query, viewer)]
    return _pieces(narrowed(found, replace(query, collection=""), viewer), viewer)


def best(pieces: list[PaperQuerySet], sort: str, count: int) -> PaperQuerySet:
    """The papers of the pieces, best first; of several pieces the first `count` at least."""
    if len(pieces) == 1:
        return pieces[0].ranked(sort)
    firsts = [found.ranked(sort).values_list("pk", flat=True)[:count] for found in pieces]
    return Paper.objects.filter(pk__in=list(firsts[0].union(*firsts[1:]))).ranked(sort)


def to_follow(query: FeedQuery) -> FeedQuery:
    """The question without what following it leaves out: its period and its order."""
    return replace(query.on("all", None), sort="hot")


def followable(query: FeedQuery) -> bool:
    """Whether it asks for some papers rather than for all, or for what one follows anyway."""
    bare = to_follow(query)
    return bare not in (FeedQuery(period="all"), FeedQuery(collection=FOLLOWING, period="all"))


def kind_of(query: FeedQuery) -> tuple[str, str]:
    """Whether the question is for a tag, an author or a list, and what that is known by."""
    bare = to_follow(query)
    if len(bare.tags) == 1 and bare == FeedQuery(tags=bare.tags, period="all"):
        return Follow.Kind.TAG, bare.tags[0]
    if len(bare.authors) == 1 and bare == FeedQuery(authors=bare.authors, period="all"):
        return Follow.Kind.AUTHOR, author_key(bare.authors[0])
    return Follow.Kind.LIST, ""


def followed_by(person: int) -> list[Followed]:
    """All that the person follows: tags, then authors, then lists, each as they came."""
    rows = Follow.objects.filter(user=person).order_by("made_at", "id")[:MOST]
    found = [Followed(row.kind, query) for row in rows if (query := _read(row.query))]
    kinds = [str(kind) for kind in (Follow.Kind.TAG, Follow.Kind.AUTHOR, Follow.Kind.LIST)]
    return sorted(found, key=lambda one: kinds.index(one.kind))


def tags_followed_by(viewer: int | None) -> set[str]:
    """The slugs of the tags that the viewer follows, as they are called now."""
    if viewer is None:
        return set()
    rows = Follow.objects.filter(user=viewer, kind=Follow.Kind.TAG)
    tags = Tag.objects.filter(slug__in=rows.values("key"))
    found = tags.values_list("slug", "merged_into__slug")
    return {now or slug for slug, now in found}


def tags_hidden_by(person: int) -> list[TagView]:
    """The tags that the person hid, by name, each as it is called now."""
    rows = HiddenTag.objects.filter(user=person).select_related("tag__merged_into")
    tags = {row.tag.merged_into or row.tag for row in rows[:MOST]}
    found = [TagView(tag.slug, tag.name, tag.kind, description=tag.description) for tag in tags]
    return sorted(found, key=lambda tag: (tag.name, tag.slug))


def stand(query: FeedQuery, viewer: int | None) -> Stand:
    """How the viewer stands to the list that the question asks for."""
    if viewer is None or not followable(query):
        return Stand()
    kind, key = kind_of(query)
    followed = following_rows(query, viewer).exists()
    if kind != Follow.Kind.TAG:
        return Stand(followed)
    return Stand(followed, hiding_rows(key, viewer).exists())


def following_rows(query: FeedQuery, person: int) -> QuerySet[Follow]:
    """The rows by which the person follows this; of a merged tag those under any of its names."""
    kind, key = kind_of(query)
    rows = Follow.objects.filter(user=person, kind=kind)
    if kind == Follow.Kind.LIST:
        return rows.filter(query=str(to_follow(query)))
    keys = names_of_tag(key) if kind == Follow.Kind.TAG else [key]
    return rows.filter(key__in=keys)


def hiding_rows(slug: str, person: int) -> QuerySet[HiddenTag]:
    return HiddenTag.objects.filter(user=person, tag__slug__in=names_of_tag(slug))


def names_of_tag(slug: str) -> list[str]:
    """All slugs under which the tag goes: its own, and those merged into it."""
    tags = Tag.objects.named([slug])
    rows = Tag.objects.filter(merged_into__in=tags) | Tag.objects.filter(pk__in=tags)
    return [slug, *rows.values_list("slug", flat=True)]


def who_hide(people: Iterable[int]) -> set[int]:
    """Those of the people whose lists leave something out."""
    given = list(people)
    tags = HiddenTag.objects.filter(user__in=given).values_list("user_id", flat=True)
    papers = Mark.objects.filter(user__in=given, hidden_at__isnull=False)
    return set(tags.union(papers.values_list("user_id", flat=True))) if given else set()


def _pieces(found: PaperQuerySet, viewer: int | None) -> list[PaperQuerySet]:
    rows = list(Follow.objects.filter(user=viewer).order_by("id")[:MOST]) if viewer else []
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in Follow.Kind.values}
    pieces = []
    if tags := by_kind[Follow.Kind.TAG]:
        ids = list(Tag.objects.named(row.key for row in tags).values_list("pk", flat=True))
        carried = PaperTag.objects.filter(tag__in=ids)
        some = HasSome(carried.filter(paper=OuterRef("pk")))
        few = _few(found, carried.values("paper_id"))
        pieces.append(found.filter(some) if few is None else few)
    if authors := by_kind[Follow.Kind.AUTHOR]:
        theirs = {"author_keys__overlap": [row.key for row in authors]}
        few = _few(found, Paper.objects.filter(**theirs).values("pk"))
        pieces.append(found.filter(**theirs) if few is None else few)
    for row in by_kind[Follow.Kind.LIST][:MOST_LISTS]:
        listed_there = _of_list(Paper.objects.visible(), row.query, viewer)
        if listed_there is None:
            continue
        few = _few(found, listed_there.values("pk"), known_as=row.query)
        piece = _of_list(found, row.query, viewer) if few is None else few
        pieces += [piece] if piece is not None else []
    return pieces or [found.none()]


def _few(
    found: PaperQuerySet, ids: QuerySet[Any, Any], *, known_as: str = ""
) -> PaperQuerySet | None:
    """Those of the papers that have these ids, looked up one by one; None where they are many,
    and so come soon in any order.
    """
    if not _are_few(ids, known_as):
        return None
    among = Func(
        F("pk"),
        ArraySubquery(ids),
        template="(%(expressions)s))",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )
    return found.filter(among)


def _are_few(ids: QuerySet[Any, Any], known_as: str) -> bool:
    """Kept for some minutes where they have a name: it decides how papers are found, not which."""
    key = f"few:1:{FEW}:{hashlib.blake2b(known_as.encode(), digest_size=16).hexdigest()}"
    with suppress(RedisError):
        known: bool | None = cache.get(key) if known_as else None
        if known is not None:
            return known
    few: bool = ids[: FEW + 1].count() <= FEW
    if known_as:
        with suppress(RedisError):
            cache.set(key, few, KEPT)
    return few


def _of_list(found: PaperQuerySet, text: str, viewer: int | None) -> PaperQuerySet | None:
    """The papers that a followed list asks for; None where it is closed to the viewer by now."""
    try:
        query = parse(text)
        check_collection(query, viewer)
        feed = feed_of(query, viewer)
    except QueryError:
        return None
    if feed:
        found = found.filter(pk__in=in_feed(feed).values("pk"))
    return listed(narrowed(found, query, viewer), query, None, None)


def _read(text: str) -> FeedQuery | None:
    try:
        return parse(text)
    except QueryError:
        return None
