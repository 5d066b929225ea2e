"""People keep papers in lists, mark them as read, and hide them."""

import pytest
from django.utils import timezone

from feeds import collecting, joining, marking, reading
from feeds.collected import collection_named, collections_of, entries, hidden_by
from feeds.collecting import CannotCollect, NotTheirs, Words
from feeds.editions import edition_of
from feeds.models import Collection, CollectionEntry, Feed, Mark, Paper
from feeds.named import feed_named
from feeds.query import FeedQuery, NotThere, parse
from tests.factories import entry, put_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def papers(db) -> dict[str, int]:
    """Three papers by the last digit of their ids."""
    put_in(*(entry(id=f"2604.0000{n}", upvotes=9 - n) for n in (1, 2, 3)))
    return {key[-1]: pk for key, pk in Paper.objects.values_list("key", "pk")}


@pytest.fixture
def person(django_user_model):
    return lambda name: (
        django_user_model.objects.create_user(f"{name.lower()}@example.org", name=name).pk
    )


@pytest.fixture
def ada(person) -> int:
    return person("Ada")


def keys(query: str, viewer: int | None = None) -> list[str]:
    return [one.key[-1] for one in reading.papers_in(parse(query), viewer=viewer).papers]


def in_order(slug: str, viewer: int) -> list[str]:
    found, _ = entries(collection_named(slug, viewer), viewer)
    return [one.paper.key[-1] for one in found]


def test_what_is_saved_is_in_ones_own_list_and_marked_on_the_paper(ada, papers) -> None:
    collecting.save(papers["2"], ada)
    collecting.save(papers["2"], ada)
    (kept,) = collections_of(ada)
    assert (kept.name, kept.main, kept.visibility, kept.by) == ("Saved", True, "private", "Ada")
    assert in_order(kept.slug, ada) == ["2"]
    assert [one.saved for one in reading.papers_in(parse(""), viewer=ada).papers] == [
        False, True, False,
    ]  # fmt: skip
    collecting.unsave(papers["2"], ada)
    assert in_order(kept.slug, ada) == []


def test_a_collection_keeps_its_owners_order_and_notes(ada, papers) -> None:
    slug = collecting.make(Words(" On  bees\0 ", "Why."), ada)
    assert slug.startswith("on-bees-")
    for name in "312":
        collecting.add(slug, papers[name], ada)
    assert in_order(slug, ada) == ["3", "1", "2"]
    collecting.move(slug, papers["2"], -1, ada)
    assert in_order(slug, ada) == ["3", "2", "1"]
    collecting.move(slug, papers["3"], 99, ada)
    assert in_order(slug, ada) == ["2", "1", "3"]
    collecting.write_note(slug, papers["1"], "The\0 best.", ada)
    found, more = entries(collection_named(slug, ada), ada)
    assert ([one.note for one in found], [one.place for one in found]) == (
        ["", "The best.", ""], [1, 2, 3],
    )  # fmt: skip
    assert more is None
    collecting.remove(slug, papers["1"], ada)
    assert in_order(slug, ada) == ["2", "3"]


def test_a_collection_is_a_term_of_the_question(ada, papers) -> None:
    slug = collecting.make(Words("Bees", visibility="public"), ada)
    for name in "31":
        collecting.add(slug, papers[name], ada)
    assert keys(f"in={slug}") == ["1", "3"]
    assert keys(f"in={slug}&sort=top") == ["1", "3"]
    assert str(parse(f"in={slug.upper()}")) == f"in={slug}"
    assert reading.names_in([parse(f"in={slug}")]) == {f"in:{slug}": "Bees"}


@pytest.mark.parametrize(
    ("visibility", "others_may"), [("private", False), ("unlisted", True), ("public", True)]
)
def test_who_may_read_a_collection(ada, papers, person, visibility, others_may) -> None:
    slug = collecting.make(Words("Bees", visibility=visibility), ada)
    collecting.add(slug, papers["1"], ada)
    assert keys(f"in={slug}&period=day", ada) == ["1"]
    for viewer in (None, person("Ben")):
        if others_may:
            assert keys(f"in={slug}", viewer) == ["1"]
            continue
        for ask in (reading.papers_in, reading.facets, reading.at_latest):
            with pytest.raises(NotThere, match="There is no collection called"):
                ask(parse(f"in={slug}"), viewer=viewer)
        with pytest.raises(NotThere):
            collection_named(slug, viewer)
        assert reading.names_in([parse(f"in={slug}")], viewer=viewer) == {}


def test_a_feed_that_asks_for_a_private_collection_shows_nothing_of_it(ada, papers) -> None:
    slug = collecting.make(Words("Bees"), ada)
    collecting.add(slug, papers["1"], ada)
    Feed.objects.create(slug="bees", name="Bees", query=f"in={slug}")
    assert keys("feed=bees&period=all") == []
    day = FeedQuery().on("day", parse("date=2026-04-24").date)
    assert edition_of(feed_named("bees", None), day).papers == ()


