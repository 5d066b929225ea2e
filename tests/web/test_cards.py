"""What a page is where its link is passed on."""

import io
import json

import pytest
from django.utils import timezone
from PIL import Image

from feeds.models import Feed, Paper
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
SITE = "http://127.0.0.1:8000"


@pytest.fixture(autouse=True)
def known(db) -> Paper:
    put_in(
        entry(
            "On $x^2$ </script> & attention",
            id="2604.00123",
            summary="A diffusion model of $\\alpha$.",
            authors=["Ada One", "Zoë Two"],
        )
    )
    return Paper.objects.get()


def told(page: Element) -> dict[str, str]:
    return {
        one.get("property"): one.get("content") for one in page.all("meta") if one.get("property")
    }


@pytest.mark.parametrize(
    ("path", "kind", "title", "image"),
    [
        (
            "/papers/2604.00123",
            "article",
            "On x² </script> & attention",
            "/papers/2604.00123/card.png",
        ),
        ("/", "website", "Friday, 24 April 2026", "/card.png"),
        ("/t/diffusion", "website", "Diffusion models", "/card.png?tag=diffusion"),
        ("/date/2026-04-24", "website", "Friday, 24 April 2026", "/card.png?date=2026-04-24"),
    ],
)
def test_a_page_names_its_card_and_that_is_there(client, path, kind, title, image) -> None:
    said = told(read(client.get(path)))
    assert (said["og:type"], said["og:title"].lower()) == (kind, title.lower())
    assert said["og:image"] == SITE + image
    assert said["og:description"]
    answer = client.get(image)
    assert answer["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).size == (1200, 630)


def test_a_card_is_not_drawn_again_for_who_has_it(client, monkeypatch) -> None:
    first = client.get("/papers/2604.00123/card.png")
    assert "max-age=3600" in first["Cache-Control"]
    monkeypatch.setattr("feeds.web.card_pages.draw", lambda _: pytest.fail("drawn"))
    again = client.get("/papers/2604.00123/card.png", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_a_card_changes_with_the_title(client) -> None:
    before = client.get("/papers/2604.00123/card.png")["ETag"]
    Paper.objects.update(title_text="Another")
    assert client.get("/papers/2604.00123/card.png")["ETag"] != before


def test_what_not_all_may_see_has_no_card(client, django_user_model) -> None:
    owner = django_user_model.objects.create_user("owner@example.org", is_staff=True)
    Feed.objects.create(slug="ours", name="Ours", query="", visibility="private")
    client.force_login(owner)
    assert client.get("/card.png?feed=ours").status_code == 404
    Paper.objects.update(dropped_at=timezone.now())
    assert client.get("/papers/2604.00123/card.png").status_code == 404
    assert client.get("/card.png?date=soon").status_code == 400


def test_a_page_is_an_article_to_search_engines(client) -> None:
    page = read(client.get("/papers/2604.00123"))
    (script,) = page.all("script", type="application/ld+json")
    (text,) = script.children
    article = json.loads(text)
    assert "<" not in text
    assert article["@type"] == "ScholarlyArticle"
    assert article["headline"] == "On x² </script> & attention"
    assert [one["name"] for one in article["author"]] == ["Ada One", "Zoë Two"]
    assert article["url"] == f"{SITE}/papers/2604.00123"
    assert article["datePublished"] == "2026-04-23"


def test_a_page_names_its_other_forms(client) -> None:
    for path, start in (("/papers/2604.00123", "/papers/2604.00123."), ("/", "/papers.")):
        page = read(client.get(path))
        found = {one["href"]: one["type"] for one in page.all("link", rel="alternate")}
        for name in ("bib", "ris", "csl.json", "md", "csv"):
            kind = found[f"{start}{name}"]
            assert client.get(f"{start}{name}")["Content-Type"].startswith(kind)
