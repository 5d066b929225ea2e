"""Which papers wait for a vector, and that each gets that of its own words."""

import json
import os
import subprocess
import sys
from io import StringIO
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from feeds import embedding, tasks
from feeds.embedders.base import embedder, embedders
from feeds.models import Paper, PaperVector
from feeds.vector_extension import NoExtension, create_extension
from feeds.vector_index import INDEX, build_index
from tests.config.processes import ROOT, wait_until
from tests.factories import entry, put_in, put_in_many

pytestmark = pytest.mark.django_db
MODEL = embedders.get("minilm")


@pytest.fixture(scope="module", autouse=True)
def _released():
    yield
    MODEL.release()


def address() -> str:
    """Its address, for others than Django."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return parts._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def waiting() -> set[str]:
    return set(embedding.waiting().values_list("paper__key", flat=True))


def test_a_paper_waits_from_its_first_digest_until_it_is_embedded() -> None:
    put_in(entry(id="2604.00001"), entry(id="2604.00002"))
    assert waiting() == {"2604.00001", "2604.00002"}
    assert embedding.embed_waiting(MODEL) == 2
    assert waiting() == set()
    assert embedding.state().whole
    assert embedding.embed_waiting(MODEL) == 0


def test_new_words_wait_and_new_votes_do_not() -> None:
    put_in(entry("Bees", id="2604.00001", upvotes=1), entry("Ants", id="2604.00002"))
    embedding.embed_waiting(MODEL)
    before = str(PaperVector.objects.get(paper__key="2604.00001").vector)
    put_in(entry("Bees", id="2604.00001", upvotes=9, summary="All about bees, with honey."))
    put_in(entry("Ants", id="2604.00002", upvotes=9, summary=None))
    assert waiting() == {"2604.00001"}
    assert str(PaperVector.objects.get(paper__key="2604.00001").vector) == before
    embedding.embed_waiting(MODEL)
    assert str(PaperVector.objects.get(paper__key="2604.00001").vector) != before


def test_a_vector_is_of_the_papers_own_words() -> None:
    put_in_many(3)
    embedding.embed_waiting(MODEL)
    for row in PaperVector.objects.select_related("paper"):
        text = embedding.text_of(row.paper.title, row.paper.abstract)
        (meant,) = MODEL.embed([text])
        assert row.vector == pytest.approx(meant, abs=1e-3)
        assert row.model == MODEL.version


def test_papers_that_nobody_told_of_are_found() -> None:
    put_in_many(2)
    embedding.embed_waiting(MODEL)
    PaperVector.objects.all()[0].delete()
    Paper.objects.update(title="Changed behind our back")
    state = embedding.state()
    assert (state.without, state.waiting, state.outdated) == (1, 0, 1)
    embedding.want_missing(MODEL.version)
    embedding.want_changed()
    assert embedding.state().waiting == 2


def test_another_models_vectors_are_made_anew() -> None:
    put_in_many(1)
    embedding.embed_waiting(MODEL)
    embedding.want_missing(MODEL.version)
    assert waiting() == set()
    embedding.want_missing("another-model")
    assert len(waiting()) == 1


def test_words_that_the_database_and_we_read_alike_never_wait_for_ever() -> None:
    put_in(entry("Grüße, 中文 and 🐝 $\\alpha$", summary="A line.\n\nAnother — with “signs”."))
    PaperVector.objects.update(wanted=embedding.digest_of("what was never written"))
    assert embedding.embed_waiting(MODEL) == 1
    assert embedding.state().whole


def test_it_stops_after_its_time_and_goes_on_the_next_time(monkeypatch) -> None:
    monkeypatch.setattr(embedding, "BATCH", 2)
    put_in_many(5)
    assert embedding.embed_waiting(MODEL, seconds=0) == 2
    assert embedding.embed_waiting(MODEL) == 3


@pytest.mark.django_db(transaction=True)
def test_while_one_embeds_another_does_nothing() -> None:
    put_in_many(1)
    with psycopg.connect(address()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [embedding._LOCK])
        assert embedding.embed_waiting(MODEL) == 0
    assert embedding.embed_waiting(MODEL) == 1


def test_the_task_embeds_and_gives_the_memory_back(settings) -> None:
    put_in_many(1)
    tasks.embed_waiting()
    assert len(waiting()) == 1  # off: nothing is made, and nothing breaks
    settings.EMBEDDER = "minilm"
    tasks.embed_waiting()
    assert waiting() == set()
    assert embedder()._loaded is None


def test_the_command_makes_and_checks(settings) -> None:
    put_in_many(2)
    with pytest.raises(CommandError, match="EMBEDDER is off"):
        call_command("embed")
    settings.EMBEDDER = "minilm"
    with pytest.raises(CommandError, match="Not every vector"):
        call_command("embed", "--check", stdout=StringIO())
    said = StringIO()
    call_command("embed", "--json", stdout=said)
    assert json.loads(said.getvalue()) == {
        "papers": 2, "made": 2, "without": 0, "waiting": 0, "outdated": 0,
    }  # fmt: skip
    call_command("embed", "--check", stdout=said)


@pytest.mark.django_db(transaction=True)
def test_a_kill_costs_a_batch_at_most() -> None:
    put_in_many(40, summary="We look closely at many subjects, one after the other. " * 8)
    environment = os.environ | {"DATABASE_URL": address(), "EMBEDDER": "minilm"}
    command = [sys.executable, "manage.py", "embed", "--threads", "1"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as process:
        wait_until(lambda: PaperVector.objects.exclude(vector=None).exists())
        process.kill()
    made = PaperVector.objects.exclude(vector=None).count()
    assert made
    rest: list[int] = []
    # The database notices a moment later that the killed one is gone.
    wait_until(lambda: rest.append(embedding.embed_waiting(MODEL)) or rest[-1])
    assert rest[-1] <= 40 - made
    assert embedding.state().whole


@pytest.mark.django_db(transaction=True)
def test_the_index_is_built_once_the_table_is_large() -> None:
    put_in_many(3)
    embedding.embed_waiting(MODEL)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE feeds_papervector")
        assert not build_index()
        assert build_index(3)
        assert not build_index(3)
        cursor.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = %s::regclass", [INDEX])
        assert cursor.fetchone()[0]
        cursor.execute(f"DROP INDEX {INDEX}")


def test_a_server_without_pgvector_is_told_in_words() -> None:
    create_extension(connection)  # here it is known already
    with pytest.raises(NoExtension, match="install pgvector"):
        create_extension(connection, "no-such-extension")
