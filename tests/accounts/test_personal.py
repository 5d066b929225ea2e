"""Everything about an address is given to its owner or erased; nothing personal is in a log."""

import json
import logging
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from accounts import delivery, personal, ringing, subscribing, suppressing, tokens
from accounts.models import Delivery, Subscription, Suppression, User
from accounts.returned.hearing import take
from feeds import collecting, commenting, voting
from feeds.models import Comment, Mute, Paper
from tests.accounts.conftest import NOON
from tests.accounts.returned import notices
from tests.factories import put_in_many
from tests.people import somebody

pytestmark = pytest.mark.django_db
ADA, OTHER = "ada@readers.example", "other@readers.example"


def holding(address: str) -> set[str]:
    """Every column of every table in which the address stands."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField | models.JSONField):
                table, column = model._meta.db_table, field.column
                asked = f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1'
                with connection.cursor() as cursor:
                    cursor.execute(asked, [f"%{address}%"])
                    if cursor.fetchone():
                        found.add(f"{table}.{column}")
    return found


@pytest.fixture
def ada(reads) -> User:
    """Somebody of whom much is kept; and another, of whom as much stays."""
    put_in_many(2)
    paper = Paper.objects.first()
    assert paper
    for email in (ADA, OTHER):
        user = User.objects.get(pk=somebody(None))
        user.email = email
        user.save()
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
        order = reads(email, query="q=bees")
        row = Delivery.objects.create(
            subscription=order, period=NOON.date(), papers=[paper.pk], state="refused",
            error=f"550 <{email}> is not here",
        )  # fmt: skip
        suppressing.hear(
            email, "complaint", how="smtp", now=timezone.now(), detail=f"<{email}>", delivery=row
        )
        voting.vote(paper.pk, user.pk)
        collecting.save(paper.pk, user.pk)
    return User.objects.get(email=ADA)


def test_the_export_tells_of_nobody_else(ada) -> None:
    other = User.objects.get(email=OTHER)
    Mute.objects.create(user=other, muted=ada)
    Mute.objects.create(user=ada, muted=other)
    mine = personal.export(ADA, timezone.now())["by_the_account"]
    assert "feeds.Mute.muted" not in mine
    (mute,) = mine["feeds.Mute.user"]
    assert (mute["user_id"], mute["muted_id"]) == (ada.pk, "somebody else")


def test_the_export_holds_what_is_kept_and_nothing_of_others(ada) -> None:
    told = personal.export(ADA.upper(), timezone.now())
    text = json.dumps(told, default=str)
    assert told["addresses"] == [ADA]
    assert told["account"]["email"] == ADA
    assert [order["query"] for order in told["subscriptions"]] == ["q=bees"]
    paper = Paper.objects.first()
    assert told["deliveries"][0]["papers"] == [paper.key]
    assert {row["kind"] for row in told["came_back"]} == {"complaint"}
    assert told["stops"][0]["cause"] == "complaint"
    mine = told["by_the_account"]
    assert [vote["paper"] for vote in mine["feeds.Vote.user"]] == [paper.key]
    (entries,) = (rows for name, rows in mine.items() if name.endswith(".collection"))
    assert [entry["paper"] for entry in entries] == [paper.key]
    assert OTHER not in text
    assert "password" not in text


def test_after_erasing_the_address_stands_nowhere_and_the_others_does(ada) -> None:
    before = holding(OTHER)
    assert holding(ADA) == before
    personal.erase(ADA, timezone.now())
    assert holding(ADA) == set()
    assert holding(OTHER) == before
    assert not personal.is_known(ADA)


def test_what_was_erased_stays_stopped_and_said_words_stay_without_a_name(ada, sink, reads) -> None:
    paper = Paper.objects.first()
    from feeds.pen_names import take_name

    take_name(ada.pk, "Ada")
    commenting.say(paper.pk, "It is short.", by=ada.pk, now=timezone.now())
    personal.erase(ADA, timezone.now())
    assert Comment.objects.get().user_id is None
    reads(ADA)
    ringing.open_due(NOON)
    delivery.send(list(Delivery.objects.filter(state="waiting").values_list("pk", flat=True)))
    assert not sink.to(ADA)
    assert Suppression.objects.of([ADA]).get().email == ""


def test_an_address_without_a_stop_leaves_nothing_at_all(reads) -> None:
    order = reads(ADA)
    suppressing.suppress(ADA, "bounce", "", NOON)
    suppressing.lift(ADA, "Mended.", NOON)
    personal.erase(ADA, timezone.now())
    assert not Subscription.objects.filter(pk=order.pk).exists()
    assert not Suppression.objects.exists()


def test_the_command_gives_and_erases_and_asks_whether_one_is_sure(ada) -> None:
    out = StringIO()
    call_command("person", "export", ADA, stdout=out)
    assert json.loads(out.getvalue())["addresses"] == [ADA]
    with pytest.raises(CommandError, match="--yes"):
        call_command("person", "erase", ADA)
    call_command("person", "erase", ADA, yes=True, stdout=out)
    with pytest.raises(CommandError, match="Nothing is kept"):
        call_command("person", "export", ADA)
    admin = User.objects.create_superuser("admin@readers.example")
    with pytest.raises(CommandError, match="admin"):
        call_command("person", "erase", admin.email, yes=True)


def test_a_signed_in_reader_downloads_and_erases_on_a_page(ada) -> None:
    client = Client()
    client.force_login(ada)
    assert ADA in client.get("/subscriptions/data").text
    answer = client.post("/subscriptions/data", {"action": "export"})
    assert "attachment" in answer["Content-Disposition"]
    assert answer.json()["addresses"] == [ADA]
    assert client.post("/subscriptions/data", {"action": "erase"}).status_code == 400
    assert personal.is_known(ADA)
    done = client.post("/subscriptions/data", {"action": "erase", "sure": "on"})
    assert "It is erased" in done.text
    assert not personal.is_known(ADA)
    assert "_auth_user_id" not in client.session


def test_a_link_that_was_passed_on_gives_nobody_the_data(ada, sink) -> None:
    from accounts import data_letter

    order = Subscription.objects.get(email=ADA)
    page = f"/subscriptions/data/{tokens.write('manage', order)}"
    assert Client().post(page, {"action": "export"}).status_code == 404
    data_letter.send(order.uid)
    mail = sink.to(ADA)[0].get_body(("plain",)).get_content()
    link = next(word for word in mail.split() if "/subscriptions/data/" in word)
    path = link.removeprefix("http://127.0.0.1:8000")
    assert Client().get(path).status_code == 200
    assert personal.is_known(ADA)
    assert Client().post(path, {"action": "export"}).json()["addresses"] == [ADA]
    Client().post(path, {"action": "erase", "sure": "on"})
    assert Client().get(path).status_code == 404


def test_nothing_personal_is_in_a_log_however_mail_fails(sink, reads, caplog, settings) -> None:
    caplog.set_level(logging.DEBUG)
    settings.MAIL_ADMINS = ["root@admins.example"]
    put_in_many(2)
    answers = ["550 5.1.1 <{}> unknown", "451 <{}> later", "554 5.7.1 <{}> blocked", "250 OK"]
    for number in range(24):
        email = f"reader{number}@readers.example"
        order = reads(email)
        sink.recipients[email] = answers[number % 4].format(email)
    for number in range(24, 40):
        email = f"reader{number}@readers.example"
        reads(email)
        sink.contents[email] = f"451 <{email}> not now"
    ringing.open_due(NOON)
    delivery.send(list(Delivery.objects.order_by("pk").values_list("pk", flat=True)))
    row = Delivery.objects.filter(subscription=order).get()
    take(notices.rfc3464(head=f"Message-ID: {row.message_id}\r\n"), "", NOON)
    subscribing.end(order.uid, NOON)
    said = [record for record in caplog.records if record.name != "mail.log"]
    told = "\n".join(
        record.getMessage() for record in said if not record.name.startswith("django.db")
    )
    assert "was refused" in told
    assert "is paused" in told
    assert "readers.example" not in told
    assert "readers.example" not in str(_pause_words())


def _pause_words() -> list[str]:
    from accounts.models import ChannelState

    return list(ChannelState.objects.values_list("last_error", flat=True))
