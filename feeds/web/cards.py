"""What a page is called where somebody passes its link on."""

from dataclasses import dataclass

from feeds.query import FeedQuery
from feeds.records import PaperView
from feeds.web.addresses import address, with_terms


@dataclass(frozen=True, slots=True)
class Card:
    """`kind` is OpenGraph's type; `path` is the page's, `image` that of the picture we draw."""

    kind: str
    title: str
    text: str
    path: str
    image: str


def paper_card(paper: PaperView) -> Card:
    return Card("article", paper.title, paper.marked_gist, paper.path, f"{paper.path}/card.png")


def list_card(query: FeedQuery, title: str, text: str) -> Card:
    image = with_terms("/card.png", query.pairs())
    return Card("website", title, text, address(query), image)
