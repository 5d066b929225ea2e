"""A person's page shows what they share, and nothing else of theirs."""

import pytest
from django.test import Client

from feeds import collecting
from feeds.collecting import Words
from feeds.models import Paper, Submission
from feeds.pen_names import take_name
from tests.factories import entry, put_in
from tests.sources.conftest import NOW
from tests.web.document import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(django_user_model) -> int:
    """A person with a name, a collection of each kind, and a paper of each state."""
    ada = django_user_model.objects.create_user("ada@example.org", name="Ada Private").pk
    take_name(ada, "Countess")
    for visibility in ("private", "unlisted", "public"):
        collecting.make(Words(f"My {visibility} list", visibility=visibility), ada)
    put_in(entry("Taken", id="2604.00001"), entry("Refused", id="2604.00002"))
    for number, state in ((1, "accepted"), (2, "declined")):
        Submission.objects.create(
            made_by_id=ada,
            made_at=NOW,
            given=f"2604.0000{number}",
            name=f"arxiv:2604.0000{number}",
            state=state,
            decided_at=NOW,
            paper=Paper.objects.get(key=f"2604.0000{number}"),
        )
    return ada


def test_others_see_what_was_shared_and_accepted(ada) -> None:
    page = read(Client().get("/people/countess")).one("main")
    assert page.one("h1").text == "Countess"
    assert "My public list" in page.text
    assert "Taken" in page.text
    for secret in ("private list", "unlisted list", "Refused", "example.org", "Ada Private"):
        assert secret not in page.text


def test_a_collection_leads_to_its_owner_and_back(ada) -> None:
    page = read(Client().get(read(Client().get("/people/countess")).link("My public list")))
    assert page.link("Countess") == "/people/countess"


@pytest.mark.parametrize("slug", ["nobody", "%00", "ada", "Countess%0A"])
def test_nobody_of_that_name_is_not_there(ada, slug) -> None:
    assert Client().get(f"/people/{slug}").status_code == 404


def test_a_closed_account_has_no_page(ada, django_user_model) -> None:
    django_user_model.objects.update(is_active=False)
    assert Client().get("/people/countess").status_code == 404


def test_a_person_says_something_of_themselves(ada, django_user_model) -> None:
    browser = Client()
    browser.force_login(django_user_model.objects.get(pk=ada))
    browser.post("/people/countess", {"about": "Engines,\nand <b>poems</b>."})
    assert "Engines, and <b>poems</b>." in read(Client().get("/people/countess")).one("main").text
    long = browser.post("/people/countess", {"about": "x" * 301})
    assert long.status_code == 400
    assert "300 characters" in read(long).one(role="alert").text
    assert "poems" in read(Client().get("/people/countess")).one("main").text


def test_nobody_says_it_for_another(ada, django_user_model) -> None:
    other = Client()
    assert other.post("/people/countess", {"about": "A fool."}).status_code == 404
    other.force_login(django_user_model.objects.create_user("ben@example.org"))
    assert other.post("/people/countess", {"about": "A fool."}).status_code == 404
    assert "A fool." not in other.get("/people/countess").text
