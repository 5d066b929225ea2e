"""Where references are got, how much at once, and by whom."""

import re

import pytest
from django.utils import timezone

from feeds.exports.base import exports
from feeds.models import Collection, CollectionEntry, Identifier, Paper
from tests.factories import entry, put_in, put_in_many

pytestmark = pytest.mark.django_db
LISTS = [f"/papers.{name}" for name in exports.names()]


@pytest.fixture
def known(db) -> Paper:
    put_in(entry("On sparse attention", id="2604.00123", summary="A diffusion model."))
    return Paper.objects.get()


@pytest.mark.parametrize("form", exports.all(), ids=lambda form: form.name)
def test_a_file_says_what_it_is_and_what_it_is_called(client, known, form) -> None:
    kind = "attachment" if form.download else "inline"
    for path, name in (
        (f"/papers.{form.name}?tag=diffusion", "trending-papers-diffusion-models"),
        (f"/papers/2604.00123.{form.name}", "2604-00123"),
    ):
        answer = client.get(path)
        assert answer["Content-Type"] == form.content_type
        assert answer["Content-Disposition"] == f'{kind}; filename="{name}.{form.name}"'
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert b"sparse attention" in answer.content


@pytest.mark.parametrize("path", [*LISTS, "/papers/2604.00123.bib"])
def test_an_unchanged_file_is_not_sent_again(client, known, path) -> None:
    first = client.get(path)
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Last-Modified"]
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("path", LISTS)
def test_a_bad_term_is_refused_in_words(client, path) -> None:
    answer = client.get(f"{path}?date=soon")
    assert answer.status_code == 400
    assert answer.content.decode().startswith("date is 'soon'")
    assert client.get(f"{path}?limit=501").status_code == 400


def test_a_long_list_comes_in_files_that_name_the_next(client) -> None:
    put_in_many(130)
    whole = re.findall("eprint = {(.+?)}", client.get("/papers.bib?limit=500").content.decode())
    assert len(set(whole)) == 130
    found, path = [], "/papers.bib"
    while path:
        answer = client.get(path)
        found += re.findall("eprint = {(.+?)}", answer.content.decode())
        link = answer.headers.get("Link", "")
        path = link.partition("8000")[2].partition(">")[0]
    assert found == whole


def test_a_papers_other_names_lead_to_its_file(client, known) -> None:
    Identifier.objects.create(paper=known, scheme="doi", value="10.1234/abc.md")
    for name in ("arXiv:2604.00123v2", "10.1234/ABC.md"):
        answer = client.get(f"/papers/{name}.bib")
        assert (answer.status_code, answer["Location"]) == (301, "/papers/2604.00123.bib")
    # A name that itself ends like a format is the paper's.
    assert client.get("/papers/10.1234/abc.md")["Location"] == "/papers/2604.00123"


@pytest.mark.parametrize("name", exports.names())
def test_a_paper_that_is_dropped_or_unknown_has_no_file(client, known, name) -> None:
    Paper.objects.update(dropped_at=timezone.now())
    for key in ("2604.00123", "none"):
        answer = client.get(f"/papers/{key}.{name}")
        assert answer.status_code == 404
        assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.parametrize("path", LISTS)
def test_a_private_list_is_its_owners_alone(client, known, django_user_model, path) -> None:
    owner = django_user_model.objects.create_user("owner@example.org")
    mine = Collection.objects.create(owner=owner, slug="mine", name="Mine", visibility="private")
    CollectionEntry.objects.create(collection=mine, paper=known, place=1)
    assert client.get(f"{path}?in=mine").status_code == 404
    client.force_login(owner)
    answer = client.get(f"{path}?in=mine")
    assert b"sparse attention" in answer.content
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Access-Control-Allow-Origin" not in answer


def test_a_papers_page_is_markdown_to_who_asks_for_that(client, known) -> None:
    page = client.get("/papers/2604.00123", headers={"Accept": "text/markdown"})
    assert page["Content-Type"].startswith("text/markdown")
    assert page.content == client.get("/papers/2604.00123.md").content
    assert "Accept" in page["Vary"]
    browser = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    for headers in (browser, {}, {"Accept": "*/*"}, {"Accept": "nonsense"}):
        answer = client.get("/papers/2604.00123", headers=headers)
        assert answer["Content-Type"].startswith("text/html")
        assert "Accept" in answer["Vary"]


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("/", ""),
        ("/?q=attention", "q=attention"),
        ("/date/2026-04-24", "date=2026-04-24"),
        ("/week/2026-W17", "date=2026-W17"),
        ("/month/2026-04", "date=2026-04"),
        ("/trending", "period=all"),
        ("/t/diffusion", "tag=diffusion"),
    ],
)
def test_a_list_is_markdown_to_who_asks_for_that(client, known, page, query) -> None:
    asked = {"Accept": "text/markdown, text/html;q=0.5"}
    answer = client.get(page, headers=asked)
    assert answer["Content-Type"].startswith("text/markdown")
    assert answer.content == client.get(f"/papers.md?{query}&limit=50").content
    for one in (answer, client.get(page)):
        assert "Accept" in one["Vary"]
    assert client.get(f"{page.partition('?')[0]}?q=%22a", headers=asked).status_code == 400
