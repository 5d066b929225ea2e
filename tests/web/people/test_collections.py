"""Collections, marks and what a reader hid, on pages; private things at no output for others."""

import pytest
from django.test import Client

from feeds import collecting
from feeds.collecting import Words
from feeds.models import Collection, CollectionEntry, Mark, Paper
from tests.factories import entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
PAPER = "/papers/2604.00001"
BY_HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(*(entry(f"On bees {n}", id=f"2604.0000{n}", upvotes=9 - n) for n in (1, 2)))


@pytest.fixture
def ada(as_person) -> Client:
    return as_person("Ada")


@pytest.fixture
def bees(ada, django_user_model) -> str:
    """The slug of a private collection of Ada's that holds one paper."""
    person = django_user_model.objects.get(name="Ada").pk
    slug = collecting.make(Words("Bees and wasps"), person)
    collecting.add(slug, Paper.objects.get(key="2604.00001").pk, person)
    return slug


def test_save_puts_a_paper_into_ones_own_list_and_takes_it_out(ada) -> None:
    part = read(ada.post(f"{PAPER}/save", **BY_HTMX))
    assert [one.tag for one in part.walk()] == ["button", "span"]
    assert part.one("button")["aria-pressed"] == "true"
    assert part.one("button").text == "save On bees 1"
    (slug,) = Collection.objects.values_list("slug", flat=True)
    assert "On bees 1" in read(ada.get(f"/c/{slug}")).one("ol", class_="rows").text
    answer = ada.post(f"{PAPER}/save", {"next": "/date/2026-04-24"})
    assert answer["Location"].startswith("/date/2026-04-24#p")
    assert not CollectionEntry.objects.exists()


def test_a_list_and_a_papers_page_show_what_was_said_of_it(ada) -> None:
    ada.post(f"{PAPER}/save")
    ada.post(f"{PAPER}/mark", {"mark": "read"})
    first, second = read(ada.get("/")).all("li", class_="paper")
    assert first.one("button", class_="save")["aria-pressed"] == "true"
    assert second.one("button", class_="save")["aria-pressed"] == "false"
    assert "read-before" in first["class"].split()
    page = read(ada.get(PAPER))
    pressed = [one["aria-pressed"] for one in page.all("button", class_="save")]
    # saved, read, not hidden, and what is like it not followed
    assert pressed == ["true", "true", "false", "false"]
    told = ada.get("/api/v1/papers").json()["papers"][0]
    assert (told["saved"], told["read"]) == (True, True)
    assert "saved" not in Client().get("/api/v1/papers").json()["papers"][0]


def test_hiding_leaves_a_paper_out_of_ones_own_lists_until_it_is_taken_back(ada) -> None:
    answer = ada.post(f"{PAPER}/mark", {"mark": "hide", "next": "/"}, follow=True)
    assert "Your lists leave out “On bees 1”" in answer.content.decode()
    assert [one.one("h2").text for one in read(ada.get("/")).all("li", class_="paper")] == [
        "On bees 2"
    ]
    assert len(read(Client().get("/")).all("li", class_="paper")) == 2
    assert "On bees 1" in read(ada.get("/hidden")).one("main").text
    ada.post(f"{PAPER}/mark", {"mark": "hide"})
    assert len(read(ada.get("/")).all("li", class_="paper")) == 2


def test_a_paper_goes_into_lists_from_its_own_page(ada, bees) -> None:
    other = "/papers/2604.00002/keep"
    ada.post(other, {"add": bees})
    ada.post(other, {"name": "Read first", "visibility": "public"})
    page = read(ada.get(other)).one("main")
    assert page.text.count("It is in here.") == 2
    ada.post(other, {"remove": bees})
    assert read(ada.get(other)).one("main").text.count("It is in here.") == 1
    refused = ada.post(other, {"name": " "})
    assert (refused.status_code, "needs a name" in refused.content.decode()) == (409, True)
    assert ada.post(other, {"add": "nothing-here"}).status_code == 409


def test_its_owner_orders_notes_changes_and_deletes_a_collection(ada, bees) -> None:
    page, ids = f"/c/{bees}", dict(Paper.objects.values_list("key", "pk"))
    ada.post("/papers/2604.00002/keep", {"add": bees})
    ada.post(page, {"action": "up", "paper": ids["2604.00002"]})
    ada.post(page, {"action": "note", "paper": ids["2604.00001"], "note": "<i>Fine</i>"})
    rows = read(ada.get(page)).one("ol", class_="rows").all("li")
    assert [row.one("h2").text for row in rows] == ["On bees 2", "On bees 1"]
    assert rows[1].one("p", class_="answer").text == "<i>Fine</i>"
    ada.post(page, {"action": "remove", "paper": ids["2604.00002"]})
    ada.post(page, {"action": "change", "name": "Wasps", "visibility": "unlisted"})
    assert read(ada.get(page)).one("h1").text == "Wasps"
    assert ada.post(page, {"action": "delete"}).status_code == 409
    assert ada.post(page, {"action": "delete", "sure": "on"})["Location"] == "/collections"
    assert ada.get(page).status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        {"action": "burn"},
        {"action": "up", "paper": "x"},
        {"action": "up", "paper": "9" * 30},
        {},
    ],
)
def test_a_strange_act_is_not_there(ada, bees, given) -> None:
    assert ada.post(f"/c/{bees}", given).status_code == 404


