"""Whatever happens while papers are joined: undone, they are as if they never had been."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from feeds import joining, voting
from feeds.ingest import reread
from feeds.models import Digest, Identifier, PaperTag, Tag, Vote
from feeds.records import PaperRecord
from feeds.resolve import named
from tests.factories import DAY, entry, put_in
from tests.papers import state

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 24, 12, tzinfo=UTC)
READERS = 3
# The works that digests speak of; the last is known by its title alone. All share an author,
# so that none speaks against the title of what it was joined to.
WORKS = (
    {"title": "Quantized language models", "id": "2604.00001"},
    {"title": "Diffusion for images", "id": "2604.00002"},
    {"title": "Reinforcement learning at rest", "id": None},
)

FIRST = [
    {
        "work": number,
        "by_title": False,
        "votes": number,
        "words": "",
        "code": None,
        "keywords": None,
    }
    for number in range(len(WORKS))
]

works = st.integers(0, len(WORKS) - 1)
entries = st.fixed_dictionaries(
    {
        "work": works,
        "by_title": st.booleans(),
        "votes": st.integers(0, 9),
        "words": st.sampled_from(["", "A transformer.", "A graph neural network."]),
        "code": st.sampled_from([None, "https://github.com/example/one"]),
        "keywords": st.sampled_from([None, ["transformer"], ["diffusion model", "robots"]]),
    }
)
steps = st.one_of(
    st.tuples(
        st.just("ingest"),
        st.sampled_from(["daily", "page"]),
        st.integers(0, 2),
        st.lists(entries, min_size=1, max_size=4),
    ),
    st.tuples(st.just("reread"), st.integers(0, 9)),
    st.tuples(st.sampled_from(["vote", "unvote"]), st.integers(0, READERS - 1), works),
    st.tuples(st.just("tag"), works, st.sampled_from(["ours", "theirs"])),
    st.tuples(st.just("join"), works, works),
    st.tuples(st.just("undo"), st.integers(0, 5)),
    st.tuples(st.just("wait"), st.sampled_from([1, 10, 5000])),
)


@dataclass
class World:
    """Takes the steps; with `joins` for real, else only noting who would be read as whom."""

    joins: bool
    readers: list[int]
    clock: Any
    joinings: list[tuple[int, int, int]] = field(default_factory=list)  # kept, absorbed, id
    made: int = 0

    def root(self, work: int) -> int:
        parents = {absorbed: kept for kept, absorbed, _ in self.joinings}
        while work in parents:
            work = parents[work]
        return work

    def group(self, work: int) -> list[int]:
        return [one for one in range(len(WORKS)) if self.root(one) == self.root(work)]

    def ingest(self, source: str, day: int, told: list[dict[str, Any]]) -> None:
        put_in(*map(_entry, told), source=source, day=DAY + timedelta(days=day))

    def reread(self, number: int) -> None:
        digests = list(Digest.objects.order_by("id"))
        if number < len(digests):
            reread(digests[number])

    def vote(self, reader: int, work: int) -> None:
        group = [_paper_of(one) for one in self.group(work)]
        if _paper_of(work) is None:
            return
        user = self.readers[reader]
        if self.joins or not any(_voted(user, paper) for paper in group if paper):
            voting.vote(_paper_of(self.root(work)), user)

    def unvote(self, reader: int, work: int) -> None:
        for paper in {_paper_of(one) for one in self.group(work)} - {None}:
            voting.unvote(paper, self.readers[reader])

    def tag(self, work: int, slug: str) -> None:
        group = {_paper_of(one) for one in self.group(work)} - {None}
        if _paper_of(work) and not PaperTag.objects.filter(paper__in=group, tag__slug=slug):
            tag, _ = Tag.objects.get_or_create(slug=slug, defaults={"name": slug})
            paper = _paper_of(self.root(work))
            PaperTag.objects.create(paper_id=paper, tag=tag, tagger="curator", why="So I say.")

    def join(self, one: int, other: int) -> None:
        kept, absorbed = self.root(one), self.root(other)
        if kept == absorbed or not (_paper_of(kept) and _paper_of(absorbed)):
            return
        pk = self.made = self.made + 1
        if self.joins:
            given = {"by": None, "why": "", "now": timezone.now()}
            pk = joining.join(_paper_of(kept), _paper_of(absorbed), **given).pk
        self.joinings.append((kept, absorbed, pk))

    def undo(self, number: int) -> None:
        if number >= len(self.joinings):
            return
        kept, _, pk = self.joinings[number]
        if self.root(kept) == kept:
            if self.joins:
                joining.undo(pk, by=None, now=timezone.now())
            del self.joinings[number]

    def wait(self, seconds: int) -> None:
        self.clock.shift(timedelta(seconds=seconds))

    def end(self) -> dict[str, Any]:
        """What the papers are when the last joining is undone."""
        while self.joinings:
            self.undo(len(self.joinings) - 1)
        return state()


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(steps, min_size=4, max_size=16))
def test_undone_papers_are_as_if_never_joined_but_for_what_came_since(
    django_user_model, happened
) -> None:
    event(f"{sum(step[0] == 'join' for step in happened)} joinings asked for")
    assert _lived(happened, django_user_model, joins=True) == _lived(
        happened, django_user_model, joins=False
    )


def _lived(happened: list[Any], users: Any, *, joins: bool) -> dict[str, Any]:
    with time_machine.travel(NOW) as clock, transaction.atomic():
        readers = [users.objects.create_user(f"r{n}@example.org") for n in range(READERS)]
        world = World(joins, [reader.id for reader in readers], clock)
        world.ingest("daily", 0, FIRST)
        for name, *given_ in happened:
            getattr(world, name)(*given_)
        found = world.end()
        for one in found.values():
            one["votes"] = {world.readers.index(user) for user in one["votes"]}
        transaction.set_rollback(True)
    return found


def _entry(told: dict[str, Any]) -> dict[str, Any]:
    work = WORKS[told["work"]]
    return entry(
        work["title"],
        id=None if told["by_title"] else work["id"],
        authors=["Ada One"],
        summary=told["words"],
        upvotes=told["votes"],
        githubRepo=told["code"],
        ai_keywords=told["keywords"],
    )


def _paper_of(work: int) -> int | None:
    title = dict(named(PaperRecord(WORKS[work]["title"])).names)["title"]
    return (
        Identifier.objects.filter(scheme="title", value=title)
        .values_list("paper", flat=True)
        .first()
    )


def _voted(user: int, paper: int) -> bool:
    return Vote.objects.filter(user=user, paper=paper).exists()
