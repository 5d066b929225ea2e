"""Collections as JSON: one's own, and what is in those that one may read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.permissions import IsAuthenticated, IsAuthenticatedOrReadOnly
from rest_framework.request import Request

from feeds import collected, collecting
from feeds.api import collection_shapes as shapes
from feeds.api import given
from feeds.api.base import View, answer_json, signed_in, viewer
from feeds.api.given import Conflict
from feeds.api.once import once
from feeds.api.operations import operation
from feeds.api.render import Json, paper_json
from feeds.asked import site_address
from feeds.collected import MOST_ENTRIES, CollectionView, collection_named
from feeds.collecting import Words
from feeds.query import QueryError

_FROM = OpenApiParameter(
    "from",
    {"type": "integer", "minimum": 0, "maximum": MOST_ENTRIES, "default": 0},
    description="The `next_from` of the page before.",
)


class Collections(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "list_collections", shapes.CollectionListShape, tag="collections", problems=(401, 403)
    )
    def get(self, request: Request) -> HttpResponseBase:
        """Your own, by name; that of what you saved first."""
        found = collected.collections_of(signed_in(request))
        return answer_json(request, {"collections": [collection_json(one) for one in found]})

    @operation(
        "make_collection",
        shapes.CollectionShape,
        tag="collections",
        body=shapes.CollectionWordsShape,
        problems=(400, 401, 403, 409, 415, 422),
    )
    @once
    def post(self, request: Request) -> HttpResponseBase:
        """A new one; only you may read it unless you say otherwise."""
        reader = signed_in(request)
        words = _words(request, Words(name="", visibility="private"))
        with _refused():
            slug = collecting.make(words, reader)
        return _collection(request, slug)


class Collection(View):
    permission_classes = [IsAuthenticatedOrReadOnly]

    @operation("read_collection", shapes.CollectionShape, tag="collections", problems=(404,))
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """One, if you may read it; `/papers?in=` asks for its papers as in any list."""
        return _collection(request, slug)

    @operation(
        "change_collection",
        shapes.CollectionShape,
        tag="collections",
        body=shapes.CollectionChangeShape,
        problems=(400, 401, 403, 404, 409, 415),
    )
    def patch(self, request: Request, slug: str) -> HttpResponseBase:
        """Changes what it is called, says or is open to, where it is yours."""
        reader, row = signed_in(request), _mine(request, slug)
        words = _words(request, Words(row.name, row.description, row.visibility))
        with _refused():
            collecting.change(slug, words, reader)
        return _collection(request, slug)

    @operation(
        "delete_collection", shapes.DeletedShape, tag="collections", problems=(401, 403, 404)
    )
    def delete(self, request: Request, slug: str) -> HttpResponseBase:
        """Deletes one of yours. Its papers stay."""
        _mine(request, slug)
        with _refused():
            collecting.delete(slug, signed_in(request))
        return answer_json(request, {"deleted": slug})


class Entries(View):
    @operation(
        "list_collected",
        shapes.EntryListShape,
        tag="collections",
        parameters=[_FROM],
        problems=(400, 404),
    )
    def get(self, request: Request, slug: str) -> HttpResponseBase:
        """What is in it, in its owner's order and with their notes: 50 papers a page."""
        reader, start = viewer(request), _start(request)
        found, following = collected.entries(collection_named(slug, reader), reader, start)
        rows = [
            {
                "place": one.place,
                "note": one.note or None,
                "paper": paper_json(one.paper, signed_in=reader is not None),
            }
            for one in found
        ]
        return answer_json(request, {"entries": rows, "next_from": following})


class Entry(View):
    permission_classes = [IsAuthenticated]

    @operation(
        "put_into_collection",
        shapes.CollectionShape,
        tag="collections",
        body=shapes.EntryChangeShape,
        problems=(400, 401, 403, 404, 409, 415),
    )
    def put(self, request: Request, slug: str, key: str) -> HttpResponseBase:
        """Puts the paper into one of your collections, last; `place` moves it, `note` goes with
        it, and what is not given stays as it is.
        """
        reader, note = signed_in(request), None
        if given.has(request, "note"):
            note = given.text(request, "note", most=collecting.LONGEST_NOTE)
        place = given.whole_number(request, "place", MOST_ENTRIES)
        _mine(request, slug)
        paper = given.paper(key, reader).id
        with _refused():
            collecting.add(slug, paper, reader)
            if note is not None:
                collecting.write_note(slug, paper, note, reader)
            if place is not None:
                collecting.put_at(slug, paper, place, reader)
        return _collection(request, slug)

    @operation(
        "take_out_of_collection",
        shapes.CollectionShape,
        tag="collections",
        problems=(401, 403, 404),
    )
    def delete(self, request: Request, slug: str, key: str) -> HttpResponseBase:
        """Takes the paper out of one of your collections, if it is in it."""
        reader = signed_in(request)
        _mine(request, slug)
        with _refused():
            collecting.remove(slug, given.paper(key, reader).id, reader)
        return _collection(request, slug)


def collection_json(one: CollectionView) -> Json:
    return {
        "slug": one.slug,
        "name": one.name,
        "description": one.description or None,
        "visibility": one.visibility,
        "by": one.by,
        "mine": one.mine,
        "main": one.main,
        "url": site_address(one.path),
    }


def _collection(request: Request, slug: str) -> HttpResponseBase:
    return answer_json(request, collection_json(collection_named(slug, viewer(request))))


def _mine(request: Request, slug: str) -> CollectionView:
    """The collection, which has to be the asker's own. Raises NotFound."""
    found = collection_named(slug, viewer(request))
    if not found.mine:
        raise NotFound("There is no such collection of yours.")
    return found


def _words(request: Request, otherwise: Words) -> Words:
    """What the body says, and what it does not say as it was; without a name that has to be."""
    return Words(
        given.text(request, "name", otherwise.name or None, most=100),
        given.text(
            request, "description", otherwise.description, most=collecting.LONGEST_DESCRIPTION
        ),
        given.text(request, "visibility", otherwise.visibility),
    )


@contextmanager
def _refused() -> Iterator[None]:
    """Refusals become the answers that say why."""
    try:
        yield
    except collecting.NotTheirs as unknown:
        raise NotFound(str(unknown)) from None
    except collecting.WrongWords as wrong:
        raise ValidationError({wrong.field: [str(wrong)]}) from None
    except collecting.CannotCollect as refused:
        raise Conflict(str(refused)) from None


def _start(request: Request) -> int:
    text = given.asked_number(request, "from")
    if text is None:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and int(text) <= MOST_ENTRIES):
        raise QueryError("from", "from takes the `next_from` of the page before.")
    return int(text)
