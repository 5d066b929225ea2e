"""The receiver that docs/webhooks.md shows receives."""

import re
import threading
from http.server import HTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured
from django.utils import timezone

from accounts.models import WebhookEvent
from accounts.webhooks import making, sending, signing
from accounts.webhooks.making import Wish

pytestmark = pytest.mark.django_db
DOCS = Path(configured.BASE_DIR) / "docs" / "webhooks.md"


def test_the_receiver_of_the_docs_takes_what_is_sent(ada, settings, capsys) -> None:
    found = re.search(r"```python\n(.*?)```", DOCS.read_text(), re.DOTALL)
    assert found
    lines = found[1].rstrip().splitlines()
    assert lines.pop().startswith("HTTPServer(")
    names: dict[str, Any] = {}
    server = HTTPServer(("127.0.0.1", 0), type("Later", (), {}))
    place = f"127.0.0.1:{server.server_port}"
    settings.FETCH_ALLOWED = settings.WEBHOOKS_ALLOWED = [place]
    hook = making.make(ada, Wish("x", f"http://{place}/", "", ["paper.added"]), timezone.now())
    exec("\n".join(lines).replace("whsec_…", signing.secret(hook)), names)
    server.RequestHandlerClass = names["Receiver"]
    making.send_test(hook, timezone.now())
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    sending.send(hook.pk)
    thread.join()
    server.server_close()
    assert WebhookEvent.objects.get().state == "sent"
    assert "webhook.test" in capsys.readouterr().out
