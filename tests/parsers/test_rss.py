"""Feeds of journals, blogs and bridges, well-formed or not."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.parsers.base import Declined, parsers
from feeds.parsers.feed_item import authors
from feeds.parsers.feed_text import LONGEST_AS_ABSTRACT
from feeds.records import PaperRecord, ParsedDigest, Problem, RawDigest
from tests.parsers.samples import RSS

TODAY = date(2026, 4, 25)
START = '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>T</title>\n'
END = "</channel></rss>"
ITEM = "<item><title>Lamps burn</title><link>https://doi.org/10.1234/lamp.7</link></item>\n"
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://lamps.example"><title>Lamps</title><dc:date>2026-04-24</dc:date>
<items><rdf:Seq><rdf:li rdf:resource="https://lamps.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://lamps.example/content/10.1101/2026.04.20.123456v1?rss=1">
<title><![CDATA[ Lamps of <i>light</i> & tanks ]]></title>
<description><![CDATA[
We light lamps.
]]></description>
<dc:creator><![CDATA[ Author, A. B., van Writer, B. ]]></dc:creator>
<dc:date>2026-04-23</dc:date>
<dc:identifier>doi:10.1101/2026.04.20.123456</dc:identifier>
</item></rdf:RDF>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title>
<updated>2026-04-24T10:00:00Z</updated>
<entry><id>tag:example.org,2026:1</id>
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>lamp</b> read</div></title>
<link rel="self" href="https://example.org/self"/>
<link href="https://example.org/posts/1"/>
<author><name>Ada Author</name></author><author><name>Ben Writer</name></author>
<category term="cs.LG"/><category term="x" label="Lamps"/>
<published>2026-04-23T10:00:00Z</published>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>We read
<a href="https://arxiv.org/abs/2404.01234v2">a paper</a>, where a &lt; b.</p><p>Twice.</p></div>
</content></entry></feed>"""


def parsed(content: str | bytes) -> ParsedDigest:
    content = content.encode() if isinstance(content, str) else content
    return parsers.get("rss").parse(RawDigest(content, TODAY))


def read(content: str | bytes) -> list[PaperRecord | Problem]:
    return list(parsed(content).entries)


def item(inner: str) -> PaperRecord:
    [record] = read(f"{START}<item>{inner}</item>{END}")
    assert isinstance(record, PaperRecord)
    return record


def test_an_item_of_a_journal_is_read() -> None:
    digest = parsed(RSS)
    assert digest.date == date(2026, 4, 24)
    assert list(digest.entries) == [
        PaperRecord(
            title="Lamps of light & tanks",
            abstract="We light lamps.",
            authors=("A. B. Author", "B. Writer"),
            doi="10.1234/lamp.7",
            published_at=datetime(2026, 4, 20, tzinfo=UTC),
            listed_at=datetime(2026, 4, 23, 10, tzinfo=UTC),
            keywords=("Lighting",),
        )
    ]


def test_an_item_of_rdf_is_read() -> None:
    digest = parsed(RDF)
    assert digest.date == date(2026, 4, 24)
    assert list(digest.entries) == [
        PaperRecord(
            title="Lamps of light & tanks",
            abstract="We light lamps.",
            authors=("A. B. Author", "B. van Writer"),
            doi="10.1101/2026.04.20.123456",
            published_at=datetime(2026, 4, 23, tzinfo=UTC),
            listed_at=datetime(2026, 4, 23, tzinfo=UTC),
        )
    ]


def test_an_entry_of_atom_is_read() -> None:
    digest = parsed(ATOM)
    assert digest.date == date(2026, 4, 24)
    assert list(digest.entries) == [
        PaperRecord(
            title="A lamp read",
            abstract="We read a paper, where a < b.\n\nTwice.",
            authors=("Ada Author", "Ben Writer"),
            arxiv_id="2404.01234",
            listed_at=datetime(2026, 4, 23, 10, tzinfo=UTC),
            keywords=("Lamps",),
            categories=("cs.LG",),
        )
    ]


@pytest.mark.parametrize(
    ("inner", "arxiv_id", "doi"),
    [
        ("<guid>https://huggingface.co/papers/2604.01234</guid>", "2604.01234", ""),
        ("<link>https://broadsheet.example/papers/2604.01234</link>", "2604.01234", ""),
        ("<link>https://lamps.example/doi/abs/10.1234/lamp.7?af=R</link>", "", "10.1234/lamp.7"),
        ("<guid>doi:10.1234/lamp.7</guid>", "", "10.1234/lamp.7"),
        ("<description>See arXiv:2604.01234v2.</description>", "2604.01234", ""),
        ("<description>At https://doi.org/10.1234/lamp.7.</description>", "", "10.1234/lamp.7"),
        ("<description>arXiv:2604.01234 and arXiv:2604.01235</description>", "", ""),
        ("<link>https://example.org/blog/1</link>", "", ""),
    ],
)
def test_a_work_is_known_by_whatever_names_it_alone(inner: str, arxiv_id: str, doi: str) -> None:
    record = item(f"<title>Lamps</title>{inner}")
    assert (record.arxiv_id, record.doi) == (arxiv_id, doi)


