"""`python -m benchmarks.listed PAPERS FOLDER`: a site of so many papers, until it is told to end.

The papers are those of `benchmarks.crowd`; what is in the folder already is taken as it is. Prints
as JSON where the site is, what to ask of it, and what its database is asked meanwhile. A line on
its standard input is a number of votes: it prints the keys of so many new voters.
"""

import hashlib
import json
import os
import random
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.crowd import LAST_DAY, TOPICS, crowd
from drills import database
from drills.served import served

ASKED = 30  # pages of each kind
ALONE = 10  # of which the database is asked alone, too
WARMING = 10  # pages of each kind that are asked before, and do not count
DEEP = 10_000  # the page that is far down
LIMIT = 10  # papers of each page on the way there
FIRST = "tag, first in minutes"
ORDERS = ("hot", "rising", "scaled", "new", "top")
# Nothing is kept from one answer to the next.
COLD = {"KEPT_ANSWERS_MB": "0", "STANDING_PAGES_MB": "0", "KNOWN_PAPERS": "0"}
# As on a site that serves.
KEEPING = {"SAME_FOR_MS": "500"}


def main() -> None:
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    os.environ |= COLD
    _fill(folder, count)
    asked = _asked(random.Random(3), ASKED)
    scripts = {
        kind: list(_scripts(kind, paths[:ALONE], folder / kind)) for kind, paths in asked.items()
    }
    _forget()
    with ExitStack() as sites:
        cold = sites.enter_context(served(folder / "cold.log", **COLD))
        kept = sites.enter_context(served(folder / "kept.log", workers=2, **KEEPING))
        warming = _asked(random.Random(4), WARMING)
        told = {
            "cold": cold, "kept": kept, "database": os.environ["DATABASE_URL"],
            "warming": warming, "asked": asked, "scripts": scripts, "deep": _deep(count),
        }  # fmt: skip
        print(json.dumps(told), flush=True)
        for line in sys.stdin:
            print(json.dumps(_voters(int(line))), flush=True)


def _fill(folder: Path, count: int) -> None:
    whole = folder / "papers.json"
    if folder.exists() and not whole.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)  # its servers may run as another user
    database.begin(folder)
    if not whole.exists():
        crowd(count)
        whole.write_text(json.dumps({"papers": count}))


def _asked(chance: random.Random, each: int) -> dict[str, list[str]]:
    """Addresses of so many pages of each kind, no two alike where there are as many."""
    days, topics = _days(), chance.sample(range(TOPICS), min(each, TOPICS))

    def dates() -> Iterator[date]:
        return (LAST_DAY - timedelta(days=chance.randrange(days)) for _ in range(each))

    orders = [ORDERS[number % len(ORDERS)] for number in range(each)]
    return {
        "day": [f"/?date={day}" for day in dates()],
        "week": [f"/?period=week&date={day}" for day in dates()],
        "month": [f"/?period=month&date={day}" for day in dates()],
        # What is counted around a tag is kept for minutes: so the second time is the usual one.
        FIRST: [f"/?tag=topic-{topic}" for topic in topics],
        "tag": [f"/?tag=topic-{topic}" for topic in topics],
        "author": [f"/?author={quote(name)}" for name in _authors(chance, each)],
        "trending": [f"/?period=all&sort={order}" for order in orders],
    }


def _days() -> int:
    """How many days the papers are of."""
    from django.db.models import Min  # noqa: PLC0415 (needs the settings)

    from feeds.models import Listing  # noqa: PLC0415

    first: date = Listing.objects.aggregate(first=Min("date"))["first"]
    return (LAST_DAY - first).days + 1


def _authors(chance: random.Random, each: int) -> list[str]:
    """Authors of papers that somebody comes by: who wrote many is asked for more often."""
    from feeds.models import Paper  # noqa: PLC0415 (needs the settings)

    last = Paper.objects.order_by("-id").values_list("id", flat=True)[0]
    papers = Paper.objects.in_bulk([chance.randrange(1, last + 1) for _ in range(2 * each)])
    return [chance.choice(paper.authors) for paper in list(papers.values())[:each]]


def _scripts(kind: str, paths: list[str], folder: Path) -> Iterator[str]:
    """For each page a file of all that the database is asked for it."""
    from django.conf import settings  # noqa: PLC0415 (needs the settings)
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client, said = Client(HTTP_HOST=settings.ALLOWED_HOSTS[0]), list[str]()

    def noted(execute: Any, sql: str, values: Any, many: bool, context: Any) -> Any:
        said.append(connection.ops.compose_sql(sql, values))  # type: ignore[attr-defined]
        return execute(sql, values, many, context)

    folder.mkdir(exist_ok=True)
    if kind == "tag":
        for path in paths:
            client.get(path)
    for number, path in enumerate(paths):
        if kind == FIRST:
            _forget()
        said.clear()
        with connection.execute_wrapper(noted):
            answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} was answered by {answer.status_code}.")
        script = folder / f"{number}.sql"
        script.write_text("".join(f"{sql};\n" for sql in said))
        yield str(script)


def _forget() -> None:
    """What Redis keeps of answers."""
    from django.core.cache import cache  # noqa: PLC0415 (needs the settings)

    cache.clear()


def _deep(count: int) -> dict[str, Any]:
    """The number of the page far down, and its address in each order beside that of the first."""
    from feeds.query import parse  # noqa: PLC0415 (needs the settings)
    from feeds.reading import cursor_after  # noqa: PLC0415

    page = min(DEEP, count // LIMIT)
    paths = {}
    for order in ORDERS:
        first = f"/api/v1/papers?period=all&sort={order}&limit={LIMIT}"
        cursor = cursor_after(parse(f"period=all&sort={order}"), (page - 1) * LIMIT)
        paths[order] = [first, f"{first}&cursor={cursor}"]
    return {"page": page, "paths": paths}


def _voters(count: int) -> list[str]:
    """The keys of so many new people whose votes count at once."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415 (needs the settings)
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from accounts.models import ApiKey  # noqa: PLC0415

    model, joined, run = get_user_model(), timezone.now() - timedelta(days=30), secrets.token_hex(4)
    people = model.objects.bulk_create(
        model(email=f"{run}-{number}@example.org", date_joined=joined) for number in range(count)
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people
    )
    secrets_told = [f"bsk_{secrets.token_urlsafe(32)}" for _ in people]
    ApiKey.objects.bulk_create(
        ApiKey(user=one, name="votes", prefix=told[:12], scopes=["read", "write"],
               digest=hashlib.sha256(told.encode()).digest())
        for one, told in zip(people, secrets_told, strict=True)
    )  # fmt: skip
    return secrets_told


if __name__ == "__main__":
    main()
