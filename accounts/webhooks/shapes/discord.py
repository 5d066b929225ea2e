"""A webhook of Discord: one line and an embed for each paper; nobody is pinged."""

import re

from accounts.webhooks.shapes.base import headline, shapes, shortened
from accounts.webhooks.told import Told
from feeds.asked import site_address

MOST = 10  # embeds that Discord takes
_MARKUP = re.compile(r"([\\*_~`|>#\[\]()<@-])")


class Discord:
    name = "discord"
    label = "Discord"
    batch = MOST

    def body(self, told: Told) -> dict[str, object]:
        return {
            "content": f"**{_plain(shortened(headline(told), 500))}**",
            "embeds": _embeds(told),
            "allowed_mentions": {"parse": []},
        }


def _embeds(told: Told) -> list[dict[str, str]]:
    if told.comment:
        return [
            {
                "title": "Read it",
                "url": site_address(f"/comments/{told.comment.id}"),
                "description": _plain(shortened(told.comment.text, 600)),
            }
        ]
    found = [
        {
            "title": _plain(shortened(paper.title, 120)),
            "url": site_address(paper.path),
            "description": _plain(shortened(paper.marked_gist, 150)),
        }
        for paper in told.papers[:MOST]
    ]
    if told.edition:
        return [{"title": "Read the edition", "url": told.edition.url}, *found[: MOST - 1]]
    return found


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)


shapes.register(Discord())
