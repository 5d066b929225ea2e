"""Curators say on pages which papers are one work, and which are not."""

import pytest

from feeds.models import Joining, Paper
from feeds.voting import vote
from tests.factories import entry, put_in
from tests.web.document import read

pytestmark = pytest.mark.django_db
TITLE = "Sparse attention for all"


@pytest.fixture
def curator(client, django_user_model):
    user = django_user_model.objects.create_user("ada@example.org", name="Ada", is_staff=True)
    client.force_login(user)
    return user


@pytest.fixture
def pair() -> tuple[str, str]:
    """The keys of a paper known by its title alone and of one from arXiv."""
    put_in(entry(TITLE, id=None, authors=[], upvotes=3), source="page")
    put_in(entry("All attention is sparse", id="2604.00007", authors=["Ada One"]), source="arxiv")
    return Paper.objects.get(title=TITLE).key, "2604.00007"


@pytest.fixture
def mixed() -> Paper:
    """One paper of which a page tells by the title, and arXiv by an id."""
    put_in(entry(TITLE, id=None, authors=[], upvotes=3), source="page")
    put_in(entry(TITLE, id="2604.00007", authors=["Ada One"]), source="arxiv")
    return Paper.objects.get()


def test_a_papers_page_leads_curators_to_both_words(client, curator, mixed) -> None:
    curate = read(client.get(mixed.get_absolute_url())).one("details", class_="curate")
    form = curate.one("form", method="get")
    assert (form["action"], form.one("input", name="kept")["value"]) == ("/desk/join", mixed.key)
    assert curate.link("These are different works") == f"/desk/part?paper={mixed.key}"


def test_a_reader_sees_no_word_of_it(client, django_user_model, mixed) -> None:
    client.force_login(django_user_model.objects.create_user("reader@example.org"))
    assert not read(client.get(mixed.get_absolute_url())).all("details", class_="curate")
    for path in (f"/desk/join?kept={mixed.key}", f"/desk/part?paper={mixed.key}", "/desk/joins"):
        assert client.get(path).status_code == 404
    assert client.post("/desk/joins/1/undo").status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, pair) -> None:
    answer = client.post("/desk/join", {"kept": pair[0], "other": pair[1]})
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/account/login/")
    assert not Joining.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        "2604.00007",
        " arXiv:2604.00007v2 ",
        "https://arxiv.org/abs/2604.00007",
        "https://papers.example.org/papers/2604.00007?sort=new",
        "10.48550/arXiv.2604.00007",
    ],
)
def test_the_other_paper_is_found_by_any_of_its_names(client, curator, pair, name) -> None:
    page = read(client.get("/desk/join", {"kept": pair[0], "other": name}))
    titles = [
        one.one("p", class_="what").text for one in page.one("div", class_="pair").all("section")
    ]
    assert titles == [TITLE, "All attention is sparse"]
    assert page.link("The other way round") == f"/desk/join?kept=2604.00007&other={pair[0]}"
    assert not Joining.objects.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2604.99999", "No paper is known as “2604.99999”."),
        ("http://[", "No paper is known as “http://[”."),
        ("a\0b", "No paper is known as “a\0b”."),
        ("itself", "That is this very paper. Name the other one."),
    ],
)
def test_a_name_of_no_other_paper_is_asked_for_again(client, curator, pair, name, said) -> None:
    name = pair[0] if name == "itself" else name
    answer = client.get("/desk/join", {"kept": pair[0], "other": name})
    page = read(answer)
    assert (answer.status_code, page.one("p", class_="errors").text) == (400, said)
    assert page.one("input", id="other")["value"] == name


