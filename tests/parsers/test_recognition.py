"""Each document goes to the parser of its format, told by its content alone."""

import gzip
import json
import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from feeds.parsers.base import Declined, Parser, parse, parsers
from feeds.records import PaperRecord, Problem, RawDigest
from tests.parsers.samples import ALSO_TAKEN_BY, SAMPLES

TODAY = date(2026, 11, 24)
NAMES = sorted(SAMPLES)


def takes(parser: Parser, content: bytes) -> bool:
    try:
        list(parser.parse(RawDigest(content, TODAY)).entries)
    except Declined:
        return False
    return True


def test_each_parser_brings_a_sample() -> None:
    assert set(SAMPLES) == set(parsers.names()), "tests/parsers/samples.py has one of each"


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_is_read_by_its_parser(name: str) -> None:
    digest = parse(RawDigest(SAMPLES[name], TODAY))
    assert digest.parser == name
    assert any(isinstance(one, PaperRecord) for one in digest.entries)


@pytest.mark.parametrize("name", NAMES)
def test_no_other_parser_takes_a_sample(name: str) -> None:
    taken_by = {one.name for one in parsers.all() if takes(one, SAMPLES[name])}
    assert taken_by == {name} | ALSO_TAKEN_BY.get(name, set())


def test_what_others_may_take_stays_with_its_owner() -> None:
    for name, others in ALSO_TAKEN_BY.items():
        assert all(parsers.get(name).order < parsers.get(other).order for other in others)


def xml_elements(content: bytes, *names: str) -> int:
    """How many such elements begin; some real documents do not declare their prefixes."""
    return len(re.findall(rf"<(?:[a-z]+:)?(?:{'|'.join(names)})[\s>]", content.decode("utf-8")))


def blocks(content: bytes) -> int:
    r"""The papers of a mailing: lines with an id right after a line that begins with \\."""
    lines = content.decode("latin-1").replace("\r\n", "\n").split("\n")
    after = (line for above, line in pairwise(lines) if above.startswith("\\\\"))
    return sum(re.match(r"(arXiv|Paper)( \([^)]*\))?:", line) is not None for line in after)


def paragraphs(content: bytes) -> int:
    """The papers of the page's text: after five paragraphs, a title and an abstract each."""
    return (len([one for one in content.decode().split("\n\n") if one.strip()]) - 5) // 2


REAL = {
    "hf_daily/*.json.gz": ("hf_json", lambda content: len(json.loads(content))),
    "arxiv_api/*.xml": ("arxiv_atom", lambda content: xml_elements(content, "entry")),
    "arxiv_oai/*.xml": ("oai", lambda content: xml_elements(content, "record", "error")),
    "arxiv_rss/*.xml": ("arxiv_rss", lambda content: xml_elements(content, "entry", "item")),
    "arxiv_mailing/*.txt": ("arxiv_mailing", blocks),
    "other/crossref/*.xml": (
        "crossref",
        lambda content: xml_elements(content, "record", "doi_record"),
    ),
    "seed-digest.txt": ("page_text", paragraphs),
    "arxiv_20k.jsonl.gz": ("arxiv_jsonl", lambda content: content.count(b"\n")),
}


@pytest.mark.parametrize("pattern", REAL)
def test_real_documents_are_recognised_and_read_whole(real_data: Path, pattern: str) -> None:
    parser, count = REAL[pattern]
    files = sorted(real_data.glob(pattern))
    assert files
    for path in files:
        content = path.read_bytes()
        content = gzip.decompress(content) if path.suffix == ".gz" else content
        digest = parse(RawDigest(content, TODAY))
        entries = list(digest.entries)
        assert (digest.parser, len(entries)) == (parser, count(content)), path.name
        problems = [one for one in entries if isinstance(one, Problem)]
        assert all(one.place and one.reason for one in problems), path.name


@pytest.mark.parametrize("pattern", REAL)
def test_no_other_parser_takes_a_real_document(real_data: Path, pattern: str) -> None:
    owner, _ = REAL[pattern]
    content = min(real_data.glob(pattern), key=lambda path: path.stat().st_size).read_bytes()
    content = gzip.decompress(content) if pattern.endswith(".gz") else content
    content = b"\n".join(content.split(b"\n")[:2_000])  # of a long document its beginning
    taken_by = {one.name for one in parsers.all() if takes(one, content)}
    assert taken_by == {owner} | ALSO_TAKEN_BY.get(owner, set())
