"""Digests that were read as one paper are read as two by a curator's word."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feeds.ingest import reread
from feeds.joining import join
from feeds.models import Digest, Paper, Parting, Tag
from feeds.parting import CannotPart, part
from feeds.reading import paper
from feeds.voting import vote
from tests.factories import DAY, entry, put_in
from tests.papers import state

pytestmark = pytest.mark.django_db
TITLE = "Sparse attention for all"
MONTH_LATER = DAY + timedelta(days=30)


def seed(day: date = DAY, source: str = "page", **fields: Any) -> None:
    """The paper as a page of text tells of it: by its title alone."""
    bare = {"id": None, "authors": [], "publishedAt": None, "summary": ""}
    put_in(entry(TITLE, **(bare | fields)), source=source, day=day)


def arxiv(**fields: Any) -> None:
    given = {"id": "2604.00007", "summary": "All attention is sparse.", "authors": ["Ada One"]}
    put_in(entry(TITLE, **(given | fields)), source="arxiv", day=MONTH_LATER)


def parted(paper_: Paper, *sources: str) -> Parting:
    rows = paper_.listings.filter(source__slug__in=sources).values_list("id", flat=True)
    return part(paper_.id, list(rows), by=None, why="", now=timezone.now())


def test_an_automatic_join_is_parted_into_the_two_papers_that_it_was_made_of() -> None:
    seed(upvotes=3, githubRepo="https://github.com/example/code")
    before = Paper.objects.get()
    arxiv(upvotes=5)
    one = Paper.objects.get()
    assert (one.key, one.arxiv_id) == ("2604.00007", "2604.00007")
    parting = parted(one, "arxiv")
    first, other = paper(before.key), paper("2604.00007")
    assert first is not None
    assert other is not None
    assert (first.id, first.key, first.arxiv_id) == (before.id, before.key, "")
    assert (first.abstract, first.authors, first.votes) == ("", (), 3)
    assert (other.id, other.key) == (parting.other_id, "2604.00007")
    assert first.title == other.title == other.title_tex == TITLE
    assert (other.abstract, other.authors, other.votes) == (
        "All attention is sparse.",
        ("Ada One",),
        5,
    )
    assert (first.code_url, other.code_url) == ("https://github.com/example/code", "")
    assert [one.source_slug for one in first.listings] == ["page"]
    assert [one.source_slug for one in other.listings] == ["arxiv"]


def test_the_remaining_paper_is_field_for_field_what_it_was(django_user_model) -> None:
    seed(upvotes=3, summary="A diffusion model.")
    was = vars(Paper.objects.select_related("stats").get())
    stats = vars(Paper.objects.get().stats)
    tags = set(Paper.objects.get().paper_tags.values_list("tag__slug", "why"))
    arxiv(summary="A language model.")
    parted(Paper.objects.get(), "arxiv")
    now = Paper.objects.get(pk=was["id"])
    unlike = {"_state", "changed_at", "told"}
    assert {n: v for n, v in vars(now).items() if n not in unlike} == {
        n: v for n, v in was.items() if n not in unlike
    }
    unlike = {"_state", "rising", "rising_at", "rising_due"}  # these fall with time
    assert {n: v for n, v in vars(now.stats).items() if n not in unlike} == {
        n: v for n, v in stats.items() if n not in unlike
    }
    assert set(now.paper_tags.values_list("tag__slug", "why")) == tags


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_same_digests_read_again_in_any_order_do_not_join_them(order) -> None:
    seed()
    seed(source="letter", day=DAY + timedelta(days=3))
    arxiv()
    parted(Paper.objects.get(), "arxiv")
    before = [(one.key, one.abstract, one.listings.count()) for one in Paper.objects.order_by("id")]
    digests = list(Digest.objects.order_by("id"))
    for number in order:
        assert reread(digests[number]).new == 0
    after = [(one.key, one.abstract, one.listings.count()) for one in Paper.objects.order_by("id")]
    assert after == before


def test_where_no_name_tells_them_apart_the_ruling_does() -> None:
    seed()
    seed(source="letter", day=MONTH_LATER, upvotes=8)
    parting = parted(Paper.objects.get(), "letter")
    for digest in Digest.objects.order_by("-id"):
        assert reread(digest).new == 0
    votes = {one.id: one.stats.reported_votes for one in Paper.objects.all()}
    assert votes == {parting.paper_id: 0, parting.other_id: 8}
    assert Paper.objects.values("key").distinct().count() == 2


def test_votes_and_curators_tags_stay_with_the_older_paper(django_user_model) -> None:
    reader = django_user_model.objects.create_user("reader@example.org")
    seed()
    arxiv()
    one = Paper.objects.get()
    vote(one.id, reader.id)
    tag = Tag.objects.create(slug="ours", name="Ours")
    one.paper_tags.create(tag=tag, tagger="curator", why="It is ours.")
    parting = parted(one, "arxiv")
    assert parting.paper.vote_set.count() == 1
    assert parting.paper.paper_tags.filter(tag=tag).exists()
    assert not parting.other.vote_set.exists()
    assert not parting.other.paper_tags.filter(tag=tag).exists()


def test_parted_papers_can_be_joined_again() -> None:
    seed(upvotes=3)
    arxiv(upvotes=5)
    key = Paper.objects.get().key
    parting = parted(Paper.objects.get(), "arxiv")
    join(parting.paper_id, parting.other_id, by=None, why="", now=timezone.now())
    again = paper(key)
    assert again is not None
    assert (again.id, again.key, again.abstract) == (
        parting.paper_id,
        key,
        "All attention is sparse.",
    )
    for digest in Digest.objects.all():
        assert reread(digest).new == 0
    assert Paper.objects.visible().count() == 1


def test_an_id_that_both_sides_name_is_one_work() -> None:
    arxiv()
    put_in(entry(TITLE, id="2604.00007"), source="daily")
    one = Paper.objects.get()
    with pytest.raises(CannotPart, match=r"name 2604\.00007: that is one work"):
        parted(one, "daily")


@pytest.mark.parametrize("sources", [(), ("page", "arxiv")])
def test_some_digests_leave_and_some_stay(sources) -> None:
    seed()
    arxiv()
    with pytest.raises(CannotPart, match="leave at least one"):
        parted(Paper.objects.get(), *sources)


def test_a_paper_with_joinings_has_those_undone_first() -> None:
    seed()
    put_in(entry("Another", id="2604.00009"))
    one, two = Paper.objects.order_by("id")
    join(one.id, two.id, by=None, why="", now=timezone.now())
    with pytest.raises(CannotPart, match="Undo those joinings first"):
        parted(one, "page")


def test_a_digest_whose_place_a_later_one_took_goes_with_it() -> None:
    seed()
    before = Paper.objects.get().key
    arxiv(summary="The first words.", organization={"fullname": "An institute"})
    arxiv(summary="The second words.")
    parted(Paper.objects.get(), "arxiv")
    first, other = paper(before), paper("2604.00007")
    assert first is not None
    assert other is not None
    assert (first.abstract, first.organization) == ("", "")
    assert (other.abstract, other.organization) == ("The second words.", "An institute")
    for digest in Digest.objects.order_by("id"):
        assert reread(digest).new == 0
    assert Paper.objects.count() == 2


def test_a_digest_that_cannot_be_read_again_is_named() -> None:
    seed()
    arxiv()
    Digest.objects.filter(source__slug="page").update(parser="gone")
    with pytest.raises(CannotPart, match="“Page, 2026-04-24” cannot be read again as naming it"):
        parted(Paper.objects.get(), "arxiv")
    assert Paper.objects.count() == 1


def test_what_is_parted_twice_leaves_three() -> None:
    seed()
    seed(source="letter", day=DAY + timedelta(days=1), upvotes=1)
    arxiv()
    one = Paper.objects.get()
    parted(one, "arxiv")
    one.refresh_from_db()
    parted(one, "letter")
    assert Paper.objects.count() == 3
    for digest in Digest.objects.order_by("-id"):
        assert reread(digest).new == 0
    assert sorted(one.listings.count() for one in Paper.objects.all()) == [1, 1, 1]


def test_versions_go_with_the_id_that_they_are_of() -> None:
    seed()
    arxiv()
    one = Paper.objects.get()
    one.versions.create(number=2)
    parting = parted(one, "arxiv")
    assert not parting.paper.versions.exists()
    assert [version.number for version in parting.other.versions.all()] == [2]


given_digests = st.lists(
    st.tuples(
        st.booleans(),  # whether it names the arXiv id
        st.sampled_from([[], ["Ada One"], ["A. One", "Zoë Two"]]),
        st.integers(0, 9),  # votes
        st.integers(0, 4),  # day
        st.sampled_from(["", "A diffusion model.", "A language model."]),
    ),
    min_size=2,
    max_size=7,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(given_digests, st.randoms(use_true_random=False))
def test_however_digests_are_read_again_what_was_parted_stays_as_it_was(
    db, digests, chance
) -> None:
    with transaction.atomic():
        for named, authors, votes, day, words in digests:
            given_ = {"authors": authors, "upvotes": votes, "summary": words}
            source, key = ("arxiv", "2604.00007") if named else ("page", None)
            put_in(
                entry(TITLE, id=key, publishedAt=None, **given_),
                source=source,
                day=DAY + timedelta(days=day),
            )
        one = Paper.objects.get()
        if one.listings.values("source").distinct().count() == 2:
            parted(one, "arxiv")
            before = state()
            assert len(before) == 2
            documents = list(Digest.objects.all())
            for digest in chance.sample(documents, len(documents)):
                assert reread(digest).new == 0
            assert _but_places(state()) == _but_places(before)
        transaction.set_rollback(True)


def _but_places(found: dict[str, Any]) -> dict[str, Any]:
    """Of two digests of one edition the one that was read last has the place in it."""
    for one in found.values():
        one["listings"] = {(source, day) for source, day, *_ in one["listings"]}
    return found
