"""What a mail service tells by webhook, with the secret or the signature that proves it."""

import base64
import hashlib
import hmac
import json

import pytest

from accounts.models import Delivery, Feedback, Subscription, Suppression
from accounts.returned import service
from tests.accounts.conftest import NOON

pytestmark = pytest.mark.django_db
SECRET = "postmark:not-to-be-guessed-1234"
READER = "reader@example.org"


@pytest.fixture
def postmark(settings, client):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    settings.ROOT_URLCONF = tuple(service.addresses("postmark"))

    def telling(secret: str = SECRET, **event) -> int:
        login = base64.b64encode(secret.encode()).decode()
        told = {"RecordType": "Bounce", "ID": 1, "Email": READER, "MessageID": "m"} | event
        told = {name: value for name, value in told.items() if value is not None}
        return client.post(
            "/postmark/tracking/", json.dumps(told), content_type="application/json",
            headers={"Authorization": f"Basic {login}"},
        ).status_code  # fmt: skip

    return telling


def test_a_hard_bounce_is_kept_with_the_last_mail_to_the_address(postmark, reads) -> None:
    row = Delivery.objects.create(
        subscription=reads(), period=NOON.date(), state="sent", sent_at="2099-01-01T00:00Z"
    )
    assert postmark(Type="HardBounce", Details="550 5.1.1 unknown user") == 200
    told = Feedback.objects.get()
    assert (told.kind, told.how, told.delivery) == ("hard", "webhook", row)
    assert Suppression.objects.get().cause == "bounce"


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        ({"Type": "SoftBounce", "Details": "552 5.2.2 full"}, "soft"),
        ({"Type": "HardBounce", "Details": ""}, "hard"),
        ({"Type": "BadEmailAddress"}, "hard"),
        ({"Type": "Blocked"}, "blocked"),
        ({"RecordType": "SpamComplaint", "Type": "SpamComplaint"}, "complaint"),
    ],
)
def test_each_kind_of_event_is_taken_for_what_it_is(postmark, event, kind) -> None:
    assert postmark(**event) == 200
    assert Feedback.objects.get().kind == kind


def test_an_event_that_comes_twice_counts_once_and_a_delivery_is_no_news(postmark) -> None:
    for _ in range(2):
        assert postmark(Type="SoftBounce", Details="552 5.2.2 full") == 200
    assert postmark(RecordType="Delivery", ID=2) == 200
    assert Feedback.objects.count() == 1


def test_who_ends_it_at_the_service_gets_no_more(postmark, reads) -> None:
    reads()
    reads(query="q=bees")
    told = {"RecordType": "SubscriptionChange", "SuppressSending": True, "Recipient": READER}
    assert postmark(**told, Email=None, SuppressionReason="ManualSuppression") == 200
    assert not Subscription.objects.running().exists()


def test_without_the_secret_nothing_is_taken(postmark) -> None:
    assert postmark("postmark:guessed-again-12345", Type="HardBounce") == 400
    assert not Feedback.objects.exists()


def test_a_signature_that_is_wrong_is_refused(settings, client) -> None:
    settings.ANYMAIL = {"MAILGUN_WEBHOOK_SIGNING_KEY": "key-1", "WEBHOOK_SECRET": SECRET}
    settings.ROOT_URLCONF = tuple(service.addresses("mailgun"))
    event = {
        "event": "failed",
        "severity": "permanent",
        "recipient": READER,
        "id": "e1",
        "timestamp": 1777000000.5,
        "delivery-status": {"code": 605, "message": ""},
    }
    login = base64.b64encode(SECRET.encode()).decode()

    def telling(key: str) -> int:
        token = "t" * 50
        signed = hmac.new(key.encode(), b"1777000000" + token.encode(), hashlib.sha256).hexdigest()
        body = {"signature": {"timestamp": "1777000000", "token": token, "signature": signed}}
        return client.post(
            "/mailgun/tracking/", json.dumps(body | {"event-data": event}),
            content_type="application/json", headers={"Authorization": f"Basic {login}"},
        ).status_code  # fmt: skip

    assert telling("key-2") == 400
    assert not Feedback.objects.exists()
    assert telling("key-1") == 200
    assert Feedback.objects.get().kind == "hard"


def test_there_is_no_address_for_events_unless_a_service_is_named(client) -> None:
    assert service.addresses("") == []
    assert client.post("/hooks/mail-events/postmark/tracking/").status_code == 404
