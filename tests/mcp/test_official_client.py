"""Agents ask by the official client, over HTTP and over standard input and output."""

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx2
import pytest
from django.db import connection
from django.utils import timezone
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client

from accounts import keys
from feeds.models import Feed, FeedMember, Vote
from tests.config.processes import ROOT
from tests.factories import DAY, entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db(transaction=True)
MODES = ["legacy", "auto"]
LAMPS = "A diffusion model that lights lamps."

Doing = Callable[[Client], Awaitable[Any]]


def over_http(url: str, doing: Doing, *, mode: str = "auto", key: str = "") -> Any:
    async def talk() -> Any:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        async with AsyncExitStack() as stack:
            web = await stack.enter_async_context(httpx2.AsyncClient(headers=headers))
            served = streamable_http_client(f"{url}/mcp", http_client=web)
            return await doing(await stack.enter_async_context(Client(served, mode=mode)))

    return asyncio.run(talk())


def over_stdio(doing: Doing, *arguments: str, mode: str = "auto") -> Any:
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    command = StdioServerParameters(
        command=sys.executable,
        args=["manage.py", "mcp", *arguments],
        env=os.environ | {"DATABASE_URL": database},
        cwd=ROOT,
    )

    async def talk() -> Any:
        async with Client(command, mode=mode) as client:
            return await doing(client)

    return asyncio.run(talk())


async def told(client: Client, tool: str, **arguments: Any) -> Any:
    """What a tool answers as data, which the client holds against the shape that it promised."""
    answer = await client.call_tool(tool, arguments)
    assert not answer.is_error, answer.content
    return answer.structured_content


async def failed(client: Client, tool: str, **arguments: Any) -> str:
    answer = await client.call_tool(tool, arguments)
    assert answer.is_error
    return answer.content[0].text


@pytest.fixture
def papers() -> None:
    put_in(
        entry("On Lamps", id="2604.00001", summary=LAMPS, upvotes=9, authors=["Ada Lovelace"]),
        entry("On Bees", id="2604.00002", upvotes=3),
        entry("On Lamps Again", id="2604.00003", summary=LAMPS),
    )
    Feed.objects.create(slug="images", name="Images", query="tag=diffusion", visibility="public")
    Feed.objects.create(slug="secret", name="Secret", visibility="private")


async def _reads(client: Client) -> None:
    """A reader's morning."""
    offered = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert {"list_papers", "read_paper", "list_similar", "list_feeds"} <= set(offered)
    assert all(tool.annotations.read_only_hint for tool in offered.values())
    page = await told(client, "list_papers", limit=2)
    assert [paper["key"] for paper in page["papers"]] == ["2604.00001", "2604.00002"]
    rest = await told(client, "list_papers", limit=2, cursor=page["cursor"])
    assert [paper["rank"] for paper in rest["papers"]] == [3]
    paper = await told(client, "read_paper", paper="arXiv:2604.00001v2")
    assert (paper["title"], paper["abstract"]) == ("On Lamps", LAMPS)
    like = await told(client, "list_similar", paper="2604.00001")
    assert like["papers"][0]["key"] == "2604.00003"
    assert (await told(client, "list_feeds"))["feeds"][0]["slug"] == "images"
    assert (await told(client, "list_editions"))["editions"][0]["date"] == f"{DAY}"
    assert "diffusion" in str(await told(client, "list_topics", period="all"))
    assert "diffusion" in str(await told(client, "list_tags", words="diffusion"))
    slip = await failed(client, "list_papers", q='"lamps')
    assert slip.splitlines()[-1].strip() == "^"
    assert "no feed called secret" in await failed(client, "list_papers", feed="secret")
    assert "API key" in await failed(client, "vote", paper="2604.00001")
    with pytest.raises(MCPError, match="no tool called fly"):
        await client.call_tool("fly")


async def _reads_addresses(client: Client) -> None:
    templates = (await client.list_resource_templates()).resource_templates
    assert "paper://{paper}" in {one.uri_template for one in templates}
    assert [one.uri for one in (await client.list_resources()).resources] == [
        "feed://images/latest"
    ]
    paper = await client.read_resource("paper://2604.00001")
    assert LAMPS in paper.contents[0].text
    assert "On Lamps Again" in (await client.read_resource("feed://images/latest")).contents[0].text
    with pytest.raises(MCPError, match="no feed called secret"):
        await client.read_resource("feed://secret/latest")
    words = await client.get_prompt("briefing", {"topic": "lamps"})
    assert "lamps" in words.messages[0].content.text


@pytest.mark.parametrize("mode", MODES)
def test_an_agent_reads_over_http(papers, live_server, mode) -> None:
    async def doing(client: Client) -> None:
        assert client.server_info.name == "broadsheet"
        assert "list_papers" in client.instructions
        await _reads(client)
        await _reads_addresses(client)

    over_http(live_server.url, doing, mode=mode)


def test_a_key_opens_what_its_person_may(papers, live_server) -> None:
    person, stranger = somebody(), somebody()
    FeedMember.objects.create(feed=Feed.objects.get(slug="secret"), user_id=person, role="reader")
    now = timezone.now()

    async def member(client: Client) -> None:
        assert "secret" in str(await told(client, "list_feeds"))
        assert (await told(client, "list_papers", feed="secret"))["papers"]
        assert "may write" in await failed(client, "vote", paper="2604.00001")

    async def writer(client: Client) -> None:
        assert "no feed called secret" in await failed(client, "list_papers", feed="secret")
        writes = [tool for tool in (await client.list_tools()).tools if tool.name == "save_paper"]
        assert [tool.annotations.read_only_hint for tool in writes] == [False]
        await told(client, "save_paper", paper="2604.00001")
        assert (await told(client, "list_collections"))["collections"][0]["name"] == "Saved"
        await told(client, "follow", tag=["diffusion"])
        followed = await told(client, "list_papers", **{"in": "following"})
        assert [one["key"] for one in followed["papers"]] == ["2604.00001", "2604.00003"]

    over_http(live_server.url, member, key=keys.make(person, "Reads", {"read"}, now))
    over_http(live_server.url, writer, key=keys.make(stranger, "Writes", {"write"}, now))


def test_an_agent_starts_it_and_reads(papers) -> None:
    over_stdio(_reads)


def test_started_for_somebody_it_votes_where_it_is_told_that_it_may(
    papers, django_user_model
) -> None:
    from allauth.account.models import EmailAddress

    person = django_user_model.objects.get(pk=somebody())
    EmailAddress.objects.create(user=person, email=person.email, verified=True)

    async def votes(client: Client) -> None:
        assert await told(client, "vote", paper="2604.00002")
        await _reads_addresses(client)

    over_stdio(votes, "--as", person.email, "--write", mode="legacy")
    assert Vote.objects.get().user_id == person.pk
