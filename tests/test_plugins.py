"""What every plugin keeps to, so that a copied neighbour works."""

import math
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.channels.base import Channel, channels
from feeds.exports.base import exports
from feeds.mcp.tools.base import tools
from feeds.parsers.base import Declined, Parser, parsers
from feeds.rankers.base import MovingRanker, Ranker, moving_rankers, rankers
from feeds.records import TAG_KINDS, PaperRecord, Problem, RawDigest, Signals, TagRecord
from feeds.registry import Registry
from feeds.sources.base import SourcePlugin, sources
from feeds.taggers import neighbour
from feeds.taggers.base import Tagger, taggers
from feeds.taggers.neighbour import Example, Examples

TODAY = date(2026, 4, 24)
NOT_DIGESTS = [b"", b"\x00\xff" * 50, b"{}", b"[]", b"<a/>", b"# A heading\n\nSome prose.\n"]
RECORD = PaperRecord(
    title="Diffusion models for sparse attention",
    abstract="We train a diffusion model with sparse attention, and a diffusion model without.",
    categories=("cs.CL", "cs.LG"),
    keywords=("diffusion models", "sparse attention"),
)
NOW = datetime(2026, 4, 24, tzinfo=UTC)
EXAMPLES = Examples(
    [
        Example(
            "Sparse attention",
            neighbour.text_of(RECORD.title, RECORD.abstract),
            [TagRecord("ours", "Ours", "curator", "neighbour", "", 1.0)],
        )
    ],
    ["On the weather"],
)
MOMENTS = st.integers(-(10**6), 10**6).map(lambda hours: NOW + timedelta(hours=hours))
COUNTS = st.integers(0, 2**31 - 1)
SIGNALS = st.builds(
    Signals,
    votes=COUNTS,
    listed_at=MOMENTS,
    place=COUNTS,
    comments=COUNTS,
    first_votes=COUNTS,
    usual_votes=st.none() | st.floats(0, 1e9),
)


def test_each_package_of_plugins_finds_its_files() -> None:
    assert {"hf_json", "page_text"} <= set(parsers.names())
    assert {"hot", "new", "scaled", "top"} <= set(rankers.names())
    assert "rising" in moving_rankers.names()
    assert {"category", "keyword", "source"} <= set(taggers.names())
    assert {"arxiv_api", "arxiv_oai", "hf_daily", "rss", "watch_folder"} <= set(sources.names())
    assert {"email", "ntfy"} <= set(channels.names())
    assert {"bib", "csv", "md", "ris"} <= set(exports.names())


def test_a_name_is_given_once() -> None:
    with pytest.raises(ValueError, match="taken"):
        rankers.register(rankers.get("hot"))


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match="hot, new, scaled, top"):
        rankers.get("best")


@pytest.mark.parametrize(
    "registry", [channels, moving_rankers, parsers, rankers, sources, taggers, tools]
)
def test_every_plugin_says_what_it_is(registry: Registry) -> None:
    for plugin in registry.all():
        assert plugin.__doc__
        assert plugin.name == plugin.name.lower()


@pytest.mark.parametrize("parser", parsers.all(), ids=lambda parser: parser.name)
@pytest.mark.parametrize("content", NOT_DIGESTS)
def test_a_parser_declines_with_a_reason(parser: Parser, content: bytes) -> None:
    with pytest.raises(Declined) as declined:
        parser.parse(RawDigest(content, TODAY))
    assert str(declined.value)


@pytest.mark.parametrize("parser", parsers.all(), ids=lambda parser: parser.name)
def test_a_parser_has_a_label_for_sentences(parser: Parser) -> None:
    assert parser.label
    assert isinstance(parser.order, int)


@pytest.mark.parametrize("channel", channels.all(), ids=lambda channel: channel.name)
def test_a_channel_says_where_it_goes_and_takes_no_empty_place(channel: Channel) -> None:
    assert channel.label
    assert channel.shared == (channel.asks == "")
    if channel.asks:
        with pytest.raises(ValueError, match=" "):
            channel.check("")


@pytest.mark.parametrize("source", sources.all(), ids=lambda source: source.name)
def test_a_source_says_what_it_is_and_what_it_needs(source: SourcePlugin) -> None:
    assert source.label
    fields = source.form().fields
    assert [name for name, field in fields.items() if not field.help_text] == []


@pytest.mark.parametrize("tagger", taggers.all(), ids=lambda tagger: tagger.name)
def test_a_tagger_says_why_and_how_sure(tagger: Tagger) -> None:
    with neighbour.taught(EXAMPLES):
        tags = tagger.tags(RECORD)
    assert tags
    assert len({tag.slug for tag in tags}) == len(tags)
    for tag in tags:
        assert tag.why
        assert tag.kind in TAG_KINDS
        assert tag.tagger == tagger.name
        assert 0 < tag.confidence <= 1


@pytest.mark.parametrize("tagger", taggers.all(), ids=lambda tagger: tagger.name)
def test_a_tagger_has_nothing_to_say_of_an_empty_record(tagger: Tagger) -> None:
    assert tagger.tags(PaperRecord(title="")) == []


@pytest.mark.parametrize("ranker", rankers.all(), ids=lambda ranker: ranker.name)
@given(SIGNALS)
def test_the_parts_of_a_score_sum_to_it(ranker: Ranker, signals: Signals) -> None:
    score = ranker.score(signals)
    assert math.isfinite(score.value)
    assert score.value == pytest.approx(sum(part.value for part in score.parts), abs=1e-12)
    assert all(part.label for part in score.parts)


@pytest.mark.parametrize("ranker", moving_rankers.all(), ids=lambda ranker: ranker.name)
@given(SIGNALS, MOMENTS)
def test_the_parts_of_a_moving_score_sum_to_it_at_any_moment(
    ranker: MovingRanker, signals: Signals, now: datetime
) -> None:
    score = ranker.score(signals, now)
    assert math.isfinite(score.value)
    assert score.value == pytest.approx(sum(part.value for part in score.parts), abs=1e-12)
    assert all(part.label for part in score.parts)
    assert ranker.due(signals, now) > now


@pytest.mark.parametrize("ranker", rankers.all(), ids=lambda ranker: ranker.name)
def test_an_earlier_place_breaks_a_tie(ranker: Ranker) -> None:
    first, second = (ranker.score(Signals(5, NOW, place)).value for place in (0, 1))
    assert first > second


@pytest.mark.parametrize(
    ("order", "better"),
    [
        ("hot", Signals(6, NOW, 999)),
        ("hot", Signals(5, NOW + timedelta(seconds=1), 999)),
        ("top", Signals(6, NOW, 999)),
        ("new", Signals(5, NOW + timedelta(seconds=1), 999)),
    ],
)
def test_a_place_never_outweighs_a_vote_or_a_second(order: str, better: Signals) -> None:
    ranker = rankers.get(order)
    assert ranker.score(better).value > ranker.score(Signals(5, NOW, 0)).value


def test_a_vote_moves_a_paper_up() -> None:
    for order in ("hot", "top"):
        before, after = (rankers.get(order).score(Signals(votes, NOW)).value for votes in (9, 10))
        assert after > before


def test_a_problem_says_where_and_why() -> None:
    content = b'[{"paper": {"id": "2604.00001", "title": "A fine title", "summary": "Text."}}, 7]'
    entries = list(parsers.get("hf_json").parse(RawDigest(content, TODAY)).entries)
    problems = [entry for entry in entries if isinstance(entry, Problem)]
    assert [problem.place for problem in problems] == ["entry 2"]
    assert problems[0].reason
