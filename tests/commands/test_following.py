"""What a person at a terminal, and a log, see of a long reading."""

import io
import os
import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from rich.console import Console

from feeds import ingest as ingesting
from feeds.ingest import ingest, source_named
from feeds.management import following
from feeds.models import Paper
from feeds.recording import Followed
from tests.factories import DAY, digest, entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch) -> None:
    monkeypatch.setattr(ingesting, "BATCH", 2)


def shown(document: bytes, **console) -> str:
    """What is shown while the document is read."""
    out = io.StringIO()
    content = Followed(document)
    with following.following(content, "a [file]", Console(file=out, width=100, **console)) as told:
        ingest(content, source_named("daily"), day=DAY, progress=told)
    return out.getvalue()


def test_a_terminal_gets_a_bar_with_count_and_rate() -> None:
    said = shown(digest(*(entry() for _ in range(5))), force_terminal=True)
    assert "a [file]" in said
    assert "5 entries" in said
    assert "a second" in said


def test_a_log_gets_a_line_now_and_then(monkeypatch) -> None:
    document = digest(*(entry() for _ in range(5)))
    assert shown(document) == ""
    monkeypatch.setattr(following, "EVERY", 0.0)
    lines = shown(document).splitlines()
    assert [line.split(",")[0] for line in lines] == [
        "a [file]: 2 entries",
        "a [file]: 4 entries",
        "a [file]: 5 entries",
    ]


def test_the_place_in_a_document_is_that_of_its_last_slice() -> None:
    content = Followed(b"0123456789")
    assert (content[:], content.place) == (b"0123456789", 10)
    assert content.share is None
    assert (content[2:4], content.share) == (b"23", 0.4)


def test_what_can_be_read_once_only_is_read_all_the_same(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(digest(entry(), entry()),))
    writer.start()
    call_command("ingest", str(pipe), stdout=io.StringIO())
    writer.join()
    assert Paper.objects.count() == 2
