"""The shapes of the answers, declared for OpenAPI; render.py makes the answers."""

from typing import Any

from rest_framework import serializers

from feeds.query import PERIODS
from feeds.records import GISTS_BY, TAG_KINDS
from feeds.submitted import STATES as SUBMISSION_STATES


class Shape(serializers.Serializer[Any]):
    """A declared shape; nothing is read or written through it."""


class FacetShape(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(TAG_KINDS)
    papers = serializers.IntegerField(help_text="How many of the list's first papers carry it.")


class FacetListShape(Shape):
    query = serializers.CharField(help_text="The question, as in a list of papers.")
    facets = FacetShape(many=True)


class TagShape(Shape):
    slug = serializers.CharField(help_text="What `tag=` takes.")
    name = serializers.CharField()
    kind = serializers.ChoiceField(TAG_KINDS)
    description = serializers.CharField(allow_null=True)
    url = serializers.URLField(help_text="The page of its papers.")


class TagListShape(Shape):
    tags = TagShape(many=True)


class PaperTagShape(Shape):
    slug = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(TAG_KINDS)
    tagger = serializers.CharField(help_text="Who put it there.")
    why = serializers.CharField(help_text="The reason, in words.")
    confidence = serializers.FloatField(min_value=0, max_value=1)


class CodeShape(Shape):
    url = serializers.URLField()
    stars = serializers.IntegerField(allow_null=True)


class LinksShape(Shape):
    abstract = serializers.URLField(allow_null=True)
    pdf = serializers.URLField(allow_null=True)


class ListingShape(Shape):
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="What `source=` takes."
    )
    date = serializers.DateField(help_text="The digest's day.")
    place = serializers.IntegerField(help_text="Its place in the digest; 1 is first.")
    votes = serializers.IntegerField(allow_null=True, help_text="The votes the digest reports.")


class VersionShape(Shape):
    number = serializers.IntegerField(help_text="Counts from 1; 0 where no digest says.")
    submitted_at = serializers.DateTimeField(allow_null=True)
    withdrawn = serializers.BooleanField()
    note = serializers.CharField(allow_null=True, help_text="What its authors say of it.")


class ScorePartShape(Shape):
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.FloatField()


class ScoreShape(Shape):
    value = serializers.FloatField(help_text="The sum of the parts.")
    parts = ScorePartShape(many=True)


class GistShape(Shape):
    text = serializers.CharField(help_text="What the paper contributes, in one or two sentences.")
    by = serializers.ChoiceField(
        GISTS_BY,
        help_text="Whose words: the curators', a model's that proposed them, a digest's, or the "
        "abstract's own.",
    )


class PaperShape(Shape):
    key = serializers.CharField(help_text="The arXiv id, or a key of this site.")
    url = serializers.URLField(help_text="The paper's page; it does not change.")
    title = serializers.CharField(help_text="Readable plain text.")
    title_tex = serializers.CharField(help_text="As the digest wrote it, TeX left as it was.")
    abstract = serializers.CharField(allow_null=True, help_text="TeX left as it was.")
    summary = serializers.CharField(allow_null=True, help_text="A digest's one or two sentences.")
    gist = GistShape(allow_null=True, help_text="What every page and mail shows under its title.")
    authors = serializers.ListField(child=serializers.CharField())
    organization = serializers.CharField(allow_null=True)
    arxiv_id = serializers.CharField(allow_null=True)
    doi = serializers.CharField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    listed_at = serializers.DateTimeField(help_text="When a digest first named it.")
    tags = PaperTagShape(many=True)
    votes = serializers.IntegerField(help_text="The readers' and the most that a digest reports.")
    comments = serializers.IntegerField(help_text="Those of our readers.")
    reported_comments = serializers.IntegerField(help_text="The most that a digest reports.")
    code = CodeShape(allow_null=True)
    project_url = serializers.URLField(allow_null=True)
    links = LinksShape()
    listings = ListingShape(many=True)
    versions = VersionShape(many=True)
    withdrawn = serializers.BooleanField(help_text="Whether the last version is.")
    note = serializers.CharField(
        allow_null=True, help_text="Why it stands there, where it is not for its score."
    )
    score = ScoreShape(help_text="In the list's order; of a paper alone, in that of `hot`.")
    voted = serializers.BooleanField(
        required=False, help_text="Whether you voted for it; only where you are signed in."
    )
    vote_held = serializers.BooleanField(
        required=False, help_text="Whether your vote does not count yet, as your account is new."
    )
    saved = serializers.BooleanField(required=False, help_text="Whether you saved it; likewise.")
    read = serializers.BooleanField(
        required=False, help_text="Whether you marked it as read; likewise."
    )


