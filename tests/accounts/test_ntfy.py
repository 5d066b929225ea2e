"""Editions as push messages: to a server on loopback that answers as ntfy does, or fails."""

from datetime import timedelta
from email.header import decode_header, make_header

import pytest
import time_machine

from accounts import delivery, ringing, tokens
from accounts.channels.base import Permanent, channels
from accounts.channels.ntfy import checked
from accounts.models import ChannelState, Delivery, Feedback, Subscription, Suppression
from accounts.pausing import MOST_FAILURES
from tests.accounts.conftest import NOON
from tests.accounts.smtp import text_of
from tests.factories import entry, put_in, put_in_many

pytestmark = pytest.mark.django_db
State = Delivery.State


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON) as traveller:
        yield traveller


@pytest.fixture
def topic(site, settings) -> str:
    settings.NTFY_ALLOWED = [site.place]
    site.gives("/papers-of-ada", b"{}")
    return site.url("/papers-of-ada")


@pytest.fixture
def pushed(reads, topic) -> Subscription:
    return reads(channel="ntfy", target=topic)


def deliver() -> list[Delivery]:
    ringing.open_due(NOON)
    delivery.send(list(Delivery.objects.order_by("id").values_list("id", flat=True)))
    return list(Delivery.objects.order_by("id"))


def test_an_edition_is_one_message_with_its_first_titles_and_a_link(
    site, pushed, client, settings
) -> None:
    put_in(
        *(entry(upvotes=9 - number) for number in range(6)),
        entry("Über Bienen", upvotes=40),
    )
    assert deliver()[0].state == State.SENT
    (_, headers), lines = site.asked[0], site.posted[0].decode().splitlines()
    assert headers["Title"] == "Broadsheet, 24 April: 7 papers"
    assert lines[:2] == ["Trending papers", "1. Über Bienen"]
    assert (len(site.asked), len(lines), lines[-1]) == (1, 7, "… and 2 more")
    page = client.get(headers["Click"].removeprefix(settings.SITE_URL))
    assert "Über Bienen" in page.text


def test_a_title_of_any_script_travels_in_a_header(site, pushed, settings) -> None:
    settings.SITE_NAME = "Zürcher Blatt"
    put_in_many(1)
    deliver()
    title = str(make_header(decode_header(site.asked[0][1]["Title"])))
    assert title == "Zürcher Blatt, 24 April: 1 paper"


def test_who_reads_along_learns_nothing_of_the_owner(site, pushed) -> None:
    put_in_many(2)
    deliver()
    said = f"{site.asked} {site.posted}"
    assert "reader@example.org" not in said
    assert "/subscriptions/" not in said


def test_the_longest_message_is_one_that_ntfy_shows(site, pushed) -> None:
    put_in(*(entry("蜂" * 400, upvotes=number) for number in range(9)))
    deliver()
    assert 1_000 < len(site.posted[0]) <= 4_096


def test_mail_and_messages_go_by_one_ledger_and_share_what_came_before(
    site, sink, pushed, reads
) -> None:
    put_in(entry("Bees and ants"), entry("A study of stars"))
    reads(query="q=bees")
    rows = deliver()
    assert [row.state for row in rows] == [State.SENT, State.SKIPPED]
    assert not sink.sent
    reads("other@example.org")
    deliver()
    assert "Bees and ants" in text_of(sink.sent[0])
    assert len(site.posted) == 1


@pytest.mark.parametrize("status", [403, 404, 413])
def test_a_topic_that_refuses_is_recorded_and_not_tried_again(site, pushed, status) -> None:
    put_in_many(2)
    site.gives("/papers-of-ada", status=status)
    row = deliver()[0]
    assert (row.state, row.error) == (State.REFUSED, f"127.0.0.1 answers {status}.")
    assert not Feedback.objects.exists()
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("status", [429, 500, 503, 507])
def test_a_server_that_fails_is_asked_again_later(site, pushed, status, clock) -> None:
    put_in_many(2)
    site.gives("/papers-of-ada", status=status)
    row = deliver()[0]
    assert (row.state, row.tries) == (State.WAITING, 1)
    assert str(status) in row.error
    site.gives("/papers-of-ada", b"{}")
    clock.move_to(row.next_try_at)
    assert deliver()[0].state == State.SENT


