"""What an instance is filled with: papers of yesterday, and somebody who is signed in."""

import json
from datetime import UTC, datetime, timedelta

PAPERS = 200
FIRST_NEW = 50_000  # the number of a paper that nothing has brought yet


def put_in(count: int = PAPERS, first: int = 0) -> None:
    """Papers of a source `drill`, 2604.10000 and those that follow."""
    from feeds.ingest import ingest, source_named

    day = (datetime.now(UTC) - timedelta(days=1)).date()
    ingest(digest(count, first), source_named("drill"), day=day)


def digest(count: int, first: int = 0) -> bytes:
    """A digest of made-up papers, in the daily format."""
    entries = [
        {
            "paper": {
                "id": f"2604.{10_000 + number}",
                "title": f"A study of subject {number}",
                "summary": f"A diffusion model looks at subject {number} for a long while. " * 12,
                "authors": [{"name": f"Ada Author{number % 40}"}, {"name": "Ben Writer"}],
                "upvotes": number,
            }
        }
        for number in range(first, first + count)
    ]
    return json.dumps(entries).encode()


def cookie(number: int = 0) -> str:
    """The cookie of a reader who is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.create_user(f"reader{number}@drill.example.org"))
    return f"sessionid={client.cookies['sessionid'].value}"


def settle() -> None:
    """Has PostgreSQL write down what is new: a stop or a crash right after it takes long."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    connection.close()
