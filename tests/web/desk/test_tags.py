"""Curators keep the tags: they find, describe, hide, merge and part them."""

import pytest
from django.test.utils import CaptureQueriesContext

from feeds import reading
from feeds.desk import tags
from feeds.models import Paper, Tag
from feeds.tag_decisions import give_tag
from tests.factories import entry, put_in
from tests.web.document import Element, read

pytestmark = pytest.mark.django_db
FIELDS = {"name": "Diffusing", "kind": "method", "description": "By heat."}


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    put_in(
        entry("One", id="2604.00001", summary="A diffusion model."),
        entry("Two", id="2604.00002", summary="A diffusion model, with quantization."),
    )


@pytest.fixture
def curator(client, django_user_model):
    user = django_user_model.objects.create_user("ada@example.org", name="Ada", is_staff=True)
    client.force_login(user)
    return user


def page(client, path: str, **given: str) -> Element:
    return read(client.get(path, given))


def said(answer: Element) -> str:
    return answer.one("div", class_="messages").text


def names(client, **given: str) -> list[str]:
    return [one.text for one in page(client, "/desk/tags", **given).all("h2")]


def test_tags_are_listed_with_kind_and_number_of_papers(client, curator) -> None:
    rows = page(client, "/desk/tags").one("ul", class_="rows").all("li")
    told = {row.one("h2").text: row.one("small").text for row in rows}
    assert told["diffusion models"] == "diffusion, method; 2 papers"
    assert told["quantization"] == "quantization, method; 1 paper"


def test_tags_are_found_by_name_slug_and_description(client, curator) -> None:
    Tag.objects.filter(slug="quantization").update(description="Fewer bits a weight.")
    for find in ("QUANT", "fewer bits", "quantization", "a we\0ight"):
        assert names(client, find=find) == ["quantization"]
    assert names(client, find="100%") == []
    assert "called “100%”" in page(client, "/desk/tags", find="100%").one("main").text


def test_tags_are_narrowed_by_kind_and_by_what_became_of_them(client, curator) -> None:
    Tag.objects.create(slug="own", name="Own", kind="curator", hidden=True)
    assert names(client, which="curator") == names(client, which="hidden") == ["Own"]
    assert names(client, which="merged") == []
    assert client.get("/desk/tags?which=nothing").status_code == 404
    assert client.get("/desk/tags?after=x").status_code == 404


def test_a_long_list_is_read_page_by_page(client, curator) -> None:
    Tag.objects.bulk_create(Tag(slug=f"t-{n}", name=f"Same {n // 2}") for n in range(120))
    seen, path = [], "/desk/tags?find=Same"
    while path:
        one = read(client.get(path))
        seen += [row["href"] for row in one.one("ul", class_="rows").all("a")]
        path = next((link["href"] for link in one.all("a", rel="next")), "")
    assert len(seen) == len(set(seen)) == 120


def test_the_list_asks_the_database_as_often_for_fifty_tags_as_for_two(client, curator) -> None:
    from django.db import connection

    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, "/desk/tags")
        counts.append(len(asked))
        more = [Tag(slug=f"t-{n}", name=f"T {n}") for n in range(48)]
        Tag.objects.bulk_create(more, ignore_conflicts=True)
    assert counts[0] == counts[1] <= 10


def test_a_tag_is_changed_and_the_change_taken_back(client, curator) -> None:
    answer = client.post("/desk/tags/diffusion", FIELDS | {"hidden": "on"}, follow=True)
    form = read(answer)
    assert form.one("h1").text == "Diffusing"
    assert "diffusion" not in {tag.slug for tag in reading.tags()}
    undo = next(one for one in form.all("form") if one["action"].endswith("/undo"))
    back = read(client.post(undo["action"], follow=True))
    assert (back.one("h1").text, said(back)) == ("diffusion models", "The tag is as it was.")
    assert Tag.objects.get(slug="diffusion").hidden is False
    assert not [one for one in back.all("form") if one["action"].endswith("/undo")]


