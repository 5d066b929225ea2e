"""`fields=` and `expand=`: less of each paper than the API tells, or more of one."""

from collections.abc import Iterable

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.serializers import PolymorphicProxySerializerExtension
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer
from rest_framework import serializers
from rest_framework.request import Request

from feeds.api import shapes
from feeds.api.render import Json
from feeds.query import QueryError

ALWAYS = ("key", "rank")
EXPANDED = ("provenance", "similar")
_KNOWN = tuple(shapes.ListedPaperShape().fields)
_LONE = (*(name for name in _KNOWN if name != "rank"), "scores")


def _names(name: str, known: Iterable[str], says: str) -> OpenApiParameter:
    one = f"({'|'.join(known)})"
    pattern = f"^({one}(,{one})*)?$"
    schema = {"type": "string", "pattern": pattern, "maxLength": 1000}
    return OpenApiParameter(name, schema, description=says)


_SAYS = "Members of each paper that are told, separated by commas; `key` always is."
FIELDS = _names("fields", _KNOWN, _SAYS)
LONE_FIELDS = _names("fields", _LONE, _SAYS)
EXPAND = _names(
    "expand",
    EXPANDED,
    "What is told besides, separated by commas. provenance: which digest told each field; "
    "similar: the papers most like it.",
)


def fields_of(request: Request, *, alone: bool = False) -> frozenset[str]:
    """The members that were asked for; none is all. Raises QueryError."""
    return _listed(request, "fields", _LONE if alone else _KNOWN)


def expanded_of(request: Request) -> frozenset[str]:
    """What is to be told besides. Raises QueryError."""
    return _listed(request, "expand", EXPANDED)


def part(paper: Json, fields: frozenset[str]) -> Json:
    """The members of the paper that are in `fields`, or all where that is empty."""
    if not fields:
        return paper
    return {name: value for name, value in paper.items() if name in fields or name in ALWAYS}


def _listed(request: Request, name: str, known: tuple[str, ...]) -> frozenset[str]:
    text = request.query_params.get(name, "")
    names = frozenset(text.split(",")) if text else frozenset()
    if names - set(known):
        raise QueryError(name, f"{name} takes names out of {', '.join(known)}, with commas.")
    return names


class PaperPartShape(shapes.ListedPaperShape):
    """A paper of which `fields=` took some members."""

    def get_fields(self) -> dict[str, "serializers.Field[object, object, object, object]"]:
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == "key"
        return fields


class PaperPartListShape(shapes.PaperListShape):
    papers = PaperPartShape(many=True)


class AnyOf(PolymorphicProxySerializer):
    """Shapes of which the answer has one, or several where one is looser than another."""


class _AnyOf(PolymorphicProxySerializerExtension):  # type: ignore[no-untyped-call]
    target_class = "feeds.api.selecting.AnyOf"

    def map_serializer(self, auto_schema: AutoSchema, direction: str) -> Json:
        schema = super().map_serializer(auto_schema, direction)  # type: ignore[no-untyped-call]
        return {"anyOf": schema["oneOf"]}


def whole_or_part(name: str, whole: type[shapes.Shape], some: type[shapes.Shape]) -> AnyOf:
    """The shape of an answer of which `fields=` may leave members out."""
    return AnyOf(component_name=name, serializers=[whole, some], resource_type_field_name=None)
