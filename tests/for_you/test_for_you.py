"""A reader's own order: learned from what they do, explained, forgotten and switched off."""

import subprocess
import sys
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts import personal
from feeds import collecting, following, marking, reading, voting
from feeds.for_you import learning
from feeds.for_you.ordering import for_breadth, with_some_explored
from feeds.for_you.reading import state_of
from feeds.models import Paper, Taste
from feeds.query import FeedQuery, SignIn, parse
from tests.conftest import REPOSITORY
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db
QUERY = parse("sort=for_you")
BEES = ("A census of wild bees", "We count bees on meadows, and the flowers they visit.")
HONEY = ("Honey from the city", "Bees of the city make honey from linden flowers.")
LAMPS = ("Lamps that dim by themselves", "A lamp dims when nobody reads, which saves current.")
WIRES = ("Thin wires", "We draw wires of copper and say how thin they get.")


@pytest.fixture(autouse=True)
def _papers() -> None:
    put_in(
        entry(BEES[0], id="2604.00001", summary=BEES[1], authors=["Ada Apis", "Ben Writer"]),
        entry(LAMPS[0], id="2604.00002", summary=LAMPS[1], authors=["Cy Lux"]),
        entry(WIRES[0], id="2604.00003", summary=WIRES[1], authors=["Dee Wire"]),
        entry(HONEY[0], id="2604.00004", summary=HONEY[1], authors=["Ed Mel"]),
        *(entry(id=f"2604.100{n}", authors=[f"Other No{n}"]) for n in range(10, 16)),
    )


def paper(key: str) -> int:
    return Paper.objects.get(key=key).pk


def order(person: int, query: FeedQuery = QUERY) -> list[str]:
    learning.learn(person, timezone.now())
    return [one.key for one in reading.papers_in(query, viewer=person).papers]


def score_of(person: int, key: str) -> float:
    order(person)
    shown = reading.papers_in(QUERY, viewer=person).papers
    return next(one.score.value for one in shown if one.key == key)


def test_the_first_vote_brings_what_is_like_it() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    assert order(reader)[0] == "2604.00004"


def test_what_a_reader_knows_stands_last_and_what_they_want_less_of_at_the_end() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    marking.want_less(paper("2604.00002"), reader, timezone.now())
    assert order(reader)[-2:] == ["2604.00001", "2604.00002"]


def test_what_was_voted_for_stands_last_at_once_and_is_learned_from_after() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    assert order(reader)[0] == "2604.00004"
    voting.vote(paper("2604.00004"), reader)
    unlearned = [one.key for one in reading.papers_in(QUERY, viewer=reader).papers]
    assert set(unlearned[-2:]) == {"2604.00001", "2604.00004"}


def test_an_author_who_is_followed_comes_first() -> None:
    reader = somebody()
    following.follow("author=Dee+Wire", reader, timezone.now())
    assert order(reader)[0] == "2604.00003"


def test_saving_counts_as_a_vote_does() -> None:
    reader = somebody()
    collecting.save(paper("2604.00004"), reader)
    assert order(reader)[0] == "2604.00001"


def test_a_paper_says_why_it_is_there_and_its_parts_add_up() -> None:
    reader = somebody()
    following.follow("author=Dee+Wire", reader, timezone.now())
    voting.vote(paper("2604.00001"), reader)
    order(reader)
    shown = {one.key: one for one in reading.papers_in(QUERY, viewer=reader).papers}
    assert shown["2604.00003"].note == "Because of Dee Wire."
    assert "bees" in shown["2604.00004"].note
    for one in shown.values():
        assert one.score.value == pytest.approx(sum(part.value for part in one.score.parts))
    assert shown["2604.00003"].score.value > shown["2604.00002"].score.value


def test_less_like_this_lowers_what_is_like_it_and_can_be_taken_back() -> None:
    reader = somebody()
    voting.vote(paper("2604.00002"), reader)
    before = score_of(reader, "2604.00004")
    marking.want_less(paper("2604.00001"), reader, timezone.now())
    assert score_of(reader, "2604.00004") < before - 0.01
    marking.want_as_before(paper("2604.00001"), reader)
    assert score_of(reader, "2604.00004") == pytest.approx(before)