def test_what_the_server_wants_to_wait_is_waited(site, pushed) -> None:
    put_in_many(2)
    site.gives("/papers-of-ada", status=429, Retry_After="7200")
    wait = deliver()[0].next_try_at - NOON
    assert timedelta(hours=2) <= wait < timedelta(hours=2, minutes=1)


def test_a_server_that_fails_is_asked_once_a_batch_and_pauses_nobody(site, reads, topic) -> None:
    put_in_many(2)
    site.gives("/papers-of-ada", status=503)
    for number in range(MOST_FAILURES + 1):
        reads(f"reader{number}@example.org", channel="ntfy", target=topic)
    rows = deliver()
    assert {row.state for row in rows} == {State.WAITING}
    assert len(site.asked) == 1
    assert not ChannelState.objects.exists()


def test_after_the_last_try_nothing_counts_against_the_mail_address(site, pushed) -> None:
    put_in_many(2)
    site.gives("/papers-of-ada", status=503)
    deliver()
    Delivery.objects.update(tries=delivery.MOST_TRIES - 1, next_try_at=NOON)
    assert deliver()[0].state == State.PARKED
    assert not Feedback.objects.exists()


def test_in_test_mode_nothing_leaves(site, pushed, settings) -> None:
    put_in_many(2)
    settings.MAIL_TEST_ADDRESS = "me@example.org"
    assert deliver()[0].state == State.REFUSED
    assert not site.asked


@pytest.mark.parametrize(
    "target",
    [
        "", "http://ntfy.example.org/bees", "https://ntfy.example.org/", "ftp://example.org/bees",
        "https://ntfy.example.org/a/b", "https://ntfy.example.org/bees?x=1", "two words",
        "https://ntfy.example.org:8443/bees", "https://me:word@example.org/bees", "https://[/bees",
    ],
)  # fmt: skip
def test_what_is_no_topic_is_refused_with_what_one_looks_like(target) -> None:
    with pytest.raises(ValueError, match=r"topic|address"):
        checked(target)


def test_a_bare_name_is_a_topic_at_the_usual_server() -> None:
    assert checked("bees") == "https://ntfy.sh/bees"


def test_what_only_the_site_may_ask_is_closed_to_readers(site) -> None:
    with pytest.raises(ValueError, match="https"):
        checked(site.url("/papers-of-ada"))
    with pytest.raises(Permanent):
        channels.get("ntfy").test(site.url("/papers-of-ada"))
    assert not site.asked


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "[::1]"])
def test_a_private_address_is_never_asked(host) -> None:
    with pytest.raises(Permanent, match="may not be asked"):
        channels.get("ntfy").test(f"https://{host}/bees")


class TestOnThePage:
    @pytest.fixture
    def page(self, reads) -> str:
        return f"/subscriptions/{tokens.write('manage', reads())}"

    def said(self, **fields: object) -> dict[str, object]:
        order = Subscription.objects.get()
        rhythm = {"cadence": "daily", "hour": 8, "timezone": "UTC", "most": 10}
        return {"order": order.uid, "channel": "ntfy"} | rhythm | fields

    def test_the_owner_chooses_the_topic_and_tries_it(self, page, topic, site, client) -> None:
        answer = client.post(page, self.said(action="test", target=topic))
        assert "a test is on its way" in client.get(answer.url).text
        assert site.posted == [b"It works: your papers will come here."]
        order = Subscription.objects.get()
        assert (order.channel, order.target) == ("ntfy", topic)

    def test_a_test_that_fails_says_so_and_keeps_nothing(self, page, topic, site, client) -> None:
        site.gives("/papers-of-ada", status=403)
        answer = client.post(page, self.said(action="test", target=topic))
        assert "The test did not go. 127.0.0.1 answers 403." in answer.text
        assert (answer.status_code, Subscription.objects.get().channel) == (400, "email")

    def test_tests_are_few(self, page, topic, site, client) -> None:
        for _ in range(6):
            answer = client.post(page, self.said(action="test", target=topic))
        assert (answer.status_code, len(site.posted)) == (400, 5)

    def test_without_a_topic_nothing_is_changed(self, page, client) -> None:
        answer = client.post(page, self.said(action="change", target=""))
        assert (answer.status_code, Subscription.objects.get().channel) == (400, "email")

    def test_it_comes_by_mail_again(self, page, topic, client) -> None:
        Subscription.objects.update(channel="ntfy", target=topic)
        client.post(page, self.said(action="change", channel="email", target=topic))
        order = Subscription.objects.get()
        assert (order.channel, order.target) == ("email", "")
