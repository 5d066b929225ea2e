"""The daily papers API, asked by the client that most of its users have."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from huggingface_hub import HfApi
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.hf_api import PaperInfo

from feeds.models import Collection, Paper
from tests.factories import DAY, entry, put_in, put_in_many
from tests.people import somebody

pytestmark = pytest.mark.django_db
FRIDAY = DAY
FULL = {
    "id": "2604.00001",
    "summary": "A diffusion model for images.",
    "upvotes": 7,
    "numComments": 2,
    "githubRepo": "https://github.com/ada/code",
    "githubStars": 12,
    "projectPage": "https://ada.example.org/",
    "ai_summary": "Pictures in fewer steps.",
    "organization": {"name": "lab", "fullname": "The Lab"},
    "thumbnail": "https://cdn.example.org/one.png",
}


@pytest.fixture
def api(live_server) -> HfApi:
    put_in(
        entry("On Pictures", **FULL),
        entry("On Words", id="2604.00002", upvotes=0),
        day=FRIDAY,
    )
    put_in(entry("On Bees", id="2604.00003", upvotes=99), day=date(2026, 4, 23))
    return HfApi(endpoint=live_server.url, token="hf_nobodys")


def ids(found) -> list[str]:
    return [paper.id for paper in found]


def _is_told(paper: PaperInfo) -> None:
    assert (paper.id, paper.title) == ("2604.00001", "On Pictures")
    assert [author.name for author in paper.authors][1] == "Ben Writer"
    assert paper.summary == "A diffusion model for images."
    assert (paper.upvotes, paper.comments, paper.github_stars) == (7, 2, 12)
    assert paper.github_repo == "https://github.com/ada/code"
    assert paper.project_page == "https://ada.example.org/"
    assert paper.ai_summary == "Pictures in fewer steps."
    assert "diffusion models" in paper.ai_keywords
    assert paper.organization.fullname == "The Lab"
    assert paper.published_at == datetime(2026, 4, 23, 10, tzinfo=UTC)
    assert paper.submitted_at.date() == FRIDAY
    assert paper.source == "upload"
    assert "diffusion" in paper.tags
    assert paper.score > 0


@pytest.mark.django_db(transaction=True)
def test_every_field_that_the_client_knows_comes_back(api) -> None:
    _is_told(next(iter(api.list_daily_papers(date=FRIDAY.isoformat()))))
    found = api.paper_info("2604.00001")
    _is_told(found)
    assert (found.linked_models, found.num_total_models) == ([], 0)
    assert (found.linked_datasets, found.num_total_datasets) == ([], 0)
    assert found.linked_spaces == []
    assert {paper.title: paper.upvotes for paper in api.list_papers(query="subject")} == {
        "On Words": 0,
        "On Bees": 99,
    }


@pytest.mark.django_db(transaction=True)
def test_lists_are_those_of_the_pages(api) -> None:
    assert ids(api.list_daily_papers(date="2026-04-24")) == ["2604.00001", "2604.00002"]
    assert ids(api.list_daily_papers(week="2026-W17", sort="trending"))[0] == "2604.00003"
    assert len(ids(api.list_daily_papers(month="2026-04"))) == 3
    assert ids(api.list_daily_papers())[-1] == "2604.00003"
    assert ids(api.list_daily_papers(limit=1, p=1)) == ["2604.00002"]
    assert ids(api.list_daily_papers(date="2026-04-24", limit=1, p=1)) == ["2604.00002"]
    assert ids(api.list_daily_papers(date="2026-04-24", p=1)) == []
    assert ids(api.list_daily_papers(p=7)) == []


@pytest.mark.django_db(transaction=True)
def test_a_day_without_papers_is_filled_up_and_says_so(api) -> None:
    sunday = list(api.list_daily_papers(date="2026-04-26"))
    assert ids(sunday) == ["2604.00001", "2604.00002"]
    assert {paper.filledFrom for paper in sunday} == {"2026-04-24"}
    assert ids(api.list_daily_papers(date="2026-04-26", limit=1, p=1)) == ["2604.00002"]
    assert ids(api.list_daily_papers(date="2026-05-02")) == []
    assert ids(api.list_daily_papers(date="2026-04-01")) == []


@pytest.mark.django_db(transaction=True)
def test_what_is_wrong_is_said(api) -> None:
    with pytest.raises(HfHubHTTPError, match="date is '2026-02-30'") as refused:
        list(api.list_daily_papers(date="2026-02-30"))
    assert refused.value.response.status_code == 400
    with pytest.raises(HfHubHTTPError, match=r"No paper is known as 2001\.99999") as missing:
        api.paper_info("2001.99999")
    assert missing.value.response.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_paper_without_an_arxiv_id_is_known_by_its_key(api) -> None:
    put_in(entry("Found in a Drawer", id=None))
    found = next(one for one in api.list_daily_papers() if one.title == "Found in a Drawer")
    assert found.id == Paper.objects.get(title="Found in a Drawer").key
    assert api.paper_info(found.id).title == "Found in a Drawer"


@pytest.mark.django_db(transaction=True)
def test_the_command_lists_searches_and_tells(api, tmp_path) -> None:
    def hf(*words: str) -> str:
        command = Path(sys.executable).with_name("hf")
        environment = {
            "PATH": os.environ["PATH"],
            "HF_ENDPOINT": api.endpoint,
            "HF_HOME": str(tmp_path),
            "HF_HUB_DISABLE_TELEMETRY": "1",
            "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        }
        done = subprocess.run(
            [str(command), "papers", *words],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = json.loads(hf("ls", "--date", "2026-04-24", "--format", "json"))
    assert [paper["id"] for paper in listed] == ["2604.00001", "2604.00002"]
    assert "2604.00003" in hf("search", "bees")
    assert "Pictures in fewer steps." in hf("info", "2604.00001")


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("daily_papers?date=2026-W17", "date"),
        ("daily_papers?week=2026-04-24", "week"),
        ("daily_papers?week=2026-W99", "week"),
        ("daily_papers?month=2026", "month"),
        ("daily_papers?submitter=a%00", "submitter"),
        ("daily_papers?q=(a%0F", "q"),
        ("daily_papers?sort=best", "sort"),
        ("daily_papers?p=-1", "p"),
        ("daily_papers?p=999999", "p"),
        ("daily_papers?limit=0", "limit"),
        ("daily_papers?limit=101", "limit"),
        ("daily_papers?limit=٣", "limit"),
        ("papers/search", "q"),
        ("papers/search?q=+", "q"),
        (f"papers/search?q={'x' * 251}", "q"),
        ("papers/search?q=bees&limit=121", "limit"),
        ("papers?cursor=nonsense", "cursor"),
    ],
)
def test_a_wrong_term_is_named(client, address, field) -> None:
    answer = client.get(f"/api/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/json")
    assert answer.json()["error"].startswith(field)


def test_of_a_day_a_week_and_a_month_the_shortest_holds(client) -> None:
    put_in_many(1)
    both = client.get("/api/daily_papers?date=2026-04-24&week=2026-W02&month=2020-01").json()
    assert both == client.get("/api/daily_papers?date=2026-04-24").json() != []


@pytest.mark.parametrize("words", ['the "bees', "bees)", "(bees", "bees OR ("])
def test_a_slip_in_the_words_is_no_error(client, words) -> None:
    put_in(entry("The bees", id="2604.00003"))
    found = client.get("/api/papers/search", {"q": words})
    assert found.status_code == 200
    assert len(found.json()) == 1
    assert client.get("/api/papers/search?q=%22").status_code == 404


def test_all_papers_are_walked_by_links(client) -> None:
    put_in_many(5)
    seen, address = [], "/api/papers?limit=2"
    while address:
        answer = client.get(address)
        seen += [item["paper"]["id"] for item in answer.json()]
        address = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert len(seen) == len(set(seen)) == 5


def test_a_search_gives_more_than_a_page_of_ours(client) -> None:
    put_in_many(125)
    found = client.get("/api/papers/search?q=subject&limit=120").json()
    assert len({item["paper"]["id"] for item in found}) == 120


def test_a_vote_is_in_both_places_and_no_paper_is_null(client) -> None:
    put_in(entry(upvotes=0, publishedAt=None))
    item = client.get("/api/daily_papers").json()[0]
    assert (item["upvotes"], item["paper"]["upvotes"]) == (0, 0)
    assert "publishedAt" not in item
    assert item["submittedOnDailyAt"].endswith(".000Z")


def test_terms_of_ours_narrow_a_list(client) -> None:
    put_in(entry(**FULL), entry(id="2604.00002"))
    for terms in ("tag=diffusion", "has=code", "q=pictures+OR+images"):
        found = client.get(f"/api/daily_papers?date=2026-04-24&{terms}").json()
        assert [item["paper"]["id"] for item in found] == ["2604.00001"]
    without = client.get("/api/daily_papers?tag=-diffusion").json()
    assert [item["paper"]["id"] for item in without] == ["2604.00002"]


def test_a_dropped_paper_is_nowhere_and_a_private_list_not_there(client) -> None:
    put_in(entry("On Pictures", **FULL), entry(id="2604.00002"))
    Paper.objects.filter(key="2604.00001").update(dropped_at=timezone.now())
    for address in ("daily_papers", "papers", "papers/search?q=diffusion", "daily_papers?p=0"):
        assert "2604.00001" not in client.get(f"/api/{address}").content.decode()
    assert client.get("/api/papers/2604.00001").status_code == 404
    owner = somebody()
    Collection.objects.create(owner_id=owner, slug="mine", name="Mine", visibility="private")
    assert client.get("/api/daily_papers?in=mine").status_code == 404
    signed_in = Client()
    signed_in.force_login(get_user_model().objects.get(pk=owner))
    assert signed_in.get("/api/daily_papers?in=mine").json() == []


def test_what_the_client_has_already_is_not_sent_again(client) -> None:
    put_in(entry(**FULL))
    for address in ("/api/daily_papers", "/api/papers/2604.00001", "/api/papers"):
        etag = client.get(address)["ETag"]
        again = client.get(address, headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")


def test_what_a_person_gave_is_listed_by_their_name(client) -> None:
    assert client.get("/api/daily_papers?submitter=nobody-known").json() == []
