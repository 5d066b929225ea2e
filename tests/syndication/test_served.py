"""What programs of others make of a site that is served: a feed reader, a parser of BibTeX."""

from urllib.request import urlopen

import bibtexparser
import feedparser
import pytest

from tests.factories import entry, put_in

TITLE = "Lanterns & <lamps>: $x^2$ for “small” models"


@pytest.fixture
def site(live_server, transactional_db) -> str:
    put_in(
        entry(TITLE, id="2604.00001", authors=["Ada Lovelace", "Ångström Ö. Çelik"]),
        entry("Second", id="2604.00002"),
    )
    return live_server.url


@pytest.mark.parametrize("name", ["feed.rss", "feed.atom"])
def test_a_feed_reader_reads_it_and_asks_for_no_more_than_is_new(site: str, name: str) -> None:
    first = feedparser.parse(f"{site}/{name}")
    assert not first.bozo
    assert [item.link.rsplit("/", 1)[1] for item in first.entries] == ["2604.00001", "2604.00002"]
    assert "small" in first.entries[0].title
    again = feedparser.parse(f"{site}/{name}", etag=first.etag)
    assert again.status == 304
    assert not again.entries


def test_a_parser_of_bibtex_reads_accents_math_and_braces(site: str) -> None:
    with urlopen(f"{site}/papers.bib") as answer:
        library = bibtexparser.parse_string(answer.read().decode())
    assert not library.failed_blocks
    first = library.entries[0].fields_dict
    assert first["eprint"].value == "2604.00001"
    assert "$x^2$" in first["title"].value
    assert "Lovelace, Ada" in first["author"].value
