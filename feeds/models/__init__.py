from feeds.models.claim import Claim
from feeds.models.collection import Collection, CollectionEntry, Mark
from feeds.models.comment import Comment, ModerationAct, Mute, PenName, Report
from feeds.models.desk_act import DeskAct
from feeds.models.digest import Digest, Listing, PutAside
from feeds.models.feed import (
    Correction,
    Edition,
    Feed,
    FeedMember,
    FormerName,
    PeriodPlacing,
    Placing,
)
from feeds.models.follow import Follow, HiddenTag
from feeds.models.gist import GistWord
from feeds.models.joining import JoinedVote, Joining, ListingBefore, Parting, Ruling
from feeds.models.paper import Identifier, Paper, PaperStats, PaperVersion
from feeds.models.proposal import Proposal
from feeds.models.raw import RawDocument, RawPart
from feeds.models.run import Run
from feeds.models.source import Source
from feeds.models.split import SplitPart, TagSplit
from feeds.models.submission import Submission
from feeds.models.tag import PaperTag, Tag, TagDenial
from feeds.models.taste import Taste
from feeds.models.vector import PaperVector
from feeds.models.vote import Voiding, Vote, VoteReport

__all__ = [
    "Claim",
    "Collection",
    "CollectionEntry",
    "Comment",
    "Correction",
    "DeskAct",
    "Digest",
    "Edition",
    "Feed",
    "FeedMember",
    "Follow",
    "FormerName",
    "GistWord",
    "HiddenTag",
    "Identifier",
    "JoinedVote",
    "Joining",
    "Listing",
    "ListingBefore",
    "Mark",
    "ModerationAct",
    "Mute",
    "Paper",
    "PaperStats",
    "PaperTag",
    "PaperVector",
    "PaperVersion",
    "Parting",
    "PenName",
    "PeriodPlacing",
    "Placing",
    "Proposal",
    "PutAside",
    "RawDocument",
    "RawPart",
    "Report",
    "Ruling",
    "Run",
    "Source",
    "SplitPart",
    "Submission",
    "Tag",
    "TagDenial",
    "TagSplit",
    "Taste",
    "Voiding",
    "Vote",
    "VoteReport",
]
