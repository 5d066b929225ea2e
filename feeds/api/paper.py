"""One paper, and as much of it as is asked for."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request

from feeds import reading
from feeds.api import given
from feeds.api.base import View, answer_json, viewer
from feeds.api.operations import operation
from feeds.api.render import Json, paper_alone_json
from feeds.api.selecting import (
    EXPAND,
    LONE_FIELDS,
    PaperPartShape,
    expanded_of,
    fields_of,
    part,
    whole_or_part,
)
from feeds.api.shapes import PaperShape, ScoresShape, Shape
from feeds.api.similar import LikePaperShape, similar_json
from feeds.provenance import provenance
from feeds.records import PaperView

MOST_SIMILAR = 10


class ToldShape(Shape):
    field = serializers.CharField(help_text="A member of the paper.")
    source = serializers.CharField(help_text="What `source=` takes.")  # type: ignore[assignment]
    date = serializers.DateField(help_text="The digest's day.")
    came_at = serializers.DateTimeField(help_text="When its document came in.")
    format = serializers.CharField(help_text="As what it was read.")
    by_id = serializers.BooleanField(help_text="Whether it named the paper by an arXiv id or DOI.")


class PaperAloneShape(PaperShape):
    scores = ScoresShape(help_text="In each order, with the parts that sum to it.")
    provenance = ToldShape(
        many=True, required=False, help_text="`expand=provenance`: which digest told each field."
    )
    similar = LikePaperShape(
        many=True, required=False, help_text="`expand=similar`: the 10 papers most like it."
    )


class PaperAlonePartShape(PaperPartShape):
    scores = ScoresShape()
    provenance = ToldShape(many=True)
    similar = LikePaperShape(many=True)


class Paper(View):
    @operation(
        "read_paper",
        whole_or_part("PaperAloneOrPart", PaperAloneShape, PaperAlonePartShape),
        tag="papers",
        parameters=[LONE_FIELDS, EXPAND],
        problems=(400, 404),
    )
    def get(self, request: Request, key: str) -> HttpResponseBase:
        """One paper, by its key, a former key or its arXiv id."""
        reader = viewer(request)
        fields, expanded = fields_of(request, alone=True), expanded_of(request)
        found = given.paper(key, reader)
        data = paper_alone_json(found, signed_in=reader is not None)
        data = part(data, fields) | {name: _EXPANDED[name](found, reader) for name in expanded}
        return answer_json(request, data, found.changed_at)


def _provenance(paper: PaperView, _reader: int | None) -> list[Json]:
    return [
        {
            "field": word.name,
            "source": word.source_slug,
            "date": word.date,
            "came_at": word.came_at,
            "format": word.format,
            "by_id": word.by_id,
        }
        for word in provenance(paper.id)
    ]


def _similar(paper: PaperView, reader: int | None) -> list[Json]:
    found = reading.similar(paper, viewer=reader, limit=MOST_SIMILAR)
    return similar_json(found, signed_in=reader is not None)


_EXPANDED: dict[str, Callable[[PaperView, int | None], list[Json]]] = {
    "provenance": _provenance,
    "similar": _similar,
}