def test_each_reader_has_an_order_of_their_own() -> None:
    one, other = somebody(), somebody()
    voting.vote(paper("2604.00001"), one)
    voting.vote(paper("2604.00003"), other)
    assert order(one) != order(other)


def test_it_narrows_as_every_question_does() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    assert order(reader, parse("sort=for_you&q=flowers")) == ["2604.00004", "2604.00001"]
    day = parse("sort=for_you&date=2026-04-24")
    assert len(order(reader, day)) == 10
    assert not order(reader, parse("sort=for_you&date=2026-04-23"))


def test_its_pages_bring_each_paper_once() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    whole, found, cursor = order(reader), [], ""
    while True:
        page = reading.papers_in(QUERY, viewer=reader, cursor=cursor, limit=3)
        found += [one.key for one in page.papers]
        cursor = page.cursor
        if not cursor:
            break
    assert found == whole


def test_nobody_in_particular_is_told_to_sign_in() -> None:
    with pytest.raises(SignIn, match="Sign in"):
        reading.papers_in(QUERY)


def test_a_reader_who_did_nothing_is_told_what_to_do() -> None:
    reader = somebody()
    page = reading.papers_in(QUERY, viewer=reader)
    assert not page.papers
    assert page.note.startswith("Vote for a few papers")


def test_what_was_learned_is_forgotten_but_votes_stay() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    order(reader)
    learning.forget(reader, timezone.now())
    assert order(reader) == []
    assert state_of(reader).name == "nothing"
    voting.vote(paper("2604.00003"), reader)
    learning.learn(reader, timezone.now())
    assert state_of(reader).learned_from == {"votes": 1}


def test_switched_off_nothing_is_kept_and_on_again_it_is_learned_anew() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    order(reader)
    learning.switch(reader, off=True)
    assert order(reader) == []
    assert not bytes(Taste.objects.get(user=reader).packed)
    learning.switch(reader, off=False)
    assert order(reader)[0] == "2604.00004"


def test_the_state_names_words_and_authors() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    order(reader)
    named = {(one["kind"], one["name"]) for one in state_of(reader).named}
    assert {("word", "bees"), ("author", "Ada Apis")} <= named


def test_a_vote_that_is_learned_rings_no_second_time() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    now = timezone.now()
    assert learning.learn(reader, now)
    assert not learning.learn(reader, now)
    assert learning.waiting(now) == []


def test_it_is_in_the_file_of_all_ones_data_and_goes_with_the_account() -> None:
    reader = somebody()
    voting.vote(paper("2604.00001"), reader)
    order(reader)
    address = get_user_model().objects.get(pk=reader).email
    (row,) = personal.export(address, timezone.now())["by_the_account"]["feeds.Taste.user"]
    assert "bees" in {one["name"] for one in row["named"]}
    personal.erase(address, timezone.now())
    assert not Taste.objects.exists()


def test_one_paper_in_ten_is_there_to_find_out_more_the_same_all_day() -> None:
    ranked = list(range(100))
    today, tomorrow = date(2026, 4, 24), date(2026, 4, 25)
    made = with_some_explored(ranked, 7, today)
    assert sorted(made.papers) == ranked
    assert [made.papers[place] for place in (9, 19, 29)] == sorted(
        made.explored, key=made.papers.index
    )[:3]
    assert made == with_some_explored(ranked, 7, today)
    assert made != with_some_explored(ranked, 7, tomorrow)
    assert made != with_some_explored(ranked, 8, today)


def test_the_first_page_is_chosen_to_differ_but_the_best_stay() -> None:
    ranked = list(range(60))
    scores = {paper: -float(paper) for paper in ranked}
    alike = {paper: {1 if paper < 30 else paper: 1.0} for paper in ranked}
    broad = for_breadth(ranked, scores, alike)
    assert broad[:5] == ranked[:5]
    assert {30, 31, 32, 33, 34, 35, 36, 37, 38, 39} <= set(broad[:20])
    assert sorted(broad) == ranked


def test_a_web_process_never_loads_what_fits(tmp_path) -> None:
    code = (
        "import django, sys; django.setup(); import config.urls, feeds.for_you.reading;"
        "sys.exit('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=False).returncode == 0
