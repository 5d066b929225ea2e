"""A query in, JSON out."""

from typing import ClassVar, NoReturn

from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.exceptions import NotAuthenticated, NotFound, PermissionDenied, Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from feeds import reading, voting
from feeds.answers import changed_at
from feeds.api import given, shapes
from feeds.api.base import View, answer_json, signed_in, viewer
from feeds.api.operations import PAGES, QUERY, operation
from feeds.api.render import facet_json, feed_json, page_json, tag_json
from feeds.api.selecting import FIELDS, PaperPartListShape, fields_of, part, whole_or_part
from feeds.asked import asked
from feeds.named import feed_named, feeds_listed

MOST_TAGS = 10_000


class Papers(View):
    @operation(
        "list_papers",
        whole_or_part("PaperListOrPart", shapes.PaperListShape, PaperPartListShape),
        tag="papers",
        parameters=[*QUERY, *PAGES, FIELDS],
        problems=(400, 401, 404, 410),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The papers that answer a query, best first. Follow `next` to the end."""
        question, fields = asked(request.query_params, reading.MOST), fields_of(request)
        reader = viewer(request)
        page = question.answer(reader)
        following = question.following(page)
        data = page_json(page, following, request.path, signed_in=reader is not None)
        data["papers"] = [part(paper, fields) for paper in data["papers"]]
        if fields and data["next"]:
            data["next"] += f"&fields={','.join(sorted(fields))}"
        return answer_json(request, data, changed_at(page))


class Vote(View):
    permission_classes = [IsAuthenticated]
    limits: ClassVar = {"PUT": [voting.VOTING]}

    @operation("vote", shapes.VoteShape, tag="votes", problems=(401, 403, 404, 429))
    def put(self, request: Request, key: str) -> HttpResponseBase:
        """Votes for the paper; a second time changes nothing.

        The vote of an account that is younger than a day is held until then.
        """
        reader, paper = signed_in(request), given.paper(key, None).id
        try:
            count = voting.cast(paper, _voter(request), timezone.now())
        except voting.TooOften as refused:
            raise Throttled(refused.seconds, str(refused)) from None
        except voting.Refused as refused:
            raise PermissionDenied(str(refused)) from None
        held = voting.is_held(paper, reader)
        return answer_json(request, {"votes": count, "voted": True, "vote_held": held})

    @operation("take_vote_back", shapes.VoteShape, tag="votes", problems=(401, 403, 404))
    def delete(self, request: Request, key: str) -> HttpResponseBase:
        """Takes your vote back, if there is one."""
        count = voting.unvote(given.paper(key, None).id, signed_in(request))
        return answer_json(request, {"votes": count, "voted": False, "vote_held": False})


class Tags(View):
    @operation("list_tags", shapes.TagListShape, tag="tags")
    def get(self, request: Request) -> HttpResponseBase:
        """All tags, by name."""
        return answer_json(request, {"tags": [tag_json(tag) for tag in reading.tags(MOST_TAGS)]})


class Tag(View):
    @operation("read_tag", shapes.TagShape, tag="tags", problems=(404,))
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """One tag."""
        found = reading.tag(slug)
        if found is None:
            raise NotFound(f"No tag is called {slug}; /api/v1/tags lists them all.")
        return answer_json(request, tag_json(found))


class Facets(View):
    @operation(
        "list_facets",
        shapes.FacetListShape,
        tag="tags",
        parameters=QUERY,
        problems=(400, 401, 404, 410),
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The commonest topics among the first 200 papers of a list, to narrow it by."""
        reader = viewer(request)
        question = asked(request.query_params, reading.MOST).query
        query = reading.at_latest(question, viewer=reader)
        found = [facet_json(facet) for facet in reading.facets(query, viewer=reader)]
        return answer_json(request, {"query": str(query), "facets": found})


class Feeds(View):
    @operation("list_feeds", shapes.FeedsShape, tag="feeds")
    def get(self, request: Request) -> HttpResponseBase:
        """The feeds of this site, by name: the public ones, and those that you are in."""
        found = feeds_listed(viewer(request))
        return answer_json(request, {"feeds": [feed_json(feed) for feed in found]})


class Feed(View):
    @operation("read_feed", shapes.FeedShape, tag="feeds", problems=(404,))
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """One feed; its papers are those of `/papers?feed=`."""
        return answer_json(request, feed_json(feed_named(slug, viewer(request))))


class Nothing(View):
    """Says that there is nothing here as the API says it, not as a page."""

    schema = None

    def get(self, request: Request, **_: str) -> NoReturn:
        raise NotFound(f"There is nothing at {request.path}; /api/v1/docs shows what there is.")

    put = post = patch = delete = get


def _voter(request: Request) -> voting.Voter:
    if not request.user.is_authenticated:
        raise NotAuthenticated
    return voting.Voter.of(request.user)
