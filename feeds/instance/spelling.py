"""How the values of a column are written in JSON, and read again."""

import base64
import binascii
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models

from feeds.instance.kinds import AnyField


class Unfit(ValueError):
    """A value that its column does not hold; the text says what is wrong with it."""


@dataclass(frozen=True)
class Spelling:
    """What a column's values are in words, how one is given, and how it is taken.

    `take` raises Unfit. What it gives is for `feeds.copying`.
    """

    words: str
    give: Callable[[Any], Any]
    take: Callable[[Any], Any]


def spelling(field: AnyField) -> Spelling:
    """Raises TypeError for a field that nobody has said yet how to write."""
    if isinstance(field, models.ForeignKey):
        return _of_link(field)
    if isinstance(field, ArrayField | models.JSONField) and field.null:
        raise TypeError(f"{field}: its null could not be told from what it may hold.")
    if isinstance(field, ArrayField):
        return _of_array(spelling(field.base_field))
    for types, found in _SPELLINGS:
        if isinstance(field, types):
            return _bounded(found, field.max_length) if found is _TEXT else found
    raise TypeError(f"{field}: an export does not know how to write it.")


def _of_link(field: "models.ForeignKey[Any, Any]") -> Spelling:
    if field.related_model is ContentType:
        return _named("model's name", _models())
    if field.related_model is Permission:
        return _named("right's name", _permissions())
    plain = spelling(field.target_field)
    return Spelling(
        f"{plain.words}, of {field.target_field.model.__name__}", plain.give, plain.take
    )


def _of_array(inner: Spelling) -> Spelling:
    def give(values: list[Any]) -> list[Any]:
        return [inner.give(value) for value in values]

    def take(values: Any) -> list[str]:
        if not isinstance(values, list):
            raise Unfit("is no list")
        return [str(inner.take(value)) for value in values]

    return Spelling(f"list: {inner.words}", give, take)


def _bounded(text: Spelling, longest: int | None) -> Spelling:
    def take(value: Any) -> str:
        taken: str = text.take(value)
        if longest is not None and len(taken) > longest:
            raise Unfit(f"has {len(taken)} letters, {longest} at most")
        return taken

    return Spelling(text.words, text.give, take)


def _same(value: Any) -> Any:
    return value


def _kept(kind: type, words: str) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        if type(value) is not kind:
            raise Unfit(f"is no {words}")
        return value

    return take


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise Unfit("is no text")
    if "\0" in value:
        raise Unfit("holds a zero byte")
    return value


def _float(value: Any) -> float:
    if type(value) not in (int, float):
        raise Unfit("is no number")
    return float(value)


def _parsed(parse: Callable[[str], Any], words: str) -> Callable[[Any], Any]:
    def take(value: Any) -> Any:
        try:
            return parse(_text(value))
        except ValueError:
            raise Unfit(f"is no {words}") from None

    return take


def _time_given(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _base64(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as wrong:
        raise ValueError(text) from wrong


def _base64_given(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _named(words: str, names: dict[int, str]) -> Spelling:
    """Rows that `migrate` makes go by their names: their numbers are another instance's own."""
    numbers = {name: number for number, name in names.items()}

    def take(value: Any) -> int:
        if _text(value) not in numbers:
            raise Unfit(f"is no {words} here")
        return numbers[value]

    return Spelling(words, names.__getitem__, take)


# All are asked for at once: while rows are copied, the database answers nothing else.
def _models() -> dict[int, str]:
    return {row.pk: f"{row.app_label}.{row.model}" for row in ContentType.objects.all()}


def _permissions() -> dict[int, str]:
    models = _models()
    rows = Permission.objects.values_list("pk", "content_type_id", "codename")
    return {number: f"{models[of]}.{codename}" for number, of, codename in rows}


_TEXT = Spelling("text", _same, _text)
_SPELLINGS: list[tuple[type | tuple[type, ...], Spelling]] = [
    (models.BooleanField, Spelling("true or false", _same, _kept(bool, "true or false"))),
    (models.IntegerField, Spelling("integer", _same, _kept(int, "integer"))),
    (models.FloatField, Spelling("number", _same, _float)),
    # A DateTimeField is a DateField too.
    (models.DateTimeField, Spelling("time", _time_given, _parsed(_time, "time with a zone"))),
    (models.DateField, Spelling("day", date.isoformat, _parsed(date.fromisoformat, "day"))),
    (models.UUIDField, Spelling("UUID", str, _parsed(UUID, "UUID"))),
    (models.BinaryField, Spelling("base64", _base64_given, _parsed(_base64, "base64"))),
    (models.JSONField, Spelling("JSON", _same, _same)),
    ((models.CharField, models.TextField), _TEXT),
]
