"""A curator splits a tag at the desk: looks at it, does it, takes it back."""

import pytest
from django.test import Client

from feeds.models import Paper, PaperTag, Tag, TagSplit
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
PATH = "/desk/tags/diffusion/split"
PARTS = {
    "name-0": "Image diffusion",
    "phrases-0": "pictures,  sketches",
    "name-1": "Text diffusion",
    "phrases-1": "tokens\r\nwordy text",
    "rest": "stays",
}


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("One", id="2604.00001", summary="A diffusion model draws a picture."),
        entry("Two", id="2604.00002", summary="A diffusion model of tokens."),
        entry("Three", id="2604.00003", summary="A diffusion model."),
    )


@pytest.fixture
def curator(client, django_user_model) -> Client:
    user = django_user_model.objects.create_user("ada@example.org", name="Ada", is_staff=True)
    client.force_login(user)
    return client


def send(client: Client, action: str, path: str = PATH, **given: str) -> Element:
    return read(client.post(path, PARTS | given | {"action": action}, follow=True))


def chosen(page: Element, name: str) -> str:
    options = page.one("select", name=name).all("option")
    (one,) = [option.text for option in options if "selected" in option.attributes]
    return one


def slugs(key: str) -> set[str]:
    return set(PaperTag.objects.filter(paper__key=key).values_list("tag__slug", flat=True))


def test_a_splitting_is_looked_at_done_and_taken_back(curator) -> None:
    assert read(curator.get("/desk/tags/diffusion")).link("Name the parts") == PATH
    looked = send(curator, "look")
    assert looked.texts("h3") == ["Image diffusion: 1", "Text diffusion: 1", "None of them: 1"]
    assert not TagSplit.objects.exists()
    done = send(curator, "split")
    assert "It is split, and its papers are moved." in done.text
    assert slugs("2604.00001") == {"image-diffusion"}
    assert "pictures, sketches" in done.text
    part = read(curator.get("/desk/tags/image-diffusion"))
    assert part.link("diffusion models") == "/desk/tags/diffusion"
    assert not [one for one in part.all("a") if one.text == "Name the parts"]
    back = next(one for one in done.all("form") if one["action"].endswith("/undo"))
    undone = read(curator.post(back["action"], follow=True))
    assert "is one tag again" in undone.text
    assert slugs("2604.00001") == slugs("2604.00003") == {"diffusion"}
    assert "not split any more" in read(curator.post(back["action"], follow=True)).text


def test_papers_are_chosen_by_hand_and_choices_survive_another_look(curator) -> None:
    three = Paper.objects.get(key="2604.00003").pk
    looked = send(curator, "look", **{f"hand-{three}": "1"})
    assert chosen(looked, f"hand-{three}") == "Text diffusion"
    send(curator, "split", **{f"hand-{three}": "1"})
    row = PaperTag.objects.get(paper=three)
    assert (row.tag.slug, row.why) == ("text-diffusion", "put there by Ada")


def test_the_name_may_lead_to_a_part(curator) -> None:
    given = {"rest": "1"}
    assert "They go as said above" in send(curator, "look", **given).text
    done = send(curator, "split", **given)
    assert done.one("h1").text == "diffusion models"
    assert "leads to Text diffusion" in done.text
    assert not [one for one in done.all("button") if one.text == "Part them again"]
    assert curator.get("/t/diffusion")["Location"] == "/t/text-diffusion"
    assert curator.get(PATH).status_code == 404
    curator.post(f"{PATH}/undo")
    assert curator.get("/t/diffusion").status_code == 200


def test_rows_are_added_and_empty_ones_do_not_count(curator) -> None:
    assert len(read(curator.get(PATH)).all("fieldset")) == 2
    given = {"name-0": "", "phrases-0": "", "rest": "1"}
    page = send(curator, "more", **given)
    assert len(page.all("fieldset")) == 3
    assert page.one("input", name="name-0")["value"] == "Text diffusion"
    assert chosen(page, "rest") == "go to Text diffusion"
    many = {f"name-{n}": f"Part {n}" for n in range(12)}
    assert len(send(curator, "more", **many).all("fieldset")) == 8


@pytest.mark.parametrize(
    ("given", "says", "at"),
    [
        ({"phrases-1": ""}, "needs a phrase", "name-1"),
        ({"name-0": "…"}, "letter from a to z", "name-0"),
        ({"name-0": "", "phrases-0": "", "name-1": "", "phrases-1": ""}, "two tags at least", ""),
        ({"name-1": "Image\0 diffusion"}, "one name", "name-1"),
    ],
)
@pytest.mark.parametrize("action", ["look", "split"])
def test_what_cannot_be_is_said_in_place_and_nothing_typed_is_lost(
    curator, action, given, says, at
) -> None:
    answer = curator.post(PATH, PARTS | given | {"action": action})
    page = read(answer)
    assert answer.status_code == 400
    assert says in " ".join(page.texts("p", class_="errors"))
    marked = [one["name"] for one in page.all("input", aria_invalid="true")]
    assert marked == ([at] if at else [])
    assert page.one("input", name="name-0")["value"] == PARTS["name-0"] or "name-0" in given
    assert not TagSplit.objects.exists()
    assert not Tag.objects.filter(slug="text-diffusion").exists()


def test_the_desk_of_tags_is_for_staff(client, django_user_model) -> None:
    for method in (client.get, client.post):
        assert method(PATH).status_code == 302
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    assert client.post(PATH, PARTS | {"action": "split"}).status_code == 404
    assert client.post(f"{PATH}/undo").status_code == 404
    assert not TagSplit.objects.exists()


def test_a_tag_that_is_not_there_is_not_split(curator) -> None:
    assert curator.get("/desk/tags/nothing/split").status_code == 404
    assert curator.post("/desk/tags/nothing/split", PARTS | {"action": "split"}).status_code == 404
    assert curator.post("/desk/tags/nothing/split/undo").status_code == 404
