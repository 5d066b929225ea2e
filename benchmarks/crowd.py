"""Any number of papers, loaded by COPY: `crowd(1_000_000)` takes some minutes, not a day.

Texts are made of the sentences of real abstracts (`BROADSHEET_REAL_DATA`), drawn anew for each
paper, so words and phrases are as frequent, and as much together, as they really are. As new papers
bring new words, each has a name of its own in title and abstract. Without real data the words
are made up, and drawn by Zipf's law: the n-th as often as 1/n. Topics and votes are drawn by Zipf's
law too, authors less steeply; fifty papers are listed a day, or as many as fill three years.
"""

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any

from benchmarks.frame import NotMeasured, real_data

LAST_DAY = date(2026, 4, 24)
DAYS = 1_096
TOPICS = 200
AUTHORS = 50_000  # and half as many as there are papers, where that is more
LEVEL = 1_000
BATCH = 5_000
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SYLLABLES = "ba co di fu ga he ji ko lu ma ne po qui ra so tu va wi xe yo zu tri".split()
# Written again after the load, in a tenth of the time.
_INDEXES = ("paper_by_words", "paper_by_names", "paper_by_author")


@dataclass(frozen=True, slots=True)
class Text:
    title: str
    abstract: str
    authors: tuple[str, ...]


def texts(count: int, seed: int = 1) -> Iterator[Text]:
    """So many papers' texts, the same in every run."""
    chance = random.Random(seed)
    titles, sentences = _corpus(chance)
    names = _names_of(AUTHORS, chance)
    names += _names_of(count // 2 - AUTHORS, random.Random(seed + 1))
    for number in range(count):
        own = f"{_word(chance)}{_word(chance)}{number % 97}"
        told = chance.choices(sentences, k=chance.randint(5, 9))
        yield Text(
            title=f"{own.capitalize()}: {chance.choice(titles)}",
            abstract=f"{' '.join(told)} We call it {own}.",
            authors=tuple(names[_author(chance, len(names))] for _ in range(chance.randint(1, 7))),
        )


def crowd(count: int) -> None:
    """Puts so many papers into the empty tables. Django has to be set up."""
    from django.db import connection  # noqa: PLC0415 (needs the settings)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname = ANY(%s)", [list(_INDEXES)]
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        cursor.execute("ALTER TABLE feeds_paper DISABLE TRIGGER USER")
        _load(count)
        cursor.execute("ALTER TABLE feeds_paper ENABLE TRIGGER USER")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for _, made in indexes:
            cursor.execute(made)
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("ANALYZE")


def vectors() -> None:
    """Gives every paper a vector of no meaning, of the length and the model that real ones have."""
    from django.db import connection  # noqa: PLC0415 (needs the settings)

    from feeds.embedders.base import DIMENSIONS, embedder  # noqa: PLC0415

    model = embedder()
    if model is None:
        raise NotMeasured("EMBEDDER is off")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO feeds_papervector (paper_id, vector, model, wanted, text) "
            "SELECT id, l2_normalize(made.vector), %s, md5(id::text)::uuid, md5(id::text)::uuid "
            "FROM feeds_paper, LATERAL ("
            "SELECT array_agg(random() - 0.5 + 0 * id * place)::halfvec AS vector "
            "FROM generate_series(1, %s) AS place) AS made",
            [model.version, DIMENSIONS],
        )
        cursor.execute("ANALYZE feeds_papervector")


def _load(count: int) -> None:
    from feeds.copying import copy_rows, next_ids  # noqa: PLC0415 (needs the settings)
    from feeds.models import Identifier, Listing, Paper, PaperStats, PaperTag  # noqa: PLC0415

    papers, chance = _Papers(count), random.Random(2)
    told = texts(count)
    for start in range(0, count, BATCH):
        some = list(itertools.islice(told, BATCH))
        ids = next_ids(Paper, len(some))
        rows = [
            papers.rows(chance, number, paper, text)
            for number, paper, text in zip(itertools.count(start), ids, some)
        ]
        copy_rows(Paper, papers.columns, (row.paper for row in rows))
        copy_rows(PaperStats, papers.numbers, (row.stats for row in rows))
        copy_rows(PaperTag, ["paper_id", "tag_id", "tagger", "why", "confidence"],
                  (tag for row in rows for tag in row.tags))  # fmt: skip
        copy_rows(Listing,
                  ["paper_id", "source_id", "digest_id", "date", "position", "votes", "comments"],
                  (row.listing for row in rows))  # fmt: skip
        copy_rows(Identifier, ["paper_id", "scheme", "value"], (row.name for row in rows))


