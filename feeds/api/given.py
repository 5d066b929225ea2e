"""What a request gives: texts and numbers of its body, and the paper that its address names."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request

from feeds import reading
from feeds.records import PaperView
from feeds.tex.clean import strip_controls


class Conflict(ValidationError):
    """What can be read, but not done as things stand; the text says why and what to do."""

    status_code = 409

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__({field: [text]})


def paper(key: str, reader: int | None) -> PaperView:
    """The paper of that name. Raises NotFound."""
    found = reading.paper(key, viewer=reader)
    if found is None:
        raise NotFound(f"No paper is known as {strip_controls(key)[:100]}.")
    return found


def text(request: Request, name: str, otherwise: str | None = None, *, most: int = 1000) -> str:
    """The text of that name in the body; `otherwise` where there is none. Raises ValidationError
    where it is not given and has to be, is no text, or has more than `most` characters.
    """
    value = _body(request).get(name, otherwise)
    if not isinstance(value, str) or any("\ud800" <= sign < "\ue000" for sign in value):
        raise ValidationError({name: [f"{name} takes a text, in a JSON object."]})
    if len(value) > most:
        raise ValidationError({name: [f"{name} has at most {most:,} characters. Shorten it."]})
    return value


def asked_number(request: Request, name: str) -> str | None:
    """What the address says of a number of that name, to be read as one; None where it is not
    named. Of several the whole is told, which is no number.
    """
    values = request.query_params.getlist(name)
    return ",".join(values) if values else None


def whole_number(request: Request, name: str, most: int, least: int = 1) -> int | None:
    """The number of that name in the body, from `least`; None where there is none. Raises
    ValidationError.
    """
    value: Any = _body(request).get(name)
    if value is None and name not in _body(request):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # 1.0 is a whole number in JSON
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ValidationError({name: [f"{name} takes a whole number from {least} to {most:,}."]})
    return value


def yes_or_no(request: Request, name: str) -> bool | None:
    """Whether the body says true; None where it says nothing of it. Raises ValidationError."""
    if name not in _body(request):
        return None
    value = _body(request)[name]
    if not isinstance(value, bool):
        raise ValidationError({name: [f"{name} takes true or false."]})
    return value


def one_of(request: Request, name: str, known: Collection[str]) -> str | None:
    """The one of `known` that the body names; None where it names none. Raises ValidationError."""
    if name not in _body(request):
        return None
    value = _body(request)[name]
    if not isinstance(value, str) or value not in known:
        raise ValidationError({name: [f"{name} takes one of {', '.join(known)}."]})
    return value


def several_of(request: Request, name: str, known: Collection[str]) -> list[str] | None:
    """Those of `known` that the body names; None where it says nothing. Raises ValidationError."""
    if name not in _body(request):
        return None
    values = _body(request)[name]
    right = isinstance(values, list) and all(isinstance(one, str) for one in values)
    if not right or not values or not set(values) <= set(known):
        raise ValidationError({name: [f"{name} takes a list of {', '.join(known)}."]})
    return list(dict.fromkeys(values))


def has(request: Request, name: str) -> bool:
    """Whether the body gives something of that name."""
    return name in _body(request)


def is_null(request: Request, name: str) -> bool:
    """Whether the body says null of that name."""
    return has(request, name) and _body(request)[name] is None


@contextmanager
def conflicts(field: str, *kinds: type[Exception]) -> Iterator[None]:
    """Refusals of these kinds become the answer that says why, with 409, at the field to blame."""
    try:
        yield
    except kinds as refused:
        raise Conflict(str(refused), field) from None


def _body(request: Request) -> dict[str, Any]:
    if not isinstance(request.data, dict):
        raise ValidationError({"": ["The body takes a JSON object."]})
    return request.data
