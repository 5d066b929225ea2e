"""Readers give papers; curators decide on them."""

from datetime import timedelta

import pytest

from feeds import deciding, reading, submitted, submitting
from feeds.desk import proposing, submissions
from feeds.looking_up import name_of
from feeds.models import Digest, Feed, Paper, Placing, Submission
from feeds.named import feed_view
from feeds.query import parse
from tests.archives import ABSTRACT, PRINTED, atom, open_archives, page, work
from tests.factories import entry, put_in
from tests.sources.conftest import NOW, ask, slept

__all__ = ["ask", "slept"]
pytestmark = pytest.mark.django_db
LANTERNS = "2604.00123"


@pytest.fixture(autouse=True)
def _archives(db, site, settings) -> None:
    open_archives(site, settings)


@pytest.fixture
def person(django_user_model):
    return lambda name: (
        django_user_model.objects.create_user(f"{name.lower()}@example.org", name=name).pk
    )


@pytest.fixture
def ada(person) -> int:
    return person("Ada")


@pytest.fixture
def waits(ada, ask) -> int:
    """A submission that Ada sent."""
    made, _ = submitting.submit(LANTERNS, ada, NOW)
    work(ask)
    submitting.send(made, ada, "It is short.")
    return made


def state(submission_id: int) -> str:
    return Submission.objects.get(pk=submission_id).state


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("2604.00123", "arxiv:2604.00123"),
        (" arXiv:2604.00123v2 ", "arxiv:2604.00123"),
        ("https://arxiv.org/pdf/2604.00123", "arxiv:2604.00123"),
        ("https://doi.org/10.1000/Lamps.7", "doi:10.1000/lamps.7"),
        ("10.48550/arXiv.2604.00123", "arxiv:2604.00123"),
        ("https://www.google.com/url?q=https://arxiv.org/abs/2604.00123", "arxiv:2604.00123"),
        ("https://papers.example.org/lamps", "page:https://papers.example.org/lamps"),
        ("file:///etc/passwd", ""),
        ("Lanterns for Small Models", ""),
        ("", ""),
        ("2604.00123\0", "arxiv:2604.00123"),
    ],
)
def test_a_name_is_recognised(text, name) -> None:
    assert name_of(text) == name


def test_an_arxiv_id_is_fetched_shown_and_sent(ada, ask) -> None:
    made, new = submitting.submit("arXiv:2604.00123v1", ada, NOW)
    assert (new, state(made)) == (True, "fetching")
    work(ask)
    one = submitted.one_of(ada, made)
    assert one is not None
    assert (one.state, one.title, one.authors) == (
        "ready",
        "Lanterns for Small Models",
        ("Ada One",),
    )
    assert one.abstract == ABSTRACT
    assert not submissions.queue()[0]
    submitting.send(made, ada, "It\0 is  short.")
    (line,) = submissions.queue()[0]
    assert [(given.by, given.why) for given in line.people] == [("Ada", "It is short.")]
    assert not Paper.objects.exists()


def test_a_doi_and_a_page_that_names_one_are_fetched_from_crossref(ada, person, site, ask) -> None:
    site.gives("/lamps", page(citation_title="Lamps", citation_doi=f"doi:{PRINTED}"))
    first, _ = submitting.submit(PRINTED, ada, NOW)
    second, _ = submitting.submit(site.url("/lamps"), person("Ben"), NOW)
    work(ask)
    rows = Submission.objects.in_bulk([first, second])
    assert {row.title for row in rows.values()} == {"Lamps Along the Way"}
    assert {row.name for row in rows.values()} == {f"doi:{PRINTED}"}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("http://127.0.0.1/paper", "not public"),
        ("http://127.0.0.1:22/paper", "only 80 and 443"),
        ("http://ada:secret@example.org/paper", "a name or a password"),
    ],
)
def test_a_hostile_link_is_refused_in_a_sentence(ada, ask, name, said) -> None:
    made, _ = submitting.submit(name, ada, NOW)
    work(ask)
    one = submitted.one_of(ada, made)
    assert one is not None
    assert (one.state, said in one.said) == ("failed", True)


def test_what_no_archive_knows_fails_in_a_sentence(ada, site, ask) -> None:
    site.gives("/api/query", atom())
    site.gives("/works/10.1000%2Fnone", b"Resource not found.", 404)
    site.gives("/bare", page(citation_title="Lamps"))
    for text in (LANTERNS, "10.1000/none", site.url("/bare")):
        submitting.submit(text, ada, NOW)
    work(ask)
    assert [one.said for one in reversed(submitted.of_person(ada))] == [
        "arXiv knows no paper 2604.00123.",
        "Crossref knows no DOI 10.1000/none.",
        "The page names no arXiv id and no DOI. Give one of these, if the paper has it.",
    ]


