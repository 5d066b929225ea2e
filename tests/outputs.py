"""Each output as a function from a query string to the keys of the papers that it shows."""

import csv
import io
import json
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import bibtexparser
import feedparser
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import keys, previewing, reader_keys
from accounts.models import Webhook, WebhookEvent, WebhookMark
from accounts.webhooks import looking, telling
from feeds.query import FeedQuery, parse
from tests import people
from tests.readers import reader
from tests.web.document import read

SITE = f"{settings.SITE_URL}/papers/"
MOST = "50"  # papers that every output shows at once

Output = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who asks where an output knows its reader: in a browser, by address, by key."""

    id: int
    email: str
    key: str
    reader_key: str
    browser: Client


ASKS: ContextVar[Somebody | None] = ContextVar("asks", default=None)


def somebody() -> Somebody:
    person = reader("outputs@example.org")
    browser = Client()
    browser.force_login(person)
    key = keys.make(person.pk, "An agent", {"read"}, timezone.now())
    reader_key = reader_keys.make(person.pk, "A feed reader", timezone.now())
    return Somebody(person.pk, person.email, key, reader_key, browser)


def _get(path: str, query: str) -> bytes:
    asks = ASKS.get()
    answer = (asks.browser if asks else Client()).get(f"{path}?{query}")
    assert answer.status_code == 200, answer.content[:300]
    return answer.content


def _feed(name: str, query: str) -> bytes:
    """A feed reader cannot sign in: who asks is known by a key in the address."""
    asks = ASKS.get()
    if asks is None:
        return _get(f"/{name}", query)
    answer = Client().get(f"/mine/{name}?{query}&key={asks.reader_key}")
    assert answer.status_code == 200, answer.content[:300]
    return answer.content


def page(query: str) -> list[str]:
    asks = ASKS.get()
    shown = read((asks.browser if asks else Client()).get(f"/?{query}"))
    cards = shown.all("li", class_="paper")
    return [card.one("h2").one("a")["href"].removeprefix("/papers/") for card in cards]


def api(query: str) -> list[str]:
    return [paper["key"] for paper in json.loads(_get("/api/v1/papers", query))["papers"]]


def json_feed(query: str) -> list[str]:
    return [
        item["id"].removeprefix(SITE) for item in json.loads(_feed("feed.json", query))["items"]
    ]


def rss(query: str) -> list[str]:
    return _entries(_feed("feed.rss", query))


def atom(query: str) -> list[str]:
    return _entries(_feed("feed.atom", query))


def _entries(body: bytes) -> list[str]:
    feed = feedparser.parse(body)
    assert not feed.bozo, feed.bozo_exception
    return [item.id.removeprefix(SITE) for item in feed.entries]


def bibtex(query: str) -> list[str]:
    entries = bibtexparser.parse_string(_get("/papers.bib", query).decode()).entries
    return [entry.fields_dict["eprint"].value for entry in entries]


def ris(query: str) -> list[str]:
    return re.findall(r"^AN  - arXiv:(\S+)", _get("/papers.ris", query).decode(), re.MULTILINE)


def csl(query: str) -> list[str]:
    items = json.loads(_get("/papers.csl.json", query))
    return [item["number"].removeprefix("arXiv:") for item in items]


def table(query: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(_get("/papers.csv", query).decode("utf-8-sig")))
    return [row["arxiv"] for row in rows]


def markdown(query: str) -> list[str]:
    text = _get("/papers.md", query).decode()
    return re.findall(rf"^\d+\. \*\*\[.*\]\({re.escape(SITE)}(\S+)\)\*\*", text, re.MULTILINE)


def mcp(query: str) -> list[str]:
    """What the tool tells as data, and as Markdown the same."""
    asks = ASKS.get()
    call = {"name": "list_papers", "arguments": {"query": query, "limit": int(MOST)}}
    message = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {"Authorization": f"Bearer {asks.key}"} if asks else {}
    answer = Client().post("/mcp", message, content_type="application/json", headers=headers)
    told = answer.json()["result"]
    assert not told["isError"], told
    found = [paper["key"] for paper in told["structuredContent"]["papers"]]
    text = told["content"][0]["text"]
    shown = re.findall(rf"^\d+\. .*\]\({re.escape(SITE)}(\S+)\)\*\*", text, re.MULTILINE)
    assert shown == found
    return found


def terminal(query: str) -> list[str]:
    asks, out = ASKS.get(), io.StringIO()
    as_them = [f"--as={asks.email}"] if asks else []
    call_command("papers", "ls", query, f"--limit={MOST}", *as_them, stdout=out)
    return [line.split("\t")[0] for line in out.getvalue().splitlines()]


def hf(query: str) -> list[str]:
    """The daily papers API, whose dates and orders have names of their own."""
    asked, sorts = parse(query), {"hot": "trending", "new": "publishedAt"}
    own = [pair for pair in asked.pairs() if pair[0] not in ("date", "period", "sort")]
    when = [("date" if asked.period == "day" else asked.period, _named(asked))]
    terms = urlencode([*own, *when, ("sort", sorts[asked.sort]), ("limit", MOST)])
    return [item["paper"]["id"] for item in json.loads(_get("/api/daily_papers", terms))]


def _named(asked: FeedQuery) -> str:
    forms = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
    return f"{asked.date:{forms[asked.period]}}"


def mail(query: str) -> list[str]:
    """The titles' links in the mail of an order for the query, on the day that it leaves."""
    asked, asks = parse(query), ASKS.get()
    cadence = {"day": "daily", "week": "weekly", "month": "monthly"}[asked.period]
    assert asked.last_day
    leaves = asked.last_day + timedelta(days=0 if asked.period == "day" else 1)
    person = asks.id if asks else 0
    mail = previewing.message(
        query, cadence, leaves, most=int(MOST), reader=person, to="me@example.org", language="en"
    )
    links = re.findall(rf'href="{re.escape(SITE)}(\d{{4}}\.\d{{5}})"', mail.html)
    return list(dict.fromkeys(links))


def webhook(query: str) -> list[str]:
    """The bodies of a webhook's events that tell of a list's first ten papers, in their order."""
    asks, now = ASKS.get(), timezone.now()
    hook = Webhook.objects.create(
        user_id=asks.id if asks else people.somebody(),
        name="A program",
        kinds=["paper.trending"],
        query=query,
        on_since=now,
    )
    WebhookMark.objects.all().delete()  # the first look of all only sets it
    for later in (timedelta(0), looking.TRENDS_EVERY + timedelta(minutes=1)):
        looking.look_for_trends(now + later)
    events = WebhookEvent.objects.filter(webhook=hook).order_by("id")
    return [json.loads(telling.body(event))["data"]["paper"]["key"] for event in events]


# Those that answer any question that is not personal.
OUTPUTS: list[Output] = [
    page, api, rss, atom, json_feed, bibtex, ris, csl, table, markdown, mcp, terminal,
]  # fmt: skip
EVERY: list[Output] = [*OUTPUTS, hf, mail, webhook]


def can_ask(output: Output, query: str) -> bool:
    """Whether the output has words for the question."""
    asked = parse(query)
    if output is hf:
        return asked.date is not None and asked.sort in ("hot", "new") and not asked.similar
    if output is mail:
        return asked.date is not None
    return True
