"""What readers keep of a paper goes over when it is joined to another, and comes back.

Entries of collections and marks are copied, where the kept paper has none of that reader's; what
a reader changed of a copy since stays.
"""

from typing import Any

from feeds.models import CollectionEntry, Joining, Mark


def copy_kept(joining: Joining) -> dict[str, list[int]]:
    """Copies them; the ids of the copies."""
    kept, absorbed = joining.kept_id, joining.absorbed_id
    here = CollectionEntry.objects.filter(paper=kept).values("collection")
    entries = CollectionEntry.objects.filter(paper=absorbed).exclude(collection__in=here)
    marks = Mark.objects.filter(paper=absorbed)
    marks = marks.exclude(user__in=Mark.objects.filter(paper=kept).values("user"))
    copied = [CollectionEntry(paper_id=kept, **_entry(row)) for row in entries]
    marked = [Mark(paper_id=kept, **_mark(row)) for row in marks]
    return {
        "entries": [row.pk for row in CollectionEntry.objects.bulk_create(copied)],
        "marks": [row.pk for row in Mark.objects.bulk_create(marked)],
    }


def return_kept(joining: Joining) -> None:
    """Takes the copies off the kept paper, but for those that were changed since."""
    copies = joining.before.get("kept", {"entries": [], "marks": []})
    theirs = CollectionEntry.objects.filter(paper=joining.absorbed_id)
    notes = set(theirs.values_list("collection_id", "note"))
    entries = CollectionEntry.objects.filter(pk__in=copies["entries"])
    same = [row.pk for row in entries if (row.collection_id, row.note) in notes]
    CollectionEntry.objects.filter(pk__in=same).delete()
    marked = [_mark(row) for row in Mark.objects.filter(paper=joining.absorbed_id)]
    marks = Mark.objects.filter(pk__in=copies["marks"])
    Mark.objects.filter(pk__in=[row.pk for row in marks if _mark(row) in marked]).delete()


def _entry(row: CollectionEntry) -> dict[str, Any]:
    return {"collection_id": row.collection_id, "place": row.place, "note": row.note}


def _mark(row: Mark) -> dict[str, Any]:
    return {"user_id": row.user_id, "read_at": row.read_at, "hidden_at": row.hidden_at}
