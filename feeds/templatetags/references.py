"""What a list is called in other forms: files of references, and the card of its link."""

from django import template

from feeds.collected import CollectionView
from feeds.query import FeedQuery
from feeds.web.cards import list_card
from feeds.web.cited import File, feeds_for, files_for
from feeds.web.described import Tags, card_tags
from feeds.web.lists import ListView

register = template.Library()


@register.simple_tag
def list_files(shown: ListView) -> list[File]:
    """The list as files of references."""
    return files_for(shown.asked)


@register.simple_tag
def list_feeds(shown: ListView) -> list[File]:
    """The list as feeds; none of one that some may not read."""
    return [] if shown.is_own else feeds_for(shown.asked)


@register.simple_tag
def collection_feeds(shown: CollectionView) -> list[File]:
    """The collection as feeds, the newest paper first; none of a private one."""
    asked = FeedQuery(collection=shown.slug, period="all", sort="new")
    return [] if shown.private else feeds_for(asked)


@register.simple_tag
def list_card_tags(shown: ListView) -> Tags:
    """What is shown where the list's link is passed on; nothing of one that not all may see."""
    if shown.query.collection or (shown.feed and shown.feed.private):
        return []
    title = shown.heading if not shown.feed else f"{shown.feed.name}: {shown.heading}"
    return card_tags(list_card(shown.asked, title, shown.description))