@pytest.mark.parametrize(
    "page",
    [
        b"<![foo[",
        b"<meta name=citation_doi content=",
        b"<meta name='citation_doi' content='\x00\xff'>" * 1000,
        b"<!" * 100_000,
        b'<meta name="citation_arxiv_id" content="2604.99999999">',
        b"",
    ],
)
def test_a_wild_page_fails_in_a_sentence(ada, site, ask, page) -> None:
    site.gives("/wild", page)
    made, _ = submitting.submit(site.url("/wild"), ada, NOW)
    work(ask)
    one = submitted.one_of(ada, made)
    assert one is not None
    assert (one.state, one.said[:26]) == ("failed", "The page names no arXiv id")


@pytest.mark.parametrize(
    "page",
    [
        b"<META CONTENT='2604.00123' NAME=Citation_ArXiv_Id>",
        b'<meta name="og:title"/><meta property="citation_arxiv_id" content="arXiv:2604.00123v3">',
        b'<meta name="citation_pdf_url" content="https://arxiv.org/pdf/2604.00123">',
    ],
)
def test_a_page_names_its_paper_in_any_spelling(ada, site, ask, page) -> None:
    site.gives("/page", page)
    made, _ = submitting.submit(site.url("/page"), ada, NOW)
    work(ask)
    assert Submission.objects.get(pk=made).title == "Lanterns for Small Models"


def test_a_worker_that_is_lost_each_time_is_given_up(ada, ask) -> None:
    made, _ = submitting.submit(LANTERNS, ada, NOW)
    Submission.objects.filter(pk=made).update(tries=submitting.MOST_TRIES * 2)
    work(ask)
    assert state(made) == "failed"


def test_what_failed_can_be_tried_again_a_few_times(ada, site, ask) -> None:
    site.gives("/api/query", b"", 503)
    made, _ = submitting.submit(LANTERNS, ada, NOW)
    for _ in range(submitting.MOST_TRIES - 1):
        work(ask)
        submitting.try_again(made, ada)
    work(ask)
    with pytest.raises(submitting.CannotSubmit, match="often enough"):
        submitting.try_again(made, ada)
    assert state(made) == "failed"


def test_a_lost_worker_is_followed_by_another(ada, ask) -> None:
    made, _ = submitting.submit(LANTERNS, ada, NOW)
    Submission.objects.filter(pk=made).update(asked_at=NOW)
    assert submitting.unfetched(NOW) == []
    assert submitting.unfetched(NOW + submitting.SILENCE * 2) == [made]


def test_a_paper_that_is_here_is_not_submitted_but_shown(ada) -> None:
    put_in(entry("Here", id=LANTERNS))
    with pytest.raises(submitting.KnownAlready, match="“Here” is here already") as known:
        submitting.submit(f"https://arxiv.org/abs/{LANTERNS}", ada, NOW)
    assert known.value.path == f"/papers/{LANTERNS}"
    assert not Submission.objects.exists()


def test_a_paper_that_came_in_meanwhile_is_not_sent(ada, ask) -> None:
    made, _ = submitting.submit(LANTERNS, ada, NOW)
    work(ask)
    put_in(entry("Here", id=LANTERNS))
    with pytest.raises(submitting.KnownAlready):
        submitting.send(made, ada, "")


def test_the_same_paper_twice_by_one_person_is_one_submission(ada, waits) -> None:
    assert submitting.submit(f"arxiv.org/abs/{LANTERNS}v2", ada, NOW) == (waits, False)


def test_the_same_paper_by_another_name_is_one_submission(ada, waits, site, ask) -> None:
    site.gives("/lanterns", page(citation_arxiv_id=LANTERNS))
    made, _ = submitting.submit(site.url("/lanterns"), ada, NOW)
    work(ask)
    assert state(made) == "failed"
    assert len(submissions.queue()[0]) == 1


def test_papers_of_two_people_are_one_line_and_one_decision(ada, waits, person, ask) -> None:
    ben = person("Ben")
    other, _ = submitting.submit(LANTERNS, ben, NOW, at_once=True)
    work(ask)
    (line,) = submissions.queue()[0]
    assert [given.by for given in line.people] == ["Ada", "Ben"]
    deciding.accept(waits, person("Cy"), NOW)
    assert (state(waits), state(other)) == ("accepted", "accepted")
    view = reading.paper(LANTERNS)
    assert view is not None
    assert view.submitted_by == "Ada and Ben"