class ScoresShape(Shape):
    hot = ScoreShape()
    rising = ScoreShape()
    scaled = ScoreShape()
    new = ScoreShape()
    top = ScoreShape()


class ListedPaperShape(PaperShape):
    rank = serializers.IntegerField(help_text="Counts from 1 through all pages of the list.")


class FeedShape(Shape):
    slug = serializers.CharField(help_text="What `feed=` takes.")
    name = serializers.CharField()
    description = serializers.CharField(allow_null=True)
    byline = serializers.CharField(allow_null=True)
    query = serializers.CharField(help_text="The feed's own question.")
    visibility = serializers.ChoiceField(("public", "unlisted", "private"))
    constants = serializers.DictField(
        child=serializers.FloatField(),
        help_text="By which its editions are ranked; docs/ranking.md tells what each means.",
    )
    url = serializers.URLField(help_text="The page of its latest edition.")


class FeedsShape(Shape):
    feeds = FeedShape(many=True)


class PaperListShape(Shape):
    query = serializers.CharField(
        help_text="The question that this answers, its date filled in, in one canonical form."
    )
    period = serializers.ChoiceField(PERIODS)
    date = serializers.DateField(allow_null=True, help_text="The first day of the period.")
    previous_date = serializers.DateField(
        allow_null=True, help_text="The first day of the last period before that has papers."
    )
    next_date = serializers.DateField(
        allow_null=True, help_text="The first day of the next period that has papers."
    )
    feed = FeedShape(allow_null=True, help_text="The feed that the question names.")
    note = serializers.CharField(allow_null=True, help_text="Its curators' word to the readers.")
    corrections = serializers.ListField(
        child=serializers.CharField(), help_text="What was changed after the edition's end."
    )
    notice = serializers.CharField(
        allow_null=True, help_text="Where it could not be answered as it was asked: what was done."
    )
    papers = ListedPaperShape(many=True)
    next = serializers.URLField(allow_null=True, help_text="The next page; null on the last.")
    next_cursor = serializers.CharField(allow_null=True)


class SubmitShape(Shape):
    paper = serializers.CharField(
        max_length=1000, help_text="An arXiv id, a DOI, or a link to a paper."
    )
    why = serializers.CharField(
        required=False, max_length=500, help_text="Why it belongs here; the curators read it."
    )


class SubmissionShape(Shape):
    id = serializers.IntegerField()
    given = serializers.CharField(help_text="What you gave.")
    state = serializers.ChoiceField(SUBMISSION_STATES)
    said = serializers.CharField(allow_null=True, help_text="Why it failed or was declined.")
    title = serializers.CharField(allow_null=True)
    authors = serializers.ListField(child=serializers.CharField())
    abstract = serializers.CharField(allow_null=True)
    arxiv_id = serializers.CharField(allow_null=True)
    doi = serializers.CharField(allow_null=True)
    why = serializers.CharField(allow_null=True)
    submitted_at = serializers.DateTimeField()
    paper_url = serializers.URLField(allow_null=True, help_text="The paper's page, once here.")


class SubmissionListShape(Shape):
    submissions = SubmissionShape(many=True)


class VoteShape(Shape):
    votes = serializers.IntegerField()
    voted = serializers.BooleanField()
    vote_held = serializers.BooleanField(
        help_text="Whether it does not count yet: of a new account, or one of very many."
    )


class FieldErrorShape(Shape):
    field = serializers.CharField()
    message = serializers.CharField()
    position = serializers.IntegerField(
        required=False, help_text="Of a slip in a text: where it is in `given`, from 0."
    )
    expected = serializers.CharField(required=False, help_text="What would be right there.")
    given = serializers.CharField(required=False, help_text="The text as it was read.")


class ProblemShape(Shape):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong, and what to do.")
    errors = FieldErrorShape(many=True, required=False)  # type: ignore[assignment]
