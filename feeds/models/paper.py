from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any, Self

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

# What is searched, in the very terms of the index over it.
WORDS = SearchVector("title", "abstract", config="english")
# The words of the authors' names; no two names of a paper stand side by side in it.
NAMES = Func(F("author_keys"), function="feeds_names", output_field=SearchVectorField())

# A row that was never scored since its columns came is due at once.
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class HasSome(Subquery):
    """Whether the query, which names the outer row, gives a row: tried for each row as it comes.

    An Exists says the same, but is turned into a join where that looks cheaper for all rows; for
    the first fifty in an order it is dearer by far. The comparison is one that the database
    takes to hold for nearly all rows.
    """

    template = "(COALESCE((%(subquery)s), 0) <> 0)"
    output_field = models.BooleanField()

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        super().__init__(rows.values(one=Value(1))[:1])


class HasNone(HasSome):
    """Whether the query gives no row, tried for each row as it comes."""

    template = "(COALESCE((%(subquery)s), 0) <> 1)"


class PaperQuerySet(models.QuerySet["Paper"]):
    """Each of the questions that a FeedQuery asks, named once."""

    def visible(self) -> Self:
        """Those that readers may see."""
        return self.filter(dropped_at__isnull=True)

    def not_hidden_by(self, viewer: int | None, *, asked: Collection[str] = ()) -> Self:
        """Without those that the viewer wants to see in no list, for themselves or for a tag.

        A hidden tag that is `asked` for, by its slug, hides nothing.
        """
        if viewer is None:
            return self
        marks = apps.get_model("feeds", "Mark").objects.filter(paper=OuterRef("pk"), user=viewer)
        found = self.filter(~Exists(marks.filter(hidden_at__isnull=False)))
        hidden = _tags_hidden_by(viewer, asked)
        carried = apps.get_model("feeds", "PaperTag").objects.filter(
            tag__in=hidden.values("now"), paper=OuterRef("pk")
        )
        # Whether there are any is asked once, not for each paper.
        return found.filter(Q(~Exists(hidden)) | Q(HasNone(carried)))

    def tagged(self, slug: str) -> Self:
        return self.filter(Exists(tags_of_paper(slug)))

    def not_tagged(self, slug: str) -> Self:
        return self.filter(~Exists(tags_of_paper(slug)))

    def by_author(self, key: str) -> Self:
        """`key` is an author's name as `author_key` writes it."""
        return self.filter(author_keys__contains=[key])

    def with_code(self) -> Self:
        return self.exclude(code_url="")

    def listed(self, first: date | None, last: date | None, sources: Iterable[str] = ()) -> Self:
        """Those that a digest named from `first` to `last`, both included; None is open."""
        return self.filter(Exists(_listings_of_paper(first, last, tuple(sources))))

    def ranked(self, order: str) -> Self:
        """Best first by the stored score `order`; equal scores in the order of arrival."""
        # Every paper has stats. Saying so makes the join an inner one, which the score's index
        # can lead; otherwise all papers are sorted for the first fifty.
        return self.filter(stats__isnull=False).order_by(f"-stats__{order}", "id")

    def after(self, order: str, score: float, paper_id: int) -> Self:
        """Those that follow the given place in the ranked order (a keyset page)."""
        column = f"stats__{order}"
        return self.filter(
            Q(**{f"{column}__lte": score}) & (Q(**{f"{column}__lt": score}) | Q(id__gt=paper_id))
        )


class Paper(models.Model):
    """One work, however many digests name it.

    `title_html`, `title_text`, `abstract_html` and `excerpt` are prepared from `title` and
    `abstract` when those are written, so that no reader waits for it. `told` says of each field
    which digest told it: {"title": [digest's id, how sure the record was of the work]} (see
    feeds/merging.py). `gist` is what curators wrote or a model proposed, as `gist_by` says; no
    digest changes it (see feeds/gist_words.py).
    """

    key = models.CharField(max_length=40, unique=True)
    arxiv_id = models.CharField(max_length=20, blank=True)
    doi = models.CharField(max_length=255, blank=True)
    title = models.TextField()
    abstract = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    authors = ArrayField(models.TextField(), default=list, blank=True)
    author_keys = ArrayField(models.TextField(), default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    code_url = models.URLField(max_length=500, blank=True)
    code_stars = models.PositiveIntegerField(null=True, blank=True)
    project_url = models.URLField(max_length=500, blank=True)
    thumbnail_url = models.URLField(max_length=500, blank=True)
    organization = models.CharField(max_length=200, blank=True)
    title_text = models.TextField()
    title_html = models.TextField()
    abstract_html = models.TextField(blank=True)
    excerpt = models.TextField(blank=True)
    gist = models.CharField(max_length=300, blank=True, default="", db_default="")
    gist_by = models.CharField(max_length=10, blank=True, default="", db_default="")
    told = models.JSONField(default=dict, blank=True, db_default=Value({}, models.JSONField()))
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["author_keys"], name="paper_by_author"),
            GinIndex(WORDS, name="paper_by_words"),
            GinIndex(NAMES, name="paper_by_names"),
            models.Index(fields=["code_url"], condition=~Q(code_url=""), name="paper_by_code"),
        ]

    def __str__(self) -> str:
        return self.title_text

    def get_absolute_url(self) -> str:
        return f"/papers/{self.key}"


