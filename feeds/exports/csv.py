"""CSV (RFC 4180), for spreadsheets: one row a paper, and no cell that a spreadsheet would run."""

import csv
import io
from collections.abc import Sequence

from feeds.exports.base import About, exports
from feeds.exports.facts import keywords
from feeds.records import PaperView
from feeds.taxonomy.codes import category_code
from feeds.tex import to_text

COLUMNS = (
    "rank title authors published listed arxiv doi categories topics votes comments code stars"
    " project abstract_url pdf page summary abstract"
).split()
# A cell that begins so is a formula to a spreadsheet: an apostrophe before it makes it text.
_RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Tells spreadsheets that the file is in UTF-8; most programs expect it there or skip it.
_MARK = "\ufeff"


class Csv:
    """A header, then the papers in the order of the list."""

    name = "csv"
    label = "CSV"
    content_type = "text/csv; charset=utf-8; header=present"
    download = True
    order = 5

    def render(self, papers: Sequence[PaperView], about: About) -> bytes:
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow(COLUMNS)
        for paper in papers:
            table.writerow(_cell(value) for value in _row(paper, about))
        return (_MARK + text.getvalue()).encode()

    def one(self, paper: PaperView, about: About) -> bytes:
        return self.render([paper], about)


def _row(paper: PaperView, about: About) -> Sequence[str | int | None]:
    return (
        paper.rank or None,
        paper.title,
        "; ".join(paper.authors),
        f"{paper.published_at:%Y-%m-%d}" if paper.published_at else "",
        f"{paper.listed_at:%Y-%m-%d}",
        paper.arxiv_id,
        paper.doi,
        "; ".join(category_code(tag.slug) for tag in paper.categories),
        "; ".join(keywords(paper)),
        paper.votes,
        paper.comments,
        paper.code_url,
        paper.code_stars,
        paper.project_url,
        paper.abstract_url,
        paper.pdf_url,
        about.permalink(paper),
        paper.summary,
        to_text(paper.abstract),
    )


def _cell(value: str | int | None) -> str | int:
    if isinstance(value, str):
        line = " ".join(value.split())
        return f"'{line}" if line.startswith(_RUNS) else line
    return "" if value is None else value


exports.register(Csv())
