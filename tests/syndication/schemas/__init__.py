"""What a feed may hold: schemas of XML, and the same for JSON Feed 1.1."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

_TEXTS = {
    "feed": (
        "version", "title", "home_page_url", "feed_url", "description", "user_comment", "next_url",
        "icon", "favicon", "language",
    ),
    "item": (
        "id", "url", "external_url", "title", "content_html", "content_text", "summary", "image",
        "banner_image", "date_published", "date_modified", "language",
    ),
    "author": ("name", "url", "avatar"),
}  # fmt: skip
_LISTS = {"feed": ("items", "authors", "hubs"), "item": ("authors", "tags", "attachments")}


@cache
def _schema(name: str) -> etree.RelaxNG:
    return etree.RelaxNG(etree.parse(Path(__file__).parent / f"{name}.rng"))


def faults(content: bytes, name: str) -> list[str]:
    """Why the document is none of that schema (atom, rss, opml); nothing where it is one."""
    schema, document = _schema(name), etree.fromstring(content)
    return [] if schema.validate(document) else [str(one) for one in schema.error_log]


def faults_of_json_feed(content: bytes) -> list[str]:
    """The same of a JSON Feed 1.1."""
    feed = json.loads(content)
    found = _wrong(feed, "feed", ("version", "title", "items"))
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        found.append("another version")
    ids = []
    for item in feed.get("items", []):
        found += _wrong(item, "item", ("id",))
        if not item.get("content_html") and not item.get("content_text"):
            found.append("an item without content")
        found += [f"{item[name]} is no date" for name in _DATES if not _is_date(item.get(name))]
        for author in item.get("authors", []):
            found += _wrong(author, "author", ())
        found += ["a tag that is no text" for tag in item.get("tags", []) if not _is_text(tag)]
        ids.append(item.get("id"))
    return found + (["an id twice"] if len(set(ids)) < len(ids) else [])


_DATES = ("date_published", "date_modified")


def _wrong(thing: dict[str, Any], kind: str, needed: tuple[str, ...]) -> list[str]:
    texts, lists = _TEXTS[kind], _LISTS.get(kind, ())
    found = [f"no {name}" for name in needed if name not in thing]
    found += [f"{name} is no text" for name in texts if name in thing and not _is_text(thing[name])]
    found += [f"{name} is no list" for name in lists if not isinstance(thing.get(name, []), list)]
    return found + [f"an unknown {name}" for name in thing if name not in (*texts, *lists)]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value.strip() != ""


def _is_date(value: Any) -> bool:
    """A date and time with its zone (RFC 3339), or none."""
    try:
        return value is None or dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
