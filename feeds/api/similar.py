"""What is like a paper, as JSON."""

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request

from feeds import reading
from feeds.api import given
from feeds.api.base import View, answer_json, viewer
from feeds.api.operations import LIMIT, operation
from feeds.api.render import Json, paper_json
from feeds.api.shapes import ListedPaperShape, Shape
from feeds.asked import limit_of
from feeds.similar import Near

MEANING, WORDS = "words and meaning", "words"


class LikenessShape(Shape):
    score = serializers.FloatField(help_text="Half of it by words, half by meaning; 1 at most.")
    wording = serializers.FloatField(help_text="How alike the words are, 0 to 1.")
    meaning = serializers.FloatField(
        allow_null=True, help_text="How near the vectors are, 0 to 1; null where there is none."
    )
    words = serializers.ListField(
        child=serializers.CharField(), help_text="What both speak of and few others do."
    )


class LikePaperShape(ListedPaperShape):
    likeness = LikenessShape()


class SimilarShape(Shape):
    paper = serializers.CharField(help_text="Its key.")
    by = serializers.ChoiceField((MEANING, WORDS), help_text="What decided.")
    papers = LikePaperShape(many=True)


class Similar(View):
    @operation("list_similar", SimilarShape, tag="papers", parameters=[LIMIT], problems=(400, 404))
    def get(self, request: Request, key: str) -> HttpResponseBase:
        """The papers most like this one, each with the reason; `similar=` asks for the same in
        any list.
        """
        reader, limit = viewer(request), limit_of(request.query_params, reading.MOST)
        paper = given.paper(key, reader)
        found = reading.similar(paper, viewer=reader, limit=limit)
        papers = similar_json(found, signed_in=reader is not None)
        by = MEANING if found.by_meaning else WORDS
        return answer_json(request, {"paper": paper.key, "by": by, "papers": papers})


def similar_json(found: reading.Similar, *, signed_in: bool) -> list[Json]:
    """The papers that are like one, each with how near it is."""
    return [
        {"rank": one.rank, **paper_json(one, signed_in=signed_in)}
        | {"likeness": _likeness(found.near.get(one.id))}
        for one in found.papers
    ]


def _likeness(near: Near | None) -> Json:
    """Zeros where another process found other neighbours in between."""
    near = near or Near(0, 0.0, 0.0, None, ())
    return {
        "score": near.score,
        "wording": near.wording,
        "meaning": near.meaning,
        "words": near.words,
    }
