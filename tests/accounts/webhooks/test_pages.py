"""The pages of webhooks: made, tried, looked into, switched, deleted."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from accounts.models import Webhook
from accounts.webhooks import making, sending, signing
from tests.accounts.webhooks.conftest import beat
from tests.people import somebody
from tests.web.document import read

pytestmark = pytest.mark.django_db
PAGE = "/account/webhooks"


@pytest.fixture
def client(ada) -> Client:
    made = Client()
    made.force_login(get_user_model().objects.get(pk=ada))
    return made


def fields(receiver, **given):
    return {
        "name": "My chat", "url": receiver.url, "asked": "tag=lamps", "kinds": ["paper.added"],
        "shape": "standard",
    } | given  # fmt: skip


def test_one_is_made_tried_looked_into_and_deleted(client, receiver) -> None:
    made = client.post(PAGE, fields(receiver))
    assert made.status_code == 302
    page, hook = made["Location"], Webhook.objects.get()
    assert signing.secret(hook) not in client.get(page).content.decode()
    shown = client.post(page, {"action": "secret"})
    assert "no-store" in shown["Cache-Control"]
    assert read(shown).one("input", id="secret")["value"] == signing.secret(hook)
    client.post(page, {"action": "test"})
    receiver.answers(500, b"<b>not now</b>")
    sending.send(hook.pk)
    seen = client.get(page)
    assert "&lt;b&gt;not now&lt;/b&gt;" in seen.content.decode()
    assert receiver.ids[0] in read(seen).text
    assert "My chat" in read(client.get(PAGE)).text
    assert client.post(page, {"action": "delete"})["Location"] == PAGE
    assert not Webhook.objects.exists()


def test_a_sent_one_is_sent_again_by_its_button(client, hook, receiver) -> None:
    made = hook()
    page = f"{PAGE}/{made.pk}"
    client.post(page, {"action": "test"})
    sending.send(made.pk)
    number = read(client.get(page)).one("input", name="event")["value"]
    client.post(page, {"action": "again", "event": number})
    sending.send(made.pk)
    assert len(receiver.got) == 2
    assert len(set(receiver.ids)) == 1
    client.post(page, {"action": "again", "event": "x"})


def test_a_new_secret_is_shown_with_the_end_of_the_old_one(client, hook, receiver) -> None:
    made = hook()
    before = signing.secret(made)
    answer = read(client.post(f"{PAGE}/{made.pk}", {"action": "rotate"}))
    assert answer.one("input", id="secret")["value"] != before
    assert "signs as well until" in answer.text


def test_one_is_changed_in_its_page(client, hook, receiver) -> None:
    made = hook(asked="tag=bees")
    page, secret = f"{PAGE}/{made.pk}", signing.secret(made)
    shown = read(client.get(page))
    assert shown.one("input", name="url")["value"] == receiver.url
    assert shown.one("input", name="asked")["value"] == "tag=bees"
    wanted = fields(receiver, name="Another", kinds=["paper.trending"], shape="slack")
    assert client.post(page, wanted | {"action": "change"})["Location"] == page
    made.refresh_from_db()
    assert (made.name, made.kinds, made.shape) == ("Another", ["paper.trending"], "slack")
    assert (made.query, signing.secret(made)) == ("tag=lamps", secret)
    refused = client.post(page, wanted | {"action": "change", "url": "https://10.0.0.1/"})
    assert (refused.status_code, "not public" in read(refused).text) == (400, True)
    made.refresh_from_db()
    assert made.url == receiver.url


def test_off_and_on(client, hook, receiver) -> None:
    page = f"{PAGE}/{hook().pk}"
    client.post(page, {"action": "off"})
    refused = client.post(page, {"action": "test"})
    assert (refused.status_code, "Switch it on first" in read(refused).text) == (409, True)
    client.post(page, {"action": "on"})
    assert client.post(page, {"action": "test"}).status_code == 302
    beat()
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"url": "https://10.0.0.1/"}, "not public"),
        ({"url": "https://[::ffff:127.0.0.1]/"}, "not public"),
        ({"url": "http://93.184.215.14/"}, "https://"),
        ({"url": "https://93.184.215.14:8443/"}, "port 8443"),
        ({"url": "https://a:b@93.184.215.14/"}, "a password"),
        ({"url": "ftp://93.184.215.14/"}, "takes an address"),
        ({"url": "https://[::1"}, "no address"),
        ({"asked": "sort=best"}, "sort"),
        ({"asked": "date=2026-04-24"}, "leave the date out"),
        ({"kinds": ["edition.published"]}, "Only a feed"),
        ({"asked": "feed=none"}, "no feed called none"),
        ({"kinds": []}, "required"),
    ],
)
def test_what_cannot_be_made_is_told_beside_its_field(client, receiver, given, says) -> None:
    answer = client.post(PAGE, fields(receiver, **given))
    assert answer.status_code == 400
    assert says in " ".join(read(answer).texts("ul", class_="errorlist"))
    assert not Webhook.objects.exists()


def test_a_person_has_twenty_at_most(hook, ada) -> None:
    Webhook.objects.bulk_create(
        Webhook(user_id=ada, name="x", kinds=["paper.added"]) for _ in range(making.MOST)
    )
    with pytest.raises(making.CannotMake, match="Delete one"):
        hook()


def test_anothers_is_not_there(client, hook, receiver) -> None:
    other = hook(by=somebody())
    assert client.get(f"{PAGE}/{other.pk}").status_code == 404
    assert client.post(f"{PAGE}/{other.pk}", {"action": "delete"}).status_code == 404
    assert Webhook.objects.exists()


def test_what_is_kept_is_told_to_its_owner_without_the_salts(hook, ada) -> None:
    from django.utils import timezone

    from accounts.personal import export

    made = hook()
    making.send_test(made, timezone.now())
    told = export(made.user.email, timezone.now())["by_the_account"]
    assert told["accounts.WebhookEvent.webhook"][0]["kind"] == "webhook.test"
    (row,) = told["accounts.Webhook.user"]
    assert row["url"] == made.url
    assert not [name for name in row if "salt" in name]