class Identifier(models.Model):
    """A name under which a paper is known; no two papers share one.

    `scheme` is "arxiv", "doi", "title" (a digest of the normalised title) or "key" (a former
    key of the paper).
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=10)
    value = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_of_one_paper")
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class PaperVersion(models.Model):
    """One version of a paper as digests tell of it; none is overwritten by a later one.

    `number` counts from 1; 0 is one that no digest numbered. `note` is what the
    authors or the source say of it.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paper", "number"], name="version_once_per_paper")
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class PaperStats(models.Model):
    """What changes often about a paper, in a row of its own: narrow, so cheap to rewrite.

    `votes` and `own_comments` are our readers', `reported_votes` and `comments` the most that a
    digest reports. `new`, `top` and `hot` are the rankers' scores of these signals.

    So are `scaled` and `rising`; that one falls with time, so it is what it was at `rising_at`, and
    is written again at `rising_due`. `first_votes` are those that the earliest digest reported,
    `usual_votes` those that the paper's tags got a day when it was listed, `followers` how many
    readers followed one of its tags or authors then; None where nobody counted them yet.
    """

    paper = models.OneToOneField(
        Paper, on_delete=models.CASCADE, primary_key=True, related_name="stats"
    )
    votes = models.PositiveIntegerField(default=0)
    reported_votes = models.PositiveIntegerField(default=0)
    comments = models.PositiveIntegerField(default=0)
    own_comments = models.PositiveIntegerField(default=0, db_default=0)
    listed_at = models.DateTimeField()
    place = models.PositiveIntegerField(default=0)
    new = models.FloatField(default=0)
    top = models.FloatField(default=0)
    hot = models.FloatField(default=0)
    first_votes = models.PositiveIntegerField(default=0, db_default=0)
    usual_votes = models.FloatField(null=True, blank=True)
    followers = models.IntegerField(null=True, blank=True)
    scaled = models.FloatField(default=0, db_default=0.0)
    rising = models.FloatField(default=0, db_default=0.0)
    rising_at = models.DateTimeField(default=LONG_AGO, db_default=LONG_AGO)
    rising_due = models.DateTimeField(default=LONG_AGO, db_default=LONG_AGO)

    class Meta:
        indexes = [
            models.Index(F("new").desc(), "paper_id", name="stats_by_new"),
            models.Index(F("top").desc(), "paper_id", name="stats_by_top"),
            models.Index(F("hot").desc(), "paper_id", name="stats_by_hot"),
            models.Index(F("scaled").desc(), "paper_id", name="stats_by_scaled"),
            models.Index(F("rising").desc(), "paper_id", name="stats_by_rising"),
            models.Index(fields=["rising_due"], name="stats_due"),
        ]

    def __str__(self) -> str:
        return f"{self.votes + self.reported_votes} votes"


def tags_of_paper(slug: str) -> models.QuerySet[models.Model]:
    """Of the tag of that name, or of the one that it was merged into.

    Which that is is looked up at once: how common a tag is decides how its papers are best found,
    and the database knows that of a tag only, not of whatever bears a name.
    """
    named = apps.get_model("feeds", "Tag").objects.filter(slug=slug)
    tag = named.values_list(Coalesce("merged_into_id", "id"), flat=True).first()
    return apps.get_model("feeds", "PaperTag").objects.filter(tag=tag or 0, paper=OuterRef("pk"))


def _tags_hidden_by(viewer: int, asked: Collection[str]) -> models.QuerySet[Any]:
    """The tags that the viewer hid, each as it is called `now`, in the query itself: it is asked
    many times a page.
    """
    hidden = apps.get_model("feeds", "HiddenTag").objects.filter(user=viewer)
    hidden = hidden.annotate(now=Coalesce("tag__merged_into_id", "tag_id"))
    if asked:
        named = apps.get_model("feeds", "Tag").objects.named(asked)
        hidden = hidden.exclude(now__in=named.values("pk"))
    return hidden


def _listings_of_paper(
    first: date | None, last: date | None, sources: tuple[str, ...]
) -> models.QuerySet[models.Model]:
    listings = apps.get_model("feeds", "Listing").objects.filter(paper=OuterRef("pk"))
    if first:
        listings = listings.filter(date__gte=first)
    if last:
        listings = listings.filter(date__lte=last)
    return listings.filter(source__slug__in=sources) if sources else listings
