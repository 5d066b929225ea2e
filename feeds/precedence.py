"""Which digest is believed: field by field, the better source wins.

A field of a paper is what the best of the digests says that name it; "best" compares, in this
order: how surely the record names the work (by an id, or by its title alone), the standing of
the format that the digest came in, and, among equals, the digest's day: the later has the word.
The order does not depend on which digest was read first.
"""

from typing import NamedTuple

from feeds.records import PaperRecord

BY_TITLE, BY_ID = 1, 2

# Who says what a paper is: its archive, then registries of what publishers say, then those who
# gather from both, then reference managers, and last what people and machines wrote about it.
_OF_RECORD = {
    "oai": 5, "arxiv_atom": 5, "arxiv_jsonl": 5, "arxiv_rss": 5, "arxiv_mailing": 5,
    "crossref": 4, "crossref_json": 4,
    "openalex": 3, "semantic_scholar": 3, "hf_json": 3,
    "bibtex": 2, "ris": 2,
}  # fmt: skip
# Who knows what surrounds a paper: those who gather code, pages, pictures and gists.
_AROUND = {
    "hf_json": 5,
    "page_text": 4,
    "semantic_scholar": 3,
    "openalex": 3,
    "markdown_list": 2,
    "email": 2,
}
_LOWEST = 1

FIELDS_AROUND = frozenset(
    {"summary", "code_url", "code_stars", "project_url", "thumbnail_url", "organization"}
)


class Standing(NamedTuple):
    """What is compared, the greater being believed."""

    sure: int
    rank: int
    day: str


def sureness(record: PaperRecord) -> int:
    """How surely the record names the work: `BY_ID` or `BY_TITLE`."""
    return BY_ID if record.arxiv_id or record.doi else BY_TITLE


def standing(field: str, sure: int, parser: str, day: str) -> Standing:
    """Of what a digest in the format `parser`, of the ISO day `day`, says of a field."""
    order = _AROUND if field in FIELDS_AROUND else _OF_RECORD
    return Standing(sure, order.get(parser, _LOWEST), day)


def known_formats() -> frozenset[str]:
    """The formats that have a place of their own."""
    return frozenset(_OF_RECORD) | frozenset(_AROUND)