def test_a_collections_topics_are_counted_and_lead_to_its_papers_of_each(ada, bees) -> None:
    put_in(entry("Heat", id="2604.00003", summary="A diffusion model."))
    ada.post("/papers/2604.00003/keep", {"add": bees})
    topics = read(ada.get(f"/c/{bees}")).one("ul", aria_label="Topics")
    assert topics.texts("li") == ["diffusion models 1"]
    (link,) = topics.all("a")
    assert link["href"] == f"/t/diffusion?in={bees}"
    assert [
        one.one("h2").text for one in read(ada.get(link["href"])).all("li", class_="paper")
    ] == ["Heat"]


# Who may do what: the status for a stranger, the owner, another reader.
MAY = [
    ("get", "/c/{slug}", (404, 200, 404)),
    ("post", "/c/{slug}", (404, 404, 404)),
    ("get", "/?in={slug}", (404, 200, 404)),
    ("get", "/api/v1/papers?in={slug}", (404, 200, 404)),
    ("get", "/api/v1/facets?in={slug}", (404, 200, 404)),
    ("get", "/feed.rss?in={slug}", (404, 404, 404)),
    ("get", "/feed.atom?in={slug}", (404, 404, 404)),
    ("get", "/feed.json?in={slug}", (404, 404, 404)),
    ("get", "/collections", (302, 200, 200)),
    ("post", "/collections", (302, 400, 400)),
    ("get", "/hidden", (302, 200, 200)),
    ("get", f"{PAPER}/keep", (302, 200, 200)),
    ("post", f"{PAPER}/keep", (302, 409, 409)),
    ("post", f"{PAPER}/mark", (302, 404, 404)),
    ("get", f"{PAPER}/save", (405, 405, 405)),
]


@pytest.mark.parametrize("case", MAY, ids=lambda case: " ".join(case[:2]))
def test_each_may_do_what_is_theirs(as_person, ada, bees, case) -> None:
    method, address, statuses = case
    people = (Client(), ada, as_person("Ben"))
    asked = [getattr(one, method)(address.format(slug=bees)) for one in people]
    assert tuple(one.status_code for one in asked) == statuses
    for answer in (asked[0], asked[2]):
        assert "Bees and wasps" not in answer.content.decode()
    assert not Mark.objects.exists()


@pytest.mark.parametrize("path", ["/feed.rss", "/feed.atom", "/feed.json", "/api/v1/papers", "/"])
@pytest.mark.parametrize("visibility", ["unlisted", "public"])
def test_a_collection_that_is_shared_is_at_every_output(ada, bees, path, visibility) -> None:
    Collection.objects.update(visibility=visibility)
    answer = Client().get(f"{path}?in={bees}")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "On bees 1" in text
    assert "2604.00002</id>" not in text
    page = Client().get(f"/c/{bees}").content.decode()
    assert ('content="noindex"' in page) == (visibility == "unlisted")
    assert "by Ada" in page
    assert "example.org" not in page.replace("papers.example.org", "")


def test_another_reader_changes_no_shared_collection(as_person, ada, bees) -> None:
    Collection.objects.update(visibility="public")
    ben, paper = as_person("Ben"), Paper.objects.get(key="2604.00001").pk
    for action in ("change", "delete", "note", "remove", "up", "down"):
        given = {"action": action, "paper": paper, "name": "Ben’s", "sure": "on"}
        assert ben.post(f"/c/{bees}", given).status_code == 404
        assert Client().post(f"/c/{bees}", given).status_code == 404
    assert Collection.objects.get().name == "Bees and wasps"
    assert CollectionEntry.objects.count() == 1
    assert not read(ben.get(f"/c/{bees}")).all("details")


def test_a_stranger_who_saves_is_asked_to_sign_in_and_comes_back() -> None:
    answer = Client().post(f"{PAPER}/save", {"next": "/trending"})
    assert answer["Location"] == "/account/login/?next=/trending"
    part = Client().post(f"{PAPER}/save", {"next": "/trending"}, **BY_HTMX)
    assert part["HX-Redirect"] == "/account/login/?next=/trending"
