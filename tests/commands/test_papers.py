"""Papers in a terminal, by the query of every other output."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from feeds.models import Feed, FeedMember
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("On Lamps", id="2604.00001", upvotes=9, authors=["Ada", "Ben", "Cy", "Dora"]),
        entry("On Bees", id="2604.00002", upvotes=3),
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("papers", *arguments, stdout=out)
    return out.getvalue()


def test_a_program_gets_a_line_a_paper() -> None:
    assert run("ls") == "2604.00001\t9\tOn Lamps\n2604.00002\t3\tOn Bees\n"
    assert run("search", "bees") == "2604.00002\t3\tOn Bees\n"
    assert run("ls", "period=all&sort=new", "--author=Ada") == "2604.00001\t9\tOn Lamps\n"


def test_json_is_that_of_the_api() -> None:
    client = Client()
    assert json.loads(run("ls", "--limit=1", "--json"))["papers"][0]["key"] == "2604.00001"
    told = json.loads(run("ls", "period=all", "--json", "--limit=50"))
    assert told == client.get("/api/v1/papers?period=all").json()
    paper = json.loads(run("read", "arXiv:2604.00001", "--json"))
    assert paper == client.get("/api/v1/papers/2604.00001").json()


def test_a_person_at_a_terminal_reads(capsys) -> None:
    call_command("papers", "ls", "--limit=1", stdout=Terminal())
    shown = capsys.readouterr().out
    assert "1. On Lamps" in shown
    assert "2604.00001 · 9 votes · Ada, Ben, Cy …" in shown
    assert "More: --cursor" in shown
    call_command("papers", "search", "nothing", stdout=Terminal())
    assert "No paper answers this." in capsys.readouterr().out
    call_command("papers", "read", "2604.00001", stdout=Terminal())
    assert "On Lamps" in capsys.readouterr().out


def test_pages_follow_one_another() -> None:
    cursor = json.loads(run("ls", "--limit=1", "--json"))["next_cursor"]
    assert run("ls", f"--cursor={cursor}") == "2604.00002\t3\tOn Bees\n"


def test_a_paper_is_read_as_markdown() -> None:
    text = run("read", "2604.00001")
    assert text.startswith("# On Lamps\n")
    assert "## Its score in each order" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["search", '"lamps'], 'no partner.*\n\n"lamps\n\\^'),
        (["ls", "--sort=best"], "it takes hot"),
        (["ls", "--feed=secret"], "no feed called secret"),
        (["ls", "--limit=0"], "from 1 to 100"),
        (["read", "nothing"], "No paper is known as nothing"),
        (["ls", "--as=nobody@example.org"], "Nobody has signed in as nobody@example.org"),
    ],
)
def test_what_cannot_be_answered_says_where_and_why(arguments, said) -> None:
    with pytest.raises(CommandError, match=said):
        run(*arguments)


def test_one_who_is_named_sees_what_is_theirs(django_user_model) -> None:
    person = django_user_model.objects.get(pk=somebody())
    feed = Feed.objects.create(slug="secret", name="Secret", visibility="private")
    FeedMember.objects.create(feed=feed, user=person, role="reader")
    assert "On Bees" in run("ls", "--feed=secret", f"--as={person.email}")


def test_an_agents_command_writes_for_somebody_alone() -> None:
    with pytest.raises(CommandError, match="--write takes --as"):
        call_command("mcp", "--write")
