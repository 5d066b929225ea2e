"""What readers give and keep, in a browser; every page of it is for everyone."""

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from feeds import collecting, submitting
from feeds.collecting import Words
from feeds.models import Paper, Submission
from tests.e2e.conftest import NewPage
from tests.e2e.looking import faults
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db(transaction=True)
ABSTRACT = "Long documents make small models lose their way. We put lights along the path. " * 6


@pytest.fixture
def reader(new_page: NewPage, site: str, transactional_db: None, django_user_model) -> Page:
    """A page of a reader who has signed in; she is a curator too."""
    put_in(*(entry(f"On bees and what they see, part {n}", id=f"2604.0000{n}") for n in (1, 2, 3)))
    client = Client()
    ada = django_user_model.objects.create_user("ada@example.org", name="Ada", is_staff=True)
    client.force_login(ada)
    page = new_page()
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
    return page


def submission(state: str, number: int) -> Submission:
    made, _ = submitting.submit(f"2605.0000{number}", _ada(), timezone.now())
    title = "Lanterns: Guiding Small Models Through Long Documents"
    Submission.objects.filter(pk=made).update(
        state=state,
        title=title,
        abstract=ABSTRACT,
        authors=["Ada One", "Ben Two"],
        arxiv_id=f"2605.0000{number}",
        asked_at=timezone.now(),
        decided_at=timezone.now(),
        said="It is an advertisement." if state == "declined" else "",
    )
    return Submission.objects.get(pk=made)


def _ada() -> int:
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(name="Ada").pk


def test_the_pages_of_a_submission_are_for_everyone(reader: Page) -> None:
    for number, state in enumerate(("waiting", "declined", "fetching", "ready")):
        one = submission(state, number)
        reader.goto(f"/submit/{one.pk}")
        assert not faults(reader, f"submission-{state}")
    reader.goto("/desk/submissions")
    assert not faults(reader, "desk-submissions-full")
    reader.goto("/submit")
    reader.get_by_label("The paper", exact=True).fill("lanterns")
    reader.get_by_role("button", name="Look it up").click()
    expect(reader.get_by_role("alert")).to_be_visible()
    assert not faults(reader, "submit-wrong")


def test_a_paper_is_sent_and_declined(reader: Page) -> None:
    one = submission("ready", 1)
    reader.goto(f"/submit/{one.pk}")
    reader.get_by_label("Why it belongs here").fill("It is short.")
    reader.get_by_role("button", name="Send it to the curators").click()
    expect(reader.get_by_text("It is with the curators now.")).to_be_visible()
    reader.goto("/desk/submissions")
    expect(reader.get_by_text("It is short.")).to_be_visible()
    reader.get_by_label("A reason, which they read").fill("It is here by another name.")
    reader.get_by_role("button", name="Decline").click()
    expect(reader.get_by_text("Nothing waits.")).to_be_visible()
    reader.get_by_role("button", name="Undo").click()
    expect(reader.get_by_text("It waits again.")).to_be_visible()


def test_papers_are_saved_ordered_noted_and_hidden(reader: Page) -> None:
    reader.goto("/")
    saves = reader.get_by_role("button", name="save On bees")
    for at in range(3):
        saves.nth(at).click()
        expect(saves.nth(at)).to_have_attribute("aria-pressed", "true")
    assert not faults(reader, "front-saved")
    reader.goto("/papers/2604.00001")
    reader.get_by_role("button", name="read", exact=True).click()
    expect(reader.get_by_role("button", name="read", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    assert not faults(reader, "paper-kept")
    reader.get_by_role("link", name="In lists").click()
    reader.get_by_role("link", name="Saved").click()
    reader.get_by_text("Write a note").first.click()
    reader.get_by_label("Note").first.fill("Read this one first.")
    reader.get_by_role("button", name="Keep the note").first.click()
    expect(reader.get_by_text("Read this one first.")).to_be_visible()
    reader.get_by_role("button", name="Down").first.click()
    reader.get_by_text("Change or delete it").click()
    assert not faults(reader, "collection-mine")
    reader.goto("/")
    reader.get_by_text("why here?").first.click()
    reader.get_by_role("button", name="Hide this paper").first.click()
    expect(reader.get_by_text("Your lists leave out")).to_be_visible()
    expect(reader.locator("li.paper")).to_have_count(2)
    reader.goto("/hidden")
    assert not faults(reader, "hidden-one")


def test_a_public_collection_is_for_everyone(reader: Page, new_page: NewPage) -> None:
    words = Words("Bees and what they see", "What we read in spring.", "public")
    slug = collecting.make(words, _ada())
    for paper in Paper.objects.values_list("pk", flat=True):
        collecting.add(slug, paper, _ada())
    page = new_page()
    page.goto(f"/c/{slug}")
    assert not faults(page, "collection-public")
    page.get_by_role("link", name="As a list").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
