"""What an export holds of papers and feeds, and what it leaves to be computed again."""

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from feeds import models
from feeds.instance.kinds import Kind, Row

_ADDRESS = re.compile(r"^[a-z][a-z0-9+]*://", re.IGNORECASE)


def _source_without_secrets(row: Row) -> Row:
    """Of addresses only the place and the path: the rest may be a key. Where there was more the
    source is switched off, since what is left means something else.
    """
    cut = {name: _without_keys(value) for name, value in row["settings"].items()}
    if cut == row["settings"]:
        return row
    return row | {"settings": cut, "state": {}, "enabled": False}


def _without_keys(value: Any) -> Any:
    if not isinstance(value, str) or not _ADDRESS.match(value):
        return value
    try:
        parts = urlsplit(value)
    except ValueError:
        return ""
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))


def _document_without_bytes(row: Row) -> Row:
    """One that is not whole is kept whole when it comes again."""
    return row | {"whole_at": None}


KINDS = [
    Kind(models.Source, without_secrets=_source_without_secrets),
    Kind(models.RawDocument, without_raw=_document_without_bytes),
    Kind(models.RawPart, is_raw=True, at_once=8),
    Kind(models.Paper),
    # The scores are due at once; `rising_at` says that the numbers beside them are known.
    Kind(
        models.PaperStats,
        left_out=("new", "top", "hot", "scaled", "rising", "rising_due"),
    ),
    Kind(models.Identifier),
    Kind(models.PaperVersion),
    Kind(models.GistWord),
    Kind(models.Digest),
    Kind(models.PutAside),
    Kind(models.Listing),
    Kind(models.Run),
    Kind(models.Proposal),
    Kind(models.Tag),
    Kind(models.PaperTag),
    Kind(models.TagDenial),
    Kind(models.TagSplit),
    Kind(models.SplitPart),
    Kind(models.Voiding),
    Kind(models.Vote),
    Kind(models.VoteReport),
    Kind(models.Joining, at_once=50),
    Kind(models.JoinedVote),
    Kind(models.ListingBefore),
    Kind(models.Parting),
    Kind(models.Ruling),
    Kind(models.PenName),
    Kind(models.Comment),
    Kind(models.Report),
    Kind(models.ModerationAct),
    Kind(models.Mute),
    Kind(models.Submission),
    Kind(models.Claim),
    Kind(models.Collection),
    Kind(models.CollectionEntry),
    Kind(models.Mark),
    Kind(models.Follow),
    Kind(models.HiddenTag),
    Kind(models.Taste, at_once=50),
    Kind(models.Feed),
    Kind(models.FormerName),
    Kind(models.FeedMember),
    Kind(models.Placing),
    Kind(models.PeriodPlacing),
    Kind(models.Edition),
    Kind(models.Correction),
    Kind(models.DeskAct),
]

LEFT_OUT = {
    "feeds.PaperVector": "computed from the papers' words by the worker, or by `manage.py embed`",
}
