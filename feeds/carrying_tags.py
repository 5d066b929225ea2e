"""Tags when papers are joined, and when that is undone: a curator's word goes before a tagger's,
and of what taggers say of both the reason that ranks first, as ever; words on a text go with it.
"""

from typing import Any

from feeds.embedding import want
from feeds.models import Joining, Paper, PaperTag, Tag, TagDenial
from feeds.records import PaperRecord
from feeds.taggers.base import Rank, orders, rank, taggers, text_taggers
from feeds.tagging import Tagged, write_tags

_SAID = ("tagger", "why", "confidence", "merged_from", "split_from")


def machines() -> list[str]:
    """The names of all taggers; whoever else put a tag there is a person."""
    return [tagger.name for tagger in taggers.all()]


def copy_tags(joining: Joining) -> None:
    """Gives the kept paper the absorbed one's tags, and notes what that changed."""
    kept, absorbed = joining.kept, joining.absorbed
    joining.before["tags"] = [
        {"id": row.pk, "tag_id": row.tag_id, **_said(row)} for row in kept.paper_tags.all()
    ]
    joining.before["denials"] = _copy_denials(kept, absorbed)
    joining.before["given"] = _give_words(kept, absorbed)
    _give_reasons(kept, absorbed)
    decided = (kept.paper_tags.values("tag"), kept.tag_denials.values("tag"))
    rows = absorbed.paper_tags.exclude(tag__in=decided[0]).exclude(tag__in=decided[1])
    copies = [PaperTag(paper=kept, tag_id=row.tag_id, **_said(row)) for row in rows]
    joining.tags = [row.pk for row in PaperTag.objects.bulk_create(copies)]


def return_tags(joining: Joining) -> None:
    """The kept paper's tags as they were, but for what people said of them since.

    What came over goes, and what taggers said since; they are asked again. The paper's text is
    restored already.
    """
    kept = joining.kept
    TagDenial.objects.filter(pk__in=joining.before["denials"]).delete()
    here = PaperTag.objects.filter(paper=kept)
    here.filter(pk__in=joining.tags).delete()
    known = {row["id"]: row for row in joining.before["tags"]}
    here.filter(tagger__in=machines()).exclude(pk__in=known).delete()
    _restore(kept, known, set(joining.before["given"]))
    tag_anew(kept)


def tag_anew(paper: Paper) -> None:
    """Tags the paper by its text, which has changed, and has it wait for another vector."""
    want([paper])
    record = PaperRecord(title=paper.title, abstract=paper.abstract)
    write_tags([Tagged(paper.pk, record, rewritten=True)])


def _said(row: PaperTag) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _SAID}


def _copy_denials(kept: Paper, absorbed: Paper) -> list[int]:
    given = kept.paper_tags.exclude(tagger__in=machines()).values("tag")
    denied = kept.tag_denials.values("tag")
    rows = [
        TagDenial(
            paper=kept,
            tag_id=row.tag_id,
            made_by_id=row.made_by_id,
            merged_from=row.merged_from,
            split_from=row.split_from,
        )
        for row in absorbed.tag_denials.exclude(tag__in=given).exclude(tag__in=denied)
    ]
    kept.paper_tags.filter(tag__in=[row.tag_id for row in rows]).delete()
    return [row.pk for row in TagDenial.objects.bulk_create(rows)]


def _give_words(kept: Paper, absorbed: Paper) -> list[int]:
    """Where a tagger gave the kept paper a tag that a person gave the other, the person did."""
    people = absorbed.paper_tags.exclude(tagger__in=machines())
    words = {row.tag_id: _said(row) for row in people}
    rows = list(kept.paper_tags.filter(tag__in=words, tagger__in=machines()))
    for row in rows:
        for name, value in words[row.tag_id].items():
            setattr(row, name, value)
    PaperTag.objects.bulk_update(rows, _SAID)
    return [row.pk for row in rows]


def _give_reasons(kept: Paper, absorbed: Paper) -> None:
    """Where a tagger gave both a tag, the reason that ranks first, if it is not of the text."""
    asked = orders()
    told = absorbed.paper_tags.filter(tagger__in=set(asked) - text_taggers())
    theirs = {row.tag_id: row for row in told}
    rows = []
    for row in kept.paper_tags.filter(tag__in=theirs):
        other = theirs[row.tag_id]
        if _rank(other, asked) < _rank(row, asked):
            for name, value in _said(other).items():
                setattr(row, name, value)
            rows.append(row)
    PaperTag.objects.bulk_update(rows, _SAID)


def _rank(row: PaperTag, asked: dict[str, int]) -> Rank:
    return rank(row.tagger, row.why, row.confidence, asked)


def _restore(kept: Paper, known: dict[int, dict[str, Any]], given: set[int]) -> None:
    """Rows that taggers wrote: with their words of then, and those that went since again."""
    by_machine = set(machines())
    changed = []
    rows = {row.pk: row for row in PaperTag.objects.filter(paper=kept)}
    for pk, row in rows.items():
        if pk in known and (row.tagger in by_machine or pk in given):
            for name in _SAID:
                # A joining of long ago may not have kept a column that came later.
                setattr(row, name, known[pk].get(name))
            changed.append(row)
    PaperTag.objects.bulk_update(changed, _SAID)
    standing = {row.tag_id for row in rows.values()}
    standing |= set(kept.tag_denials.values_list("tag", flat=True))
    gone = {row["tag_id"]: row for row in known.values() if row["tagger"] in by_machine}
    usable = Tag.objects.filter(pk__in=set(gone) - standing, merged_into__isnull=True)
    PaperTag.objects.bulk_create(
        PaperTag(paper=kept, tag=tag, **{name: gone[tag.pk].get(name) for name in _SAID})
        for tag in usable
    )
