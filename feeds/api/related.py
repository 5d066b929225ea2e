"""What shares something with a paper, as JSON."""

from django.http.response import HttpResponseBase
from rest_framework import serializers
from rest_framework.request import Request

from feeds.api import given
from feeds.api.base import View, answer_json, viewer
from feeds.api.operations import operation
from feeds.api.render import Json, paper_json, tag_json
from feeds.api.shapes import PaperShape, Shape, TagShape
from feeds.records import PaperView
from feeds.related import related


class DatasetShape(Shape):
    tag = TagShape()
    papers = PaperShape(many=True)


class RelatedShape(Shape):
    paper = serializers.CharField(help_text="Its key.")
    authors = serializers.ListField(
        child=serializers.CharField(), help_text="Those whom most of `by_authors` share."
    )
    by_authors = PaperShape(many=True, help_text="By the same authors, most shared first.")
    code = PaperShape(many=True, help_text="With the same repository.")
    datasets = DatasetShape(many=True, help_text="On the same data sets.")


class Related(View):
    @operation("list_related", RelatedShape, tag="papers", problems=(404,))
    def get(self, request: Request, key: str) -> HttpResponseBase:
        """Papers that share authors, code or data sets with this one, at most five of each."""
        reader = viewer(request)
        paper = given.paper(key, reader)
        found = related(paper, reader)

        def told(papers: tuple[PaperView, ...]) -> list[Json]:
            return [paper_json(one, signed_in=reader is not None) for one in papers]

        data = {
            "paper": paper.key,
            "authors": found.authors,
            "by_authors": told(found.by_authors),
            "code": told(found.code),
            "datasets": [
                {"tag": tag_json(tag), "papers": told(papers)} for tag, papers in found.datasets
            ],
        }
        return answer_json(request, data)
