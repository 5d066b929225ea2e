"""A person follows tags, authors and lists, and hides tags: the rules, whoever asks and by what.

All raise CannotFollow, and then changed nothing.
"""

import datetime as dt
from dataclasses import replace

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.translation import gettext as _

from feeds.collected import check_collection
from feeds.followed import (
    MOST,
    MOST_LISTS,
    followable,
    following_rows,
    hiding_rows,
    kind_of,
    to_follow,
)
from feeds.for_you.noticing import notice
from feeds.models import Follow, HiddenTag, Tag
from feeds.named import feed_of
from feeds.query import FOLLOWING, FeedQuery, QueryError, parse
from feeds.tex.clean import strip_controls

LONGEST = 1000


class CannotFollow(ValueError):
    """What was asked for cannot be done; the text says why and what to do."""


@transaction.atomic
def follow(text: str, by: int, now: dt.datetime) -> FeedQuery:
    """The papers of the list that the query string asks for are among what the person follows.

    Its period and order are left out. A tag that the person hid is shown again.
    """
    query = _checked(text, by)
    kind, key = kind_of(query)
    if kind == Follow.Kind.TAG:
        key = _tag(key).slug
        query = replace(query, tags=(key,))
        hiding_rows(key, by).delete()
    _hold(by)
    if following_rows(query, by).exists():
        return query
    rows = Follow.objects.filter(user=by)
    if rows.count() >= MOST:
        raise CannotFollow(
            _("%(most)s are the most that one follows. Leave one first.") % {"most": MOST}
        )
    if kind == Follow.Kind.LIST and rows.filter(kind=kind).count() >= MOST_LISTS:
        raise CannotFollow(
            _("%(most_lists)s lists are the most that one follows. Leave one first.")
            % {"most_lists": MOST_LISTS}
        )
    Follow.objects.create(user_id=by, kind=kind, key=key, query=str(query), made_at=now)
    notice(by)
    return query


def unfollow(text: str, by: int) -> FeedQuery:
    """Takes it out of what the person follows, if it is there."""
    query = _read(text)
    following_rows(query, by).delete()
    notice(by)
    return to_follow(query)


@transaction.atomic
def hide_tag(slug: str, by: int, now: dt.datetime) -> Tag:
    """Leaves the papers of the tag out of all lists that the person reads.

    Where they followed it, they do no more.
    """
    tag = _tag(slug)
    following_rows(FeedQuery(tags=(tag.slug,), period="all"), by).delete()
    _hold(by)
    if HiddenTag.objects.filter(user=by).count() >= MOST:
        raise CannotFollow(
            _("%(most)s hidden tags are the most. Show one of them again first.") % {"most": MOST}
        )
    HiddenTag.objects.get_or_create(user_id=by, tag=tag, defaults={"made_at": now})
    return tag


def show_tag(slug: str, by: int) -> Tag:
    """The person's lists show papers of the tag again."""
    tag = _tag(slug)
    hiding_rows(slug, by).delete()
    return tag


def _hold(person: int) -> None:
    get_user_model().objects.select_for_update(no_key=True).filter(pk=person).first()


def _tag(slug: str) -> Tag:
    tag = Tag.objects.named([slug]).first() if "\0" not in slug else None
    if tag is None:
        raise CannotFollow(_("No tag is called %(slug)s.") % {"slug": strip_controls(slug)[:100]})
    return tag


def _checked(text: str, by: int) -> FeedQuery:
    query = _read(text)
    if query.collection == FOLLOWING:
        raise CannotFollow(_("That is what you follow already."))
    if not followable(query):
        raise CannotFollow(_("That is every paper. Choose a tag, an author or a filter first."))
    if len(str(query)) > LONGEST:
        raise CannotFollow(_("The list asks for too much to be followed. Leave out some filters."))
    try:
        check_collection(query, by)
        feed_of(query, by)
    except QueryError as unknown:
        raise CannotFollow(str(unknown)) from None
    return query


def _read(text: str) -> FeedQuery:
    try:
        return to_follow(parse(text))
    except QueryError as error:
        raise CannotFollow(str(error)) from None
