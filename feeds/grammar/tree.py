"""The tree that a question in words is, and how it is printed.

A tree is in its plain form: no `All` in an `All`, no `Either` in an `Either`, each of two parts
or more, no `Not` of a `Not`. `all_of`, `either_of` and `no` keep it so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

QUOTES = '"“”„'
_BARE = re.compile(rf"[^\s(){QUOTES}]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a title or an abstract."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that follow one another."""

    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """`author:`, `title:`, `tag:` and so on (see FIELDS), with a value that was checked.

    A tag is a slug, a year "2024", "2023..2025", "2023.." or "..2025".
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    part: "Node"


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Node", ...]


Leaf: TypeAlias = Word | Phrase | Field
Node: TypeAlias = Leaf | Not | All | Either


def all_of(parts: Iterable[Node]) -> Node:
    """All of the parts, of which there is at least one."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, All) else (part,))
    return flat[0] if len(flat) == 1 else All(tuple(flat))


def either_of(parts: Iterable[Node]) -> Node:
    """Any of the parts, of which there is at least one."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Either) else (part,))
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def no(part: Node) -> Node:
    return part.part if isinstance(part, Not) else Not(part)


def leaves(node: Node, *, denied: bool = False) -> Iterator[Leaf]:
    """The leaves that a match may owe itself to; with `denied` those that a `Not` holds too."""
    if isinstance(node, All | Either):
        for part in node.parts:
            yield from leaves(part, denied=denied)
    elif not isinstance(node, Not):
        yield node
    elif denied:
        yield from leaves(node.part, denied=denied)


def printed(node: Node) -> str:
    """The text that reads as this tree."""
    if isinstance(node, Either):
        return " OR ".join(printed(part) for part in node.parts)
    if isinstance(node, All):
        return " ".join(_grouped(part, Either) for part in node.parts)
    if isinstance(node, Not):
        return f"-{_grouped(node.part, All, Either)}"
    if isinstance(node, Phrase):
        return f'"{node.text}"'
    if isinstance(node, Field):
        bare = _BARE.fullmatch(node.value)
        return f"{node.name}:{node.value}" if bare else f'{node.name}:"{node.value}"'
    return node.text


def _grouped(node: Node, *kinds: type[All | Either]) -> str:
    return f"({printed(node)})" if isinstance(node, kinds) else printed(node)