def test_a_post_that_names_no_work_keeps_its_address() -> None:
    post = "<title>Lamps</title><link>https://example.org/blog/1</link>"
    assert item(post).project_url == "https://example.org/blog/1"
    assert item(f"{post}<guid>doi:10.1234/lamp.7</guid>").project_url == ""


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Author, A., Writer, B. C.", ["A. Author", "B. C. Writer"]),
        ("Author, Ada", ["Ada Author"]),
        ("Ada Author, Ben Writer", ["Ada Author", "Ben Writer"]),
        ("Ada Author, Ben Writer, and Cy King", ["Ada Author", "Ben Writer", "Cy King"]),
        ("ada@example.org (Ada Author)", ["Ada Author"]),
        ("ada@example.org", []),
        ("<b>Ada</b> Author &amp; Ben Writer", ["Ada Author", "Ben Writer"]),
        ("", []),
    ],
)
def test_the_people_of_a_line_are_told_apart(line: str, names: list[str]) -> None:
    assert authors(line) == names


@pytest.mark.parametrize(
    ("description", "content", "abstract"),
    [
        ("In short …", "&lt;p&gt;In short and at length.&lt;/p&gt;", "In short and at length."),
        ("In short.", "x " * LONGEST_AS_ABSTRACT, "In short."),
        ("Lamp, Published online: 1 April 2026; doi:10.1/x&lt;br&gt;We light.", "", "We light."),
        ("Abstract We light lamps.", "", "We light lamps."),
        ("We light.&lt;p&gt;&lt;a href='x'&gt;Read more&lt;/a&gt;&lt;/p&gt;", "", "We light."),
        ("", "", ""),
    ],
)
def test_the_abstract_is_what_tells_most_without_being_a_book(
    description: str, content: str, abstract: str
) -> None:
    record = item(
        f"<title>Lamps</title><description>{description}</description>"
        f"<content:encoded>{content}</content:encoded>"
    )
    assert record.abstract == abstract


ELSEWHERE = """<p>Publication date: May 2026</p><p><b>Source:</b> Lamps, Volume 5</p>
<p>Author(s): Ada Author, Ben Writer</p>"""
MEDICAL = """<p>J Lamps. 2026 Apr 3:1. doi: 10.1234/lamp.7. Online.</p><p><b>ABSTRACT</b></p>
<p>We light.</p><p>And look.</p><p>PMID:1234567 | DOI:10.1234/lamp.7</p>"""
OPEN = """<p>Lamps, Vol. 14, Pages 123: Lamps burn</p><p>Lamps doi: 10.1234/lamp.7</p>
<p>Authors: Ada Author Ben Writer Cy King</p><p>We light.</p>"""


@pytest.mark.parametrize(
    ("description", "abstract", "people"),
    [
        (ELSEWHERE, "", ("Ada Author", "Ben Writer")),
        (MEDICAL, "We light.\n\nAnd look.", ()),
        (OPEN, "We light.", ()),
    ],
)
def test_what_publishers_put_around_an_abstract_is_none(
    description: str, abstract: str, people: tuple[str, ...]
) -> None:
    record = item(f"<title>Lamps</title><description><![CDATA[{description}]]></description>")
    assert (record.abstract, record.authors) == (abstract, people)


def test_a_number_before_a_title_is_the_papers() -> None:
    record = item("<title>[2604.01234v2] Lamps burn</title><link>https://example.org/1</link>")
    assert (record.title, record.arxiv_id) == ("Lamps burn", "2604.01234")
    assert item("<title>[Lamps2026] burn</title>").title == "[Lamps2026] burn"


def test_a_post_that_is_a_book_gives_its_beginning() -> None:
    abstract = item(f"<title>A</title><description>{'long ' * 90_000}</description>").abstract
    assert 0 < len(abstract) <= LONGEST_AS_ABSTRACT + 2
    assert abstract.endswith(" …")


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("A&nbsp;lamp &amp;amp; an &eacute;clat", "A lamp & an éclat"),
        ("AT&T's lamps & R&D", "AT&T's lamps & R&D"),
        ("Lamps &unknown; burn", "Lamps &unknown; burn"),
        ("If a < b, lamps burn", "If a < b, lamps burn"),
        ("Lamps <i>burn</i> <br> on", "Lamps burn on"),
        ("Lamps \x0b burn&#11;", "Lamps burn"),
        ("<![CDATA[Lamps & <b>tanks</b>]]> &nbsp;", "Lamps & tanks"),
    ],
)
def test_broken_items_are_mended(title: str, read_as: str) -> None:
    broken = f"<item><title>{title}</title><guid>doi:10.1234/lamp.7</guid></item>\n"
    found = read(f"{START}{ITEM}{broken}{ITEM}{END}")
    assert [one.title for one in found if isinstance(one, PaperRecord)] == [
        "Lamps burn",
        read_as,
        "Lamps burn",
    ]
    assert len(found) == 3


