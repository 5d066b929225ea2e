"""What a curator fills in to split a tag: rows of a name with phrases, and choices by hand."""

import re
from dataclasses import dataclass

from django.http import QueryDict

from feeds.splitting import MOST_PARTS, Splitting, Wanted, plain

STAYS = "stays"
_HAND = re.compile(r"hand-(\d{1,18})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Row:
    """A part as it was typed; `problem` is what is wrong with it."""

    place: int
    name: str = ""
    phrases: str = ""
    problem: str = ""

    @property
    def number(self) -> int:
        return self.place + 1

    @property
    def empty(self) -> bool:
        return not self.name.strip() and not self.phrases.strip()

    @property
    def wanted(self) -> Wanted:
        given = (plain(phrase) for phrase in re.split(r"[,;\r\n]", self.phrases))
        return Wanted(plain(self.name), tuple(dict.fromkeys(filter(None, given))))


@dataclass(frozen=True, slots=True)
class SplitForm:
    """`rest` is the place of the part to which the tag's name is to lead, or `STAYS`."""

    rows: tuple[Row, ...]
    rest: str = STAYS
    by_hand: tuple[tuple[int, int], ...] = ()

    @property
    def asked(self) -> Splitting:
        rest = None if self.rest == STAYS else int(self.rest)
        return Splitting([row.wanted for row in self.rows if not row.empty], rest, self.hand)

    @property
    def hand(self) -> dict[int, int]:
        return dict(self.by_hand)

    @property
    def can_grow(self) -> bool:
        return len(self.rows) < MOST_PARTS


def empty_form() -> SplitForm:
    return SplitForm((Row(0), Row(1)))


def read_form(given: QueryDict, *, grow: bool = False) -> SplitForm:
    """The form as it was sent, its empty rows at the end; one more where it shall grow."""
    typed = [
        Row(place, given.get(f"name-{place}", "")[:200], given.get(f"phrases-{place}", "")[:4000])
        for place in range(MOST_PARTS)
        if f"name-{place}" in given
    ]
    filled = [row for row in typed if not row.empty]
    places = {row.place: place for place, row in enumerate(filled)}
    count = min(max(len(typed) + grow, 2), MOST_PARTS)
    blank = [Row(0)] * (count - len(filled))
    rows = tuple(Row(place, row.name, row.phrases) for place, row in enumerate([*filled, *blank]))
    hand = [
        (int(match[1]), places[place])
        for name in given
        if (match := _HAND.fullmatch(name)) and (place := _place(given.get(name, ""))) in places
    ]
    rest = _place(given.get("rest", ""))
    return SplitForm(rows, f"{places[rest]}" if rest in places else STAYS, tuple(hand))


def _place(text: str) -> int:
    """The row that is meant; -1 for none."""
    return int(text) if re.fullmatch(r"[0-9]", text) else -1
