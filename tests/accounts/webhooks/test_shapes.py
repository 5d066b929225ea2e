"""The bodies that chats take: nothing of a title or a comment is markup there."""

from datetime import UTC, datetime

import pytest

from accounts.webhooks.shapes.base import shapes
from accounts.webhooks.told import Told
from feeds import reading
from feeds.lately import Said
from feeds.models import Paper
from feeds.said_by import Work
from tests.accounts.webhooks.conftest import beat, event
from tests.factories import entry, put_in, put_in_many

WILD = "A <b> & *c* _d_ [e](https://evil.example) @all <!channel> `f` | g"
AT = datetime(2026, 4, 24, 12, tzinfo=UTC)


def saying() -> Told:
    work = Work("2604.00001", "T", "T")
    said = Said(1, 1, "Ada", WILD, AT, work)
    return Told("comment.created", AT, "Trending papers", "", comment=said)


def test_slack_reads_no_markup_and_calls_nobody() -> None:
    text = str(shapes.get("slack").body(saying())["text"])
    assert "&lt;b&gt; &amp;" in text
    assert "<!channel>" not in text


def test_discord_reads_no_markup_and_pings_nobody() -> None:
    body = shapes.get("discord").body(saying())
    assert body["allowed_mentions"] == {"parse": []}
    (embed,) = body["embeds"]  # type: ignore[misc]
    assert r"\[e\]\(https://evil.example\)" in embed["description"]
    assert r"\*c\*" in embed["description"]


def test_mattermost_reads_no_markup_and_calls_nobody() -> None:
    text = str(shapes.get("mattermost").body(saying())["text"])
    assert r"\[e\]\(https" in text
    assert "@all" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("shape", [one for one in shapes.names() if one != "standard"])
def test_a_chat_gets_ten_papers_in_a_message(hook, receiver, shape) -> None:
    made = hook(shape=shape)
    put_in(entry("Papers & lamps"))
    put_in_many(11)
    beat()
    assert len(receiver.got) == 2
    told = receiver.verified(made, 0)
    assert "10 new papers" in (told.get("text") or told["content"])
    assert "2 new papers" in event().body
    papers = reading.these(list(Paper.objects.values_list("pk", flat=True)))
    bodies = "".join(body.decode() for _, body in receiver.got)
    assert all(f"/papers/{paper.key}" in bodies for paper in papers)
