"""What a feed says of itself, and what all formats say of a paper."""

from dataclasses import dataclass
from html import escape

from feeds.records import PaperView, TagView
from feeds.syndication.xml import fit


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself.

    `name` is the site's, `title` and `description` are plain text. All addresses are absolute:
    `site` is the site's, `home` the page that shows the same list, `here` the feed's own,
    `following` that of the feed's next page, empty on the last. `id` is the
    feed's own without what may change in it, such as a key; `hub` tells of what is new in it.
    """

    name: str
    title: str
    description: str
    site: str
    home: str
    here: str
    following: str
    id: str = ""
    hub: str = ""

    def permalink(self, paper: PaperView) -> str:
        return self.site + paper.path


def title(paper: PaperView) -> str:
    """Its title; its key where that has nothing to be seen, as no format takes an empty one."""
    return paper.title if is_said(paper.title) else paper.key


def authors(paper: PaperView) -> list[str]:
    return [name for name in paper.authors if is_said(name)]


def tags(paper: PaperView) -> list[TagView]:
    return [tag for tag in paper.tags if is_said(tag.name)]


def is_said(text: str) -> bool:
    """Whether anything of it is left where XML's rules hold."""
    return bool(fit(text).strip())


def content_html(paper: PaperView) -> str:
    """The summary, the whole abstract and the links, as safe markup."""
    summary = f"<p><em>{escape(paper.summary)}</em></p>" if paper.summary else ""
    links = " · ".join(
        f'<a href="{escape(address)}">{escape(label)}</a>' for label, address in _links(paper)
    )
    return summary + paper.abstract_html + (f"<p>{links}</p>" if links else "")


def _links(paper: PaperView) -> list[tuple[str, str]]:
    links = (
        (f"arXiv {paper.arxiv_id}" if paper.arxiv_id else f"DOI {paper.doi}", paper.abstract_url),
        ("PDF", paper.pdf_url),
        ("Code", paper.code_url),
        ("Project page", paper.project_url),
    )
    return [(label, address) for label, address in links if address]
