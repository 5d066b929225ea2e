"""`python -m benchmarks.costing PAPERS READERS`: what they take, in bytes and in work.

Prints what it found as JSON. The database, the broker and the web process are its own. A reader
has an order that comes each day for a year, twenty papers long, and a hundred votes.
"""

import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.crowd import crowd, texts, vectors
from drills import database, post
from drills.served import Site, site

A_YEAR, A_MAIL, VOTES = 365, 20, 100
MAILS = 500
ASKS = 60
TICK = os.sysconf("SC_CLK_TCK")
PAPERS = "feeds_paper feeds_paperstats feeds_papertag feeds_listing feeds_identifier".split()
COLD = {"KEPT_ANSWERS_MB": "0", "KNOWN_PAPERS": "0"}


def main() -> None:
    papers, readers = int(sys.argv[1]), int(sys.argv[2])
    database.begin()
    crowd(papers)
    vectors()
    found: dict[str, Any] = {
        "text": sum(len(f"{one.title}{one.abstract}".encode()) for one in texts(papers)),
        "rows": _bytes_of(*PAPERS),
        "vectors": _bytes_of("feeds_papervector"),
        "index": _index(),
    }
    with tempfile.TemporaryDirectory() as folder:
        found["pages"] = _pages(Path(folder))
    database.empty()
    found["mail"] = _mail(readers)
    found |= _readers(readers)
    print(json.dumps(found))


def _bytes_of(*tables: str) -> int:
    """Of the tables with their indexes."""
    from django.db import connection  # noqa: PLC0415 (needs the settings)

    size = "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name"
    with connection.cursor() as cursor:
        cursor.execute(size, [list(tables)])
        return int(cursor.fetchone()[0])


def _index() -> int:
    from feeds.search import indexing  # noqa: PLC0415 (needs the settings)

    with indexing.alone():
        indexing.build()
    index = database.home() / "index"
    return sum(file.stat().st_size for file in index.rglob("*") if file.is_file())


def _pages(folder: Path) -> dict[str, float]:
    """Seconds of the processor that an answer takes of the web process, by what is asked."""
    with site(folder / "kept.log", workers=1, SAME_FOR_MS="500", EMBEDDER="off") as kept:
        found = {"kept": _work(kept, "/?period=all")}
    with site(folder / "web.log", workers=1, EMBEDDER="off", **COLD) as cold:
        found["page"] = _work(cold, "/?period=all")
        found["list"] = _work(cold, "/api/v1/papers?period=all")
        found["search"] = _work(cold, "/api/v1/papers?sort=relevance&q=attention+-zzq{number}")
    return found


def _work(asked: Site, path: str) -> float:
    def ask(number: int) -> None:
        request = Request(asked.address + path.format(number=number))
        with urlopen(request, timeout=60) as answer:
            answer.read()

    ask(-1)
    begun = _processor(asked)
    for number in range(ASKS):
        ask(number)
    return (_processor(asked) - begun) / ASKS


def _processor(asked: Site) -> float:
    """Seconds of the processor that the site's processes have had."""
    told = [Path(f"/proc/{pid}/stat").read_text() for pid in asked.processes()]
    fields = [text.rpartition(")")[2].split() for text in told]
    return sum(int(one[11]) + int(one[12]) for one in fields) / TICK


def _mail(readers: int) -> float:
    """Seconds of the processor of a worker from a due order to the ready mail."""
    from django.utils import timezone  # noqa: PLC0415 (needs the settings)

    from accounts import delivery, ringing  # noqa: PLC0415 (needs the settings)
    from accounts.channels.email import Press  # noqa: PLC0415 (needs the settings)
    from accounts.editions import choose  # noqa: PLC0415 (needs the settings)
    from accounts.models import Delivery  # noqa: PLC0415 (needs the settings)

    post.readers(readers)
    ringing.open_due(timezone.now())
    ids = list(Delivery.objects.order_by("subscription__query", "id").values_list("id", flat=True))
    begun = time.process_time()
    rows = delivery.claim(ids[:MAILS], timezone.now())
    press, editions = Press(), choose(rows)
    for row in rows:
        if edition := editions.get(row.id):
            press.message(row, edition).message().as_bytes()
    return (time.process_time() - begun) / max(1, len(rows))


def _readers(readers: int) -> dict[str, int]:
    """Bytes of so many readers' accounts, orders, votes and a year of deliveries."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 (needs the settings)
    from django.utils import timezone  # noqa: PLC0415 (needs the settings)

    from accounts.models import Delivery, Subscription  # noqa: PLC0415 (needs the settings)
    from feeds.copying import copy_rows  # noqa: PLC0415 (needs the settings)
    from feeds.models import Paper, Vote  # noqa: PLC0415 (needs the settings)

    people = get_user_model()
    people.objects.bulk_create(
        people(email=f"person{number}@example.org") for number in range(readers)
    )
    papers = list(Paper.objects.values_list("pk", flat=True)[:VOTES])
    now = timezone.now()
    ids = people.objects.values_list("pk", flat=True)
    copy_rows(
        Vote, ["paper_id", "user_id", "created_at"],
        ((paper, person, now) for person in ids for paper in papers),
    )  # fmt: skip
    Delivery.objects.all().delete()
    said, told = "period=day&date=2026-04-24", papers[:A_MAIL]
    Delivery.objects.bulk_create(
        (
            Delivery(subscription_id=order, period=now.date() - timedelta(days=back),
                     state="sent", asked=said, papers=told, claimed_at=now, sent_at=now, tries=1)
            for back in range(A_YEAR) for order in Subscription.objects.values_list("pk", flat=True)
        ),
        batch_size=2_000,
    )  # fmt: skip
    return {
        "accounts": _bytes_of("accounts_user", "accounts_subscription"),
        "votes": _bytes_of("feeds_vote"),
        "deliveries": _bytes_of("accounts_delivery"),
    }


if __name__ == "__main__":
    main()
