"""A reader's whole way through the site, and what the log says of it: no secret."""

import io
import logging
import re

import pytest
from django.test import Client

from accounts import tokens
from accounts.models import Subscription, User
from accounts.redacting import KeysLeftOut
from tests.accounts.web.test_second_factor import ADDRESS, Device, device, set_up, sign_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
__all__ = ["device"]


@pytest.fixture
def log(monkeypatch) -> io.StringIO:
    """All that is logged, down to DEBUG, by a handler with the filters that the settings name."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(KeysLeftOut())
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [*root.handlers, handler])
    monkeypatch.setattr(root, "level", logging.DEBUG)
    logging.Logger.manager._clear_cache()
    return stream


def test_no_secret_of_a_whole_journey_is_in_the_log(
    log: io.StringIO, device: Device, mailoutbox
) -> None:
    User.objects.create_user(ADDRESS)
    client = Client(raise_request_exception=False)
    sign_in(client, mailoutbox)
    codes = set_up(client, device)
    secrets = {
        "device": device.secret,
        "recovery": read(codes).one("ul", class_="codes").all("code")[0].text,
        "session": client.session.session_key or "",
        "mailed": re.findall(r"^    (\S+)$", str(mailoutbox[0].body), re.MULTILINE)[0],
        "key": _new(client, "/account/keys", name="A program", scopes="read", days="30"),
        "reader": _new(client, "/account/feed-reader", action="make", name="My reader"),
    }
    order = Subscription.objects.create(email=ADDRESS, cadence="daily")
    for purpose in tokens.PURPOSES:
        secrets[purpose] = tokens.write(purpose, order).rsplit(":", 1)[-1].rsplit(".", 1)[-1]
        token = tokens.write(purpose, order)
        for path in ("confirm/", "end/", "data/", ""):
            client.get(f"/subscriptions/{path}{token}")
            client.get(f"/subscriptions/{path}{token}x/nowhere")
            client.get(f"/subscriptions/{path}{token[:-1]}")
    key, reader = secrets["key"], secrets["reader"]
    client.get("/api/v1/me", headers={"Authorization": f"Bearer {key}"})
    client.get(f"/api/v1/nothing?key={key}", headers={"Authorization": f"Bearer {key}"})
    client.get(f"/mine/feed.rss?key={reader}")
    client.get(f"/mine/nothing.rss?key={reader}")
    said = log.getvalue()
    assert "Not Found: /subscriptions/" in said
    assert {name for name, secret in secrets.items() if secret[:-1] in said} == set()
    assert min(map(len, secrets.values())) > 7


def _new(client: Client, path: str, **form: str) -> str:
    """The key that this form makes, as the page shows it once."""
    found = re.search(r"bs[fk]_[\w-]{20,}", client.post(path, form, follow=True).text)
    assert found
    return found[0]