def test_a_joining_is_made_shown_and_undone(client, curator, pair) -> None:
    answer = client.post("/desk/join", {"kept": pair[0], "other": pair[1], "why": "Same\0 text."})
    assert (answer.status_code, answer["Location"]) == (302, "/papers/2604.00007")
    assert "They are one work now." in client.get("/papers/2604.00007").content.decode()
    line = read(client.get("/desk/joins")).one("ol", class_="rows").one("li")
    assert "“All attention is sparse” is read as All attention is sparse" in line.text
    assert "by Ada: Same text." in line.text
    answer = client.post(line.one("form")["action"])
    assert (answer.status_code, answer["Location"]) == (302, "/desk/joins")
    line = read(client.get("/desk/joins")).one("ol", class_="rows").one("li")
    assert "Undone" in line.text
    assert not line.all("form")
    assert [client.get(f"/papers/{key}").status_code for key in pair] == [200, 200]


def test_the_old_address_leads_to_the_joined_paper_on_every_output(client, curator, pair) -> None:
    client.post("/desk/join", {"kept": pair[0], "other": pair[1]})
    answer = client.get(f"/papers/{pair[0]}")
    assert (answer.status_code, answer["Location"]) == (301, "/papers/2604.00007")
    told = client.get(f"/api/v1/papers/{pair[0]}").json()
    assert told["key"] == "2604.00007"
    assert len(client.get("/api/v1/papers?period=all").json()["papers"]) == 1


def test_what_cannot_be_undone_yet_says_why(client, curator, pair) -> None:
    put_in(entry("A third", id="2604.00009"))
    client.post("/desk/join", {"kept": pair[0], "other": pair[1]})
    client.post("/desk/join", {"kept": "2604.00009", "other": pair[0]})
    first = Joining.objects.earliest("id")
    lines = read(client.get("/desk/joins")).one("ol", class_="rows").all("li")
    assert "Undo that first." in lines[1].text
    client.post(f"/desk/joins/{first.id}/undo")
    assert "Undo that joining first." in client.get("/desk/joins").content.decode()
    first.refresh_from_db()
    assert first.undone_at is None
    assert client.post("/desk/joins/999999/undo").status_code == 404


def test_digests_are_chosen_and_leave(client, curator, mixed) -> None:
    page = read(client.get("/desk/part", {"paper": mixed.key}))
    labels = page.one("fieldset", class_="leaves").texts("label")
    assert [label.partition(",")[0] for label in labels] == ["No 1 in Page", "No 1 in Arxiv"]
    assert "told title, authors, abstract, date of publication, arXiv id" in labels[1]
    leaves = page.all("input", name="leaves")[1]["value"]
    answer = client.post("/desk/part", {"paper": mixed.key, "leaves": leaves, "why": "Two."})
    assert (answer.status_code, answer["Location"]) == (302, "/papers/2604.00007")
    assert Paper.objects.get(pk=mixed.pk).key != "2604.00007"
    rows = read(client.get("/desk/joins")).one("ol", class_="rows")
    assert "by Ada: Two." in rows.text
    assert "Join them again" in rows.texts("a")


@pytest.mark.parametrize("leaves", [[], ["x"], ["9" * 5000]])
def test_a_parting_of_nothing_says_what_to_do(client, curator, mixed, leaves) -> None:
    answer = client.post("/desk/part", {"paper": mixed.key, "leaves": leaves})
    assert answer.status_code == 409
    assert "leave at least one" in read(answer).one("p", class_="errors").text
    assert Paper.objects.count() == 1


def test_a_paper_of_one_digest_has_nothing_to_part(client, curator, pair) -> None:
    assert "nothing to part" in client.get("/desk/part", {"paper": pair[1]}).content.decode()


def test_unknown_papers_are_not_there(client, curator) -> None:
    for path in ("/desk/join", "/desk/join?kept=nothing", "/desk/part?paper=nothing", "/desk/part"):
        assert client.get(path).status_code == 404
    assert client.get("/desk/joins?before=x").status_code == 404


def test_a_vote_from_a_page_that_was_open_reaches_the_joined_paper(client, curator, pair) -> None:
    absorbed = Paper.objects.get(key=pair[1])
    client.post("/desk/join", {"kept": pair[0], "other": pair[1]})
    assert vote(absorbed.id, curator.id) == 3 + 1
