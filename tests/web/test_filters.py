"""Narrowing a list, and widening it again."""

import pytest

from feeds.models import Collection, Feed, Paper
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("Both", summary="A diffusion model, with quantization."),
        entry("One", summary="A diffusion model.", githubRepo="https://github.com/example/code"),
        entry("None", summary="A recipe."),
    )


def titles(page: Element) -> set[str]:
    return {one.one("h2").text for one in page.all("li", class_="paper")}


def filters(page: Element) -> dict[str, str]:
    """Each filter that is named above the list, and the list without it."""
    lists = page.all("ul", class_="filters")
    links = lists[0].all("a") if lists else []
    return {one.text.removeprefix("Remove ").removesuffix(" ×"): one["href"] for one in links}


def test_filters_are_named_and_each_can_be_removed(client) -> None:
    path = "/date/2026-04-24?tag=diffusion&tag=-quantization&author=ben+writer&q=model&has=code"
    page = read(client.get(path + "&source=upload"))
    assert titles(page) == {"One"}
    named = filters(page)
    assert set(map(str.lower, named)) == {
        "diffusion models",
        "not quantization",
        "by ben writer",
        "“model”",
        "from upload",
        "with code",
    }
    for words, rest in named.items():
        assert words not in filters(read(client.get(rest)))
        assert len(filters(read(client.get(rest)))) == 5


def test_the_rail_narrows_by_topic_with_counts(client) -> None:
    rail = read(client.get("/")).one("aside", class_="rail")
    rows = {row.all("a")[0].text.lower(): row for row in rail.all("li") if len(row.all("a")) == 2}
    assert rows["diffusion models"].one("span", class_="count").text == "2"
    with_it, without_it = (link["href"] for link in rows["diffusion models"].all("a"))
    assert titles(read(client.get(with_it))) == {"Both", "One"}
    assert titles(read(client.get(without_it))) == {"None"}


EVERY_LIST = ["/", "/week/2026-W17", "/trending", "/t/quantization", "/?author=ben+writer"]
EVERY_LIST += ["/f/lab", "/f/lab/2026-04-24", "/?q=model", "/?in=theirs", "/following"]


@pytest.mark.parametrize("address", EVERY_LIST)
def test_counts_of_topics_stand_beside_every_list(client, django_user_model, address) -> None:
    reader = django_user_model.objects.create_user("reader@example.org")
    client.force_login(reader)
    Feed.objects.create(slug="lab", name="Lab")
    theirs = Collection.objects.create(owner=reader, slug="theirs", name="Theirs")
    for place, paper in enumerate(Paper.objects.all()):
        theirs.entries.create(paper=paper, place=place)
    client.post("/following", {"follow": "tag=diffusion"})
    rail = read(client.get(address)).one("aside", class_="rail")
    rows = {row.all("a")[0].text.removesuffix(" ×"): row for row in rail.all("li") if row.all("a")}
    told = int(rows["diffusion models"].one("span", class_="count").text)
    assert told == (1 if "quantization" in address else 2)


def test_a_chosen_topic_is_marked_and_leads_out_again(client) -> None:
    rail = read(client.get("/date/2026-04-24?tag=diffusion")).one("aside", class_="rail")
    chosen = [one for one in rail.all("a", aria_current="true") if "iffusion" in one.text]
    assert [one["href"] for one in chosen] == ["/date/2026-04-24"]


def test_one_topic_of_one_edition_is_named_as_a_filter(client) -> None:
    page = read(client.get("/date/2026-04-24?tag=diffusion"))
    assert list(map(str.lower, filters(page))) == ["diffusion models"]
    assert filters(read(client.get("/t/diffusion"))) == {}


def test_orders_and_code_are_a_link_each(client) -> None:
    rail = read(client.get("/")).one("aside", class_="rail")
    assert rail.link("trending") == "/date/2026-04-24"
    assert rail.link("newest") == "/date/2026-04-24?sort=new"
    assert rail.link("most voted") == "/date/2026-04-24?sort=top"
    assert titles(read(client.get(rail.link("with code")))) == {"One"}


def test_the_list_is_offered_in_other_forms_of_the_same_query(client) -> None:
    page = read(client.get("/t/diffusion?sort=new"))
    assert page.link("RSS")  # the foot's
    outputs = page.all("p", class_="outputs")[0]
    assert outputs.link("RSS") == "/feed.rss?tag=diffusion&sort=new"
    assert outputs.link("JSON") == "/api/v1/papers?tag=diffusion&sort=new"
    assert page.one("link", type="application/rss+xml")["href"] == outputs.link("RSS")


def test_a_subscription_takes_the_lists_filters_but_not_its_day(client) -> None:
    form = read(client.get("/date/2026-04-24?tag=diffusion&has=code")).one(
        "form", class_="subscribe"
    )
    assert form.one("input", name="query")["value"] == "tag=diffusion&has=code"
    assert "only what stands here: diffusion models, with code." in form.text.lower()


def test_a_search_stays_in_its_field(client) -> None:
    page = read(client.get('/?q="diffusion+model"&period=all'))
    assert page.one("input", id="search")["value"] == '"diffusion model"'
    assert titles(page) == {"Both", "One"}


@pytest.mark.parametrize(
    ("path", "says", "leads"),
    [
        ("/?q=nothing+such", "No paper fits “nothing such”.", "what trends of all days"),
        ("/date/2026-04-24?tag=absent", "No paper of Friday, 24 April 2026 fits absent.", "all"),
        ("/?author=Nobody", "No paper fits by Nobody.", "See what trends of all days"),
    ],
)
def test_no_paper_that_fits_says_what_else_to_try(client, path, says, leads) -> None:
    main = read(client.get(path)).one("main")
    assert says in main.text
    assert any(leads in link for link in main.texts("a"))
