"""What the tools answer, and what they say of what cannot be answered."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from accounts import keys
from feeds import commenting
from feeds.mcp.answering import answer
from feeds.mcp.caller import Caller
from feeds.mcp.grammar import TERMS as ARGUMENTS
from feeds.mcp.protocol import UNSAID
from feeds.mcp.tools.base import Tool, tools, tools_for
from feeds.models import Collection, CollectionEntry, Follow, Paper
from feeds.query import TERMS
from tests.config.processes import ROOT
from tests.factories import DAY, entry, put_in
from tests.mcp.asking import call, request, send, text_of
from tests.people import somebody

pytestmark = pytest.mark.django_db
LAMPS = "A diffusion model that lights lamps."
CALLS: dict[str, dict[str, Any]] = {
    "read_paper": {"paper": "2604.00001"},
    "list_similar": {"paper": "2604.00001"},
    "vote": {"paper": "2604.00001", "take_back": True},
    "save_paper": {"paper": "2604.00001"},
    "follow": {"query": "tag=diffusion"},
}
WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("list_papers", {"q": "lamps OR"}, "q, character"),
    ("list_papers", {"date": "2026-13"}, "it takes a day like 2026-04-24"),
    ("list_papers", {"sort": "best"}, "it takes hot"),
    ("list_papers", {"feed": "nothing"}, "list_feeds lists those that are there"),
    ("list_papers", {"in": "nothing"}, "no collection"),
    ("list_papers", {"sort": "for_you"}, "A key is made at"),
    ("list_papers", {"cursor": "x"}, "first page"),
    ("list_papers", {"limit": 0}, "limit takes a whole number from 1 to 50"),
    ("list_papers", {"limit": True}, "limit takes a whole number"),
    ("list_papers", {"tag": [7]}, "tag takes a list of texts"),
    ("list_papers", {"q": 7}, "q takes a text"),
    ("list_papers", {"words": "lamps"}, "takes no words; it takes query, q, tag"),
    ("read_paper", {}, "read_paper needs paper"),
    ("read_paper", {"paper": "\0"}, "paper holds a character that is no text"),
    ("list_similar", {"paper": "2001.99999"}, "No paper is known as 2001.99999"),
    ("list_editions", {"before": "2026-04"}, "it takes a day like 2026-04-24"),
    ("list_editions", {"before": "soon"}, "it takes a day like 2026-04-24"),
]


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("On Lamps", id="2604.00001", summary=LAMPS, upvotes=9, ai_summary="More light."),
        entry("On *Bees*", id="2604.00002", upvotes=3),
        entry("On Lamps Again", id="2604.00003", summary=LAMPS),
    )


def a_key(*scopes: str, person: int | None = None) -> str:
    return keys.make(person or somebody(), "An agent", set(scopes), timezone.now())


@pytest.mark.parametrize("tool", tools.all(), ids=lambda tool: tool.name)
def test_every_tool_keeps_to_what_it_says_of_itself(tool: Tool) -> None:
    assert tool.__doc__
    assert tool.description.endswith(".")
    assert set(tool.required) <= set(tool.arguments)
    Draft202012Validator.check_schema(tool.returns)
    told = call(tool.name, key=a_key("read", "write"), **CALLS.get(tool.name, {}))
    assert not told["isError"], told
    Draft202012Validator(tool.returns).validate(told["structuredContent"])
    assert text_of(told)


def test_every_term_of_a_question_is_an_argument() -> None:
    assert set(ARGUMENTS) == set(TERMS)


def test_every_tool_is_in_the_documents() -> None:
    told = (ROOT / "docs" / "agents.md").read_text()
    assert [name for name in tools.names() if f"`{name}`" not in told] == []


def test_nobody_and_one_who_only_reads_are_offered_nothing_that_writes() -> None:
    offered = {tool.name for tool in tools_for(Caller())}
    assert not offered & {"vote", "save_paper", "follow", "list_collections"}
    told = send(request("tools/list"), key=a_key("read")).json()["result"]["tools"]
    assert all(tool["annotations"]["readOnlyHint"] for tool in told)
    assert offered | {"list_collections"} == {tool["name"] for tool in told}


def test_what_writes_takes_a_key_that_may_write() -> None:
    person = somebody()
    secrets = ["", *(a_key(*scopes, person=person) for scopes in (("read",), ("read", "curate")))]
    for name in ("vote", "save_paper", "follow"):
        for secret in secrets:
            told = call(name, key=secret, **CALLS[name])
            assert told["isError"]
            assert "needs an API key that may write" in text_of(told)
    assert not Follow.objects.exists()
    assert not Collection.objects.exists()


def test_terms_as_arguments_and_as_one_query_ask_the_same() -> None:
    one = call("list_papers", tag=["diffusion", "-medical"], period="all", sort="new")
    other = call("list_papers", query="?tag=diffusion&tag=-medical&period=all&sort=new")
    both = call("list_papers", query="tag=diffusion&tag=-medical", sort="new")
    assert one == other == both
    assert one["structuredContent"]["query"] == "tag=diffusion&tag=-medical&sort=new"
    assert len(one["structuredContent"]["papers"]) == 2


def test_what_cannot_be_answered_says_why_and_what_to_do() -> None:
    for name, arguments, said in WRONG:
        told = call(name, **arguments)
        assert told["isError"]
        assert said.lower() in text_of(told).lower()
        assert "structuredContent" not in told


def test_a_slip_is_pointed_at() -> None:
    text = text_of(call("list_papers", q="lamps (bees OR"))
    given, sign = text.splitlines()[-2:]
    assert given == "lamps (bees OR"
    assert sign.index("^") == len(given)


def test_a_paper_is_read_with_all_that_its_page_says() -> None:
    paper = Paper.objects.get(key="2604.00001")
    commenting.say(paper.pk, "Bright idea.", by=somebody("Ben"), now=timezone.now())
    text = text_of(call("read_paper", paper="http://127.0.0.1:8000/papers/2604.00001"))
    for said in (
        "# On Lamps",
        LAMPS,
        "More light. (by a digest)",
        "by keyword",
        "hot: ",
        f"{DAY}, place 1, 9 votes",
        "title: Upload",
        "Ben: Bright idea.",
    ):
        assert said in text, said


def test_a_list_is_markdown_that_shows_titles_as_they_are() -> None:
    text = text_of(call("list_papers", limit=2))
    assert r"**[On \*Bees\*](http://127.0.0.1:8000/papers/2604.00002)**" in text
    assert "ask the same with cursor" in text
    assert "Ask with fewer terms" in text_of(call("list_papers", q="nowhere"))


def test_a_paper_is_put_into_a_collection_with_a_note_and_taken_out() -> None:
    from feeds import collecting

    person = somebody()
    key, slug = a_key("write", person=person), collecting.make(collecting.Words("Light"), person)
    there = {"paper": "2604.00001", "collection": slug}
    assert not call("save_paper", key=key, note="Read it.", **there)["isError"]
    assert CollectionEntry.objects.get().note == "Read it."
    assert not call("save_paper", key=key, take_out=True, **there)["isError"]
    assert not CollectionEntry.objects.exists()
    other = call("save_paper", key=a_key("write"), **there)
    assert "no such collection of yours" in text_of(other)
    assert "name one" in text_of(call("save_paper", key=key, paper="2604.00001", note="Why?"))


def test_votes_follow_the_rules_of_votes() -> None:
    refused = call("vote", key=a_key("write"), paper="2604.00001")
    assert "A vote needs a confirmed address" in text_of(refused)


def test_what_is_followed_is_left_again() -> None:
    key = a_key("write")
    assert call("follow", key=key, author="Ben Writer")["structuredContent"]["followed"]
    assert "Choose a tag" in text_of(call("follow", key=key))
    call("follow", key=key, author="Ben Writer", stop=True)
    assert not Follow.objects.exists()


@settings(max_examples=60)
@given(st.data())
def test_whatever_arguments_come_a_tool_answers_or_says_why(data) -> None:
    tool = data.draw(st.sampled_from(tools.all()))
    texts = st.text(max_size=9) | st.sampled_from(["2604.00001", "latest", "tag=a&q=%00", "a\0"])
    values = texts | st.lists(texts, max_size=3) | st.integers() | st.booleans() | st.none()
    given_now = data.draw(st.dictionaries(st.sampled_from([*tool.arguments, "else"]), values))
    people = get_user_model().objects
    caller = Caller(people.first() or people.get(pk=somebody()), may_write=True)
    told = answer(request("tools/call", name=tool.name, arguments=given_now), caller, UNSAID)
    assert told
    assert "error" not in told, told
