"""People keep papers in lists of their own: the rules, whoever asks and by what.

All raise CannotCollect, and then changed nothing. A collection of somebody else is not there.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext as _

from feeds.collected import MAIN, MOST_COLLECTIONS, MOST_ENTRIES
from feeds.for_you.noticing import notice
from feeds.models import Collection, CollectionEntry, Paper
from feeds.said_numbers import grouped
from feeds.standing import former_ids, standing

LONGEST_NOTE = 500
LONGEST_DESCRIPTION = 1000


class CannotCollect(ValueError):
    """What was asked for cannot be done; the text says why and what to do."""


class NotTheirs(CannotCollect):
    """There is no such collection of theirs."""

    def __init__(self) -> None:
        super().__init__(_("There is no such collection of yours."))


class WrongWords(CannotCollect):
    """What it shall be called, say or be open to cannot stand: `field` is which of them."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, slots=True)
class Words:
    """What a collection is called and says of itself, and who may read it."""

    name: str
    description: str = ""
    visibility: str = "private"


def make(words: Words, by: int) -> str:
    """A new collection; its slug."""
    with transaction.atomic():
        _hold(by)
        return _make(words, by, main=False).slug


def change(slug: str, words: Words, by: int) -> None:
    with transaction.atomic():
        row = _held(slug, by)
        row.name, row.description, row.visibility = _checked(words)
        row.save()


def delete(slug: str, by: int) -> None:
    """Its entries go with it; the papers stay."""
    with transaction.atomic():
        _held(slug, by).delete()
        notice(by)


def add(slug: str, paper: int, by: int) -> None:
    """Puts the paper last; one that is in it already stays where it is."""
    with transaction.atomic():
        _add(_held(slug, by), paper)
        notice(by)


def remove(slug: str, paper: int, by: int) -> None:
    with transaction.atomic():
        _entries_of(_held(slug, by), paper).delete()
        notice(by)


def save(paper: int, by: int) -> None:
    """Puts the paper into what the person saved."""
    with transaction.atomic():
        _hold(by)
        row = Collection.objects.filter(owner=by, main=True).first()
        _add(row or _make(Words(MAIN), by, main=True), paper)
        notice(by)


def unsave(paper: int, by: int) -> None:
    rows = Collection.objects.filter(owner=by, main=True)
    with transaction.atomic():
        for row in rows.select_for_update():
            _entries_of(row, paper).delete()
        notice(by)


def write_note(slug: str, paper: int, note: str, by: int) -> None:
    note = " ".join(note.replace("\0", "").split())
    if len(note) > LONGEST_NOTE:
        raise CannotCollect(
            _("A note has at most %(longest_note)s characters. Shorten it.")
            % {"longest_note": LONGEST_NOTE}
        )
    with transaction.atomic():
        if not _entries_of(_held(slug, by), paper).update(note=note):
            raise CannotCollect(_("The paper is not in it any more."))


def move(slug: str, paper: int, steps: int, by: int) -> None:
    """Moves the paper by so many places, up where they are negative."""
    _move(slug, paper, by, lambda at: at + steps)


def put_at(slug: str, paper: int, place: int, by: int) -> None:
    """Moves the paper to that place, which counts from 1; the last one where it is beyond."""
    _move(slug, paper, by, lambda _: place - 1)


def _move(slug: str, paper: int, by: int, to: Callable[[int], int]) -> None:
    with transaction.atomic():
        row = _held(slug, by)
        rows = list(CollectionEntry.objects.filter(collection=row).order_by("place", "id"))
        alike = {paper, *former_ids(paper)}
        at = next((n for n, entry in enumerate(rows) if entry.paper_id in alike), None)
        if at is None:
            raise CannotCollect(_("The paper is not in it any more."))
        rows.insert(max(0, min(to(at), len(rows) - 1)), rows.pop(at))
        for place, entry in enumerate(rows):
            entry.place = place
        CollectionEntry.objects.bulk_update(rows, ["place"])


def _make(words: Words, by: int, *, main: bool) -> Collection:
    if Collection.objects.filter(owner=by).count() >= MOST_COLLECTIONS:
        raise CannotCollect(
            _("%(most_collections)s collections are the most. Delete one first.")
            % {"most_collections": MOST_COLLECTIONS}
        )
    name, description, visibility = _checked(words)
    begins = slugify(name)[:60].strip("-_").replace("_", "-")
    slug = "-".join(filter(None, [begins, secrets.token_hex(6)]))
    return Collection.objects.create(
        owner_id=by,
        slug=slug,
        name=name,
        description=description,
        visibility=visibility,
        main=main,
    )


def _checked(words: Words) -> tuple[str, str, str]:
    name = " ".join(words.name.replace("\0", "").split())
    description = words.description.replace("\0", "").strip()
    if not name:
        raise WrongWords("name", _("A collection needs a name."))
    if len(name) > 100:
        raise WrongWords("name", _("A name has at most 100 characters. Shorten it."))
    if len(description) > LONGEST_DESCRIPTION:
        raise WrongWords(
            "description",
            _("A description has at most %(longest_description)s characters.")
            % {"longest_description": LONGEST_DESCRIPTION},
        )
    if words.visibility not in Collection.Visibility.values:
        raise WrongWords(
            "visibility", _("Say who may read it: only you, whoever has the address, everyone.")
        )
    return name, description, words.visibility


def _add(row: Collection, paper: int) -> None:
    paper = standing([paper])[paper]
    if not Paper.objects.visible().filter(pk=paper).exists():
        raise CannotCollect(_("The paper is not shown any more."))
    entries = CollectionEntry.objects.filter(collection=row)
    if _entries_of(row, paper).exists():
        return
    if entries.count() >= MOST_ENTRIES:
        raise CannotCollect(
            _("%(most_entries)s papers are the most that a collection holds.")
            % {"most_entries": grouped(MOST_ENTRIES)}
        )
    last = entries.aggregate(last=Max("place"))["last"]
    CollectionEntry.objects.create(
        collection=row, paper_id=paper, place=0 if last is None else last + 1
    )


def _entries_of(row: Collection, paper: int) -> QuerySet[CollectionEntry]:
    """The paper's entries, also those of papers that are read as it by now."""
    alike = [paper, *former_ids(paper)]
    return CollectionEntry.objects.filter(collection=row, paper__in=alike)


def _held(slug: str, by: int) -> Collection:
    """The person's collection, held to the transaction's end."""
    row = Collection.objects.select_for_update().filter(slug=slug, owner=by).first()
    if row is None:
        raise NotTheirs
    return row


def _hold(person: int) -> None:
    get_user_model().objects.select_for_update(no_key=True).filter(pk=person).first()
