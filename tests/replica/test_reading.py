"""Who reads the replica, and who the primary: the one shows "Altwort", the other "Neuwort"."""

import httpx2
import psycopg
import pytest

from tests.replica.conftest import EMAIL, KEY

pytestmark = pytest.mark.replica
PAGE = f"/papers/{KEY}"
FOR_EVERYBODY = ("/?period=all", PAGE, "/feed.json?period=all", "/feed.rss?period=all")
BY_THE_API = (f"/api/v1/papers/{KEY}", "/api/v1/papers?period=all", "/papers.bib?period=all")


def read(address: str, path: str = PAGE, **options: object) -> str:
    answer = httpx2.get(f"{address}{path}", timeout=30, **options)
    assert answer.status_code == 200
    return "primary" if "Neuwort" in answer.text else "replica" if "Altwort" in answer.text else ""


@pytest.mark.parametrize("path", [*FOR_EVERYBODY, *BY_THE_API])
def test_what_is_for_everybody_is_read_from_the_replica(paused, path) -> None:
    assert [read(paused, path) for _ in range(3)] == ["replica"] * 3


def test_who_is_signed_in_reads_the_primary(paused, cookies) -> None:
    for path in (*FOR_EVERYBODY, *BY_THE_API):
        assert read(paused, path, cookies=cookies) == "primary"
        assert read(paused, path) == "replica"


def test_who_votes_sees_the_vote_on_the_next_page(paused, cookies) -> None:
    headers = {"X-CSRFToken": cookies["csrftoken"], "Origin": paused}
    with httpx2.Client(base_url=paused, cookies=cookies, headers=headers, timeout=30) as reader:
        assert not reader.get(f"/api/v1/papers/{KEY}").json()["voted"]
        assert reader.put(f"/api/v1/papers/{KEY}/vote").status_code == 200
        mine = reader.get(f"/api/v1/papers/{KEY}").json()
        assert (mine["voted"], mine["votes"]) == (True, 1)
        anybodys = httpx2.get(f"{paused}/api/v1/papers/{KEY}", timeout=30).json()
        assert anybodys["votes"] == 0
        assert "voted" not in anybodys
        assert reader.delete(f"/api/v1/papers/{KEY}/vote").status_code == 200


def test_nobody_gets_a_page_that_was_made_for_another(paused, cookies) -> None:
    for _ in range(3):
        for shown, given in ((True, cookies), (False, {})):
            page = httpx2.get(f"{paused}/?period=all", cookies=given, timeout=30)
            assert (EMAIL in page.text) is shown


def test_who_has_just_asked_for_mail_reads_the_primary(paused) -> None:
    order = {"email": "new@example.org", "cadence": "daily", "hour": "8", "timezone": "UTC"}
    order |= {"query": "", "sort": "hot", "channel": "email"}
    with httpx2.Client(base_url=paused, headers={"Origin": paused}, timeout=30) as reader:
        assert "Neuwort" not in reader.get(PAGE).text
        assert reader.post("/subscribe", data=order).status_code < 500
        assert "Neuwort" in reader.get(PAGE).text
        assert reader.cookies["wrote"].startswith("1:")
    assert read(paused) == "replica"


def test_nobody_sends_everything_to_the_primary_by_a_made_up_cookie(paused) -> None:
    assert (
        read(paused, cookies={"wrote": "1:aaaaaa:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}) == "replica"
    )


def test_what_is_kept_is_new_where_an_older_transaction_is_still_open(pair, patient, named) -> None:
    """The snapshots of a replica name no open transaction: theirs read the same before and after
    one that is neither the first nor the last of those that are open.
    """
    named("Altwort")
    pair.follow()
    change = "UPDATE feeds_paper SET title_html = 'Neuwort' WHERE key = %s"
    with psycopg.connect(pair.primary.url) as oldest, psycopg.connect(pair.primary.url) as middle:
        oldest.execute("SELECT pg_current_xact_id()")
        middle.execute(change, [KEY])
        pair.primary.ask("UPDATE feeds_paper SET title = title WHERE key = '2604.00002'")
        pair.follow()
        assert [read(patient) for _ in range(3)] == ["replica"] * 3
        middle.commit()
        pair.follow()
        assert read(patient) == "primary"
