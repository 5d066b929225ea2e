"""What webhooks are told of, and what not."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Webhook, WebhookEvent
from accounts.webhooks import looking, making
from feeds import collecting, commenting, voting
from feeds.collecting import Words
from feeds.models import Feed, FeedMember, Paper
from tests.accounts.webhooks.conftest import beat, event
from tests.factories import DAY, entry, put_in, put_in_many
from tests.people import somebody

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return list(WebhookEvent.objects.order_by("id").values_list("kind", flat=True))


def test_a_paper_that_comes_in_is_told_once(hook, receiver) -> None:
    put_in(entry("It stood there before"))
    made = hook()
    beat()
    assert not receiver.got
    put_in(entry("Just in", id="2604.00001"))
    beat()
    told = receiver.verified(made)
    assert told["type"] == "paper.added"
    assert told["data"]["paper"]["title"] == "Just in"
    assert told["data"]["paper"]["url"].endswith("/papers/2604.00001")
    assert told["timestamp"]
    Webhook.objects.update(looked=None)
    beat()
    assert len(receiver.got) == 1


def test_only_papers_that_the_question_means_are_told(hook, receiver) -> None:
    made = hook(asked="q=lamps")
    put_in(entry("On lamps"), entry("On boats"))
    beat()
    assert receiver.verified(made)["data"]["paper"]["title"] == "On lamps"
    assert len(receiver.got) == 1


def test_the_address_of_a_list_is_a_question_too(hook) -> None:
    Feed.objects.create(slug="quiet", name="Quiet")
    made = hook("edition.published", asked="https://papers.example.org/f/quiet?has=code")
    assert made.query == "feed=quiet&has=code"


def test_many_who_ask_the_same_cost_one_reading(hook, receiver) -> None:
    made = [hook() for _ in range(2)]
    put_in(entry("One"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        looking.look_for_papers(timezone.now())
    made += [hook() for _ in range(8)]
    put_in(entry("Two"))
    with CaptureQueriesContext(connection) as many:
        looking.look_for_papers(timezone.now())
    assert WebhookEvent.objects.count() == 2 + 10
    assert len(many) == len(few)
    with CaptureQueriesContext(connection) as none:
        looking.look_for_papers(timezone.now())
    assert len(none) < len(few) / 2


def test_papers_that_step_in_from_below_are_not_new(hook, receiver, monkeypatch) -> None:
    monkeypatch.setattr("accounts.webhooks.answers.MOST", 1)
    monkeypatch.setattr("feeds.reading.MOST", 2)
    put_in(*(entry("On lamps") for _ in range(2)), day=DAY - timedelta(days=2))
    put_in(*(entry("On lamps") for _ in range(2)))
    hook(asked="q=lamps&period=all")
    stood = Paper.objects.filter(pk__in=Webhook.objects.get().stood)
    stood.update(dropped_at=timezone.now())
    looking._write([Webhook.objects.get()], "paper.added", timezone.now(), looking._added)
    assert not WebhookEvent.objects.exists()


def test_an_edition_that_is_published_is_told(hook, receiver, ada) -> None:
    from feeds import closing
    from feeds.named import feed_named

    Feed.objects.create(slug="daily", name="Daily")
    Feed.objects.create(slug="other", name="Other")
    put_in(entry("The lead"))
    made = hook("edition.published", asked="feed=daily")
    for slug in ("other", "daily"):
        closing.publish(feed_named(slug, None), DAY, timezone.now(), note="Read this.")
    beat()
    told = receiver.verified(made)
    assert told["type"] == "edition.published"
    assert told["data"]["edition"]["date"] == DAY.isoformat()
    assert told["data"]["edition"]["note"] == "Read this."
    assert told["data"]["edition"]["url"].endswith(f"/f/daily/{DAY}")
    assert [paper["title"] for paper in told["data"]["papers"]] == ["The lead"]
    beat()
    assert kinds() == ["edition.published"]


def test_a_paper_that_rises_is_told(hook, receiver) -> None:
    put_in_many(11, upvotes=5)
    made = hook("paper.trending")
    beat()
    last = Paper.objects.exclude(pk__in=made.stood_high).get()
    for _ in range(30):
        voting.vote(last.pk, somebody())
    beat()
    assert not receiver.got
    beat(timezone.now() + looking.TRENDS_EVERY + timedelta(minutes=1))
    assert event().papers == [last.pk]


def test_a_comment_is_told_while_it_is_shown(hook, receiver) -> None:
    put_in(entry("On lamps"), entry("On boats"))
    papers = dict(Paper.objects.values_list("title_text", "pk"))
    made = hook("comment.created", asked="q=lamps")
    speaker = somebody("Grace")
    beat()
    commenting.say(papers["On boats"], "Not told.", by=speaker, now=timezone.now())
    said = commenting.say(papers["On lamps"], "Is *this* so?", by=speaker, now=timezone.now())
    beat()
    told = receiver.verified(made)["data"]["comment"]
    assert (told["id"], told["author"], told["text"]) == (said, "Grace", "Is *this* so?")
    again = commenting.say(papers["On lamps"], "Gone soon.", by=speaker, now=timezone.now())
    looking.look(timezone.now())
    commenting.delete(again, by=speaker, now=timezone.now())
    beat()
    assert len(receiver.got) == 1
    assert event().error == "The comment is not shown any more."


def test_a_private_feed_is_told_to_its_members_alone(hook, receiver, ada) -> None:
    feed = Feed.objects.create(slug="secret", name="Secret", visibility="private")
    with pytest.raises(making.CannotMake, match="no feed called secret"):
        hook(asked="feed=secret")
    member = FeedMember.objects.create(feed=feed, user_id=ada)
    made = hook(asked="feed=secret")
    put_in(entry("First"))
    beat()
    assert receiver.verified(made)["data"]["paper"]["title"] == "First"
    put_in(entry("Second"))
    looking.look(timezone.now())
    member.delete()
    beat()
    assert len(receiver.got) == 1
    assert event().state == "skipped"
    making.send_again(made, WebhookEvent.objects.earliest("id").pk, timezone.now())
    beat()
    assert len(receiver.got) == 1


def test_a_private_collection_is_told_to_its_owner(hook, receiver, ada) -> None:
    slug = collecting.make(Words("Mine", "", "private"), ada)
    with pytest.raises(making.CannotMake):
        hook(asked=f"in={slug}", by=somebody())
    made = hook(asked=f"in={slug}")
    put_in(entry("Kept"))
    beat()
    assert not receiver.got
    collecting.add(slug, Paper.objects.get().pk, ada)
    beat()
    assert receiver.verified(made)["data"]["paper"]["title"] == "Kept"


def test_a_paper_that_was_hidden_before_it_was_sent_is_not_sent(hook, receiver) -> None:
    hook()
    put_in(entry("Gone soon"))
    looking.look(timezone.now())
    Paper.objects.update(dropped_at=timezone.now())
    beat()
    assert not receiver.got
    assert event().state == "skipped"


def test_one_kind_that_fails_does_not_stop_the_others(hook, receiver, caplog) -> None:
    made = hook("paper.trending", "paper.added")
    Webhook.objects.create(
        user_id=made.user_id, name="x", kinds=["paper.added"], shape="gone by now"
    )
    put_in(entry("One"))
    beat(timezone.now())
    beat(timezone.now() + looking.TRENDS_EVERY + timedelta(minutes=1))
    assert kinds() == ["paper.trending"]
    assert "look_for_papers failed" in caplog.text


def test_a_comment_on_a_paper_that_was_joined_is_told_of_the_one_it_is_read_as(
    hook, receiver
) -> None:
    from feeds import joining

    put_in(entry("On lamps"), entry("On lamps, a copy"))
    one, copy = Paper.objects.order_by("id")
    made = hook("comment.created", asked="q=lamps")
    said = commenting.say(copy.pk, "Is it?", by=somebody("Grace"), now=timezone.now())
    staff = somebody(is_staff=True)
    joining.join(one.pk, copy.pk, by=staff, why="One.", now=timezone.now())
    beat()
    told = receiver.verified(made)["data"]["comment"]
    assert (told["id"], told["paper"]["key"]) == (said, one.key)
