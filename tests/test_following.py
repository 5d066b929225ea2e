"""People follow tags, authors and lists, and hide tags; for nobody else it changes anything."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds import followed as followed_papers
from feeds import following, marking, reading
from feeds.followed import followed_by, stand, tags_hidden_by
from feeds.following import CannotFollow
from feeds.models import Collection, Feed, FeedMember, Follow, HiddenTag, Paper, Tag
from feeds.query import SORTS, NotThere, parse
from feeds.tag_keeping import merge_tags, part_tag
from tests.factories import entry, put_in
from tests.people import somebody

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _papers(db) -> None:
    """One is about diffusion, two of quantization by Ada, three of both, four of neither."""
    put_in(
        entry(id="2604.00001", summary="A diffusion model.", upvotes=9),
        entry(id="2604.00002", summary="We use quantization.", authors=["Ada Author"], upvotes=7),
        entry(id="2604.00004", summary="On bees.", authors=["Ben Writer"], upvotes=5),
    )
    both = "A diffusion model with quantization."
    put_in(entry(id="2604.00003", summary=both, upvotes=3), day=date(2026, 4, 22))


@pytest.fixture
def ada(db) -> int:
    return somebody("Ada")


def keys(query: str, viewer: int | None = None) -> str:
    return "".join(one.key[-1] for one in reading.papers_in(parse(query), viewer=viewer).papers)


def followed(person: int) -> list[str]:
    return [f"{one.kind}: {one.text}" for one in followed_by(person)]


def test_what_one_follows_is_one_list_in_any_order(ada) -> None:
    assert keys("in=following", ada) == ""
    following.follow("tag=quantization", ada, NOW)
    assert keys("in=following", ada) == "23"
    following.follow("author=ADA+Author", ada, NOW)
    following.follow("q=bees&has=", ada, NOW)
    assert keys("in=following", ada) == "243"
    assert keys("in=following&sort=top&tag=-diffusion", ada) == "24"
    assert keys("in=following&period=day", ada) == "24"
    assert keys("in=following&date=2026-04-22", ada) == "3"
    assert followed(ada) == ["tag: tag=quantization", "author: author=ADA+Author", "list: q=bees"]


def test_nobody_else_learns_what_one_follows(ada) -> None:
    following.follow("tag=quantization", ada, NOW)
    for ask in (reading.papers_in, reading.facets, reading.at_latest):
        with pytest.raises(NotThere, match="Sign in"):
            ask(parse("in=following"))
    ben = somebody("Ben")
    assert keys("in=following", ben) == ""
    assert reading.facets(parse("in=following"), viewer=ben) == []
    assert not reading.at_latest(parse("in=following&period=day"), viewer=ben).date
    assert not stand(parse("tag=quantization"), ben).followed
    assert not stand(parse("tag=quantization"), None).followed
    Feed.objects.create(slug="theirs", name="Theirs", query="in=following")
    assert keys("feed=theirs&period=all", ada) == ""


def test_a_list_is_followed_without_its_period_and_order_and_once(ada) -> None:
    for text in ("q=bees&sort=new", "?date=2026-04-24&q=bees", "q=bees&period=week"):
        assert str(following.follow(text, ada, NOW)) == "q=bees"
    following.follow("author=Ada+Author", ada, NOW)
    following.follow("author=áda+AUTHOR", ada, NOW)
    assert Follow.objects.count() == 2
    assert stand(parse("q=bees&sort=top&period=month"), ada).followed
    assert stand(parse("author=ada-author&period=week"), ada).followed
    following.unfollow("author=ADA+AUTHOR", ada)
    assert followed(ada) == ["list: q=bees"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "every paper"),
        ("period=week&sort=new", "every paper"),
        ("in=following", "already"),
        ("in=following&tag=diffusion", "already"),
        ("tag=nothing-such", "No tag is called nothing-such"),
        ("feed=nothing-such", "no feed called"),
        ("in=nothing-such", "no collection called"),
        ("tag=a%20%20%2Fb", "tag is"),
        ("&".join(f"author={'x' * 290}{n}" for n in range(9)), "too much"),
    ],
)
def test_what_cannot_be_followed_says_why(ada, text, says) -> None:
    with pytest.raises(CannotFollow, match=says):
        following.follow(text, ada, NOW)
    assert not Follow.objects.exists()


def test_there_is_a_most_of_what_one_follows(ada, monkeypatch) -> None:
    monkeypatch.setattr(following, "MOST", 2)
    monkeypatch.setattr(following, "MOST_LISTS", 1)
    following.follow("q=bees", ada, NOW)
    with pytest.raises(CannotFollow, match="1 lists are the most"):
        following.follow("q=wasps", ada, NOW)
    following.follow("tag=diffusion", ada, NOW)
    following.follow("tag=diffusion", ada, NOW)
    with pytest.raises(CannotFollow, match="2 are the most"):
        following.follow("tag=quantization", ada, NOW)


def test_a_followed_tag_that_is_merged_and_parted_is_followed_under_each_name(ada) -> None:
    following.follow("tag=diffusion", ada, NOW)
    merge_tags("diffusion", "quantization")
    assert keys("in=following", ada) == "123"
    assert stand(parse("tag=quantization"), ada).followed
    part_tag("diffusion")
    assert keys("in=following", ada) in ("1", "13")
    merge_tags("diffusion", "quantization")
    following.unfollow("tag=quantization", ada)
    assert not Follow.objects.exists()


def test_a_followed_list_that_is_closed_to_one_shows_nothing_and_harms_nothing(ada) -> None:
    feed = Feed.objects.create(slug="lab", name="Lab", query="q=bees", visibility="private")
    member = FeedMember.objects.create(feed=feed, user_id=ada)
    theirs = Collection.objects.create(owner_id=ada, slug="theirs", name="T", visibility="public")
    theirs.entries.create(paper=Paper.objects.get(key="2604.00003"), place=0)
    ben = somebody("Ben")
    following.follow("in=theirs", ben, NOW)
    following.follow("feed=lab", ada, NOW)
    following.follow("author=ada+author", ada, NOW)
    with pytest.raises(CannotFollow, match="no feed called lab"):
        following.follow("feed=lab", ben, NOW)
    assert (keys("in=following", ada), keys("in=following", ben)) == ("24", "3")
    member.delete()
    Collection.objects.update(visibility="private")
    assert (keys("in=following", ada), keys("in=following", ben)) == ("2", "")


def test_what_one_follows_narrows_a_feeds_edition(ada) -> None:
    Feed.objects.create(slug="daily", name="Daily")
    following.follow("tag=diffusion", ada, NOW)
    following.follow("author=ada+author", ada, NOW)
    assert keys("feed=daily&date=2026-04-24&in=following", ada) == "12"
    assert keys("feed=daily&date=2026-04-24&in=following&sort=new", ada) == "12"


def test_papers_of_a_hidden_tag_are_in_no_list_of_that_person_alone(ada) -> None:
    Feed.objects.create(slug="daily", name="Daily")
    following.follow("q=model+OR+bees", ada, NOW)
    following.hide_tag("diffusion", ada, NOW)
    lists = ["date=2026-04-24", "period=all", "feed=daily&date=2026-04-24", "feed=daily&sort=new"]
    lists += ["q=model", "author=ben+writer&period=all", "tag=quantization", "date=2026-04-22"]
    for query in lists:
        assert not set("13") & set(keys(query, ada)), query
        assert set("13") & set(keys(query, somebody(""))) == set("13") & set(keys(query)) != set()
    assert keys("in=following", ada) == "4"
    assert "diffusion" not in {
        one.tag.slug for one in reading.facets(parse("period=all"), viewer=ada)
    }
    assert not {"2604.00001"} & {one.key for one in reading.papers_in(parse(""), viewer=ada).papers}
    assert reading.paper("2604.00001", viewer=ada)


def test_the_page_of_a_hidden_tag_still_shows_its_papers(ada) -> None:
    following.hide_tag("diffusion", ada, NOW)
    following.hide_tag("quantization", ada, NOW)
    assert keys("tag=diffusion", ada) == "1"
    assert keys("tag=diffusion&tag=quantization", ada) == "3"
    following.show_tag("quantization", ada)
    assert keys("tag=diffusion", ada) == "13"
    assert [tag.slug for tag in tags_hidden_by(ada)] == ["diffusion"]
    assert stand(parse("tag=diffusion"), ada).hidden


def test_a_hidden_tag_stays_hidden_whatever_it_is_called(ada) -> None:
    following.hide_tag("diffusion", ada, NOW)
    merge_tags("diffusion", "quantization")
    assert keys("period=all", ada) == "4"
    assert [tag.slug for tag in tags_hidden_by(ada)] == ["quantization"]
    assert keys("tag=quantization", ada) == "123"
    following.show_tag("quantization", ada)
    assert not HiddenTag.objects.exists()


def test_a_tag_is_followed_or_hidden_but_not_both(ada) -> None:
    following.follow("tag=diffusion", ada, NOW)
    following.hide_tag("diffusion", ada, NOW)
    assert (followed(ada), len(tags_hidden_by(ada))) == ([], 1)
    following.follow("tag=diffusion", ada, NOW)
    assert (followed(ada), len(tags_hidden_by(ada))) == (["tag: tag=diffusion"], 0)
    with pytest.raises(CannotFollow, match="No tag is called"):
        following.hide_tag("nothing-such", ada, NOW)


def test_a_hidden_paper_is_not_in_what_one_follows(ada) -> None:
    following.follow("tag=diffusion", ada, NOW)
    marking.hide(Paper.objects.get(key="2604.00001").pk, ada, NOW)
    assert keys("in=following", ada) == "3"


def test_ten_tags_and_authors_are_asked_for_as_often_as_one_of_each(ada) -> None:
    tags = [Tag.objects.create(slug=f"t-{number}", name="T").slug for number in range(9)]
    counts = []
    for some in (["diffusion"], tags):
        for number, slug in enumerate(some):
            following.follow(f"tag={slug}", ada, NOW)
            following.follow(f"author=no+{number}", ada, NOW)
        with CaptureQueriesContext(connection) as asked:
            assert keys("in=following&period=day", ada) == "1"
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 30


WAYS = ["tag=diffusion", "tag=quantization", "author=ada+author", "author=ben+writer"]
WAYS += ["q=bees", "q=model", "tag=-diffusion", "source=upload", "has=code", "tag=sound"]


@given(
    ways=st.sets(st.sampled_from(WAYS)),
    hidden=st.sets(st.sampled_from(["diffusion", "quantization", "sound"])),
    sort=st.sampled_from(SORTS),
    size=st.integers(1, 5),
    few=st.sampled_from([0, 5_000]),
)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_pages_of_what_one_follows_are_the_union_of_its_lists(
    ways, hidden, sort, *, size, few, monkeypatch
) -> None:
    monkeypatch.setattr(followed_papers, "FEW", few)
    Tag.objects.get_or_create(slug="sound", name="Sound")
    person = somebody("")
    for slug in hidden:
        following.hide_tag(slug, person, NOW)
    for way in ways - {f"tag={slug}" for slug in hidden}:
        following.follow(way, person, NOW)
    left = set(ways) - {f"tag={slug}" for slug in hidden}
    carried = {slug: set(keys(f"tag={slug}")) for slug in hidden}
    wanted = {key for way in left for key in keys(f"{way}&period=all")}
    wanted -= {key for some in carried.values() for key in some}
    got, cursor = [], ""
    while True:
        asked = parse(f"in=following&sort={sort}")
        page = reading.papers_in(asked, viewer=person, cursor=cursor, limit=size)
        got += [one.key[-1] for one in page.papers]
        if not (cursor := page.cursor):
            break
    everything = keys(f"period=all&sort={sort}")
    assert got == [key for key in everything if key in wanted]
