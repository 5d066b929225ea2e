"""An incoming webhook of Slack: text in its own markup, in which three signs are escaped."""

from collections.abc import Iterator

from accounts.webhooks.shapes.base import headline, shapes, shortened
from accounts.webhooks.told import Told
from feeds.asked import site_address

MOST = 10
LONGEST_COMMENT = 600
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Signs that would begin bold, italic, struck or code; their look-alikes begin nothing.
_MARKS = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ʹ"})


class Slack:
    name = "slack"
    label = "Slack"
    batch = MOST

    def body(self, told: Told) -> dict[str, object]:
        return {"text": "\n".join(_lines(told)), "unfurl_links": False, "unfurl_media": False}


def _lines(told: Told) -> Iterator[str]:
    yield f"*{_plain(headline(told)).translate(_MARKS)}*"
    if told.comment:
        yield f"> {_plain(shortened(told.comment.text, LONGEST_COMMENT))}"
        yield _link(site_address(f"/comments/{told.comment.id}"), "Read it")
    for paper in told.papers[:MOST]:
        yield f"• {_link(site_address(paper.path), shortened(paper.title, 200))}"
    if told.edition:
        yield _link(told.edition.url, "Read the edition")


def _link(url: str, words: str) -> str:
    return f"<{_plain(url)}|{_plain(words).replace('|', '¦')}>"


def _plain(text: str) -> str:
    return text.translate(_ESCAPES)


shapes.register(Slack())
