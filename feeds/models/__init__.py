from feeds.models.digest import Digest, Listing
from feeds.models.paper import Identifier, Paper, PaperStats
from feeds.models.source import Source
from feeds.models.tag import PaperTag, Tag
from feeds.models.vote import Vote

__all__ = [
    "Digest",
    "Identifier",
    "Listing",
    "Paper",
    "PaperStats",
    "PaperTag",
    "Source",
    "Tag",
    "Vote",
]
