"""The desk of mail: what went out, pausing it, trying again, looking at a mail, one address."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import pausing, suppressing
from accounts.models import ChannelState, Delivery, Feedback, Subscription, Suppression
from tests.accounts.smtp import Sink
from tests.factories import DAY, entry, put_in, put_in_many
from tests.web.document import read

pytestmark = pytest.mark.django_db
State = Delivery.State
PAGES = ["/desk/mail", "/desk/mail/preview", "/desk/mail/preview/html"]


@pytest.fixture
def curator(client, django_user_model) -> Client:
    client.force_login(django_user_model.objects.create_user("curator@example.org", is_staff=True))
    return client


@pytest.fixture
def admin(django_user_model) -> Client:
    made = Client()
    made.force_login(django_user_model.objects.create_superuser("admin@example.org"))
    return made


@pytest.fixture
def today(reads) -> list[Delivery]:
    """A send with a mail in each state."""
    day, now = timezone.now().date(), timezone.now()
    return [
        Delivery.objects.create(
            subscription=reads(f"reader{number}@readers.example.org"),
            period=day,
            state=state,
            asked="x",
            error="550 no <reader@readers.example.org> here" if state == State.REFUSED else "",
            sent_at=now if state == State.SENT else None,
        )
        for number, state in enumerate([*State, State.SENT])
    ]


def address(today: list[Delivery]) -> str:
    return f"/desk/mail/sends/{today[0].period}-daily"


@pytest.mark.parametrize("page", [*PAGES, "/desk/mail/address"])
def test_it_is_for_those_who_may(client, curator, page, django_user_model) -> None:
    assert Client().get(page)["Location"].startswith("/account/login/")
    reader = Client()
    reader.force_login(django_user_model.objects.create_user("r@example.org"))
    assert reader.get(page).status_code == 404
    assert curator.get(page).status_code == (404 if page.endswith("address") else 200 + 200 * (
        page.endswith("preview")
    ))  # fmt: skip


def test_each_button_says_what_it_pauses(curator) -> None:
    named = [name for name in read(curator.get("/desk/mail")).texts("button") if "Pause" in name]
    assert named == ["Pause what goes out by mail", "Pause what goes out by ntfy"]


def test_a_send_is_counted_by_what_became_of_it_and_what_came_back(curator, today) -> None:
    sent = [row for row in today if row.state == State.SENT]
    for kind in ("hard", "complaint", "ended"):
        Feedback.objects.create(email="a@b.example", delivery=sent[0], kind=kind, how="returned")
    page = read(curator.get(address(today)))
    told = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert told["Sent"].startswith("2, the last")
    assert (told["To be sent"], told["Failed"], told["Nothing new"]) == ("2", "2", "1")
    assert (told["Came back"], told["Reported as spam"], told["Ended after it"]) == ("1", "1", "1")
    assert "readers.example.org" not in page.text
    assert "550 no … here" in page.text


def test_a_running_send_shows_how_far_it_is_and_asks_again_until_it_is_done(curator, today) -> None:
    bar = read(curator.get("/desk/mail")).one("progress")
    assert (bar["value"], bar["max"]) == ("4", "6")
    answer = curator.get(f"{address(today)}/progress")
    assert read(answer).one("div", class_="reading")["hx-trigger"] == "every 2s"
    Delivery.objects.filter(state__in=("waiting", "claimed")).update(state=State.SENT)
    answer = curator.get(f"{address(today)}/progress")
    assert answer["HX-Refresh"] == "true"
    assert not read(answer).all("progress")


def test_what_failed_is_tried_again_but_not_where_mail_is_stopped(curator, today) -> None:
    refused = next(row for row in today if row.state == State.REFUSED)
    suppressing.suppress(refused.subscription.email, "bounce", "", timezone.now())
    answer = curator.post(f"{address(today)}/again", follow=True)
    assert "1 mail is tried again." in answer.text
    states = dict(Delivery.objects.values_list("pk", "state"))
    assert states[refused.pk] == State.REFUSED
    assert State.PARKED not in states.values()


def test_a_curator_pauses_and_resumes(curator) -> None:
    curator.post("/desk/mail/pause", {"channel": "email"})
    assert list(pausing.paused(timezone.now())) == ["email"]
    assert "Paused by mail since" in curator.get("/desk/mail").text
    curator.post("/desk/mail/resume", {"channel": "email"})
    assert not pausing.paused(timezone.now())
    assert curator.post("/desk/mail/pause", {"channel": "pigeon"}).status_code == 404


def test_the_desk_says_what_paused_it_and_when_it_tries_again(curator) -> None:
    now = timezone.now()
    ChannelState.objects.create(
        name="email", failures=10, paused_at=now, try_at=now + timedelta(minutes=15),
        last_error="421 go away",
    )  # fmt: skip
    text = read(curator.get("/desk/mail")).one("main").text
    assert "after 10 failures in a row" in text
    assert "421 go away" in text


def test_any_edition_is_seen_as_the_mail_that_it_would_be(curator) -> None:
    put_in(entry("A study of bees"), entry("Ants <script>alert(1)</script>"))
    terms = f"?query=q%3Dbees&day={DAY}"
    page = read(curator.get(f"/desk/mail/preview{terms}"))
    assert page.one("h2").text == "Broadsheet, 24 April: A study of bees"
    text, source = (one.text for one in page.all("pre"))
    assert "A study of bees" in text
    assert "Message-ID:" in source
    frame = page.one("iframe")
    assert "allow-scripts" not in frame["sandbox"]
    answer = curator.get(frame["src"])
    assert "A study of bees" in answer.text
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "<script" not in curator.get(f"/desk/mail/preview/html?day={DAY}").text
    assert not Delivery.objects.exists()
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("query", ["sort=oldest", "feed=none", ""])
def test_a_preview_that_cannot_be_says_why(curator, query) -> None:
    answer = curator.get("/desk/mail/preview", {"query": query})
    assert answer.status_code == 400
    assert read(answer).one("p", class_="errors").text


def test_a_test_goes_to_whoever_asks_and_to_nobody_else(curator, sink: Sink, reads) -> None:
    put_in_many(2)
    reads()
    given = {"query": "", "cadence": "daily", "day": DAY, "most": "1", "to": "x@example.org"}
    answer = curator.post("/desk/mail/preview/test", given, follow=True)
    assert "It is on its way to you." in answer.text
    assert [mail["To"] for mail in sink.sent] == ["curator@example.org"]
    assert str(sink.sent[0]["Subject"]).startswith("Test: Broadsheet, 24 April")


def test_an_admin_sees_what_happened_to_an_address_and_lifts_with_a_reason(admin, reads) -> None:
    row = Delivery.objects.create(subscription=reads(query="q=bees"), period=DAY, state="refused")
    suppressing.hear(
        "reader@example.org", "hard", how="smtp", now=timezone.now(), status="5.1.1",
        detail="550 nobody", delivery=row,
    )  # fmt: skip
    asked = {"email": "Reader@example.org"}
    text = read(admin.post("/desk/mail/address", asked)).one("main").text
    for words in ("bees", "550 nobody", "(5.1.1)", "24 April 2026: refused"):
        assert words in text, words
    assert admin.post("/desk/mail/address", asked | {"action": "lift"}).status_code == 400
    assert Suppression.objects.standing().exists()
    done = admin.post("/desk/mail/address", asked | {"action": "lift", "why": "They called."})
    assert "Mail goes there again." in done.text
    kept = Suppression.objects.get()
    assert (kept.lift_reason, kept.lifted_by.email) == ("They called.", "admin@example.org")
    admin.post("/desk/mail/address", asked | {"action": "stop", "why": "Abuse."})
    assert Suppression.objects.standing().get().cause == "admin"


def test_an_address_that_nobody_knows_says_so(admin) -> None:
    assert "Nothing is known of it." in admin.post(
        "/desk/mail/address", {"email": "nobody@example.org"}
    ).text  # fmt: skip


def test_a_form_of_another_site_changes_nothing(django_user_model, today) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_superuser("s@example.org"))
    for path in ("pause", "resume", "address", f"{address(today)[11:]}/again"):
        assert strict.post(f"/desk/mail/{path}", {"channel": "email"}).status_code == 403
