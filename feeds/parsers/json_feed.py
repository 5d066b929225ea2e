"""JSON Feed (jsonfeed.org, versions 1 and 1.1), another Broadsheet's among them."""

import datetime as dt
from typing import Any

from feeds.parsers.base import Declined, parsers
from feeds.parsers.feed_item import FeedItem, paper
from feeds.parsers.json_document import document, each, first_text, inside, listed, with_a_paper
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest

_WORDS = ("jsonfeed.org/version",)


class JsonFeed:
    """The items of a JSON Feed; one without a title, which the format allows, is a Problem.

    The edition's day is that of the newest item. A feed without items holds none.
    """

    name = "json_feed"
    label = "JSON Feed"
    order = 5

    def parse(self, digest: RawDigest) -> ParsedDigest:
        feed = document(digest.whole(), _WORDS)
        if "jsonfeed.org/version" not in first_text(inside(feed, "version")):
            raise Declined("its JSON is no JSON Feed")
        entries = [
            _item(f"item {n}", one) for n, one in enumerate(listed(inside(feed, "items")), 1)
        ]
        if entries:
            with_a_paper(entries)
        return ParsedDigest(self.name, digest.date or _day(entries), entries)


def _day(entries: list[PaperRecord | Problem]) -> dt.date | None:
    days = [one.listed_at for one in entries if isinstance(one, PaperRecord) and one.listed_at]
    return max(days).date() if days else None


def _item(place: str, item: Any) -> PaperRecord | Problem:
    if not isinstance(item, dict):
        return Problem(place, "it is not an object")
    writers = [*each(item.get("authors"), "name"), inside(item, "author", "name")]
    names = [item.get(name) for name in ("external_url", "url", "id")]
    return paper(
        place,
        FeedItem(
            title=first_text(item.get("title")),
            summary=first_text(item.get("summary")),
            content=first_text(item.get("content_html"), item.get("content_text")),
            names=_texts(names),
            people=tuple(dict.fromkeys(_texts(writers))),
            topics=_texts(listed(item.get("tags"))),
            listed_at=first_text(item.get("date_published"), item.get("date_modified")),
            thumbnail_url=first_text(item.get("image"), item.get("banner_image")),
        ),
    )


def _texts(values: list[Any]) -> tuple[str, ...]:
    return tuple(one for one in values if isinstance(one, str))


parsers.register(JsonFeed())
