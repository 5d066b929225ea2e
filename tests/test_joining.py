"""Two papers become one by a curator's word, and two again when it is taken back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from feeds.ingest import reread
from feeds.joining import CannotJoin, join, undo
from feeds.models import Digest, Feed, Joining, Listing, Paper, PaperTag, Placing, Tag, Vote
from feeds.query import parse
from feeds.reading import paper, papers_in
from feeds.tag_decisions import deny_tag, give_tag
from feeds.tag_keeping import merge_tags, part_tag
from feeds.voting import unvote, vote
from tests.factories import DAY, entry, put_in
from tests.papers import state

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
LATER = DAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def readers(django_user_model):
    make = django_user_model.objects.create_user
    return [make(f"reader{number}@example.org").id for number in range(4)]


def seed(**fields: Any) -> Paper:
    """A paper of which only the title is known, as a page of text tells of it."""
    title = fields.pop("title", "Sparse attention for all")
    given = {"id": None, "summary": "", "authors": [], "publishedAt": None} | fields
    put_in(entry(title, **given), source="page")
    return Paper.objects.latest("id")


def from_arxiv(day: date = DAY, **fields: Any) -> Paper:
    given = {"id": "2604.00007", "summary": "All attention is sparse.", "authors": ["Ada One"]}
    title = fields.pop("title", "Attention is sparse for all")
    put_in(entry(title, **(given | fields)), source="arxiv", day=day)
    return Paper.objects.latest("id")


def joined(kept: Paper, absorbed: Paper, **given: Any) -> Joining:
    return join(kept.id, absorbed.id, **({"by": None, "why": "", "now": timezone.now()} | given))


def taken_back(joining: Joining) -> None:
    undo(joining.id, by=None, now=timezone.now())


def test_a_joined_paper_is_read_as_the_other() -> None:
    kept, absorbed = seed(), from_arxiv()
    joined(kept, absorbed)
    assert [one.id for one in papers_in(parse("period=all")).papers] == [kept.id]
    for name in ("2604.00007", "arXiv:2604.00007v2", kept.key):
        found = paper(name)
        assert found is not None
        assert (found.id, found.key) == (kept.id, "2604.00007")


def test_the_kept_paper_takes_what_it_did_not_know_and_what_was_told_better() -> None:
    kept, absorbed = seed(), from_arxiv()
    joined(kept, absorbed)
    found = paper("2604.00007")
    assert found is not None
    assert (found.title, found.abstract) == ("Attention is sparse for all", absorbed.abstract)
    assert {one.source_slug for one in found.listings} == {"page", "arxiv"}


def test_the_better_told_fields_of_the_kept_paper_stay() -> None:
    kept = from_arxiv()
    absorbed = seed(summary="A page's words.", githubRepo="https://github.com/example/code")
    joined(kept, absorbed)
    found = paper("2604.00007")
    assert found is not None
    assert (found.title, found.abstract) == (kept.title_text, kept.abstract)
    assert found.code_url == "https://github.com/example/code"


def test_a_reader_of_both_has_one_vote(readers) -> None:
    kept, absorbed = seed(upvotes=3), from_arxiv(upvotes=5)
    for reader in readers[:3]:
        vote(kept.id, reader)
    for reader in readers[1:]:
        vote(absorbed.id, reader)
    joined(kept, absorbed)
    found = paper("2604.00007", viewer=readers[3])
    assert found is not None
    assert (found.votes, found.voted) == (4 + 5, True)


def test_undone_both_are_what_they_were(readers) -> None:
    kept, absorbed = seed(upvotes=3), from_arxiv(upvotes=5)
    vote(kept.id, readers[0])
    vote(kept.id, readers[1])
    vote(absorbed.id, readers[1])
    vote(absorbed.id, readers[2])
    before = state()
    joining = joined(kept, absorbed)
    assert state() != before
    taken_back(joining)
    assert state() == before


def test_undone_long_after_without_reading_any_digest_again(readers, clock) -> None:
    kept, absorbed = seed(upvotes=3), from_arxiv(upvotes=5)
    clock.shift(timedelta(hours=1))
    before = state()
    joining = joined(kept, absorbed)
    clock.shift(timedelta(days=30))
    taken_back(joining)
    assert state() == before


def test_a_vote_taken_back_while_joined_stays_taken_back(readers) -> None:
    kept, absorbed = seed(), from_arxiv()
    vote(kept.id, readers[0])
    vote(absorbed.id, readers[0])
    joining = joined(kept, absorbed)
    unvote(kept.id, readers[0])
    taken_back(joining)
    assert not Vote.objects.exists()
    assert {one["numbers"]["votes"] for one in state().values()} == {0}


def test_votes_and_tags_of_people_stay_with_the_paper_that_they_were_given_to(readers) -> None:
    kept, absorbed = seed(), from_arxiv()
    joining = joined(kept, absorbed)
    vote(kept.id, readers[0])
    tag = Tag.objects.create(slug="ours", name="Ours")
    PaperTag.objects.create(paper=kept, tag=tag, tagger="curator", why="It is ours.")
    taken_back(joining)
    assert [one.paper_id for one in Vote.objects.all()] == [kept.id]
    assert [one.paper_id for one in PaperTag.objects.filter(tag=tag)] == [kept.id]


def _transformer(one: Paper) -> str:
    return PaperTag.objects.get(paper=one, tag__slug="transformers").tagger


def test_a_joined_paper_gives_the_reason_of_the_tagger_asked_earliest() -> None:
    kept = from_arxiv(summary="A transformer.")
    absorbed = seed(ai_keywords=["transformer"])
    joining = joined(kept, absorbed)
    assert _transformer(kept) == "source"
    taken_back(joining)
    assert (_transformer(kept), _transformer(absorbed)) == ("keyword", "source")


def test_a_reason_that_came_while_joined_goes_to_the_paper_that_it_names(clock) -> None:
    kept, absorbed = from_arxiv(summary="A transformer."), seed(summary="A transformer.")
    clock.shift(timedelta(days=1))
    joining = joined(kept, absorbed)
    seed(ai_keywords=["transformer"])
    assert _transformer(kept) == "source"
    taken_back(joining)
    assert (_transformer(kept), _transformer(absorbed)) == ("keyword", "source")


def test_what_a_digest_says_meanwhile_goes_to_the_paper_that_it_names(clock) -> None:
    kept, absorbed = seed(), from_arxiv()
    clock.shift(timedelta(days=1))
    joining = joined(kept, absorbed)
    from_arxiv(day=LATER, summary="Now with a proof.", upvotes=7)
    clock.shift(timedelta(days=1))
    taken_back(joining)
    first, other = state()[kept.key], state()["2604.00007"]
    assert (first["columns"]["abstract"], len(first["listings"])) == ("", 1)
    assert (other["columns"]["abstract"], len(other["listings"])) == ("Now with a proof.", 2)
    assert (first["numbers"]["reported_votes"], other["numbers"]["reported_votes"]) == (0, 7)


def test_of_two_places_in_one_edition_the_better_stays_and_the_other_is_remembered(clock) -> None:
    put_in(entry("First"), entry("Second"))
    kept, absorbed = Paper.objects.get(title="Second"), Paper.objects.get(title="First")
    before = state()
    clock.shift(timedelta(days=1))
    joining = joined(kept, absorbed)
    assert [one.position for one in Listing.objects.filter(paper=kept)] == [0]
    taken_back(joining)
    assert state() == before


def test_a_digest_read_again_while_joined_loses_no_place_of_either(clock) -> None:
    """Both stand in one edition of one source, by two digests; each is read again."""
    kept, absorbed = from_arxiv(), from_arxiv(id="2604.00008", title="Another")
    before = state()
    clock.shift(timedelta(days=1))
    joining = joined(kept, absorbed)
    for digest in Digest.objects.order_by("-id"):
        reread(digest)
    clock.shift(timedelta(days=1))
    taken_back(joining)
    assert state() == before


def test_of_three_joined_the_first_can_be_undone_alone(readers, clock) -> None:
    kept, absorbed = seed(), from_arxiv()
    put_in(entry("A third", id="2604.00009", summary="Of three things."), source="daily")
    third = Paper.objects.latest("id")
    for paper_ in (absorbed, third):
        vote(paper_.id, readers[0])
    before = state()
    clock.shift(timedelta(days=1))
    first, second = joined(kept, absorbed), joined(kept, third)
    taken_back(first)
    now = state()
    assert now["2604.00007"] == before["2604.00007"]
    assert set(now) == {"2604.00007", "2604.00009"}
    assert now["2604.00009"]["votes"] == {readers[0]}
    taken_back(second)
    assert state() == before


def test_a_paper_that_was_itself_joined_keeps_its_joinings_until_that_is_undone() -> None:
    kept, absorbed = seed(), from_arxiv()
    put_in(entry("A third", id="2604.00009"))
    third = Paper.objects.latest("id")
    first = joined(kept, absorbed)
    second = joined(third, kept)
    with pytest.raises(CannotJoin, match="Undo that joining first"):
        taken_back(first)
    for joining in (second, first):
        taken_back(joining)
    assert Paper.objects.visible().count() == 3


def test_joining_papers_that_were_joined_joins_what_they_are_read_as() -> None:
    kept, absorbed = seed(), from_arxiv()
    put_in(entry("A third", id="2604.00009"))
    third = Paper.objects.latest("id")
    joined(kept, absorbed)
    assert joined(third, absorbed).absorbed_id == kept.id
    with pytest.raises(CannotJoin, match="one paper already"):
        joined(absorbed, third)


def test_a_dropped_paper_is_not_joined() -> None:
    kept, absorbed = seed(), from_arxiv()
    Paper.objects.filter(pk=absorbed.pk).update(dropped_at=timezone.now())
    with pytest.raises(CannotJoin, match="dropped or unknown"):
        joined(kept, absorbed)
    with pytest.raises(CannotJoin, match="dropped or unknown"):
        joined(kept, Paper(id=10**9))


def test_undone_twice_is_undone_once_and_can_be_joined_anew() -> None:
    kept, absorbed = seed(), from_arxiv()
    joining = joined(kept, absorbed)
    taken_back(joining)
    taken_back(joining)
    again = joined(kept, absorbed)
    assert again.id != joining.id
    assert Paper.objects.visible().count() == 1


def test_who_joined_and_why_is_kept(readers) -> None:
    joining = joined(seed(), from_arxiv(), by=readers[0], why="Same text. " * 100)
    undo(joining.id, by=readers[1], now=NOW)
    joining.refresh_from_db()
    assert (joining.made_by_id, joining.undone_by_id, joining.undone_at) == (*readers[:2], NOW)
    assert len(joining.why) == 300


def test_a_summary_that_a_curator_wrote_meanwhile_stays(clock) -> None:
    kept, absorbed = seed(), from_arxiv()
    joining = joined(kept, absorbed)
    Paper.objects.filter(pk=kept.pk).update(summary="By a curator.")
    taken_back(joining)
    assert Paper.objects.get(pk=kept.pk).summary == "By a curator."
    assert Paper.objects.get(pk=absorbed.pk).summary == ""


def test_what_is_no_longer_readable_stays_where_it_stands() -> None:
    kept, absorbed = seed(), from_arxiv()
    joining = joined(kept, absorbed)
    from_arxiv(day=LATER)
    Digest.objects.filter(date=LATER).update(parser="gone")
    taken_back(joining)
    assert LATER in {row.date for row in Listing.objects.filter(paper=kept)}


def test_what_feeds_curators_decided_holds_for_the_joined_paper_while_it_is_one() -> None:
    kept, absorbed = seed(), from_arxiv()
    feeds = [Feed.objects.create(slug=name, name=name) for name in ("one", "two", "three")]
    for feed, paper_, pin in ((0, kept, 0), (0, absorbed, 5), (1, absorbed, 1), (2, absorbed, 2)):
        Placing.objects.create(feed=feeds[feed], paper=paper_, date=DAY, pin=pin)
    joining = joined(kept, absorbed)
    pins = Placing.objects.filter(paper=kept).order_by("feed")
    assert [one.pin for one in pins] == [0, 1, 2]
    pins.filter(feed=feeds[2]).update(pin=7)
    taken_back(joining)
    assert [(one.feed.slug, one.pin) for one in pins.all()] == [("one", 0), ("three", 7)]
    assert Placing.objects.filter(paper=absorbed).count() == 3


def test_versions_of_another_arxiv_paper_are_not_taken_for_this_ones() -> None:
    kept, absorbed = from_arxiv(), from_arxiv(id="2604.00008", title="Another")
    kept.versions.create(number=1, submitted_at=NOW)
    absorbed.versions.create(number=1, submitted_at=NOW - timedelta(days=9), withdrawn=True)
    before = state()
    joining = joined(kept, absorbed)
    assert [one.withdrawn for one in kept.versions.all()] == [False]
    taken_back(joining)
    assert state() == before


def test_versions_come_with_the_arxiv_id_and_go_with_it() -> None:
    kept, absorbed = seed(), from_arxiv()
    absorbed.versions.create(number=2, submitted_at=NOW, note="Now with a proof.")
    before = state()
    joining = joined(kept, absorbed)
    assert [one.note for one in kept.versions.all()] == ["Now with a proof."]
    taken_back(joining)
    assert state() == before


def test_a_curators_no_to_a_tag_comes_over_and_goes_back() -> None:
    kept, absorbed = seed(title="Diffusion for all"), from_arxiv(title="A diffusion model")
    tag = Tag.objects.get(slug="diffusion")
    deny_tag(absorbed.id, tag.slug, by=None)
    before = state()
    joining = joined(kept, absorbed)
    assert not kept.paper_tags.filter(tag=tag).exists()
    from_arxiv(title="A diffusion model", day=LATER)
    assert not kept.paper_tags.filter(tag=tag).exists()
    Digest.objects.filter(date=LATER).delete()
    taken_back(joining)
    assert state() == before
    assert [one.paper_id for one in tag.denials.all()] == [absorbed.id]


def test_a_curators_yes_goes_before_a_taggers_while_they_are_one() -> None:
    kept, absorbed = seed(title="Diffusion for all"), from_arxiv()
    give_tag(absorbed.id, "diffusion", who="Ada")
    before = state()
    joining = joined(kept, absorbed)
    assert [one.tagger for one in kept.paper_tags.filter(tag__slug="diffusion")] == ["curator"]
    taken_back(joining)
    assert state() == before


def test_a_curators_word_since_the_joining_stays_with_the_paper(clock) -> None:
    kept, absorbed = seed(title="Diffusion for all"), from_arxiv(title="A diffusion model")
    clock.shift(timedelta(days=1))
    joining = joined(kept, absorbed)
    deny_tag(kept.id, "diffusion", by=None)
    clock.shift(timedelta(days=1))
    taken_back(joining)
    assert not kept.paper_tags.filter(tag__slug="diffusion").exists()
    assert absorbed.paper_tags.filter(tag__slug="diffusion").exists()


def test_tags_follow_from_the_text_that_the_joined_paper_has() -> None:
    kept, absorbed = seed(title="Diffusion for all"), from_arxiv(summary="A language model.")
    before = state()
    joining = joined(kept, absorbed)
    assert not kept.paper_tags.filter(tag__slug="diffusion").exists()
    taken_back(joining)
    assert state() == before


def test_a_joined_paper_knows_which_tag_a_merged_one_was() -> None:
    kept, absorbed = seed(), from_arxiv(title="A diffusion model")
    quiet = from_arxiv(title="On bees", id="2604.00008", summary="They hum.")
    Tag.objects.create(slug="painting", name="Painting")
    deny_tag(quiet.id, "diffusion", by=None)
    merge_tags("diffusion", "painting")
    joined(kept, absorbed)
    silent = seed(title="Bees that hum")
    joined(silent, quiet)
    part_tag("diffusion")
    assert [one.tag.slug for one in kept.paper_tags.filter(tagger="keyword")] == ["diffusion"]
    assert [one.tag.slug for one in silent.tag_denials.all()] == ["diffusion"]


@pytest.mark.parametrize("merge", [True, False])
def test_undone_a_joining_forgets_no_tag_that_was_merged(merge: bool) -> None:
    kept, absorbed = seed(title="A diffusion model"), from_arxiv(title="A diffusion model again")
    give_tag(absorbed.id, "diffusion", who="Ada")
    Tag.objects.create(slug="painting", name="Painting")
    if merge:
        merge_tags("diffusion", "painting")
    joining = joined(kept, absorbed)
    taken_back(joining)
    if merge:
        part_tag("diffusion")
    for paper_ in (kept, absorbed):
        (tag,) = paper_.paper_tags.exclude(tagger="category")
        assert (tag.tag.slug, tag.merged_from) == ("diffusion", None)