def test_a_day_has_its_limit_for_each_person(ada, person) -> None:
    for number in range(submitting.MOST_A_DAY):
        submitting.submit(f"2604.{number:05}", ada, NOW)
    with pytest.raises(submitting.TooOften, match="20 papers a day"):
        submitting.submit(LANTERNS, ada, NOW)
    submitting.submit(LANTERNS, person("Ben"), NOW)
    submitting.submit(LANTERNS, ada, NOW + timedelta(days=1, seconds=1))


def test_nobody_acts_on_the_submission_of_another(waits, person) -> None:
    ben = person("Ben")
    for act in (lambda: submitting.withdraw(waits, ben), lambda: submitting.send(waits, ben, "")):
        with pytest.raises(submitting.CannotSubmit, match="no such submission of yours"):
            act()
    assert submitted.one_of(ben, waits) is None
    assert submitted.of_person(ben) == []


def test_what_is_withdrawn_is_not_in_the_queue(ada, waits) -> None:
    submitting.withdraw(waits, ada)
    assert not submissions.queue()[0]
    with pytest.raises(submitting.CannotSubmit, match="withdrawn by now"):
        submitting.withdraw(waits, ada)
    with pytest.raises(deciding.CannotDecide, match="does not wait any more"):
        deciding.accept(waits, ada, NOW)


def test_accepted_it_stands_in_todays_papers_under_its_source(waits, person) -> None:
    deciding.accept(waits, person("Cy"), NOW)
    page = reading.papers_in(parse("source=submissions"))
    assert [(one.key, one.submitted_by) for one in page.papers] == [(LANTERNS, "")]
    assert (page.query.date, Digest.objects.get().source.slug) == (NOW.date(), "submissions")
    view = reading.paper(LANTERNS)
    assert view is not None
    assert view.submitted_by == "Ada"


def test_one_without_a_name_is_a_reader(waits, person, django_user_model) -> None:
    django_user_model.objects.update(name="")
    deciding.accept(waits, person("Cy"), NOW)
    view = reading.paper(LANTERNS)
    assert view is not None
    assert view.submitted_by == "a reader"


def test_accepted_into_a_feed_it_stands_in_its_day(waits, person) -> None:
    feed = Feed.objects.create(slug="daily", name="Daily", reviewed=True)
    paper = deciding.accept(waits, person("Cy"), NOW, feed_view(feed))
    placed = Placing.objects.get()
    assert (placed.paper_id, placed.date, placed.verdict) == (paper, NOW.date(), "placed")


def test_declined_it_says_why_and_nothing_came_in(ada, waits, person) -> None:
    with pytest.raises(deciding.CannotDecide, match="Write a reason"):
        deciding.decline(waits, person("Cy"), NOW, " \0 ")
    deciding.decline(waits, person("Di"), NOW, "It is no paper.")
    one = submitted.one_of(ada, waits)
    assert one is not None
    assert (one.state, one.said) == ("declined", "It is no paper.")
    assert not Paper.objects.exists()


def test_a_decision_is_taken_back_and_made_again(waits, person) -> None:
    cy = person("Cy")
    deciding.accept(waits, cy, NOW)
    deciding.undo(waits, NOW)
    assert state(waits) == "waiting"
    assert reading.paper(LANTERNS) is None
    assert not reading.papers_in(parse("period=all")).papers
    deciding.decline(waits, cy, NOW, "No.")
    deciding.undo(waits, NOW)
    deciding.accept(waits, cy, NOW)
    assert [one.key for one in reading.papers_in(parse("period=all")).papers] == [LANTERNS]
    assert Digest.objects.count() == 1


def test_a_paper_that_others_name_stays_when_a_decision_is_taken_back(waits, person) -> None:
    deciding.accept(waits, person("Cy"), NOW)
    put_in(entry("Here", id=LANTERNS))
    deciding.undo(waits, NOW)
    assert reading.paper(LANTERNS) is not None
    assert not reading.papers_in(parse("source=submissions&period=all")).papers


def test_the_document_of_a_submission_is_not_swept_away(waits) -> None:
    row = Submission.objects.get(pk=waits)
    assert row.document is not None
    proposing.sweep(row.document.created_at + timedelta(days=9))
    row.refresh_from_db()
    assert row.document is not None
    assert b"Lanterns" in row.document.content()[:]


def test_a_refusal_of_the_archive_is_told(ada, site, ask) -> None:
    site.gives("/api/query", b"", 403)
    made, _ = submitting.submit(LANTERNS, ada, NOW)
    work(ask)
    one = submitted.one_of(ada, made)
    assert one is not None
    assert "answers 403" in one.said