@dataclass(frozen=True, slots=True)
class _Rows:
    paper: list[Any]
    stats: list[Any]
    tags: list[tuple[Any, ...]]
    listing: tuple[Any, ...]
    name: tuple[Any, ...]


class _Papers:
    """Rows of papers, with the source and the digests that name them."""

    def __init__(self, count: int) -> None:
        from feeds.models import Paper, PaperStats, Source, Tag  # noqa: PLC0415

        self.source = Source.objects.create(slug="crowd", name="Crowd")
        made = [Tag(slug=f"topic-{one}", name=f"Topic {one}") for one in range(TOPICS)]
        self.tags = [tag.pk for tag in Tag.objects.bulk_create(made)]
        self.a_day = max(50, -(-count // DAYS))
        self.digests: dict[date, int] = {}
        self.columns = _names(Paper)
        self.numbers = _names(PaperStats)
        self.first = LAST_DAY - timedelta(days=(count - 1) // self.a_day)

    def rows(self, chance: random.Random, number: int, paper: int, text: Text) -> _Rows:
        from feeds.models import Paper, PaperStats  # noqa: PLC0415
        from feeds.scoring import rescore  # noqa: PLC0415

        later, position = divmod(number, self.a_day)
        day = self.first + timedelta(days=later)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        key = f"{20 + number // 1_200_000:02}{1 + number // 100_000 % 12:02}.{number % 100_000:05}"
        row = Paper(
            id=paper, key=key, arxiv_id=key, title=text.title, abstract=text.abstract,
            title_text=text.title, title_html=escape(text.title),
            abstract_html=f"<p>{escape(text.abstract)}</p>", excerpt=text.abstract[:200],
            authors=list(text.authors), author_keys=[name.lower() for name in text.authors],
            published_at=at, created_at=at, changed_at=at,
            code_url="https://example.org/code" if chance.random() < 0.3 else "",
        )  # fmt: skip
        stats = PaperStats(
            paper_id=paper, listed_at=at, place=position,
            reported_votes=min(10_000, int(chance.paretovariate(1.1)) - 1),
        )  # fmt: skip
        rescore(stats, at)
        carried = {self.tags[_zipf(chance, TOPICS)] for _ in range(3)}
        return _Rows(
            [getattr(row, name) for name in self.columns],
            [getattr(stats, name) for name in self.numbers],
            [(paper, tag, "crowd", "", 1.0) for tag in carried],
            (paper, self.source.pk, self._digest(day), day, position, stats.reported_votes, 0),
            (paper, "arxiv", key),
        )

    def _digest(self, day: date) -> int:
        from feeds.keeping import keep  # noqa: PLC0415
        from feeds.models import Digest  # noqa: PLC0415

        if day not in self.digests:
            document = keep(str(day).encode())
            digest = Digest.objects.create(source=self.source, date=day, document=document)
            self.digests[day] = digest.pk
        return self.digests[day]


def _names(model: Any) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]  # noqa: SLF001


def _corpus(chance: random.Random) -> tuple[list[str], list[str]]:
    """Titles and sentences to draw from."""
    try:
        source = real_data() / "arxiv_20k.jsonl.gz"
    except NotMeasured:
        return _made_up(chance)
    titles, sentences = [], []
    with gzip.open(source, "rt") as file:
        for line in file:
            paper = json.loads(line)
            titles.append(paper["title"])
            sentences += _SENTENCE.split(" ".join(paper["abstract"].split()))
    return titles, sentences


def _made_up(chance: random.Random) -> tuple[list[str], list[str]]:
    words = [_word(chance) for _ in range(50_000)]
    titles = [" ".join(words[_zipf(chance, 50_000)] for _ in range(9)) for _ in range(20_000)]
    long = [" ".join(words[_zipf(chance, 50_000)] for _ in range(22)) for _ in range(100_000)]
    return [one.capitalize() for one in titles], [f"{one.capitalize()}." for one in long]


def _zipf(chance: random.Random, count: int) -> int:
    """A number below `count`; 0 is the most frequent, n about as frequent as 1/(n+1)."""
    return min(count - 1, int((count + 1) ** chance.random()) - 1)


def _author(chance: random.Random, count: int) -> int:
    """The same but for the first thousand, who are about as frequent as each other: among a million
    papers the most prolific name stands on some 600, as it does in archives.
    """
    return min(count - 1, int(LEVEL * ((count / LEVEL + 1) ** chance.random() - 1)))


def _names_of(count: int, chance: random.Random) -> list[str]:
    return [f"{_word(chance)} {_word(chance)}".title() for _ in range(count)]


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=3))
