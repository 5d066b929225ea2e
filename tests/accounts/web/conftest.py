"""A reader with a browser and a mailbox, and the worker between them."""

import re
from collections.abc import Callable
from contextlib import suppress
from queue import Empty
from typing import Any

import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client
from kombu.message import Message
from kombu.simple import SimpleQueue

from accounts.models import Subscription
from config.celery import app

ADDRESS = "reader@example.org"


@pytest.fixture
def work() -> Callable[[], int]:
    """Does what waits at the broker, as a worker would; gives the number of tasks."""

    def working() -> int:
        done = 0
        with app.connection_for_read() as connection:
            queues = [connection.SimpleQueue(name) for name in app.amqp.queues]
            while message := _next(queues):
                args, kwargs, _ = message.decode()
                app.tasks[message.headers["task"]](*args, **kwargs)
                message.ack()
                done += 1
        return done

    return working


def _next(queues: list[SimpleQueue]) -> Message | None:
    for queue in queues:
        with suppress(Empty):
            return queue.get(block=False)
    return None


@pytest.fixture
def post(django_capture_on_commit_callbacks, work) -> Callable[..., HttpResponse]:
    """Posts as a browser without cookies would, then lets the worker work."""

    def posting(url: str, data: Any = None, **more: Any) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            answer = more.pop("client", None) or Client()
            answer = answer.post(url.removeprefix(settings.SITE_URL), data or {}, **more)
        work()
        return answer

    return posting


@pytest.fixture
def asks(post) -> Callable[..., HttpResponse]:
    """Sends a list's form."""

    def asking(email: str = ADDRESS, **more: Any) -> HttpResponse:
        client = more.pop("client", None)
        data = {"email": email, "query": "", "timezone": ""} | more
        return post("/subscribe", data, client=client)

    return asking


@pytest.fixture
def confirmed(asks, post, mailoutbox) -> Subscription:
    """An order of `ADDRESS` that runs."""
    asks(query="tag=diffusion", timezone="Europe/Paris")
    post(link_in(mailoutbox.pop()))
    return Subscription.objects.get()


def links_in(message: EmailMessage) -> list[str]:
    """Every address in the text and the markup."""
    parts = [str(message.body), *(str(part[0]) for part in message.alternatives)]
    return re.findall(r"https?://[^\s\"<>]+", "\n".join(parts))


def link_in(message: EmailMessage) -> str:
    """The link that the mail is about."""
    found = [link for link in links_in(message) if "/subscriptions/" in link]
    assert len(set(found)) == 1, found
    return found[0]