def test_a_change_that_was_overtaken_is_not_taken_back(client, curator) -> None:
    client.post("/desk/tags/diffusion", FIELDS)
    Tag.objects.filter(slug="diffusion").update(name="Heat")
    back = read(client.post("/desk/tags/diffusion/undo", follow=True))
    assert "changed again since" in said(back)
    assert back.one("h1").text == "Heat"
    assert "changed again since" in said(
        read(client.post("/desk/tags/quantization/undo", follow=True))
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "required"),
        ({"name": "x" * 101}, "at most 100"),
        ({"name": "\u200b"}, "needs a name"),
        ({"name": "a\0b"}, "Null characters"),
        ({"kind": "colour"}, "not one of"),
        ({"description": "x" * 2001}, "at most 2000"),
    ],
)
def test_what_cannot_be_is_said_in_place_and_nothing_typed_is_lost(
    client, curator, wrong, says
) -> None:
    answer = client.post("/desk/tags/diffusion", FIELDS | wrong)
    form = read(answer)
    assert answer.status_code == 400
    assert says in " ".join(form.texts("p", class_="errors"))
    if "description" not in wrong:
        assert form.one("textarea").text == "By heat."
    assert Tag.objects.get(slug="diffusion").name == "diffusion models"


def test_a_merging_is_looked_at_done_and_undone(client, curator) -> None:
    give_tag(Paper.objects.get(key="2604.00001").pk, "Painting", who="Ada")
    looked = page(client, "/desk/tags/diffusion", into=" Painting ")
    assert "1 paper goes over to Painting; 1 carries both." in looked.one("main").text
    assert Tag.objects.get(slug="diffusion").merged_into is None
    form = next(one for one in looked.all("form") if one["action"].endswith("/merge"))
    given = {"into": form.one("input", name="into")["value"]}
    done = read(client.post(form["action"], given, follow=True))
    assert done.one("h1").text == "Painting"
    assert "1 paper went over" in said(done)
    assert done.link("diffusion") == "/desk/tags/diffusion"
    assert client.get("/t/diffusion")["Location"] == "/t/painting"
    assert names(client, which="merged") == ["diffusion models"]
    old = page(client, "/desk/tags/diffusion")
    assert not old.all("textarea")
    back = read(client.post(old.one("main").one("form")["action"], follow=True))
    assert "stands for itself again" in said(back)
    assert Tag.objects.get(slug="diffusion").merged_into is None
    assert "not merged" in said(read(client.post("/desk/tags/diffusion/part", follow=True)))


@pytest.mark.parametrize(
    ("into", "says"),
    [("never heard of", "No tag is called never heard of."), ("diffusion", "one tag already")],
)
def test_a_merging_with_nothing_else_is_refused_in_place(client, curator, into, says) -> None:
    for answer in (
        client.get("/desk/tags/diffusion", {"into": into}),
        client.post("/desk/tags/diffusion/merge", {"into": into}),
    ):
        asked = read(answer)
        assert answer.status_code == 400
        assert says in asked.one("p", id="into_problem").text
        assert asked.one("input", id="into")["value"] == into


def test_a_merged_tag_is_not_changed_behind_its_back(client, curator) -> None:
    give_tag(Paper.objects.get(key="2604.00001").pk, "Painting", who="Ada")
    client.post("/desk/tags/diffusion/merge", {"into": "painting"})
    assert client.post("/desk/tags/diffusion", FIELDS).status_code == 400
    assert client.post("/desk/tags/diffusion/merge", {"into": "quantization"}).status_code == 400
    assert Tag.objects.get(slug="diffusion").name == "diffusion models"


def test_counts_end_where_they_tell_no_more(client, curator, monkeypatch) -> None:
    monkeypatch.setattr(tags, "MOST_COUNTED", 1)
    give_tag(Paper.objects.get(key="2604.00001").pk, "Painting", who="Ada")
    assert "more than 1 paper" in page(client, "/desk/tags/diffusion").one("main").text
    found = tags.merging("diffusion", "quantization")
    assert (found.moved, found.both, found.more) == (1, 1, False)


def test_the_tags_are_kept_by_staff_alone(client, django_user_model) -> None:
    user = django_user_model.objects.create_user("reader@example.org")
    paths = ["", "/diffusion", "/diffusion/merge", "/diffusion/part", "/diffusion/undo"]
    for path in paths[:2]:
        asked = f"/desk/tags{path}"
        assert client.get(asked)["Location"] == f"/account/login/?next={asked}"
    client.force_login(user)
    assert [client.get(f"/desk/tags{path}").status_code for path in paths[:2]] == [404] * 2
    given = FIELDS | {"into": "quantization"}
    answers = [client.post(f"/desk/tags{path}", given).status_code for path in paths[1:]]
    assert answers == [404] * 4
    assert Tag.objects.get(slug="diffusion").name == "diffusion models"


def test_a_tag_that_never_was_is_not_there(client, curator) -> None:
    assert client.get("/desk/tags/nothing").status_code == 404
    for path in ("", "/merge", "/part", "/undo"):
        assert client.post(f"/desk/tags/nothing{path}").status_code == 404
