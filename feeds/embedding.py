"""Papers' vectors: which paper waits for one, and how it gets it.

A vector is of words, so the words' digest tells whether it is the paper's: no clock, no order of
events. Whoever writes a paper's words says so with `want`; whoever embeds, embeds what waits.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from feeds.copying import upsert_rows
from feeds.embedders.base import Embedder
from feeds.models import Paper, PaperVector
from feeds.models.vector import NOTHING

BATCH = 32  # papers: two or three seconds of one processor, which is what a kill costs
_LOCK = 0x7665_6374  # "vect"
_DIGEST = "md5(paper.title || E'\\n' || paper.abstract)::uuid"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class State:
    """How the vectors stand to the papers: those that have none, that wait, and whose row says
    other words than the paper has.
    """

    papers: int
    without: int
    waiting: int
    outdated: int

    @property
    def whole(self) -> bool:
        return not (self.without or self.waiting or self.outdated)


def text_of(title: str, abstract: str) -> str:
    """What of a paper is embedded."""
    return f"{title}\n{abstract}"


def digest_of(text: str) -> UUID:
    return UUID(hashlib.md5(text.encode(), usedforsecurity=False).hexdigest())


def want(papers: Iterable[Paper]) -> None:
    """Notes the papers' words; those that have changed wait from now on."""
    rows = [(one.pk, digest_of(text_of(one.title, one.abstract))) for one in papers]
    fields = ["paper_id", "wanted"]
    upsert_rows(PaperVector, fields, rows, key=["paper_id"], update={"wanted": "new.wanted"})


def want_missing(version: str) -> None:
    """Has the papers wait that nobody told of, and those whose vector another model made."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO feeds_papervector (paper_id, wanted) SELECT id, {_DIGEST} "  # noqa: S608
            "FROM feeds_paper paper WHERE NOT EXISTS (SELECT FROM feeds_papervector known "
            "WHERE known.paper_id = paper.id) ON CONFLICT DO NOTHING"
        )
    rows = PaperVector.objects.exclude(model__in=("", version))
    rows.exclude(text=NOTHING).update(text=NOTHING)


def want_changed() -> None:
    """Looks at every paper's words again; `want` makes this needless, but for what went wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE feeds_papervector vector SET wanted = {_DIGEST} "  # noqa: S608 (our own words)
            "FROM feeds_paper paper WHERE paper.id = vector.paper_id "
            f"AND vector.wanted <> {_DIGEST}"
        )


def waiting() -> "QuerySet[PaperVector]":
    return PaperVector.objects.waiting()


def embed_waiting(
    model: Embedder,
    *,
    threads: int = 1,
    seconds: float | None = None,
    told: Progress = lambda _: None,
) -> int:
    """Makes the vectors that are waited for, the newest papers' first; how many it made.

    Goes on for `seconds` at most, or to the end. Each batch is written at once. Does nothing
    while another process is at it. Raises Broken.
    """
    ends = None if seconds is None else time.monotonic() + seconds
    done = 0
    while made := _embed_batch(model, threads):
        done += made
        told(done)
        if ends is not None and time.monotonic() >= ends:
            break
    return done


@transaction.atomic
def _embed_batch(model: Embedder, threads: int) -> int:
    if not _alone():
        return 0
    rows = list(
        waiting()
        .order_by("-paper")
        .values_list("paper_id", "wanted", "paper__title", "paper__abstract")[:BATCH]
    )
    if not rows:
        return 0
    texts = [text_of(title, abstract) for _, _, title, abstract in rows]
    vectors = model.embed(texts, threads)
    with connection.cursor() as cursor:
        cursor.executemany(
            # Words that came in meanwhile are still waited for.
            "UPDATE feeds_papervector SET vector = %s::halfvec, model = %s, text = %s, "
            "wanted = CASE wanted WHEN %s THEN %s ELSE wanted END WHERE paper_id = %s",
            [
                (str(vector), model.version, digest_of(text), wanted, digest_of(text), paper)
                for (paper, wanted, *_), text, vector in zip(rows, texts, vectors, strict=True)
            ],
        )
    return len(rows)


def _alone() -> bool:
    """Whether nobody else embeds, until the transaction's end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def state() -> State:
    """Compares every vector's row with its paper's words."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE vector.paper_id IS NULL), "  # noqa: S608
            "count(*) FILTER (WHERE vector.wanted <> vector.text), "
            f"count(*) FILTER (WHERE vector.wanted <> {_DIGEST}) "
            "FROM feeds_paper paper LEFT JOIN feeds_papervector vector "
            "ON vector.paper_id = paper.id"
        )
        return State(*cursor.fetchone())