def test_nobody_changes_the_collection_of_another(ada, papers, person) -> None:
    slug = collecting.make(Words("Bees", visibility="public"), ada)
    collecting.add(slug, papers["1"], ada)
    ben, one = person("Ben"), papers["1"]
    acts = [
        lambda: collecting.add(slug, papers["2"], ben),
        lambda: collecting.remove(slug, one, ben),
        lambda: collecting.write_note(slug, one, "x", ben),
        lambda: collecting.move(slug, one, 1, ben),
        lambda: collecting.change(slug, Words("Wasps"), ben),
        lambda: collecting.delete(slug, ben),
    ]
    for act in acts:
        with pytest.raises(NotTheirs):
            act()
    assert Collection.objects.get().name == "Bees"
    assert CollectionEntry.objects.count() == 1
    assert collections_of(ben) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (Words(" \0"), "needs a name"),
        (Words("x" * 101), "at most 100"),
        (Words("x", "y" * 1001), "at most 1000"),
        (Words("x", visibility="secret"), "who may read it"),
    ],
)
def test_a_collection_that_cannot_be_says_why(ada, words, said) -> None:
    with pytest.raises(CannotCollect, match=said):
        collecting.make(words, ada)
    assert not Collection.objects.exists()


def test_there_is_a_most_of_collections(ada, monkeypatch) -> None:
    monkeypatch.setattr(collecting, "MOST_COLLECTIONS", 1)
    collecting.make(Words("Bees"), ada)
    with pytest.raises(CannotCollect, match="Delete one first"):
        collecting.make(Words("Wasps"), ada)


def test_a_hidden_paper_is_in_no_list_of_that_person_alone(ada, papers, person) -> None:
    slug = collecting.make(Words("Bees", visibility="public"), ada)
    collecting.add(slug, papers["1"], ada)
    Feed.objects.create(slug="daily", name="Daily")
    marking.hide(papers["1"], ada, timezone.now())
    lists = ["", "period=all", "feed=daily", "feed=daily&sort=new", f"in={slug}", "q=subject"]
    for query in lists:
        assert "1" not in keys(query, ada), query
        assert "1" in keys(query, person(f"Ben{query}")), query
        assert "1" in keys(query), query
    assert in_order(slug, ada) == []
    seen = reading.paper("2604.00001", viewer=ada)
    assert seen is not None
    assert seen.hidden
    assert [one.key for one in hidden_by(ada)] == ["2604.00001"]
    marking.unhide(papers["1"], ada)
    assert "1" in keys("", ada)
    assert hidden_by(ada) == ()


def test_a_paper_is_marked_as_read_and_not(ada, papers) -> None:
    def read() -> list[bool]:
        return [one.read for one in reading.papers_in(parse(""), viewer=ada).papers]

    marking.mark_read(papers["3"], ada, timezone.now())
    assert read() == [False, False, True]
    marking.mark_unread(papers["3"], ada)
    assert read() == [False, False, False]


def test_a_joined_paper_stands_once_in_a_collection(ada, papers) -> None:
    slug = collecting.make(Words("Bees"), ada)
    for name in "123":
        collecting.add(slug, papers[name], ada)
    joining.join(papers["1"], papers["2"], by=ada, why="", now=timezone.now())
    assert in_order(slug, ada) == ["1", "3"]
    assert keys(f"in={slug}", ada) == ["1", "3"]
    collecting.remove(slug, papers["1"], ada)
    assert in_order(slug, ada) == ["3"]


def test_a_dropped_paper_is_in_no_collection(ada, papers) -> None:
    collecting.save(papers["1"], ada)
    Paper.objects.filter(pk=papers["1"]).update(dropped_at=timezone.now())
    (kept,) = collections_of(ada)
    assert in_order(kept.slug, ada) == []
    with pytest.raises(CannotCollect, match="not shown any more"):
        collecting.save(papers["1"], ada)


def test_what_readers_kept_goes_over_when_papers_are_joined_and_comes_back(
    ada, papers, person
) -> None:
    collecting.save(papers["2"], ada)
    marking.hide(papers["2"], person("Ben"), timezone.now())
    ben = person("Benno")
    marking.mark_read(papers["1"], ben, timezone.now())
    marking.hide(papers["2"], ben, timezone.now())
    made = joining.join(papers["1"], papers["2"], by=ada, why="", now=timezone.now())
    kept = {one.key[-1]: one for one in reading.papers_in(parse(""), viewer=ada).papers}
    assert kept["1"].saved
    assert keys("", Mark.objects.get(paper=papers["1"], read_at=None).user_id) == ["3"]
    assert keys("", ben) == ["1", "3"]
    joining.undo(made.pk, by=ada, now=timezone.now())
    assert {one.key[-1]: one.saved for one in reading.papers_in(parse(""), viewer=ada).papers} == {
        "1": False, "2": True, "3": False,
    }  # fmt: skip
    assert Mark.objects.count() == 3
