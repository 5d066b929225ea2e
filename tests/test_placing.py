"""What curators may do with the papers of a day, and that each act can be taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from feeds import acts, joining, placing
from feeds.acts import CannotAct, Desk
from feeds.closing import close_ended
from feeds.correcting import Change, correct
from feeds.desk import edition as editions
from feeds.models import DeskAct, Edition, Feed, Paper, PaperTag, Placing, TagDenial
from feeds.named import feed_view
from feeds.query import FeedQuery, parse
from feeds.reading import papers_in
from tests.factories import DAY, entry, put_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 9, tzinfo=UTC)
KEYS = ("2604.00001", "2604.00002", "2604.00003", "2604.00004")
FITS = "A diffusion model for images."


@pytest.fixture
def desk(db) -> Desk:
    """That of a feed whose day brought four papers, the most voted first, and one of no use."""
    put_in(
        *(entry(id=key, summary=FITS, upvotes=9 - n) for n, key in enumerate(KEYS)),
        entry(id="2604.00009", upvotes=50),
    )
    return at_desk("ada")


def at_desk(name: str, day: date = DAY) -> Desk:
    fields = {"name": "Images", "query": "tag=diffusion", "reviewed": True}
    feed, _ = Feed.objects.get_or_create(slug="images", defaults=fields)
    curator = User.objects.filter(email=f"{name}@example.org").first()
    curator = curator or User.objects.create_user(f"{name}@example.org")
    return Desk(feed_view(feed), day, curator.pk)


def paper(number: int) -> int:
    return Paper.objects.get(key=f"2604.{number:05}").pk


def keys(papers) -> list[str]:
    return [one.key for one in papers]


def edition(desk: Desk) -> list[tuple[str, str]]:
    return [(line.paper.key, line.stands) for line in editions.edition(desk).lines]


def waiting(desk: Desk) -> list[str]:
    return keys(editions.edition(desk).incoming)


def test_what_came_in_waits_in_the_feeds_order(desk: Desk) -> None:
    assert waiting(desk) == list(KEYS)
    assert edition(desk) == []


def test_what_was_decided_waits_no_longer(desk: Desk) -> None:
    assert placing.place(desk, [paper(1)], NOW) == "Placed."
    assert placing.drop(desk, [paper(2), paper(3)], NOW) == "2 dropped."
    assert waiting(desk) == [KEYS[3]]
    assert edition(desk) == [(KEYS[0], "placed")]
    assert keys(editions.edition(desk).dropped) == [KEYS[1], KEYS[2]]


def test_what_is_taken_back_waits_again(desk: Desk) -> None:
    placing.drop(desk, [paper(1)], NOW)
    placing.clear(desk, [paper(1)], NOW)
    assert waiting(desk) == list(KEYS)
    assert not Placing.objects.exists()


def test_a_paper_that_the_feed_does_not_ask_for_can_be_placed(desk: Desk) -> None:
    placing.place(desk, [paper(9)], NOW)
    assert edition(desk) == [("2604.00009", "placed")]


def test_pins_stand_in_their_order_and_the_rest_behind_them(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    assert placing.pin(desk, paper(3), NOW) == "Pinned as number 1."
    assert placing.pin(desk, paper(4), NOW) == "Pinned as number 2."
    assert placing.pin(desk, paper(2), NOW, at=1) == "Pinned as number 2."
    assert [key for key, _ in edition(desk)] == [KEYS[2], KEYS[1], KEYS[3], KEYS[0]]
    assert placing.move(desk, paper(4), -1, NOW) == "Moved to 2."
    assert placing.move(desk, paper(3), -1, NOW) == ""
    assert [key for key, _ in edition(desk)] == [KEYS[2], KEYS[3], KEYS[1], KEYS[0]]
    placing.unpin(desk, paper(3), NOW)
    assert edition(desk)[0] == (KEYS[3], "pinned")
    assert sorted(Placing.objects.values_list("pin", flat=True).exclude(pin=None)) == [0, 1]


def test_only_a_pin_is_moved(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    with pytest.raises(CannotAct, match="Pin it first"):
        placing.move(desk, paper(1), 1, NOW)


def test_what_changes_nothing_is_no_act(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    assert placing.place(desk, [paper(1)], NOW) == ""
    assert placing.unpin(desk, paper(1), NOW) == ""
    assert placing.write_note(desk, " ", NOW) == ""
    assert DeskAct.objects.count() == 1


def test_an_act_says_who_did_it_when_and_what_was_before(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    placing.pin(desk, paper(1), NOW)
    act = DeskAct.objects.latest("id")
    assert (act.kind, act.made_by_id, act.made_at) == ("pin", desk.by, NOW)
    assert act.before == {"papers": {str(paper(1)): ["placed", "2026-04-24", None, ""]}}
    assert act.after == {"papers": {str(paper(1)): ["placed", "2026-04-24", 0, ""]}}


def test_a_note_is_written_and_undone(desk: Desk) -> None:
    placing.write_note(desk, "A quiet day.\r\nRead slowly.", NOW)
    assert editions.edition(desk).note == "A quiet day.\nRead slowly."
    assert acts.undo(desk, NOW) == "the note"
    assert editions.edition(desk).note == ""
    with pytest.raises(CannotAct, match="Shorten it"):
        placing.write_note(desk, "x" * 2001, NOW)


def test_a_tag_is_given_taken_and_undone(desk: Desk) -> None:
    tags = PaperTag.objects.filter(paper=paper(9))
    assert placing.tag(desk, paper(9), "Slow Reading", NOW, who="Ada") == "Tagged slow-reading."
    assert tags.get(tag__slug="slow-reading").why == "put there by Ada"
    assert placing.tag(desk, paper(9), "-slow-reading", NOW, who="Ada") == "It is not slow-reading."
    assert TagDenial.objects.filter(paper=paper(9)).exists()
    acts.undo(desk, NOW)
    assert tags.filter(tag__slug="slow-reading").exists()
    assert acts.undo(desk, NOW) == "giving a tag"
    assert not tags.filter(tag__slug="slow-reading").exists()
    assert not TagDenial.objects.exists()
    with pytest.raises(CannotAct, match="No tag is called"):
        placing.tag(desk, paper(9), "-nothing", NOW, who="Ada")


def test_the_acts_of_others_are_not_undone(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    with pytest.raises(CannotAct, match="nothing of yours"):
        acts.undo(at_desk("ben"), NOW)


def test_what_someone_changed_since_is_not_undone(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    placing.drop(at_desk("ben"), [paper(1)], NOW)
    with pytest.raises(CannotAct, match="changed the same since"):
        acts.undo(desk, NOW)
    assert keys(editions.edition(desk).dropped) == [KEYS[0]]


def test_a_paper_that_was_joined_since_is_left_alone(desk: Desk) -> None:
    placing.place(desk, [paper(2)], NOW)
    first, second = paper(1), paper(2)
    joining.join(first, second, by=None, why="", now=NOW)
    with pytest.raises(CannotAct, match="joined to another"):
        acts.undo(desk, NOW)
    placing.drop(desk, [second], NOW)
    assert Placing.objects.get(paper=first).verdict == "dropped"


def test_a_closed_edition_takes_no_act(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    assert placing.publish(desk, NOW) == "Published."
    tries = (
        lambda: placing.place(desk, [paper(2)], NOW),
        lambda: placing.drop(desk, [paper(1)], NOW),
        lambda: placing.clear(desk, [paper(1)], NOW),
        lambda: placing.pin(desk, paper(1), NOW),
        lambda: placing.unpin(desk, paper(1), NOW),
        lambda: placing.move(desk, paper(1), 1, NOW),
        lambda: placing.write_note(desk, "Late.", NOW),
        lambda: placing.tag(desk, paper(1), "late", NOW, who="Ada"),
        lambda: placing.publish(desk, NOW),
        lambda: acts.undo(desk, NOW),
    )
    for act in tries:
        with pytest.raises(CannotAct, match="only a correction"):
            act()
    assert [one.key for one in papers_in(parse("feed=images")).papers] == [KEYS[0]]


def test_an_edition_without_papers_is_not_published(desk: Desk) -> None:
    with pytest.raises(CannotAct, match="nothing in this edition"):
        placing.publish(desk, NOW)
    assert not Edition.objects.exists()


def test_what_stands_in_another_closed_edition_stays_there(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    placing.publish(desk, NOW)
    tomorrow = at_desk("ada", DAY + timedelta(days=1))
    with pytest.raises(CannotAct, match="24 April 2026"):
        placing.place(tomorrow, [paper(1)], NOW)
    with pytest.raises(CannotAct, match="24 April 2026"):
        placing.drop(tomorrow, [paper(1), paper(2)], NOW)
    assert not Placing.objects.filter(paper=paper(2)).exists()


def test_a_paper_moves_between_open_editions(desk: Desk) -> None:
    placing.pin(desk, paper(1), NOW)
    tomorrow = at_desk("ada", DAY + timedelta(days=1))
    placing.place(tomorrow, [paper(1)], NOW)
    assert edition(desk) == []
    assert edition(tomorrow) == [(KEYS[0], "placed")]
    acts.undo(tomorrow, NOW)
    assert edition(desk) == [(KEYS[0], "pinned")]


def test_an_edition_takes_no_more_pins_than_papers(desk: Desk) -> None:
    Feed.objects.update(most=1)
    desk = at_desk("ada")
    placing.pin(desk, paper(1), NOW)
    with pytest.raises(CannotAct, match="room for 1"):
        placing.pin(desk, paper(2), NOW)


def test_a_paper_that_is_not_shown_is_not_placed(desk: Desk) -> None:
    gone = paper(1)
    Paper.objects.filter(pk=gone).update(dropped_at=NOW)
    for papers in ([gone], [10**9], []):
        with pytest.raises(CannotAct):
            placing.place(desk, papers, NOW)


def test_an_unreviewed_edition_shows_what_the_question_brings(desk: Desk) -> None:
    Feed.objects.update(reviewed=False)
    desk = at_desk("ada")
    placing.place(desk, [paper(2)], NOW)
    assert dict(edition(desk)) == dict.fromkeys(KEYS, "fits") | {KEYS[1]: "placed"}
    assert KEYS[1] not in waiting(desk)


def test_a_correction_changes_what_is_closed_and_says_so(desk: Desk) -> None:
    placing.place(desk, [paper(1), paper(2)], NOW)
    placing.publish(desk, NOW)
    change = Change(frozenset([paper(1)]), (paper(3), paper(2)))
    assert correct(desk, change, " A paper was  withdrawn. ", NOW) == "Corrected."
    page = papers_in(parse("feed=images"))
    assert keys(page.papers) == [KEYS[1], KEYS[2]]
    assert page.papers[1].note == "Added by a correction."
    assert page.corrections == ("A paper was withdrawn.",)
    assert set(keys(papers_in(parse("feed=images&period=all")).papers)) == {KEYS[1], KEYS[2]}
    assert DeskAct.objects.latest("id").kind == "correct"


def test_a_correction_needs_words_and_a_change(desk: Desk) -> None:
    placing.place(desk, [paper(1)], NOW)
    with pytest.raises(CannotAct, match="open"):
        correct(desk, Change(frozenset([paper(1)])), "A mistake.", NOW)
    placing.publish(desk, NOW)
    with pytest.raises(CannotAct, match="Say what"):
        correct(desk, Change(frozenset([paper(1)])), "  ", NOW)
    with pytest.raises(CannotAct, match="changes nothing"):
        correct(desk, Change(frozenset([paper(2)])), "A mistake.", NOW)
    assert correct(desk, Change(note="Read this."), "A word was missing.", NOW)
    assert papers_in(parse("feed=images")).note == "Read this."


def test_a_correction_leaves_what_stands_in_another_edition(desk: Desk) -> None:
    Feed.objects.update(reviewed=False)
    tomorrow = at_desk("ada", DAY + timedelta(days=1))
    placing.place(tomorrow, [paper(1)], NOW)
    close_ended(datetime(2026, 4, 25, 13, tzinfo=UTC))
    correct(at_desk("ada"), Change(frozenset([paper(1)])), "It belongs to tomorrow.", NOW)
    assert KEYS[0] not in keys(papers_in(FeedQuery(feed="images").on("day", DAY)).papers)
    assert (KEYS[0], "placed") in edition(at_desk("ada", DAY + timedelta(days=1)))


def test_a_feed_that_is_gone_takes_no_act(desk: Desk) -> None:
    Feed.objects.all().delete()
    with pytest.raises(CannotAct, match="gone"):
        placing.place(desk, [paper(1)], NOW)


numbers = st.integers(1, 4)
steps = st.one_of(
    st.tuples(st.sampled_from(["place", "drop", "clear"]), st.sets(numbers, min_size=1)),
    st.tuples(st.just("pin"), numbers, st.none() | st.integers(0, 5)),
    st.tuples(st.just("unpin"), numbers),
    st.tuples(st.just("move"), numbers, st.integers(-3, 3)),
    st.tuples(st.just("undo")),
)


def take(desk: Desk, name: str, *given) -> None:
    if name == "undo":
        acts.undo(desk, NOW)
    elif name in ("place", "drop", "clear"):
        getattr(placing, name)(desk, [paper(one) for one in sorted(given[0])], NOW)
    elif name == "pin":
        placing.pin(desk, paper(given[0]), NOW, at=given[1])
    elif name == "move":
        placing.move(desk, paper(given[0]), given[1], NOW)
    else:
        placing.unpin(desk, paper(given[0]), NOW)


def decided() -> list[tuple]:
    fields = ("paper__key", "verdict", "date", "pin")
    return sorted(Placing.objects.values_list(*fields), key=str)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(taken=st.lists(steps, max_size=8))
def test_whatever_is_done_can_be_undone_to_the_letter(desk: Desk, taken: list[tuple]) -> None:
    Placing.objects.all().delete()
    DeskAct.objects.all().delete()
    stood = [decided()]
    for name, *given_to_it in taken:
        before = decided()
        try:
            take(desk, name, *given_to_it)
        except CannotAct:
            assert decided() == before
            continue
        if name == "undo":
            stood.pop()
            assert decided() == stood[-1]
        elif decided() != before:
            stood.append(decided())
        pins = sorted(pin for _, _, _, pin in decided() if pin is not None)
        assert pins == list(range(len(pins)))
    while len(stood) > 1:
        stood.pop()
        acts.undo(desk, NOW)
        assert decided() == stood[-1]
    with pytest.raises(CannotAct):
        acts.undo(desk, NOW)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wanted=st.lists(st.tuples(numbers, st.integers(0, 5)), max_size=6))
def test_pins_stand_where_they_were_put(desk: Desk, wanted: list[tuple[int, int]]) -> None:
    Placing.objects.all().delete()
    expected: list[int] = []
    for number, at in wanted:
        if number in expected:
            expected.remove(number)
        expected.insert(at, number)
        placing.pin(desk, paper(number), NOW, at=at)
    assert [key for key, _ in edition(desk)] == [KEYS[number - 1] for number in expected]
