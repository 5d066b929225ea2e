"""An incoming webhook of Mattermost: text in Markdown."""

import re
from collections.abc import Iterator

from accounts.webhooks.shapes.base import headline, shapes, shortened
from accounts.webhooks.told import Told
from feeds.asked import site_address

MOST = 10
_MARKUP = re.compile(r"([\\*_~`|>#\[\]()<!:+-])")
_CALLS = re.compile(r"@(?=\w)")


class Mattermost:
    name = "mattermost"
    label = "Mattermost"
    batch = MOST

    def body(self, told: Told) -> dict[str, object]:
        return {"text": "\n".join(_lines(told))}


def _lines(told: Told) -> Iterator[str]:
    yield f"**{_plain(headline(told))}**\n"
    if told.comment:
        yield f"> {_plain(shortened(told.comment.text, 600))}\n"
        yield f"[Read it]({site_address(f'/comments/{told.comment.id}')})"
    for paper in told.papers[:MOST]:
        yield f"- [{_plain(shortened(paper.title, 200))}]({site_address(paper.path)})"
    if told.edition:
        yield f"\n[Read the edition]({told.edition.url})"


def _plain(text: str) -> str:
    # A sign without width parts the @ from a name, so that nobody is called.
    return _CALLS.sub("@\u200b", _MARKUP.sub(r"\\\1", text))


shapes.register(Mattermost())
