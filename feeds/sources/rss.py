"""A feed at a fixed address, asked whether it has changed."""

import hashlib
from collections.abc import Generator
from datetime import datetime
from urllib.parse import urlsplit

from django import forms

from feeds.sources.base import Ask, Document, Settings, State, sources


class RssForm(forms.Form):
    url = forms.URLField(
        label="Address", assume_scheme="https", help_text="of an RSS or Atom feed of papers"
    )


class Rss:
    """One document at one address; what has not changed is not taken again."""

    name = "rss"
    label = "A feed (RSS or Atom)"
    every = 60
    form = RssForm

    def fetch(
        self, settings: Settings, state: State, now: datetime, ask: Ask
    ) -> Generator[Document]:
        url = settings["url"]
        # What was remembered belongs to the address that it came from.
        known = state if state.get("url") == url else {}
        answer = ask(url, etag=known.get("etag", ""), modified=known.get("modified", ""))
        if answer.unchanged:
            return
        digest = hashlib.sha256(answer.content).hexdigest()
        fresh = {
            "url": url,
            "etag": answer.etag,
            "modified": answer.modified,
            "sha256": digest,
        }
        content = answer.content if digest != known.get("sha256") else None
        yield Document(content, _name(url), fresh)


def _name(url: str) -> str:
    """The address without what may be a secret in it."""
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}"


sources.register(Rss())
