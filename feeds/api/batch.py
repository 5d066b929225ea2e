"""Up to a hundred papers at once, by their names."""

from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request

from feeds import reading
from feeds.api.base import View, answer_json, viewer
from feeds.api.operations import operation
from feeds.api.render import paper_json
from feeds.api.selecting import FIELDS, PaperPartShape, fields_of, part, whole_or_part
from feeds.api.shapes import PaperShape, Shape
from feeds.query import QueryError

LONGEST = 300  # characters of a name
_IDS = OpenApiParameter(
    "ids",
    {
        "type": "string",
        "pattern": rf"^[^,\x00-\x1F]{{1,{LONGEST}}}(,[^,\x00-\x1F]{{1,{LONGEST}}}){{0,99}}$",
    },
    required=True,
    description="Keys, arXiv ids or DOIs, separated by commas: 100 at most.",
)


class BatchShape(Shape):
    papers = PaperShape(many=True, help_text="In the order of `ids`, each once.")
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="The `ids` by which no paper is known."
    )


class BatchPartShape(BatchShape):
    papers = PaperPartShape(many=True)


class Batch(View):
    @operation(
        "read_papers",
        whole_or_part("BatchOrPart", BatchShape, BatchPartShape),
        tag="papers",
        parameters=[_IDS, FIELDS],
        problems=(400,),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Up to 100 papers by their names, and which of the names are unknown."""
        reader, names, fields = viewer(request), _ids(request), fields_of(request)
        found = reading.papers_called(names, viewer=reader)
        told = {
            paper.id: part(paper_json(paper, signed_in=reader is not None), fields)
            for paper in found.values()
        }
        missing = [name for name in names if name not in found]
        return answer_json(request, {"papers": list(told.values()), "missing": missing})


def _ids(request: Request) -> list[str]:
    names = list(dict.fromkeys(request.query_params.get("ids", "").split(",")))
    if len(names) > reading.MOST:
        raise QueryError("ids", f"ids names {len(names)} papers; {reading.MOST} are the most.")
    if not all(1 <= len(name) <= LONGEST and min(name) >= " " for name in names):
        raise QueryError("ids", "ids takes keys, arXiv ids or DOIs, with commas between them.")
    return names
