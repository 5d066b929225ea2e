"""Reads the taxonomy: topics from `topics/*.toml`, arXiv's categories from `arxiv.toml`."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from feeds.taxonomy.words import shapes

HERE = Path(__file__).parent
KINDS = ("topic", "task", "method", "modality", "dataset")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TOPIC_KEYS = {"name", "kind", "synonyms", "passing", "parent", "description"}
_CATEGORY_KEYS = {"name", "archive", "aliases"}


class TaxonomyError(ValueError):
    """A taxonomy file is broken; the message says file, entry and reason."""

    def __init__(self, file: Path, entry: str, reason: str) -> None:
        super().__init__(f"{file.name}, {entry}: {reason}")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `name`, `synonyms` and `passing` are the phrases that identify it in a text.

    Those in `passing`, the name perhaps among them, are also said by papers on other subjects
    ("a new benchmark"): said once in an abstract they mean little.
    `parent` is the id of a broader topic, None for a field of its own. A phrase's word with
    a capital after its first letter ("MoE", "RAG") is an acronym: it is matched as written.
    """

    id: str
    name: str
    kind: str
    synonyms: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    parent: str | None = None
    description: str = ""

    @property
    def phrases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.name, *self.synonyms, *self.passing)))


@dataclass(frozen=True, slots=True)
class Category:
    """One of arXiv's subject categories, such as cs.CL of the archive cs."""

    id: str
    name: str
    archive: str


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, file by file, as written. Raises TaxonomyError on a broken file."""
    return read_topics(HERE / "topics")


@cache
def categories() -> Mapping[str, Category]:
    """arXiv's categories by id. An id that arXiv merged into another leads to that other."""
    return read_categories(HERE / "arxiv.toml")


def read_topics(folder: Path) -> tuple[Topic, ...]:
    """The topics of every .toml file in `folder`, checked against each other."""
    found: dict[str, tuple[Path, Topic]] = {}
    for file in sorted(folder.glob("*.toml")):
        for key, table in _tables(file, _TOPIC_KEYS):
            if key in found:
                raise TaxonomyError(file, key, f"is in {found[key][0].name} too")
            found[key] = file, _topic(file, key, table)
    _check_parents(found)
    _check_phrases(found)
    return tuple(topic for _, topic in found.values())


def read_categories(file: Path) -> Mapping[str, Category]:
    """The categories of one file by id and by alias."""
    found: dict[str, Category] = {}
    for key, table in _tables(file, _CATEGORY_KEYS):
        category = Category(
            key, _text(file, key, table, "name"), _text(file, key, table, "archive")
        )
        for name in (key, *_texts(file, key, table, "aliases")):
            if name in found:
                raise TaxonomyError(file, key, f"{name} is taken by {found[name].id}")
            found[name] = category
    return MappingProxyType(found)


def _tables(file: Path, keys: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        document = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TaxonomyError(file, "the whole file", str(error)) from error
    for key, table in document.items():
        if not isinstance(table, dict):
            raise TaxonomyError(file, key, "is not a [table]")
        if unknown := sorted(set(table) - keys):
            raise TaxonomyError(file, key, f"has the unknown key {unknown[0]!r}")
        yield key, table


def _topic(file: Path, key: str, table: dict[str, Any]) -> Topic:
    if not _SLUG.fullmatch(key):
        raise TaxonomyError(file, key, "an id is lower-case words joined by hyphens")
    kind = _text(file, key, table, "kind")
    if kind not in KINDS:
        raise TaxonomyError(file, key, f"kind {kind!r} is not one of {', '.join(KINDS)}")
    return Topic(
        id=key,
        name=_text(file, key, table, "name"),
        kind=kind,
        synonyms=_texts(file, key, table, "synonyms"),
        passing=_texts(file, key, table, "passing"),
        parent=_text(file, key, table, "parent", "") or None,
        description=_text(file, key, table, "description", ""),
    )


def _text(file: Path, key: str, table: dict[str, Any], field: str, default: Any = None) -> str:
    value = table.get(field, default)
    if not isinstance(value, str) or (default is None and not value.strip()):
        raise TaxonomyError(file, key, f"{field} must be a text")
    return value


def _texts(file: Path, key: str, table: dict[str, Any], field: str) -> tuple[str, ...]:
    value = table.get(field, [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise TaxonomyError(file, key, f"{field} must be a list of texts")
    return tuple(value)


def _check_parents(found: dict[str, tuple[Path, Topic]]) -> None:
    for key, (file, topic) in found.items():
        line, parent = [key], topic.parent
        while parent is not None:
            if parent not in found:
                raise TaxonomyError(file, key, f"its parent {parent!r} is not a topic")
            if parent in line:
                raise TaxonomyError(file, key, f"its parents run in a circle at {parent!r}")
            line.append(parent)
            parent = found[parent][1].parent


def _check_phrases(found: dict[str, tuple[Path, Topic]]) -> None:
    owner: dict[tuple[str, ...], str] = {}
    for key, (file, topic) in found.items():
        for phrase in topic.phrases:
            forms = shapes(phrase)
            if not forms:
                raise TaxonomyError(file, key, f"{phrase!r} can never stand in a text")
            for form in forms:
                if owner.setdefault(form, key) != key:
                    reason = f"{phrase!r} is a phrase of {owner[form]!r} too"
                    raise TaxonomyError(file, key, reason)
