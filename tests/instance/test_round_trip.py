"""An instance goes into a file and comes out of it as it was."""

import gzip
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.exported import KINDS
from accounts.models import User, Webhook
from feeds.desk import digests
from feeds.instance.exporting import lines as lines_of
from feeds.instance.kinds import Choice
from feeds.joining import undo
from feeds.keeping import keep
from feeds.models import Digest, Joining, Paper, PaperStats, Source
from feeds.voting import vote
from tests.factories import entry, put_in
from tests.instance.busy import make_up
from tests.instance.conftest import emptied, taken_in
from tests.people import somebody

pytestmark = pytest.mark.django_db(transaction=True)
ASKED = (
    "/?date=2026-04-24",
    "/?sort=top&period=week&date=2026-04-24",
    "/f/daily/2026-04-24",
    "/t/attention-heads",
    "/feed.atom?date=2026-04-24",
    "/api/v1/papers?date=2026-04-24",
    "/papers/2604.00001",
)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')

Exported = Callable[..., Path]


def lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


@pytest.fixture
def small(transactional_db) -> None:
    put_in(entry("Sparse attention", upvotes=5), entry())
    vote(Paper.objects.first().pk, somebody())


def answers() -> list[bytes]:
    client, found = Client(), []
    for path in ASKED:
        answer = client.get(path)
        assert answer.status_code == 200, path
        found.append(TOKEN.sub(b"", answer.content))
    return found


def test_all_comes_back_as_it_was(lived, exported: Exported) -> None:
    first = exported("first.jsonl", "--with-secrets")
    call_command("rescore", stdout=io.StringIO())
    shown = answers()
    assert all(b"Sparse attention" in body or b"models" in body for body in shown)
    end = lines(first)[-1]["end"]["rows"]
    assert [kind.name for kind in KINDS if not end[kind.name]] == []
    numbers = {kind.name: kind.model._base_manager.count() for kind in KINDS}
    assert end == numbers

    emptied()
    assert "rescore" in taken_in(first)
    assert exported("second.jsonl", "--with-secrets").read_bytes() == first.read_bytes()

    call_command("rescore", stdout=io.StringIO())
    assert answers() == shown
    assert Digest.objects.earliest("id").content()[:].startswith(b"[")
    # It goes on from there: new rows get numbers of their own, and what was done can be undone.
    last = Paper.objects.latest("id").pk
    assert put_in(entry("A new paper")).new == 1
    assert Paper.objects.latest("id").pk == last + 1
    undo(Joining.objects.get(undone_at=None).pk, by=None, now=Paper.objects.latest("id").created_at)


def test_a_packed_file_says_the_same_and_so_does_standard_output(
    small, exported: Exported, capsysbinary, monkeypatch
) -> None:
    plain = exported("plain.jsonl").read_bytes()
    packed = exported("packed.jsonl.gz")
    assert gzip.decompress(packed.read_bytes()) == plain
    assert packed.stat().st_mode & 0o777 == 0o600
    call_command("export", "-", stderr=io.StringIO())
    assert capsysbinary.readouterr().out == plain
    emptied()
    with packed.open("rb") as file:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(file))
        taken_in("-")
    assert exported("again.jsonl").read_bytes() == plain


def test_what_opens_or_signs_something_stays_at_home(small, exported: Exported) -> None:
    User.objects.create_user("mo@example.org", is_moderator=True)
    make_up(Webhook, state="on")
    Source.objects.create(
        slug="keyed",
        name="Keyed",
        plugin="rss",
        settings={"url": "https://me:pass@example.org/feed?token=hush", "n": 1},
        state={"url": "https://me:pass@example.org/feed?token=hush"},
    )
    Source.objects.create(
        slug="plain", name="Plain", plugin="rss", settings={"url": "https://a.org/f"}
    )
    User.objects.filter(is_moderator=True).update(password="pbkdf2$hashed")
    Webhook.objects.update(url="https://hooks.example.com/T0/hush", secret_salt=b"salted")
    path = exported("file.jsonl")
    written = path.read_bytes()
    for secret in (b"hush", b"me:pass", b"pbkdf2$", b"c2FsdGVk"):
        assert secret not in written
    emptied()
    taken_in(path)
    keyed, plain = Source.objects.get(slug="keyed"), Source.objects.get(slug="plain")
    assert (keyed.settings, keyed.state) == ({"url": "https://example.org/feed", "n": 1}, {})
    assert (keyed.enabled, plain.enabled) == (False, True)
    assert not User.objects.get(is_moderator=True).has_usable_password()
    hook = Webhook.objects.first()
    assert (hook.url, hook.state, len(hook.secret_salt)) == ("", "off", 32)


def test_documents_may_stay_at_home(small, exported: Exported) -> None:
    original = Digest.objects.get().content()[:]
    path = exported("file.jsonl", "--without-raw")
    assert b'"raw_part"' not in path.read_bytes()
    emptied()
    taken_in(path)
    assert Paper.objects.filter(title="Sparse attention").exists()
    digest = Digest.objects.get()
    assert digests.content(digest.pk) is None
    told = io.StringIO()
    with pytest.raises(CommandError, match="1 of 1 could not be read"):
        call_command("reparse", stderr=told)
    assert "The document is not kept here" in told.getvalue()
    keep(original)
    assert bytes(digests.content(digest.pk)[:]) == original


def test_an_instance_that_holds_something_takes_nothing(small, exported: Exported) -> None:
    path = exported("file.jsonl")
    with pytest.raises(CommandError, match=r"not empty: it holds rows of user\."):
        taken_in(path)
    assert "Nothing was written" in taken_in(path, "--check")


def test_another_secret_key_is_told_of(small, exported: Exported, monkeypatch) -> None:
    path = exported("file.jsonl")
    emptied()
    monkeypatch.setattr(settings, "SECRET_KEY", "another-" * 8)
    with pytest.raises(CommandError, match="another SECRET_KEY"):
        taken_in(path)
    assert not User.objects.exists()
    taken_in(path, "--other-key")
    assert User.objects.exists()


def test_a_file_that_is_there_is_not_written_over(db, exported: Exported) -> None:
    path = exported("file.jsonl")
    before = path.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        exported("file.jsonl")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_scores_are_due_at_once(small, exported: Exported) -> None:
    path = exported("file.jsonl")
    first_votes = dict(PaperStats.objects.values_list("paper", "first_votes"))
    emptied()
    taken_in(path)
    call_command("rescore", stdout=io.StringIO())
    assert dict(PaperStats.objects.values_list("paper", "first_votes")) == first_votes
    assert not PaperStats.objects.filter(hot=0, reported_votes__gt=0).exists()


def test_an_export_is_of_one_moment(small) -> None:
    written = lines_of(KINDS, Choice())
    first = next(written), next(written)
    assert b'"user"' in first[1]

    def meanwhile() -> None:
        put_in(entry("It comes in while an export runs"))
        connection.close()

    thread = Thread(target=meanwhile)
    thread.start()
    thread.join()
    rest = list(written)
    assert not any(b"It comes in while" in line for line in rest)
    assert json.loads(rest[-1])["end"]["rows"]["paper"] == 2
    assert Paper.objects.count() == 3