def test_an_item_that_stays_broken_says_where_and_the_rest_goes_on() -> None:
    found = read(f"{START}{ITEM}<item><title>Lost <link>x</item>\n{ITEM}{END}")
    assert [type(one) for one in found] == [PaperRecord, Problem, PaperRecord]
    assert isinstance(found[1], Problem)
    assert found[1].place == "item 2, line 4"
    assert found[1].reason


def test_blank_lines_before_a_feed_do_no_harm() -> None:
    assert read(f"\n\n{START}<item/>{END}") == [Problem("item 1, line 5", "it has no title")]


def test_an_item_without_an_end_ends_where_the_next_begins() -> None:
    found = read(f"{START}{ITEM.replace('</item>', '')}{ITEM}{END}")
    assert [one.title for one in found if isinstance(one, PaperRecord)] == ["Lamps burn"] * 2


def test_a_document_that_breaks_off_gives_its_whole_items_and_says_so() -> None:
    assert read(f"{START}{ITEM}{ITEM}")[1:] == [
        read(f"{START}{ITEM}{END}")[0],
        Problem("after item 2", "the document breaks off"),
    ]
    assert read(f"{START}{ITEM}{ITEM[:30]}")[1:] == [
        Problem("item 2, line 4", "the document breaks off within it")
    ]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        *(("utf-8", "latin-1"), ("iso-8859-1", "utf-8"), ("iso-8859-1", "latin-1"), ("x", "utf-8")),
        *(("windows-1251", "utf-8"), ("utf-8", "utf-16"), ("shift_jis", "shift_jis")),
    ],
)
def test_a_wrong_encoding_does_no_harm(declared: str, encoding: str) -> None:
    title = "ランプ" if encoding == "shift_jis" else "Ünïque lämps"
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>\n<rss><channel><item><title>{title}</title>'
    )
    [record] = read(f"{text}</item></channel></rss>".encode(encoding))
    assert isinstance(record, PaperRecord)
    assert record.title == title


def test_a_document_type_is_never_read() -> None:
    old = '<!DOCTYPE rss PUBLIC "-//X//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">'
    [record] = read(f"<?xml version='1.0'?>\n{old}\n<rss><channel>{ITEM}{END}")
    assert isinstance(record, PaperRecord)
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/x">]>'
    with pytest.raises(Declined, match="document type"):
        read(f"{bomb}<rss><channel><item><title>&b;&c;</title></item>{END}")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<html><head><rss/></head></html>", "neither RSS nor Atom"),
        ("Some words on <rss> and <item>", "neither RSS nor Atom"),
        ("<rss/>", "without a channel or an item"),
        ("<rdf:RDF><foaf:Person/></rdf:RDF>", "without a channel or an item"),
        ("{}", "neither RSS nor Atom"),
        ("", "neither RSS nor Atom"),
    ],
)
def test_what_is_no_feed_is_declined(content: str, reason: str) -> None:
    with pytest.raises(Declined, match=reason):
        read(content)


def test_a_feed_without_items_holds_none() -> None:
    assert read(f"{START}{END}") == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<item>" * 100_000,
        "<item><title>" * 10_000,
        "<![CDATA[" * 100_000,
        "<item><title>a</title>" + "<![CDATA[" * 100_000 + "</item>",
        "<!--" * 100_000,
        "<item><title>t&nbsp;</title>" + "&" * 100_000 + "<" * 100_000 + "</item>",
        "<item><b>" + "<title>" * 50_000 + "</item>",
        "<item>" + "<a>" * 100_000,
        "<item><title" + " " * 500_000 + "</item>",
        "<item><title>x</title><description>" + " doi:10.1234/x" * 20_000 + "</description></item>",
        "<item><title>x</title><description>a" + "\n" * 300_000 + "b</description></item>",
        "<pubDate>" * 100_000,
    ],
)
def test_hostile_documents_take_linear_time(hostile: str) -> None:
    started = time.process_time()
    read(START + hostile)
    assert time.process_time() - started < 4


@given(
    sample=st.sampled_from([RSS, RDF.encode(), ATOM.encode()]),
    start=st.integers(0, 2_000),
    length=st.integers(0, 300),
    splice=st.binary(max_size=20)
    | st.sampled_from([b"\0", b"<a>" * 300, b"&", b"]]>", b"<![CDATA[", b"<item>", b"\xff\xfe"]),
)
def test_no_damage_raises_anything_but_declined(
    sample: bytes, start: int, length: int, splice: bytes
) -> None:
    try:
        for one in read(sample[:start] + splice + sample[start + length :]):
            assert isinstance(one, PaperRecord | Problem)
    except Declined as declined:
        assert str(declined)
